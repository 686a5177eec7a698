"""Accounts, sessions and personal access tokens; and who a token says is calling."""

from datetime import datetime, timedelta

from chalicelib import answers, ids
from chalicelib.aws import accounts as cognito
from chalicelib.bodies import Confirm, NewToken, Refresh, ResetPassword, SignIn, SignUp
from chalicelib.domain.accounts import Account
from chalicelib.errors import NotSignedIn
from chalicelib.store import tokens

TOKEN_PREFIX = "agon_"
_UNKNOWN = "This token is unknown, expired or revoked. Make a new one, or sign in with your password."


def sign_up(body: SignUp) -> answers.NewAccount:
    """Make an account; Cognito mails it a code."""
    id_, confirmed = cognito.sign_up(body.username, body.email, body.password)
    return answers.NewAccount(id_, body.username, confirmed)


def confirm(body: Confirm) -> answers.Confirmed:
    """Confirm an account with the mailed code."""
    cognito.confirm(body.username, body.code)
    return answers.Confirmed(body.username, True)


def resend(username: str) -> answers.Username:
    """Mail the code again."""
    cognito.resend(username)
    return answers.Username(username)


def forgot(username: str) -> answers.Username:
    """Mail a code for a new password."""
    cognito.forgot(username)
    return answers.Username(username)


def reset(body: ResetPassword) -> answers.Username:
    """Set a new password."""
    cognito.reset(body.username, body.code, body.password)
    return answers.Username(body.username)


def sign_in(body: SignIn) -> answers.Session:
    """Open a session."""
    return _session(cognito.sign_in(body.username, body.password))


def refresh(body: Refresh) -> answers.Session:
    """Go on with a session."""
    return _session(cognito.refresh(body.refresh_token))


def sign_out(access_token: str, account: Account) -> answers.Empty:
    """End every session of the account. Raises NotSignedIn for a personal access token: that one is revoked."""
    if account.signed_in_with != "session":
        raise NotSignedIn("A personal access token has no session to end. Revoke it with DELETE /v1/tokens/{token}.")
    cognito.sign_out(access_token)
    return answers.Empty()


def me(account: Account) -> answers.Me:
    """Who is signed in."""
    return answers.Me(account.id, account.username, account.is_admin, account.signed_in_with)  # type: ignore[arg-type]


def identify(token: str, now: datetime) -> Account:
    """Whose token this is: a session's costs no call, a personal one costs one. Raises NotSignedIn."""
    if not token.startswith(TOKEN_PREFIX):
        return cognito.verify(token)
    id_, _, _ = token.removeprefix(TOKEN_PREFIX).partition("_")
    found = tokens.find_access(id_)
    if found is None or not tokens.is_valid(found, ids.digest(token), now):
        raise NotSignedIn(_UNKNOWN)
    return Account(found.user, found.username, False, "token")


def create_token(account: Account, body: NewToken, now: datetime) -> answers.NewToken:
    """Make a personal access token. Its secret is in this answer and nowhere else."""
    id_ = ids.new(now)
    secret = f"{TOKEN_PREFIX}{id_}_{ids.secret()}"
    expires_at = now + timedelta(days=body.expires_in_days)
    tokens.AccessToken(
        *tokens.access_key(id_),
        id=id_,
        name=body.name,
        digest=ids.digest(secret),
        user=account.id,
        username=account.username,
        created_at=now,
        expires_at=expires_at,
        gone_at=expires_at,
        owner_pk=tokens.owner_key(account.id),
        owner_sk=id_,
    ).save()
    return answers.NewToken(id_, body.name, now, expires_at, secret)


def list_tokens(account: Account) -> answers.Tokens:
    """The account's tokens, without their secrets."""
    return answers.Tokens([_token(token) for token in tokens.of_account(account.id)])


def revoke_token(account: Account, token: str) -> answers.Empty:
    """From now on the token signs nobody in."""
    tokens.revoke_access(token, account.id)
    return answers.Empty()


def _token(token: tokens.AccessToken) -> answers.Token:
    return answers.Token(token.id, token.name, token.created_at, token.expires_at)


def _session(session: cognito.Session) -> answers.Session:
    return answers.Session(session.access_token, session.refresh_token, session.expires_in_seconds)
