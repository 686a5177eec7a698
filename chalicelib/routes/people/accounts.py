"""Accounts and sessions."""

from chalicelib import requests, responses
from chalicelib.actions.people import accounts
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post("/v1/accounts", access=Access.ANYONE, body=requests.SignUp, answer=responses.NewAccount, status=201)
def sign_up(call: Call) -> responses.NewAccount:
    """Make an account. A code to confirm it is mailed."""
    return accounts.sign_up(call.body)


@routes.post("/v1/accounts/confirm", access=Access.ANYONE, body=requests.Confirm, answer=responses.Confirmed)
def confirm(call: Call) -> responses.Confirmed:
    """Confirm an account with the mailed code."""
    return accounts.confirm(call.body)


@routes.post("/v1/accounts/resend", access=Access.ANYONE, body=requests.Named, answer=responses.Username, status=202)
def resend(call: Call) -> responses.Username:
    """Mail the confirmation code again."""
    return accounts.resend(call.body.username)


@routes.post(
    "/v1/accounts/password/forgot", access=Access.ANYONE, body=requests.Named, answer=responses.Username, status=202
)
def forgot(call: Call) -> responses.Username:
    """Mail a code for a new password."""
    return accounts.forgot(call.body.username)


@routes.post("/v1/accounts/password/reset", access=Access.ANYONE, body=requests.ResetPassword, answer=responses.Username)
def reset(call: Call) -> responses.Username:
    """Set a new password with the mailed code."""
    return accounts.reset(call.body)


@routes.post("/v1/sessions", access=Access.ANYONE, body=requests.SignIn, answer=responses.Session)
def sign_in(call: Call) -> responses.Session:
    """Sign in with user name and password."""
    return accounts.sign_in(call.body)


@routes.post("/v1/sessions/refresh", access=Access.ANYONE, body=requests.Refresh, answer=responses.Session)
def refresh(call: Call) -> responses.Session:
    """Get a new access token for a refresh token."""
    return accounts.refresh(call.body)


@routes.post("/v1/sessions/end", access=Access.SIGNED_IN, answer=responses.Empty)
def sign_out(call: Call) -> responses.Empty:
    """Sign out everywhere."""
    return accounts.sign_out(call.token, call.account)


@routes.get("/v1/me", access=Access.SIGNED_IN, answer=responses.Me)
def me(call: Call) -> responses.Me:
    """Say who is signed in."""
    return accounts.me(call.account)
