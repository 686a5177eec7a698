"""Accounts and sessions."""

from chalice.app import Response

from chalicelib import cookies, parameters, requests, responses
from chalicelib.actions.administration import own_data
from chalicelib.actions.people import accounts, audit_log
from chalicelib.answers import json_response
from chalicelib.errors import Conflict, NotAllowed, NotSignedIn, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
SOLUTION = parameters.secret(
    "Agon-Solution", "What solves the `challenge` of a refusal: its text, a colon and a number. It is good once."
)
CURSOR = parameters.cursor()
COOKIE = parameters.cookie(cookies.SESSION, "The refresh token that a sign-in of this browser left.")
BROWSER = parameters.word("Agon-Browser", "1", "Shows that no page of another site calls.")
_EXPORTS = "/v1/me/exports"


@routes.post(
    "/v1/accounts",
    body=requests.SignUp,
    access=Access.ANYONE,
    query=(SOLUTION,),
    answer=responses.NewAccount,
    status=201,
    errors=(Conflict, QuotaExceeded),
)
def sign_up(call: Call[requests.SignUp]) -> responses.NewAccount:
    """Make an account. A code to confirm it is mailed."""
    return accounts.sign_up(call.body, call.origin, call.asked(SOLUTION), call.now)


@routes.post(
    "/v1/accounts/confirm",
    body=requests.Confirm,
    access=Access.ANYONE,
    query=(SOLUTION,),
    answer=responses.Confirmed,
    errors=(Conflict, QuotaExceeded),
)
def confirm(call: Call[requests.Confirm]) -> responses.Confirmed:
    """Confirm an account with the mailed code."""
    return accounts.confirm(call.body, call.origin, call.asked(SOLUTION), call.now)


@routes.post(
    "/v1/accounts/resend",
    body=requests.Named,
    access=Access.ANYONE,
    answer=responses.Username,
    status=202,
    errors=(Conflict, QuotaExceeded),
)
def resend(call: Call[requests.Named]) -> responses.Username:
    """Mail the confirmation code again."""
    return accounts.resend(call.body.username, call.origin, call.now)


@routes.post(
    "/v1/accounts/password/forgot",
    body=requests.Named,
    access=Access.ANYONE,
    answer=responses.Username,
    status=202,
    errors=(Conflict, QuotaExceeded),
)
def forgot(call: Call[requests.Named]) -> responses.Username:
    """Mail a code for a new password."""
    return accounts.forgot(call.body.username, call.origin, call.now)


@routes.post(
    "/v1/accounts/password/reset",
    body=requests.ResetPassword,
    access=Access.ANYONE,
    query=(SOLUTION,),
    answer=responses.Username,
    errors=(Conflict, QuotaExceeded),
)
def reset(call: Call[requests.ResetPassword]) -> responses.Username:
    """Set a new password with the mailed code. Every open session of the account ends; its personal tokens stay."""
    return accounts.reset(call.body, call.origin, call.asked(SOLUTION), call.now)


@routes.post(
    "/v1/sessions",
    body=requests.SignIn,
    access=Access.ANYONE,
    query=(SOLUTION,),
    answer=responses.Session,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def sign_in(call: Call[requests.SignIn]) -> responses.Session:
    """Sign in with user name and password. An account whose e-mail address is another account's is refused."""
    return accounts.sign_in(call.body, call.origin, call.asked(SOLUTION), call.user_agent, call.now)


@routes.post(
    "/v1/sessions/refresh", body=requests.Refresh, access=Access.ANYONE, answer=responses.Session, errors=(QuotaExceeded,)
)
def refresh(call: Call[requests.Refresh]) -> responses.Session:
    """Get a new access token for a refresh token."""
    return accounts.refresh(call.body, call.now)


@routes.post(
    "/v1/sessions/browser",
    body=requests.SignIn,
    access=Access.ANYONE,
    query=(SOLUTION, BROWSER),
    answer=responses.BrowserSession,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def sign_in_browser(call: Call[requests.SignIn]) -> Response:
    """Sign in from a page of the site's own: the refresh token goes into a cookie that no script can read."""
    call.asked(BROWSER)
    return _kept(accounts.sign_in(call.body, call.origin, call.asked(SOLUTION), call.user_agent, call.now))


@routes.post(
    "/v1/sessions/browser/refresh",
    access=Access.ANYONE,
    query=(COOKIE, BROWSER),
    answer=responses.BrowserSession,
    errors=(NotAllowed, NotSignedIn, QuotaExceeded),
)
def refresh_browser(call: Call[None]) -> Response:
    """Get a new access token for the refresh token that this browser keeps."""
    call.asked(BROWSER)
    return _kept(accounts.go_on(call.asked(COOKIE), call.now))


@routes.get("/v1/sessions", access=Access.SIGNED_IN, answer=responses.OwnSessions, errors=(NotAllowed,))
def list_sessions(call: Call[None]) -> responses.OwnSessions:
    """List where you are signed in, the session that was used last first."""
    return accounts.list_sessions(call.account)


@routes.delete("/v1/sessions", access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed,))
def end_other_sessions(call: Call[None]) -> responses.Empty:
    """End every session of yours but the one that calls."""
    return accounts.end_other_sessions(call.account)


@routes.delete("/v1/sessions/{session}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed,))
def end_session(call: Call[None], session: str) -> Response:
    """End a session of yours, by its id or as `current`. Within ten seconds whoever has it is signed out, for good."""
    ended = accounts.end_session(session, call.account)
    return cookies.forgetting(ended) if accounts.is_own(session, call.account) else json_response(ended)


@routes.post("/v1/sessions/end", access=Access.SIGNED_IN, answer=responses.Empty, errors=(QuotaExceeded,))
def sign_out(call: Call[None]) -> Response:
    """Sign out everywhere."""
    return cookies.forgetting(accounts.sign_out(call.access_token, call.account, call.now))


@routes.get("/v1/me", access=Access.SIGNED_IN, answer=responses.Me)
def me(call: Call[None]) -> responses.Me:
    """Say who is signed in."""
    return accounts.me(call.account)


@routes.get("/v1/me/audit", access=Access.SIGNED_IN, answer=responses.AuditLog, query=(CURSOR,))
def list_audit(call: Call[None]) -> responses.AuditLog:
    """List who did what with your queues, datasets, tasks and organizations, newest first."""
    return audit_log.list_of_account(call.account, call.asked(CURSOR))


@routes.post(_EXPORTS, access=Access.SIGNED_IN, answer=responses.AccountExport, status=202, errors=(Conflict, NotAllowed))
def export(call: Call[None]) -> responses.AccountExport:
    """Pack what the site knows of you and has by you, signed in with your password; once an hour at most."""
    return own_data.order(call.account, call.now)


@routes.get(_EXPORTS, access=Access.SIGNED_IN, answer=responses.AccountExports, errors=(NotAllowed,))
def list_exports(call: Call[None]) -> responses.AccountExports:
    """Show how far the export of your own data is, and where it can be downloaded for a day."""
    return own_data.list_all(call.account)


def _kept(session: responses.Session) -> Response:
    return cookies.keeping(responses.BrowserSession(session.access_token, session.expires_in_seconds), session.refresh_token)
