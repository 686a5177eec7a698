"""Accounts, sessions and personal access tokens; and who a token says is calling."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import ids, responses, settings
from chalicelib.actions.people import sessions, tries
from chalicelib.aws import accounts as cognito
from chalicelib.contract import limits
from chalicelib.domain.people import departures
from chalicelib.domain.people.accounts import TOKEN_MAY_NOT, USERNAME_TAKEN, Account
from chalicelib.errors import Conflict, NotAllowed, NotFound, NotSignedIn, Sentence, say
from chalicelib.requests import Confirm, NewToken, Refresh, ResetPassword, SignIn, SignUp
from chalicelib.store.metering import activity
from chalicelib.store.people import bans, sign_ins, tokens
from chalicelib.store.people import departures as stored_departures
from chalicelib.store.people import sessions as open_sessions
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.sessions import OpenSession
from chalicelib.store.people.tokens import AccessToken

TOKEN_PREFIX = "agon_"
#: What stands for the session that calls, where one is named.
CURRENT = "current"
#: A sign-out or a ban is heard of in every process within this time, and at once in the one that did it.
SIGNED_OUT_WITHIN = timedelta(seconds=10)
MOST_REMEMBERED = 10_000
#: When each account was last seen neither banned nor signed out, by the session, or "" where a personal token showed it. A
#: process is a cache: who calls often costs one read in a while.
_going_on: dict[tuple[str, str], datetime] = {}
#: Of those, the sessions in which a code of an authenticator was shown.
_with_second_step: set[tuple[str, str]] = set()
_GONE = say("account_going", "This account is being removed, and nobody signs in with it any more.")
_UNKNOWN = say("token_unknown", "This token is unknown, expired or revoked. Make a new one, or sign in with your password.")


def sign_up(body: SignUp, origin: str, solution: str | None, now: datetime) -> responses.NewAccount:
    """Make an account; Cognito mails it a code. Raises Conflict, Invalid, QuotaExceeded."""
    tries.sign_up(body.username, origin, solution, now)
    if departures.is_reserved(body.username) or stored_departures.is_former(digest_of_name(body.username)):
        raise Conflict(USERNAME_TAKEN)
    tries.mailbox(body.email, origin, now)
    id_, confirmed = cognito.sign_up(body.username, body.email, body.password)
    return responses.NewAccount(id_, body.username, confirmed)


def confirm(body: Confirm, origin: str, solution: str | None, now: datetime) -> responses.Confirmed:
    """Confirm an account with the mailed code. Raises Invalid, QuotaExceeded.

    Raises Conflict when its address has an account: it goes then.

    Only who reads the address's mail gets as far as that.
    """
    with tries.guess(body.username, origin, solution, now):
        cognito.confirm(body.username, body.code)
    other = _claim_address(body.username)
    if other is not None:
        cognito.remove(body.username)
        raise Conflict(
            say(
                "address_has_account_removed",
                "Your address has an account already: {other}. Sign in as that, or ask for a new password. The "
                "account {removed} was removed: one person, one account.",
                other=other,
                removed=body.username,
            )
        )
    activity.count(now, accounts=1)
    return responses.Confirmed(body.username, True)


def resend(username: str, origin: str, now: datetime) -> responses.Username:
    """Mail the code again. Raises QuotaExceeded."""
    tries.mail(username, origin, now)
    cognito.resend(username)
    return responses.Username(username)


def forgot(username: str, origin: str, now: datetime) -> responses.Username:
    """Mail a code for a new password. Raises QuotaExceeded."""
    tries.mail(username, origin, now)
    cognito.forgot(username)
    return responses.Username(username)


def reset(body: ResetPassword, origin: str, solution: str | None, now: datetime) -> responses.Username:
    """Set a new password, and end every session that was opened by the former one. Personal tokens stay."""
    with tries.guess(body.username, origin, solution, now):
        cognito.reset(body.username, body.code, body.password)
    if profile := cognito.find(body.username):
        try:
            # First what lives for a month.
            cognito.sign_out_by_name(profile.username)
        finally:
            # After the former password opens nothing any more, and not when this call began.
            _end_sessions(profile.id, "", datetime.now(UTC))
    return responses.Username(body.username)


def sign_in(body: SignIn, origin: str, solution: str | None, user_agent: str, now: datetime) -> responses.Session:
    """Open a session, which its owner knows by the coarse name of a `user_agent`.

    Raises NotSignedIn, NotAllowed also for who is banned or going, QuotaExceeded.

    Raises Conflict for an account whose address is another's.
    """
    with tries.guess(body.username, origin, solution, now):
        session = cognito.sign_in(body.username, body.password, body.code)
    ban, departure, _ = bans.endings(cognito.verify(session.access_token).id)
    if departure is not None:
        raise NotAllowed(_GONE)
    if ban is not None:
        raise NotAllowed(_banned(ban))
    # A confirmation that broke off half-way, or a build that knew nothing of this, has not noted whose the address is.
    other = _claim_address(body.username)
    if other is not None:
        raise Conflict(
            say(
                "address_has_account",
                "The address of this account has another account: {other}. Sign in as that, or ask for a new "
                "password for it: one person, one account. If {other} is not yours, tell an administrator.",
                other=other,
            )
        )
    sessions.begin(session, user_agent, now)
    _check_not_overtaken(session, now)
    return _session(session)


def refresh(body: Refresh, now: datetime) -> responses.Session:
    """Go on with a session. Raises NotSignedIn."""
    return _session(sessions.go_on(body.refresh_token, now))


def go_on(refresh_token: str | None, now: datetime) -> responses.Session:
    """Go on with the session of a browser. Raises NotSignedIn also where it keeps none."""
    if refresh_token is None:
        raise NotSignedIn(say("nobody_signed_in", "Nobody is signed in here. Sign in first."))
    return _session(sessions.go_on(refresh_token, now))


def sign_out(access_token: str, account: Account, now: datetime) -> responses.Empty:
    """End every session of the account, its access tokens too. Raises NotSignedIn for a personal access token."""
    if account.signed_in_with != "session":
        raise NotSignedIn(
            say(
                "token_has_no_session",
                "A personal access token has no session to end. Revoke it with DELETE /v1/tokens/{{token}}.",
            )
        )
    _end_sessions(account.id, ids.digest(access_token), now)
    cognito.sign_out(access_token)
    return responses.Empty()


def me(account: Account) -> responses.Me:
    """The account that is signed in."""
    how: Any = account.signed_in_with
    return responses.Me(account.id, account.username, account.is_admin, how, account.lacks_second_step)


def identify(token: str, now: datetime, origin: str = "") -> Account:
    """The account whose token this is: a personal one costs a call, and each one when its account was not looked at lately.

    Raises NotSignedIn.
    """
    if not token.startswith(TOKEN_PREFIX):
        account = cognito.verify(token)
        _check_goes_on(account, token, now)
        return _with_its_rights(account)
    id_, _, _ = token.removeprefix(TOKEN_PREFIX).partition("_")
    found = tokens.find_access(id_)
    if found is None or not tokens.is_valid(found, ids.digest(token), now):
        raise NotSignedIn(_UNKNOWN)
    account = Account(found.user, found.username, False, "token")
    _check_goes_on(account, token, now)
    tokens.note_use(found, origin or "unknown", now)
    return account


def create_token(account: Account, body: NewToken, now: datetime) -> responses.NewToken:
    """Make a personal access token. Its secret is in this answer and nowhere else.

    Raises NotAllowed for who shows a personal token, which makes no other, and Conflict with too many.
    """
    if account.signed_in_with != "session":
        raise NotAllowed(say("token_makes_no_token", "A token makes no other token. Sign in with your password for that."))
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
    tokens.create(stored, limits.MAX_TOKENS, now)
    return responses.NewToken(id_, body.name, now, expires_at, secret)


def list_tokens(account: Account) -> responses.OwnTokens:
    """The account's tokens, with when and from where each was used last, without their secrets."""
    return responses.OwnTokens([_token(token) for token in tokens.of_account(account.id)])


