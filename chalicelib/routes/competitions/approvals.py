"""Approvals: competitions that wait to be published, which administrators approve or refuse."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.administration import approvals
from chalicelib.errors import Conflict
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/site/approvals"


@routes.get(_PATH, access=Access.ADMIN, answer=responses.Competitions, query=(CURSOR,))
def list_all(call: Call[None]) -> responses.Competitions:
    """List the competitions that wait for approval, newest first, as an administrator."""
    return approvals.list_all(call.asked(CURSOR))


@routes.post(
    f"{_PATH}/{{competition}}",
    body=requests.Approve,
    access=Access.ADMIN,
    answer=responses.Competition,
    errors=(Conflict,),
)
def decide(call: Call[requests.Approve], competition: str) -> responses.Competition:
    """Publish a competition that waits for approval, or refuse that with a reason, as an administrator."""
    return approvals.decide(competition, call.body, call.account, call.now)
