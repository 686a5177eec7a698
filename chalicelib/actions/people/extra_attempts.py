"""Attempts that organizers give one participant or one team beside a phase's limits, with a reason."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib import requests, responses
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.people import audit_log
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import quotas
from chalicelib.errors import Complaint, Conflict, Invalid, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.people import teams
from chalicelib.store.people.participants import NO_PARTICIPANT, Participant
from chalicelib.store.people.teams import Team
from chalicelib.store.submissions import usage
from chalicelib.store.submissions.usage import Quota
from chalicelib.store.writes import Transaction

NO_PHASE_HERE = say("no_phase_here", "There is no such phase in this competition. Look at the competition for its phases.")
_MOVED = say(
    "attempts_moved", "Somebody else has just given or taken back attempts. Look at how many they have, and try again."
)


def give(
    competition_id: str, user: str, body: requests.GiveAttempts, account: Account, now: datetime
) -> responses.ExtraAttempts:
    """Give a participant who competes alone. Raises NotFound, NotAllowed, Invalid, and Conflict for a team's member."""
    places = Competition.at(competition_id), Phase.at(body.phase), Participant.at(competition_id, user)
    found, phase, member = table.read(*places)
    competition = check_organizer(found, account)
    if member is None:
        raise NotFound(NO_PARTICIPANT)
    if member.team:
        raise Conflict(
            say(
                "competes_in_team",
                "{username} competes in the team “{team}”. Give the attempts to the team.",
                username=member.username,
                team=member.team_name,
            )
        )
    return _give(competition, phase, [member.user], member.username, body, account, now)


def give_team(
    competition_id: str, team_id: str, body: requests.GiveAttempts, account: Account, now: datetime
) -> responses.ExtraAttempts:
    """Give a team. What is submitted for it counts for its members too, so they are given as much.

    Raises NotFound, NotAllowed, Invalid, Conflict.
    """
    places = Competition.at(competition_id), Phase.at(body.phase), Team.at(competition_id, team_id)
    found, phase, team = table.read(*places)
    competition, there = check_organizer(found, account), teams.check_there(team)
    return _give(competition, phase, [there.id, *there.usernames], there.name, body, account, now)


def _give(
    competition: Competition,
    phase: Phase | None,
    competitors: Sequence[str],
    name: str,
    body: requests.GiveAttempts,
    account: Account,
    now: datetime,
) -> responses.ExtraAttempts:
    """One transaction, of which the counters as they were read are the condition."""
    if phase is None or phase.competition != competition.id:
        raise NotFound(NO_PHASE_HERE)
    if not body.attempts:
        raise Invalid(
            say("how_many_attempts", "Say how many attempts."),
            [Complaint("attempts", say("attempts_shape", "Write a number above 0; one below takes back."))],
        )
    day = quotas.day(now, competition.settings.timezone)
    found = table.read_all(place for one in competitors for place in usage.counters(phase.id, one, day))
    before = int((found.get(Quota.at(phase.id, competitors[0])) or Quota()).extra)
    after = max(0, before + body.attempts)
    told = {"phase": phase.id, "extra": before}, {"phase": phase.id, "extra": after}
    entry = audit_log.entry_about(competition.id, name, "extended", *told, body.reason, account, now)

    def compose(write: Transaction) -> None:
        usage.giving(write, found, phase.id, competitors, day, body.attempts)
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(_MOVED))
    return responses.ExtraAttempts(phase.id, after)