def revoke_token(account: Account, token: str) -> responses.Empty:
    """From now on the token signs nobody in."""
    tokens.revoke_access(token, account.id)
    return responses.Empty()


def list_sessions(account: Account) -> responses.OwnSessions:
    """The open sessions of who calls, by one query. Raises NotAllowed for a personal token."""
    _check_session(account)
    return responses.OwnSessions([_own_session(one, account) for one in open_sessions.of_account(account.id)])


def is_own(session: str, account: Account) -> bool:
    """Whether a session, by its id or as `current`, is the one that calls."""
    return session in (CURRENT, account.session)


def end_session(session: str, account: Account) -> responses.Empty:
    """End a session of one's own, by its id or as `current`. Raises NotFound, NotAllowed for a personal token."""
    _check_session(account)
    if not open_sessions.end(account.id, account.session if is_own(session, account) else session):
        raise NotFound(say("no_session", "There is no such session. It may have ended by itself."))
    forget(account.id)
    return responses.Empty()


def end_other_sessions(account: Account) -> responses.Empty:
    """End all sessions of one's own but the one that calls. Raises NotAllowed for a personal token."""
    _check_session(account)
    open_sessions.end_all(account.id, but=account.session)
    forget(account.id)
    return responses.Empty()


def forget(account: str) -> None:
    """Have this process look anew whether an account is let in."""
    for key in [one for one in _going_on if one[0] == account]:
        _going_on.pop(key, None)


