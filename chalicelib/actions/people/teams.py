"""Teams: made, joined, left, handed over, dissolved; approved by organizers."""

from datetime import datetime

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, check_visible, has_teams, is_organizer
from chalicelib.aws import accounts
from chalicelib.domain.people import team_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Invalid, NotAllowed, NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import teams
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.teams import Team

PAGE_SIZE = 100


def make(competition_id: str, body: requests.NewTeam, account: Account, now: datetime) -> responses.Team:
    """Make a team and lead it; an organizer makes one for a participant. Raises NotFound, NotAllowed, Conflict, Invalid."""
    user, username = (account.id, account.username) if body.leader is None else _named(body.leader, "leader")
    competition, member = _joining(competition_id, user, account)
    by_organizer = body.leader is not None
    if by_organizer:
        _check_may_make(competition, account)
    _check_may_join(competition, member, username)
    id_ = _id(competition.id, body.name)
    team = Team(
        *Team.at(competition.id, id_),
        id=id_,
        competition=competition.id,
        name=body.name,
        status=team_rules.status_at_first(competition.settings.require_team_approval, by_organizer),
        leader=user,
        members={user: username},
        code=_code(id_),
        made_at=now,
    )
    assert member is not None
    teams.create(team, member)
    telemetry.logger.info("team made", team=team.id, competition=competition.id, by=account.id)
    return _answer(team, account)


def show(competition_id: str, team_id: str, account: Account | None) -> responses.Team:
    """A team and who is in it. On anonymous leaderboards that is for its members and organizers. Raises NotFound."""
    team, competition = _read_team(competition_id, team_id, account)
    is_member = account is not None and account.id in team.usernames
    if competition.settings.anonymous_leaderboard and not is_member and not is_organizer(competition, account):
        raise NotFound("The organizers hide the names of those who compete.")
    return _answer(team, account)


def list_all(competition_id: str, account: Account, after: str | None) -> responses.Teams:
    """One page of the teams, for organizers. Raises NotFound, NotAllowed."""
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    found, following = teams.of_competition(competition_id, after, PAGE_SIZE)
    return responses.Teams([_answer(team, account) for team in found], following)


def join(competition_id: str, code: str, account: Account) -> responses.Team:
    """Join the team whose code this is. Raises NotFound, NotAllowed, Conflict."""
    competition, member = _joining(competition_id, account.id, account)
    _check_may_join(competition, member, account.username)
    (team,) = table.read(Team.at(competition_id, code.partition("-")[0]))
    if team is None or not ids.is_same(team.code, code):
        raise NotFound("This code is not good for any team of this competition. Ask the team's leader for the new one.")
    return _enter(team, member, account)


def put(competition_id: str, team_id: str, username: str, account: Account) -> responses.Team:
    """Put a participant in a team, as an organizer. Raises NotFound, NotAllowed, Conflict, Invalid."""
    team, competition = _read_team(competition_id, team_id, account)
    check_organizer(competition, account)
    _check_may_make(competition, account)
    user, name = _named(username, "username")
    _, member = _joining(competition_id, user, account)
    _check_may_join(competition, member, name)
    return _enter(team, member, account)


def remove(competition_id: str, team_id: str, user: str, account: Account) -> responses.Empty:
    """Leave a team, or take somebody out of it as its leader or an organizer. Raises NotFound, NotAllowed, Conflict."""
    team, competition = _read_team(competition_id, team_id, account)
    if user != account.id:
        team_rules.check_leads(team.leader == account.id, is_organizer(competition, account))
    if user not in team.usernames:
        raise NotFound("Nobody of that id is in this team.")
    team_rules.check_may_leave(user, team.leader, team.usernames, bool(team.submitted))
    teams.leave(team, user)
    telemetry.logger.info("team left", team=team.id, user=user, by=account.id)
    return responses.Empty()


def hand_over(competition_id: str, team_id: str, username: str, account: Account) -> responses.Team:
    """Make another member the leader. Raises NotFound, NotAllowed, Conflict."""
    team = _led(competition_id, team_id, account)
    others = [user for user, name in team.usernames.items() if name.lower() == username.lower()]
    if not others:
        raise NotFound(f"{username} is not in this team.")
    teams.hand_over(team, others[0])
    return _answer(team, account)


