"""Groups of participants. They themselves are settings of their competition."""

from chalicelib import requests, responses
from chalicelib.actions.people import groups
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_PATH = "/v1/competitions/{competition}/groups"


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Groups, errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Groups:
    """List a competition's groups and the newest work on them, for its organizers and viewers."""
    return groups.list_all(competition, call.account)


@routes.post(
    f"{_PATH}/assign",
    body=requests.AssignGroup,
    access=Access.SIGNED_IN,
    answer=responses.BulkResult,
    errors=(NotAllowed,),
)
def assign(call: Call[requests.AssignGroup], competition: str) -> responses.BulkResult:
    """Put participants in a group, or take them out. What they have handed in follows."""
    return groups.assign(competition, call.body, call.account, call.now)


@routes.post(f"{_PATH}/apply", access=Access.SIGNED_IN, answer=responses.GroupJob, status=202, errors=(Conflict, NotAllowed))
def apply(call: Call[None], competition: str) -> responses.GroupJob:
    """Apply the rules of all groups to those who joined before."""
    return groups.apply_rules(competition, call.account, call.now)
