"""Invitations into a team, and offers of two teams to become one: made, listed and taken back by who leads it."""

from datetime import datetime

from chalicelib import requests, responses, telemetry
from chalicelib.actions.people import invitations, mergers, teams
from chalicelib.contract.limits import MAX_INVITATIONS
from chalicelib.domain.people import team_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import invitations as stored
from chalicelib.store.people import teams as stored_teams
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.people.teams import Team, check_there
from chalicelib.store.writes import Composer

_EITHER = say("team_name_or_id", "Give the team's name, or its id.")
_UNKNOWN = say("no_team_of_name", "No team of this competition has this name.")


def invite(
    competition_id: str, team_id: str, body: requests.Invite, account: Account, now: datetime
) -> responses.Invitation:
    """Ask an account, or whoever has an address, into a team.

    Raises NotFound, NotAllowed, Invalid, Conflict, QuotaExceeded.
    """
    team, competition = teams.led_by(competition_id, team_id, account)
    team_rules.check_goes_on(team.name, team.status)
    most = team_rules.most_members(competition.settings.max_team_members)
    team_rules.check_room(team.name, len(team.usernames), most)
    whom, address = invitations.addressee(body)
    if whom[0] in team.usernames:
        raise Conflict(say("in_team_already", "{name} is in this team already.", name=whom[1]))
    # The log is read by viewers, and they see no addresses.
    also = _told(competition, team, "team_invited", None if address else whom[1], account, now)
    made = invitations.invite(stored.TEAM, (team.id, team.name), competition.id, whom, account, now, address, also=also)
    telemetry.logger.info("invited into a team", team=team.id, invitation=made.id, by=account.id)
    return invitations.answer_of(made)


def offer_merger(
    competition_id: str, team_id: str, body: requests.Merge, account: Account, now: datetime
) -> responses.Invitation:
    """Ask another team to go into this one; who leads it answers.

    Raises NotFound, NotAllowed, Invalid, Conflict, QuotaExceeded.
    """
    team, competition = teams.led_by(competition_id, team_id, account)
    going = _meant(competition.id, body)
    mergers.check(competition, team, going, now)
    whom = (going.id, going.name)
    leader = (going.leader, going.usernames[going.leader])
    also = _told(competition, team, "merger_offered", going.name, account, now)
    made = invitations.invite(
        stored.MERGER, (team.id, team.name), competition.id, whom, account, now, reader=leader, also=also
    )
    telemetry.logger.info("merger offered", team=team.id, other=going.id, by=account.id)
    return invitations.answer_of(made)


def list_all(competition_id: str, team_id: str, account: Account, now: datetime) -> responses.Invitations:
    """List those of a team and those to it, the newest first: two queries. Raises NotFound, NotAllowed."""
    team, _ = teams.led(competition_id, team_id, account)
    found = [*stored.into(team.id, now, MAX_INVITATIONS), *stored.to(team.id, now, MAX_INVITATIONS)]
    return invitations.told_to(account, found)


def revoke(competition_id: str, team_id: str, invitation_id: str, account: Account, now: datetime) -> responses.Empty:
    """Take an invitation of a team back. Raises NotFound, NotAllowed, Conflict."""
    team, competition = teams.led(competition_id, team_id, account)
    (found,) = table.read(Invitation.at(invitation_id))
    if found is None or found.subject != team.id:
        raise NotFound(say("no_team_invitation", "There is no such invitation of this team. Look at the list of them."))
    whom = None if found.address else found.invited
    stored.revoke(found, _told(competition, team, "team_uninvited", whom, account, now))
    return responses.Empty()


def _meant(competition: str, body: requests.Merge) -> Team:
    """The team that a body means. Raises Invalid, NotFound."""
    if (body.name is None) == (body.team is None):
        raise Invalid(_EITHER, [Complaint("name", _EITHER)])
    if body.team is not None:
        (found,) = table.read(Team.at(competition, body.team))
        return check_there(found)
    named = stored_teams.named(competition, teams.looks(str(body.name)))
    if named is None:
        raise Invalid(
            _UNKNOWN, [Complaint("name", say("names_as_on_boards", "Leaderboards tell names as they are written."))]
        )
    return named


def _told(competition: Competition, team: Team, what: str, whom: str | None, account: Account, now: datetime) -> Composer:
    return teams.told(competition, team, what, account, now, after=whom, as_organizer=account.id != team.leader)