def renew_code(competition_id: str, team_id: str, account: Account) -> responses.Team:
    """Have another code let people in, and the former one nobody. Raises NotFound, NotAllowed, Conflict."""
    team = _led(competition_id, team_id, account)
    teams.change_code(team, _code(team.id))
    return _answer(team, account)


def decide(competition_id: str, team_id: str, status: str, account: Account) -> responses.Team:
    """Approve or deny a team. Raises NotFound, NotAllowed, Conflict."""
    team, competition = _read_team(competition_id, team_id, account)
    check_organizer(competition, account)
    teams.decide(team, status)
    telemetry.logger.info("team decided", team=team.id, status=status, by=account.id)
    return _answer(team, account)


def dissolve(competition_id: str, team_id: str, account: Account) -> responses.Empty:
    """Undo a team that has not submitted. Raises NotFound, NotAllowed, Conflict."""
    team = _led(competition_id, team_id, account)
    team_rules.check_may_dissolve(bool(team.submitted))
    teams.dissolve(team)
    telemetry.logger.info("team dissolved", team=team.id, by=account.id)
    return responses.Empty()


def check_may_submit(team: Team | None, user: str) -> None:
    """Raise NotAllowed unless a team may submit now, by this person."""
    if team is not None:
        team_rules.check_may_submit(team.name, team.status, user in team.usernames)


def reason(team: Team | None, user: str) -> str:
    """Why a team may not submit; empty when it may."""
    try:
        check_may_submit(team, user)
    except NotAllowed as error:
        return error.detail
    return ""


def _joining(competition_id: str, user: str, account: Account) -> tuple[Competition, Participant | None]:
    """A competition that the account sees, and what a user is in it. Raises NotFound."""
    competition, member = table.read(Competition.at(competition_id), Participant.at(competition_id, user))
    return check_visible(competition, account), member


def _read_team(competition_id: str, team_id: str, account: Account | None) -> tuple[Team, Competition]:
    """A team, and its competition. Raises NotFound."""
    competition, team = table.read(Competition.at(competition_id), Team.at(competition_id, team_id))
    visible = check_visible(competition, account)
    return teams.check_there(team), visible


def _led(competition_id: str, team_id: str, account: Account) -> Team:
    """A team that the account leads, or whose competition it organizes. Raises NotFound, NotAllowed."""
    team, competition = _read_team(competition_id, team_id, account)
    team_rules.check_leads(team.leader == account.id, is_organizer(competition, account))
    return team


def _check_may_join(competition: Competition, member: Participant | None, username: str) -> None:
    status, team = (member.status, member.team_name) if member else (None, None)
    team_rules.check_may_join(username, status, team)
    team_rules.check_enabled(has_teams(competition))


def _check_may_make(competition: Competition, account: Account) -> None:
    check_organizer(competition, account)
    if not competition.settings.allow_organizer_teams:
        raise NotAllowed("In this competition participants form their teams. `allow_organizer_teams` lets organizers do it.")


def _enter(team: Team, member: Participant | None, account: Account) -> responses.Team:
    assert member is not None
    team_rules.check_room(team.name, len(team.usernames))
    teams.join(team, member)
    telemetry.logger.info("team joined", team=team.id, user=member.user, by=account.id)
    return _answer(team, account)


def _named(username: str, field: str) -> tuple[str, str]:
    """The id and the name of an account. Raises Invalid."""
    found = accounts.find(username)
    if found is None:
        raise Invalid("There is no account with this user name.", [Complaint(field, "Ask for the name they sign in with.")])
    return found


def _id(competition_id: str, name: str) -> str:
    return ids.derived(competition_id, f"team {team_rules.folded(name)}")


def _code(team_id: str) -> str:
    return f"{team_id}-{ids.code()}"


def _answer(team: Team, account: Account | None) -> responses.Team:
    return responses.Team(
        id=team.id,
        competition=team.competition,
        name=team.name,
        status=team.status,  # type: ignore[arg-type]
        members=[responses.TeamMember(user, name) for user, name in team.usernames.items()],
        submitted=bool(team.submitted),
        code=team.code if account is not None and account.id == team.leader else None,
    )
