"""Mailings: letters of organizers to participants."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import mailings
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/competitions/{competition}/mailings"


@routes.post(
    _PATH,
    body=requests.NewMailing,
    access=Access.SIGNED_IN,
    answer=responses.Mailing,
    status=202,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def order(call: Call[requests.NewMailing], competition: str) -> responses.Mailing:
    """Write to participants of a competition, as its organizer. It is sent in the background."""
    return mailings.order(competition, call.body, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Mailings, query=(CURSOR,), errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Mailings:
    """List what was written to a competition's participants, and how far it is, for its organizers."""
    return mailings.list_all(competition, call.account, call.asked(CURSOR))


@routes.post(
    f"{_PATH}/preview",
    body=requests.NewMailing,
    access=Access.SIGNED_IN,
    answer=responses.MailingPreview,
    errors=(NotAllowed,),
)
def preview(call: Call[requests.NewMailing], competition: str) -> responses.MailingPreview:
    """Show a letter to participants as it would be sent, and count them."""
    return mailings.preview(competition, call.body, call.account, call.now)
