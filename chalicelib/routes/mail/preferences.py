"""Preferences of mail, and the page that a mail's link opens."""

from chalice.app import Response

from chalicelib import parameters, requests, responses
from chalicelib.actions.mail import preferences
from chalicelib.answers import page_response
from chalicelib.errors import Conflict
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_TOKEN = parameters.text("token", "What the link of a mail has.", most=200)


@routes.get("/v1/me/mail", access=Access.SIGNED_IN, answer=responses.MailPreferences)
def show(call: Call[None]) -> responses.MailPreferences:
    """Tell which kinds of mail one gets."""
    return preferences.show(call.account)


@routes.patch(
    "/v1/me/mail",
    body=requests.ChooseMail,
    access=Access.SIGNED_IN,
    answer=responses.MailPreferences,
    errors=(Conflict,),
)
def choose(call: Call[requests.ChooseMail]) -> responses.MailPreferences:
    """Switch kinds of mail on and off."""
    return preferences.choose(call.body, call.account)


@routes.get("/v1/unsubscribe", access=Access.ANYONE, answer=str, query=(_TOKEN,), page=True)
def look_at(call: Call[None]) -> Response:
    """Show what a mail's link switches off, and a button that does it."""
    return page_response(preferences.page(call.asked(_TOKEN) or ""))


@routes.post("/v1/unsubscribe", access=Access.ANYONE, answer=str, query=(_TOKEN,), page=True)
def unsubscribe(call: Call[None]) -> Response:
    """Switch off the kind of mail that a link names, for its reader."""
    return page_response(preferences.unsubscribe(call.asked(_TOKEN) or ""))
