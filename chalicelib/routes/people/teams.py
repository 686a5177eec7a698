"""Teams."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import extra_attempts, team_invitations, teams
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
REASON = parameters.line("reason", "Why an organizer disbands it, for the audit log.", most=1000)
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
    return teams.join(competition, call.body.code, call.account, call.now)


@routes.get(_TEAM, access=Access.ANYONE, answer=responses.Team)
def show(call: Call[None], competition: str, team: str) -> responses.Team:
    """Show a team and its members."""
    return teams.show(competition, team, call.visitor)


@routes.patch(_TEAM, body=requests.ChangeTeam, access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed))
def change(call: Call[requests.ChangeTeam], competition: str, team: str) -> responses.Team:
    """Approve, deny or rename a team, as an organizer."""
    return teams.change(competition, team, call.body, call.account, call.now)


@routes.delete(_TEAM, access=Access.SIGNED_IN, answer=responses.Empty, query=(REASON,), errors=(Conflict, NotAllowed))
def dissolve(call: Call[None], competition: str, team: str) -> responses.Empty:
    """Dissolve a team that has not submitted, as its leader; or disband any, as an organizer."""
    return teams.dissolve(competition, team, call.asked(REASON), call.account, call.now)


@routes.post(
    f"{_TEAM}/members", body=requests.Named, access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed)
)
def put(call: Call[requests.Named], competition: str, team: str) -> responses.Team:
    """Put a participant in a team, as an organizer."""
    return teams.put(competition, team, call.body.username, call.account, call.now)


@routes.delete(f"{_TEAM}/members/{{user}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def remove(call: Call[None], competition: str, team: str, user: str) -> responses.Empty:
    """Leave a team, or take somebody out of it as its leader or an organizer."""
    return teams.remove(competition, team, user, call.account, call.now)


@routes.post(
    f"{_TEAM}/leader",
    body=requests.Named,
    access=Access.SIGNED_IN,
    answer=responses.Team,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def hand_over(call: Call[requests.Named], competition: str, team: str) -> responses.Team:
    """Offer the lead to another member; as an organizer, make them the leader."""
    return teams.hand_over(competition, team, call.body.username, call.account, call.now)


@routes.post(f"{_TEAM}/code", access=Access.SIGNED_IN, answer=responses.Team, errors=(Conflict, NotAllowed))
def renew_code(call: Call[None], competition: str, team: str) -> responses.Team:
    """Have another code let people into a team, and the former one nobody."""
    return teams.renew_code(competition, team, call.account, call.now)


@routes.post(
    f"{_TEAM}/attempts",
    body=requests.GiveAttempts,
    access=Access.SIGNED_IN,
    answer=responses.ExtraAttempts,
    errors=(Conflict, NotAllowed),
)
def give_attempts(call: Call[requests.GiveAttempts], competition: str, team: str) -> responses.ExtraAttempts:
    """Give a team attempts beside a phase's limits, with a reason."""
    return extra_attempts.give_team(competition, team, call.body, call.account, call.now)


@routes.get(f"{_TEAM}/invitations", access=Access.SIGNED_IN, answer=responses.Invitations, errors=(NotAllowed,))
def list_invitations(call: Call[None], competition: str, team: str) -> responses.Invitations:
    """List the invitations of a team and those to it, for who leads it."""
    return team_invitations.list_all(competition, team, call.account, call.now)


@routes.post(
    f"{_TEAM}/invitations",
    body=requests.Invite,
    access=Access.SIGNED_IN,
    answer=responses.Invitation,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def invite(call: Call[requests.Invite], competition: str, team: str) -> responses.Invitation:
    """Ask an account, or whoever has an e-mail address, into a team."""
    return team_invitations.invite(competition, team, call.body, call.account, call.now)


@routes.delete(
    f"{_TEAM}/invitations/{{invitation}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed)
)
def revoke(call: Call[None], competition: str, team: str, invitation: str) -> responses.Empty:
    """Take back an invitation of a team."""
    return team_invitations.revoke(competition, team, invitation, call.account, call.now)


@routes.post(
    f"{_TEAM}/mergers",
    body=requests.Merge,
    access=Access.SIGNED_IN,
    answer=responses.Invitation,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def offer_merger(call: Call[requests.Merge], competition: str, team: str) -> responses.Invitation:
    """Ask another team to go into this one. It does when who leads that team accepts."""
    return team_invitations.offer_merger(competition, team, call.body, call.account, call.now)
