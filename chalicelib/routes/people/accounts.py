"""Accounts and sessions."""

from chalicelib import requests, responses
from chalicelib.actions.people import accounts
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post(
    "/v1/accounts",
    body=requests.SignUp,
    access=Access.ANYONE,
    answer=responses.NewAccount,
    status=201,
    errors=(Conflict, QuotaExceeded),
)
def sign_up(call: Call[requests.SignUp]) -> responses.NewAccount:
    """Make an account. A code to confirm it is mailed."""
    return accounts.sign_up(call.body)


@routes.post(
    "/v1/accounts/confirm",
    body=requests.Confirm,
    access=Access.ANYONE,
    answer=responses.Confirmed,
    errors=(Conflict, QuotaExceeded),
)
def confirm(call: Call[requests.Confirm]) -> responses.Confirmed:
    """Confirm an account with the mailed code."""
    return accounts.confirm(call.body)


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
    return accounts.resend(call.body.username)


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
    return accounts.forgot(call.body.username)


@routes.post(
    "/v1/accounts/password/reset",
    body=requests.ResetPassword,
    access=Access.ANYONE,
    answer=responses.Username,
    errors=(Conflict, QuotaExceeded),
)
def reset(call: Call[requests.ResetPassword]) -> responses.Username:
    """Set a new password with the mailed code."""
    return accounts.reset(call.body)


@routes.post(
    "/v1/sessions",
    body=requests.SignIn,
    access=Access.ANYONE,
    answer=responses.Session,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def sign_in(call: Call[requests.SignIn]) -> responses.Session:
    """Sign in with user name and password."""
    return accounts.sign_in(call.body)


@routes.post(
    "/v1/sessions/refresh", body=requests.Refresh, access=Access.ANYONE, answer=responses.Session, errors=(QuotaExceeded,)
)
def refresh(call: Call[requests.Refresh]) -> responses.Session:
    """Get a new access token for a refresh token."""
    return accounts.refresh(call.body)


@routes.post("/v1/sessions/end", access=Access.SIGNED_IN, answer=responses.Empty, errors=(QuotaExceeded,))
def sign_out(call: Call[None]) -> responses.Empty:
    """Sign out everywhere."""
    return accounts.sign_out(call.access_token, call.account)


@routes.get("/v1/me", access=Access.SIGNED_IN, answer=responses.Me)
def me(call: Call[None]) -> responses.Me:
    """Say who is signed in."""
    return accounts.me(call.account)
