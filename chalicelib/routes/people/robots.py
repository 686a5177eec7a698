"""Robots."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import robots
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_REASON = parameters.line("reason", "Why; it stands in the audit log.", most=1000)
_PATH = "/v1/competitions/{competition}/robots"


@routes.post(
    _PATH,
    body=requests.AdmitRobot,
    access=Access.SIGNED_IN,
    answer=responses.Participant,
    errors=(Conflict, NotAllowed),
)
def admit(call: Call[requests.AdmitRobot], competition: str) -> responses.Participant:
    """Have an account take part as a robot, with limits of its own, as an organizer."""
    return robots.admit(competition, call.body, call.account, call.now)


@routes.delete(
    f"{_PATH}/{{user}}",
    access=Access.SIGNED_IN,
    answer=responses.Participant,
    query=(_REASON,),
    errors=(Conflict, NotAllowed),
)
def release(call: Call[None], competition: str, user: str) -> responses.Participant:
    """Have a robot take part as anybody does, as an organizer."""
    return robots.release(competition, user, call.asked(_REASON), call.account, call.now)
