"""Teams."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import teams
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/competitions/{competition}/teams"
_TEAM = f"{_PATH}/{{team}}"


@routes.post(
    _PATH, body=requests.NewTeam, access=Access.SIGNED_IN, answer=responses.Team, status=201, errors=(Conflict, NotAllowed)
)
def make(call: Call[requests.NewTeam], competition: str) -> responses.Team:
    """Make a team: your own, or as an organizer one for a participant."""
    return teams.make(competition, call.body, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Teams, query=(CURSOR,), errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Teams:
    """List a competition's teams, for its organizers."""
    return teams.list_all(competition, call.account, call.asked(CURSOR))


@routes.post(
    f"{_PATH}/join", body=requests.JoinTeam, access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed)
)
def join(call: Call[requests.JoinTeam], competition: str) -> responses.Team:
    """Join a team, by the code that its leader gave you."""
    return teams.join(competition, call.body.code, call.account)


@routes.get(_TEAM, access=Access.ANYONE, answer=responses.Team)
def show(call: Call[None], competition: str, team: str) -> responses.Team:
    """Show a team and its members."""
    return teams.show(competition, team, call.visitor)


@routes.patch(_TEAM, body=requests.Decide, access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed))
def decide(call: Call[requests.Decide], competition: str, team: str) -> responses.Team:
    """Approve or deny a team, as an organizer."""
    return teams.decide(competition, team, call.body.status, call.account)


@routes.delete(_TEAM, access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def dissolve(call: Call[None], competition: str, team: str) -> responses.Empty:
    """Dissolve a team that has not submitted, as its leader or an organizer."""
    return teams.dissolve(competition, team, call.account)


@routes.post(
    f"{_TEAM}/members", body=requests.Named, access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed)
)
def put(call: Call[requests.Named], competition: str, team: str) -> responses.Team:
    """Put a participant in a team, as an organizer."""
    return teams.put(competition, team, call.body.username, call.account)


@routes.delete(f"{_TEAM}/members/{{user}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def remove(call: Call[None], competition: str, team: str, user: str) -> responses.Empty:
    """Leave a team, or take somebody out of it as its leader or an organizer."""
    return teams.remove(competition, team, user, call.account)


@routes.post(
    f"{_TEAM}/leader", body=requests.Named, access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed)
)
def hand_over(call: Call[requests.Named], competition: str, team: str) -> responses.Team:
    """Make another member the leader, as the leader or an organizer."""
    return teams.hand_over(competition, team, call.body.username, call.account)


@routes.post(f"{_TEAM}/code", access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed))
def renew_code(call: Call[None], competition: str, team: str) -> responses.Team:
    """Have another code let people into a team, and the former one nobody."""
    return teams.renew_code(competition, team, call.account)
