"""Teams: made, joined, left, handed over, dissolved; approved, renamed and disbanded by organizers."""

from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import (
    check_organizer,
    check_sees_all,
    check_visible,
    has_teams,
    is_organizer,
    sees_all,
)
from chalicelib.actions.people import audit_log, invitations
from chalicelib.aws import messages
from chalicelib.domain.people import look_alikes, team_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.organization_rules import INVISIBLE_LETTERS, NAME_INVISIBLE
from chalicelib.errors import Complaint, Conflict, Invalid, NotAllowed, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import invitations as stored
from chalicelib.store.people import team_moves, teams
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.teams import Team
from chalicelib.store.writes import Composer, Transaction

PAGE_SIZE = 100


def make(competition_id: str, body: requests.NewTeam, account: Account, now: datetime) -> responses.Team:
    """Make a team and lead it; an organizer makes one for a participant. Raises NotFound, NotAllowed, Conflict, Invalid."""
    names = looks(body.name)
    user, username = (account.id, account.username) if body.leader is None else invitations.named(body.leader, "leader")
    competition, member = _joining(competition_id, user, account)
    by_organizer = body.leader is not None
    if by_organizer:
        check_may_make(competition, account)
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
        names=names,
        made_at=now,
    )
    assert member is not None
    teams.create(team, member, told(competition, team, "team_made", account, now, after=username, as_organizer=by_organizer))
    telemetry.logger.info("team made", team=team.id, competition=competition.id, by=account.id)
    return _answer(team, account)


def show(competition_id: str, team_id: str, account: Account | None) -> responses.Team:
    """A team and who is in it. On anonymous leaderboards that is for its members and organizers. Raises NotFound."""
    team, competition = _read_team(competition_id, team_id, account)
    is_member = account is not None and account.id in team.usernames
    if competition.settings.anonymous_leaderboard and not is_member and not sees_all(competition, account):
        raise NotFound(say("competitors_hidden", "The organizers hide the names of those who compete."))
    return _answer(team, account)


def list_all(competition_id: str, account: Account, after: str | None) -> responses.Teams:
    """One page of the teams, for organizers. Raises NotFound, NotAllowed."""
    (competition,) = table.read(Competition.at(competition_id))
    check_sees_all(competition, account)
    found, following = teams.of_competition(competition_id, after, PAGE_SIZE)
    return responses.Teams([_answer(team, account) for team in found], following)


def join(competition_id: str, code: str, account: Account, now: datetime) -> responses.Team:
    """Join the team whose code this is. Raises NotFound, NotAllowed, Conflict."""
    competition, member = _joining(competition_id, account.id, account)
    _check_may_join(competition, member, account.username)
    (team,) = table.read(Team.at(competition_id, code.partition("-")[0]))
    if team is None or not ids.is_same(team.code, code):
        raise NotFound(
            say(
                "team_code_unknown",
                "This code is not good for any team of this competition. Ask the team's leader for the new one.",
            )
        )
    return _enter(competition, team, member, account, now)


def join_invited(invitation: Invitation, account: Account, now: datetime) -> None:
    """Accept a place in a team. Raises NotFound, NotAllowed for who does not take part, Conflict."""
    competition, member = _joining(str(invitation.competition), account.id, account)
    _check_may_join(competition, member, account.username)
    (team,) = table.read(Team.at(competition.id, invitation.subject))
    _enter(
        competition, teams.check_there(team), member, account, now, lambda write: stored.answering(write, invitation, now)
    )


def put(competition_id: str, team_id: str, username: str, account: Account, now: datetime) -> responses.Team:
    """Put a participant in a team, as an organizer. Raises NotFound, NotAllowed, Conflict, Invalid."""
    team, competition = _read_team(competition_id, team_id, account)
    check_organizer(competition, account)
    check_may_make(competition, account)
    user, name = invitations.named(username, "username")
    _, member = _joining(competition_id, user, account)
    _check_may_join(competition, member, name)
    return _enter(competition, team, member, account, now, told(competition, team, "team_joined", account, now, after=name))


