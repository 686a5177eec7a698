"""Sessions as they begin and go on: each has a row, without which it does neither (ADR 50)."""

from datetime import datetime

from chalicelib.aws import accounts as cognito
from chalicelib.contract import limits
from chalicelib.domain.people import clients
from chalicelib.errors import NotSignedIn, say
from chalicelib.store.people import sessions

ENDED = say("session_ended", "This session was ended. Sign in again.")


def begin(session: cognito.Session, user_agent: str, now: datetime) -> None:
    """Note a session that has just been opened."""
    account = cognito.verify(session.access_token)
    named = clients.named(user_agent)
    sessions.begin(account.id, account.session, *named, limits.MAX_SESSIONS, now, session.has_second_step)


def go_on(refresh_token: str, now: datetime) -> cognito.Session:
    """A new access token of a session. Raises NotSignedIn where it is over, or was ended: its refresh token goes then."""
    session = cognito.refresh(refresh_token)
    account = cognito.verify(session.access_token)
    if not sessions.use(account.id, account.session, now):
        # Cognito has no list, and takes nothing but the token itself, which is here now.
        cognito.revoke(refresh_token)
        raise NotSignedIn(ENDED, "session_over")
    return session
