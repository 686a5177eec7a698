"""Organizers."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import organizers
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_REASON = parameters.line("reason", "Why; it stands in the audit log.", most=1000)
_OFFER = parameters.flag("offer", "`true` for what they are offered alone: a role that they have stays.")
_PATH = "/v1/competitions/{competition}/organizers"


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Organizers, errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Organizers:
    """List a competition's owner, organizers and viewers, and who is asked to be one, for them."""
    return organizers.list_all(competition, call.account)


@routes.post(
    _PATH,
    body=requests.Appoint,
    access=Access.SIGNED_IN,
    answer=responses.Organizer,
    errors=(Conflict, NotAllowed),
)
def appoint(call: Call[requests.Appoint], competition: str) -> responses.Organizer:
    """Offer somebody a role in a competition, or the whole of it, as its owner; what is less than theirs holds at once."""
    return organizers.appoint(competition, call.body, call.account, call.now)


@routes.post(
    f"{_PATH}/accept", body=requests.AcceptRole, access=Access.SIGNED_IN, answer=responses.Organizer, errors=(Conflict,)
)
def accept(call: Call[requests.AcceptRole], competition: str) -> responses.Organizer:
    """Accept a role in a competition that you are offered."""
    return organizers.accept(competition, call.body, call.account, call.now)


@routes.delete(
    f"{_PATH}/{{user}}",
    access=Access.SIGNED_IN,
    answer=responses.Empty,
    query=(_OFFER, _REASON),
    errors=(Conflict, NotAllowed),
)
def dismiss(call: Call[None], competition: str, user: str) -> responses.Empty:
    """Take somebody's role and what they are offered away, as the owner; or leave, or decline, yourself."""
    return organizers.dismiss(competition, user, call.asked(_OFFER), call.asked(_REASON), call.account, call.now)


@routes.get("/v1/offers", access=Access.SIGNED_IN, answer=responses.Offers, query=(CURSOR,))
def list_offers(call: Call[None]) -> responses.Offers:
    """List the roles in competitions that you are offered."""
    return organizers.list_offers(call.account, call.asked(CURSOR))
