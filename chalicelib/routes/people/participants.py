"""Participants."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import participants
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/competitions/{competition}/participants"


@routes.post(
    _PATH,
    body=requests.Join,
    access=Access.SIGNED_IN,
    answer=responses.Participant,
    status=201,
    errors=(Conflict, NotAllowed),
)
def join(call: Call[requests.Join], competition: str) -> responses.Participant:
    """Join a competition, agreeing to its terms."""
    return participants.join(competition, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Participants, query=(CURSOR,), errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Participants:
    """List a competition's participants, for its organizers."""
    return participants.list_all(competition, call.account, call.asked(CURSOR))


@routes.patch(
    f"{_PATH}/{{user}}",
    body=requests.Decide,
    access=Access.SIGNED_IN,
    answer=responses.Participant,
    errors=(Conflict, NotAllowed),
)
def decide(call: Call[requests.Decide], competition: str, user: str) -> responses.Participant:
    """Approve or deny a participant."""
    return participants.decide(competition, user, call.body.status, call.account)
