"""Accounts, sessions and personal access tokens; and who a token says is calling."""

from datetime import datetime, timedelta

from chalicelib import ids, responses
from chalicelib.aws import accounts as cognito
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotSignedIn
from chalicelib.requests import Confirm, NewToken, Refresh, ResetPassword, SignIn, SignUp
from chalicelib.store import writes
from chalicelib.store.people import tokens
from chalicelib.store.people.tokens import AccessToken

TOKEN_PREFIX = "agon_"
_UNKNOWN = "This token is unknown, expired or revoked. Make a new one, or sign in with your password."


def sign_up(body: SignUp) -> responses.NewAccount:
    """Make an account; Cognito mails it a code."""
    id_, confirmed = cognito.sign_up(body.username, body.email, body.password)
    return responses.NewAccount(id_, body.username, confirmed)


def confirm(body: Confirm) -> responses.Confirmed:
    """Confirm an account with the mailed code."""
    cognito.confirm(body.username, body.code)
    return responses.Confirmed(body.username, True)


def resend(username: str) -> responses.Username:
    """Mail the code again."""
    cognito.resend(username)
    return responses.Username(username)


def forgot(username: str) -> responses.Username:
    """Mail a code for a new password."""
    cognito.forgot(username)
    return responses.Username(username)


def reset(body: ResetPassword) -> responses.Username:
    """Set a new password."""
    cognito.reset(body.username, body.code, body.password)
    return responses.Username(body.username)


def sign_in(body: SignIn) -> responses.Session:
    """Open a session."""
    return _session(cognito.sign_in(body.username, body.password))


def refresh(body: Refresh) -> responses.Session:
    """Go on with a session."""
    return _session(cognito.refresh(body.refresh_token))


def sign_out(access_token: str, account: Account) -> responses.Empty:
    """End every session of the account. Raises NotSignedIn for a personal access token: that one is revoked."""
    if account.signed_in_with != "session":
        raise NotSignedIn("A personal access token has no session to end. Revoke it with DELETE /v1/tokens/{token}.")
    cognito.sign_out(access_token)
    return responses.Empty()


def me(account: Account) -> responses.Me:
    """Who is signed in."""
    return responses.Me(account.id, account.username, account.is_admin, account.signed_in_with)  # type: ignore[arg-type]


def identify(token: str, now: datetime) -> Account:
    """Whose token this is: a session's costs no call, a personal one costs one. Raises NotSignedIn."""
    if not token.startswith(TOKEN_PREFIX):
        return cognito.verify(token)
    id_, _, _ = token.removeprefix(TOKEN_PREFIX).partition("_")
    found = tokens.find_access(id_)
    if found is None or not tokens.is_valid(found, ids.digest(token), now):
        raise NotSignedIn(_UNKNOWN)
    return Account(found.user, found.username, False, "token")


def create_token(account: Account, body: NewToken, now: datetime) -> responses.NewToken:
    """Make a personal access token. Its secret is in this answer and nowhere else."""
    id_ = ids.new(now)
    secret = f"{TOKEN_PREFIX}{id_}_{ids.secret()}"
    expires_at = now + timedelta(days=body.expires_in_days)
    stored = AccessToken(
        *AccessToken.at(id_),
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
    )
    writes.put(stored)
    return responses.NewToken(id_, body.name, now, expires_at, secret)


def list_tokens(account: Account) -> responses.Tokens:
    """The account's tokens, without their secrets."""
    return responses.Tokens([_token(token) for token in tokens.of_account(account.id)])


def revoke_token(account: Account, token: str) -> responses.Empty:
    """From now on the token signs nobody in."""
    tokens.revoke_access(token, account.id)
    return responses.Empty()


def _token(token: AccessToken) -> responses.Token:
    return responses.Token(token.id, token.name, token.created_at, token.expires_at)


def _session(session: cognito.Session) -> responses.Session:
    return responses.Session(session.access_token, session.refresh_token, session.expires_in_seconds)
