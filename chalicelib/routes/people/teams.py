"""Teams."""

from chalicelib import requests, responses
from chalicelib.actions.people import teams
from chalicelib.http import Access, Call, Routes, cursor

routes = Routes(__name__)
_PATH = "/v1/competitions/{competition}/teams"
_TEAM = f"{_PATH}/{{team}}"
_LIST = {"cursor": "The `next` of the former page."}


@routes.post(_PATH, access=Access.SIGNED_IN, body=requests.NewTeam, answer=responses.Team, status=201)
def make(call: Call, competition: str) -> responses.Team:
    """Make a team: your own, or as an organizer one for a participant."""
    return teams.make(competition, call.body, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Teams, query=_LIST)
def list_all(call: Call, competition: str) -> responses.Teams:
    """List a competition's teams, for its organizers."""
    return teams.list_all(competition, call.account, cursor(call.query))


@routes.post(f"{_PATH}/join", access=Access.SIGNED_IN, body=requests.JoinTeam, answer=responses.Team)
def join(call: Call, competition: str) -> responses.Team:
    """Join a team, by the code that its leader gave you."""
    return teams.join(competition, call.body.code, call.account)


@routes.get(_TEAM, access=Access.ANYONE, answer=responses.Team)
def show(call: Call, competition: str, team: str) -> responses.Team:
    """Show a team and its members."""
    return teams.show(competition, team, call.account)


@routes.patch(_TEAM, access=Access.SIGNED_IN, body=requests.Decide, answer=responses.Team)
def decide(call: Call, competition: str, team: str) -> responses.Team:
    """Approve or deny a team, as an organizer."""
    return teams.decide(competition, team, call.body.status, call.account)


@routes.delete(_TEAM, access=Access.SIGNED_IN, answer=responses.Empty)
def dissolve(call: Call, competition: str, team: str) -> responses.Empty:
    """Dissolve a team that has not submitted, as its leader or an organizer."""
    return teams.dissolve(competition, team, call.account)


@routes.post(f"{_TEAM}/members", access=Access.SIGNED_IN, body=requests.Named, answer=responses.Team)
def put(call: Call, competition: str, team: str) -> responses.Team:
    """Put a participant in a team, as an organizer."""
    return teams.put(competition, team, call.body.username, call.account)


@routes.delete(f"{_TEAM}/members/{{user}}", access=Access.SIGNED_IN, answer=responses.Empty)
def remove(call: Call, competition: str, team: str, user: str) -> responses.Empty:
    """Leave a team, or take somebody out of it as its leader or an organizer."""
    return teams.remove(competition, team, user, call.account)


@routes.post(f"{_TEAM}/leader", access=Access.SIGNED_IN, body=requests.Named, answer=responses.Team)
def hand_over(call: Call, competition: str, team: str) -> responses.Team:
    """Make another member the leader, as the leader or an organizer."""
    return teams.hand_over(competition, team, call.body.username, call.account)


@routes.post(f"{_TEAM}/code", access=Access.SIGNED_IN, answer=responses.Team)
def renew_code(call: Call, competition: str, team: str) -> responses.Team:
    """Have another code let people into a team, and the former one nobody."""
    return teams.renew_code(competition, team, call.account)