def remove(competition_id: str, team_id: str, user: str, account: Account, now: datetime) -> responses.Empty:
    """Leave a team, or take somebody out of it as its leader or an organizer. Raises NotFound, NotAllowed, Conflict."""
    team, competition = _read_team(competition_id, team_id, account)
    if user != account.id:
        team_rules.check_leads(team.leader == account.id, is_organizer(competition, account))
    if user not in team.usernames:
        raise NotFound(say("nobody_in_team", "Nobody of that id is in this team."))
    team_rules.check_may_leave(team.usernames, bool(team.submitted))
    is_theirs = account.id in (user, team.leader)
    name = team.usernames[user]
    teams.leave(team, user, told(competition, team, "team_left", account, now, before=name, as_organizer=not is_theirs))
    telemetry.logger.info("team left", team=team.id, user=user, by=account.id)
    return responses.Empty()


def hand_over(competition_id: str, team_id: str, username: str, account: Account, now: datetime) -> responses.Team:
    """Offer the lead to another member, who accepts it; an organizer makes them the leader at once.

    Raises NotFound, NotAllowed, Conflict, QuotaExceeded.
    """
    team, competition = led(competition_id, team_id, account)
    others = [(user, name) for user, name in team.usernames.items() if name.lower() == username.lower()]
    if not others:
        raise NotFound(say("not_in_this_team", "{username} is not in this team.", username=username))
    ((user, name),) = others
    if account.id == team.leader:
        lead = (team.id, team.name)
        invitations.invite(stored.LEAD, lead, competition.id, (user, name), account, now)
    else:
        entry = _entry(competition, team, "led", team.usernames[team.leader], name, "", account, now)
        teams.hand_over(team, user, lambda write: audit.recording(write, entry))
    return _answer(team, account)


def take_lead(invitation: Invitation, account: Account, now: datetime) -> None:
    """Accept to lead a team. Raises NotFound, Conflict when who offered it leads no more, or one has left."""
    at = str(invitation.competition)
    competition, team = table.read(Competition.at(at), Team.at(at, invitation.subject))
    check_visible(competition, account)
    there = teams.check_there(team)
    if there.leader != invitation.by_user or account.id not in there.usernames:
        raise Conflict(
            say("lead_offer_over", "Who offered this does not lead the team any more, or you are not in it any more.")
        )
    teams.hand_over(there, account.id, lambda write: stored.answering(write, invitation, now))


def renew_code(competition_id: str, team_id: str, account: Account, now: datetime) -> responses.Team:
    """Have another code let people in, and the former one nobody. Raises NotFound, NotAllowed, Conflict."""
    team, competition = led(competition_id, team_id, account)
    is_theirs = account.id == team.leader
    also = told(competition, team, "code_renewed", account, now, as_organizer=not is_theirs)
    teams.change_code(team, _code(team.id), also)
    return _answer(team, account)


def change(competition_id: str, team_id: str, body: requests.ChangeTeam, account: Account, now: datetime) -> responses.Team:
    """Approve, deny or rename a team, as an organizer. Raises NotFound, NotAllowed, Invalid, Conflict."""
    team, competition = _read_team(competition_id, team_id, account)
    check_organizer(competition, account)
    team_rules.check_goes_on(team.name, team.status)
    if body.status not in (None, team.status):
        entry = _entry(competition, team, str(body.status), team.status, body.status, body.reason, account, now)
        teams.decide(team, str(body.status), lambda write: audit.recording(write, entry))
    if body.name not in (None, team.name):
        _rename(competition, team, str(body.name), body.reason, account, now)
    telemetry.logger.info("team changed", team=team.id, status=team.status, by=account.id)
    return _answer(team, account)


def _rename(competition: Competition, team: Team, name: str, reason: str, account: Account, now: datetime) -> None:
    """What it has submitted, and its rows, are called so by a job that is stored with the change."""
    names, entry = looks(name), _entry(competition, team, "renamed", team.name, name, reason, account, now)
    job = team_moves.new(ids.new(now), team.competition, team.id, team.id, now)

    def also(write: Transaction) -> None:
        write.save(job)
        audit.recording(write, entry)

    teams.rename(team, name, names, also)
    messages.send_team_move(job.id)


