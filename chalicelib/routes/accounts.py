"""Accounts and sessions."""

from chalicelib import answers, bodies
from chalicelib.actions import accounts
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post("/v1/accounts", access=Access.ANYONE, body=bodies.SignUp, answer=answers.NewAccount, status=201)
def sign_up(call: Call) -> answers.NewAccount:
    """Make an account. A code to confirm it is mailed."""
    return accounts.sign_up(call.body)


@routes.post("/v1/accounts/confirm", access=Access.ANYONE, body=bodies.Confirm, answer=answers.Confirmed)
def confirm(call: Call) -> answers.Confirmed:
    """Confirm an account with the mailed code."""
    return accounts.confirm(call.body)


@routes.post("/v1/accounts/resend", access=Access.ANYONE, body=bodies.Named, answer=answers.Username, status=202)
def resend(call: Call) -> answers.Username:
    """Mail the confirmation code again."""
    return accounts.resend(call.body.username)


@routes.post("/v1/accounts/password/forgot", access=Access.ANYONE, body=bodies.Named, answer=answers.Username, status=202)
def forgot(call: Call) -> answers.Username:
    """Mail a code for a new password."""
    return accounts.forgot(call.body.username)


@routes.post("/v1/accounts/password/reset", access=Access.ANYONE, body=bodies.ResetPassword, answer=answers.Username)
def reset(call: Call) -> answers.Username:
    """Set a new password with the mailed code."""
    return accounts.reset(call.body)


@routes.post("/v1/sessions", access=Access.ANYONE, body=bodies.SignIn, answer=answers.Session)
def sign_in(call: Call) -> answers.Session:
    """Sign in with user name and password."""
    return accounts.sign_in(call.body)


@routes.post("/v1/sessions/refresh", access=Access.ANYONE, body=bodies.Refresh, answer=answers.Session)
def refresh(call: Call) -> answers.Session:
    """Get a new access token for a refresh token."""
    return accounts.refresh(call.body)


@routes.post("/v1/sessions/end", access=Access.SIGNED_IN, answer=answers.Empty)
def sign_out(call: Call) -> answers.Empty:
    """Sign out everywhere."""
    return accounts.sign_out(call.token, call.account)


@routes.get("/v1/me", access=Access.SIGNED_IN, answer=answers.Me)
def me(call: Call) -> answers.Me:
    """Say who is signed in."""
    return accounts.me(call.account)