def digest_of(address: str) -> str:
    """An address as it stands where it says whose it is."""
    return ids.digest(address.strip().lower())


def digest_of_name(username: str) -> str:
    """A user name as it stands where nobody needs to read it; upper and lower case are the same."""
    return ids.digest(username.lower())


def check_password(account: Account, password: str, origin: str, solution: str | None, now: datetime) -> None:
    """Raise NotAllowed unless it is the password of who calls, and for a personal token; QuotaExceeded after many."""
    if account.signed_in_with != "session":
        raise NotAllowed(TOKEN_MAY_NOT)
    try:
        with tries.guess(account.username, origin, solution, now):
            cognito.check_password(account.username, password)
    except NotSignedIn as error:
        # The session goes on, and no client is to think otherwise.
        raise NotAllowed(say("not_your_password", "This is not your password. Nothing was done.")) from error


def _with_its_rights(account: Account) -> Account:
    """Whose session this is: no administrator without a second step, where the site wants one of them."""
    if not account.is_admin or not settings.get().administrators_need_second_step:
        return account
    has = (account.id, account.session) in _with_second_step
    return account if has else replace(account, is_admin=False, lacks_second_step=True)


def _check_goes_on(account: Account, token: str, now: datetime) -> None:
    """Raise NotSignedIn for an account that is banned, and for a session that was ended, or whose account has signed out."""
    key = account.id, account.session
    checked_at = _going_on.get(key)
    if checked_at is not None and now - checked_at < SIGNED_OUT_WITHIN:
        return
    ban, departure, found, session = bans.endings_of(account.id, account.session)
    if departure is not None:
        raise NotSignedIn(_GONE)
    if ban is not None:
        raise NotSignedIn(_banned(ban))
    is_session = account.signed_in_with == "session"
    if is_session and found is not None and found.ends(ids.digest(token), account.issued_at):
        raise NotSignedIn(say("signed_out", "You have signed out. Sign in again."))
    if is_session and session is None:
        raise NotSignedIn(sessions.ENDED, "session_over")
    if max(len(_going_on), len(_with_second_step)) >= MOST_REMEMBERED:
        _going_on.clear()
        _with_second_step.clear()
    if session is not None and session.second_step:
        _with_second_step.add(key)
    else:
        _with_second_step.discard(key)
    if found is None:
        _going_on[key] = now


def _check_not_overtaken(session: cognito.Session, began_at: datetime) -> None:
    """Raise NotSignedIn where all sessions were ended while this one was opened, which that may not have found."""
    account = cognito.verify(session.access_token)
    _, _, signed_out = bans.endings(account.id)
    if signed_out is not None and signed_out.signed_out_at > began_at:
        open_sessions.end(account.id, account.session)
        raise NotSignedIn(
            say("sessions_just_ended", "All sessions of this account were ended at this moment. Sign in again.")
        )


def _end_sessions(account: str, digest: str, now: datetime) -> None:
    sign_ins.sign_out(account, digest, now)
    open_sessions.end_all(account)
    forget(account)


def _check_session(account: Account) -> None:
    if account.signed_in_with != "session":
        raise NotAllowed(
            say(
                "token_and_sessions",
                "A personal access token has nothing to do with sessions. Sign in with your password for that.",
            )
        )


def _banned(found: Ban) -> Sentence:
    return say("banned", "This account is banned: {reason} Ask an administrator of the site.", reason=found.reason)


def _claim_address(username: str) -> str | None:
    """Note that an account's address is its own: None, or the name of the other account that has it.

    What an account had that is there no more is free.
    """
    profile = cognito.find(username)
    if profile is None or not profile.email:
        return None
    digest = digest_of(profile.email)
    other = sign_ins.claim(digest, profile.id, profile.username)
    if other is None:
        return None
    holder = cognito.find(other.username)
    if holder is not None and holder.id == other.account:
        return other.username
    other = sign_ins.claim(digest, profile.id, profile.username, former=other.account)
    return other.username if other is not None else None


def _token(token: AccessToken) -> responses.OwnToken:
    return responses.OwnToken(
        token.id, token.name, token.created_at, token.expires_at, token.last_used_at, token.last_used_from
    )


def _own_session(one: OpenSession, account: Account) -> responses.OwnSession:
    is_this = one.id == account.session
    return responses.OwnSession(one.id, one.client, one.system, one.opened_at, one.used_at, is_this)


def _session(session: cognito.Session) -> responses.Session:
    return responses.Session(session.access_token, session.refresh_token, session.expires_in_seconds)