def dissolve(competition_id: str, team_id: str, reason: str, account: Account, now: datetime) -> responses.Empty:
    """Undo a team that has not submitted; an organizer disbands one that has. Raises NotFound, NotAllowed, Conflict."""
    team, competition = led(competition_id, team_id, account)
    team_rules.check_goes_on(team.name, team.status)
    if not is_organizer(competition, account):
        team_rules.check_may_dissolve(bool(team.submitted))
        teams.dissolve(team)
    else:
        entry = _entry(competition, team, "disbanded", list(team.usernames.values()), [], reason, account, now)
        end = teams.disband if team.submitted else teams.dissolve
        end(team, lambda write: audit.recording(write, entry))
    telemetry.logger.info("team dissolved", team=team.id, by=account.id)
    return responses.Empty()


def check_may_submit(team: Team | None, user: str) -> None:
    """Raise NotAllowed unless a team may submit now, by this person."""
    if team is not None:
        team_rules.check_may_submit(team.name, team.status, user in team.usernames)


def reason(team: Team | None, user: str) -> str:
    """The reason why a team may not submit; empty when it may."""
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


def led(competition_id: str, team_id: str, account: Account) -> tuple[Team, Competition]:
    """A team that the account leads, or whose competition it organizes, and that. Raises NotFound, NotAllowed."""
    team, competition = _read_team(competition_id, team_id, account)
    team_rules.check_leads(team.leader == account.id, is_organizer(competition, account))
    return team, competition


def _check_may_join(competition: Competition, member: Participant | None, username: str) -> None:
    if member is not None and member.robot is not None:
        raise Conflict(say("robot_competes_alone", "{username} is a robot, and those compete alone.", username=username))
    status, team = (member.status, member.team_name) if member else (None, None)
    team_rules.check_may_join(username, status, team)
    team_rules.check_enabled(has_teams(competition))


def led_by(competition_id: str, team_id: str, account: Account) -> tuple[Team, Competition]:
    """A team into which the account may ask others, as its leader, or as an organizer where those make teams; and its
    competition. Raises NotFound, NotAllowed.
    """
    team, competition = led(competition_id, team_id, account)
    if team.leader != account.id:
        check_may_make(competition, account)
    return team, competition


def check_may_make(competition: Competition, account: Account) -> None:
    """Raise NotAllowed unless the account organizes, where organizers make teams."""
    check_organizer(competition, account)
    if not competition.settings.allow_organizer_teams:
        raise NotAllowed(
            say(
                "teams_of_participants",
                "In this competition participants form their teams. `allow_organizer_teams` lets organizers do it.",
            )
        )


def _enter(
    competition: Competition,
    team: Team,
    member: Participant | None,
    account: Account,
    now: datetime,
    also: Composer = writes.nothing,
) -> responses.Team:
    assert member is not None
    team_rules.check_goes_on(team.name, team.status)
    most = team_rules.most_members(competition.settings.max_team_members)
    team_rules.check_room(team.name, len(team.usernames), most)
    teams.join(team, member, most, now, also)
    telemetry.logger.info("team joined", team=team.id, user=member.user, by=account.id)
    return _answer(team, account)


def looks(name: str) -> set[str]:
    """By what a name looks like. Raises Invalid for one of which something cannot be seen."""
    if not look_alikes.shows_all(name):
        raise Invalid(
            NAME_INVISIBLE,
            [Complaint("name", INVISIBLE_LETTERS)],
        )
    return {ids.digest(key) for key in look_alikes.keys(name)}


def told(
    competition: Competition,
    team: Team,
    what: str,
    account: Account,
    now: datetime,
    *,
    before: str | None = None,
    after: str | None = None,
    as_organizer: bool = True,
) -> Composer:
    """An entry about a team, of what an organizer does to it. What its own people do is theirs, and not kept."""
    if not as_organizer:
        return writes.nothing
    return audit.along(_entry(competition, team, what, before, after, "", account, now))


def _entry(
    competition: Competition, team: Team, what: str, before: Any, after: Any, reason: str, account: Account, now: datetime
) -> AuditEntry:
    return audit_log.entry_about(competition.id, team.name, what, before, after, reason, account, now)


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
        code=team.code if account is not None and account.id == team.leader and team.members else None,
        merged_into=team.merged_into,
    )
