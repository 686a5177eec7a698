"""Guests."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import guests
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/competitions/{competition}/guests"


@routes.post(
    _PATH,
    body=requests.InviteGuests,
    access=Access.SIGNED_IN,
    answer=responses.InvitedGuests,
    errors=(NotAllowed, QuotaExceeded),
)
def invite(call: Call[requests.InviteGuests], competition: str) -> responses.InvitedGuests:
    """Invite people to a competition by their e-mail addresses, as an organizer."""
    return guests.invite(competition, call.body, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Guests, query=(CURSOR,), errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Guests:
    """List a competition's invitations and how they stand, for its organizers."""
    return guests.list_all(competition, call.account, call.asked(CURSOR), call.now)


@routes.post(
    f"{_PATH}/revoke",
    body=requests.Uninvite,
    access=Access.SIGNED_IN,
    answer=responses.BulkResult,
    errors=(Conflict, NotAllowed),
)
def revoke(call: Call[requests.Uninvite], competition: str) -> responses.BulkResult:
    """Revoke invitations that nobody has accepted yet."""
    return guests.revoke(competition, call.body, call.account, call.now)


@routes.get("/v1/me/guest-lists", access=Access.SIGNED_IN, answer=responses.GuestLists, query=(CURSOR,))
def list_mine(call: Call[None]) -> responses.GuestLists:
    """List what your confirmed e-mail address is invited to."""
    return guests.list_mine(call.account, call.asked(CURSOR), call.now)
