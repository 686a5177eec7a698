"""Mergers: two teams of a competition become one, by agreement of who lead them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from chalicelib import ids, telemetry
from chalicelib.actions.competitions.permissions import check_visible
from chalicelib.aws import messages
from chalicelib.domain.competitions import phases as when
from chalicelib.domain.competitions.access import APPROVED
from chalicelib.domain.people import mergers, team_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import quotas
from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.people import invitations, team_moves, teams
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.people.team_moves import TeamMove
from chalicelib.store.people.teams import Team
from chalicelib.store.submissions import usage
from chalicelib.store.submissions.usage import Quota
from chalicelib.store.table import Found, whole_number
from chalicelib.store.writes import Transaction

#: Counters that are carried with the merger itself; of a competition with more phases the job carries the others.
_COUNTERS_AT_ONCE = 30
_MOVED = say("merger_moved", "One of the teams changed, or submitted, at the same moment. Try again.")


@dataclass(frozen=True)
class _Merger:
    """Two teams as they were read, with what both have used up of each phase."""

    invitation: Invitation
    source: Team
    target: Team
    counters: Sequence[usage.Pair]
    found: Found
    day: str
    job: TeamMove

    def write(self, now: datetime, write: Transaction) -> None:
        """Within a transaction: everything, on condition that it is as it was read."""
        invitations.answering(write, self.invitation, now)
        write.save(self.job)
        teams.merging(write, self.source, self.target)
        there = usage.uncarried(self.counters, self.found)
        usage.carrying(write, there[:_COUNTERS_AT_ONCE], self.found, self.day)
        for pair in self.counters[:_COUNTERS_AT_ONCE]:
            if pair not in there and pair[0][1] == "TOTAL":
                usage.checking_unused(write, pair[0])


def check(competition: Competition, target: Team, source: Team, now: datetime) -> None:
    """Raise Conflict unless one team may go into another now, but for what both have used up."""
    settings = competition.settings
    until = settings.team_merge_deadline
    mergers.check_open(settings.team_merges, datetime.fromisoformat(until) if until else None, now)
    if target.id == source.id:
        raise Conflict(say("merger_with_itself", "This is the team itself. Name the other one."))
    for team in (target, source):
        team_rules.check_goes_on(team.name, team.status)
        if team.status != APPROVED:
            raise Conflict(
                say("merger_unapproved", "An organizer has yet to approve “{team}”. Teams merge after that.", team=team.name)
            )
    most = team_rules.most_members(settings.max_team_members)
    team_rules.check_room(target.name, len(target.usernames), most, len(source.usernames))


def agree(invitation: Invitation, account: Account, now: datetime) -> None:
    """The one team goes into the other: four calls, and a job that carries what it has submitted.

    Raises NotFound, Conflict.
    """
    job = writes.retried(partial(_agree, invitation, account, now), Conflict(_MOVED))
    messages.send_team_move(job.id)
    telemetry.logger.info("teams merged", source=job.source, target=job.target)


def _agree(invitation: Invitation, account: Account, now: datetime) -> TeamMove:
    at = str(invitation.competition)
    competition, phases = competitions.find(at)
    check_visible(competition, account)
    places = Team.at(at, invitation.whom), Team.at(at, invitation.subject)
    source, target = (teams.check_there(team) for team in table.read(*places))
    _check_agreed(competition, target, invitation)
    check(competition, target, source, now)
    day = quotas.day(now, competition.settings.timezone)
    pairs = [pair for phase in phases for pair in _pairs(phase, source, target, day, now)]
    pairs.sort(key=lambda pair: pair[0][1] != "TOTAL")
    found = usage.read(pairs)
    for phase in phases:
        _check_used(competition, phase, source, target, found, now)
    job = team_moves.new(ids.new(now), at, source.id, target.id, now)
    merger = _Merger(invitation, source, target, pairs, found, day, job)
    writes.transact(partial(merger.write, now))
    return job


def _check_agreed(competition: Competition, target: Team, invitation: Invitation) -> None:
    """Raise Conflict when who offered this leads the team no more: who leads it now has not agreed."""
    settings, by = competition.settings, invitation.by_user
    if by != target.leader and not (settings.allow_organizer_teams and by in competition.organizer_ids):
        raise Conflict(
            say(
                "merger_leader_left",
                "Who offered this does not lead “{team}” any more. Ask its leader to offer it again.",
                team=target.name,
            )
        )


def _pairs(phase: Phase, source: Team, target: Team, day: str, now: datetime) -> list[usage.Pair]:
    """Where the counters of both teams are, the one in all first; of a phase that is over nobody asks for the others."""
    pairs = usage.pairs(phase.id, source.id, target.id, day)
    return pairs[:1] if when.state(phase.starts_at, phase.ends_at, now) == "closed" else pairs


def _check_used(competition: Competition, phase: Phase, source: Team, target: Team, found: Found, now: datetime) -> None:
    zone = competition.settings.timezone
    allowed = mergers.Allowed(
        phase=phase.name,
        first=_date(phase.starts_at, zone),
        today=_date(min(now, phase.ends_at or now), zone),
        per_day=whole_number(phase.max_submissions_per_day),
        per_month=phase.settings.max_submissions_per_month,
        in_all=whole_number(phase.max_submissions),
    )
    used = [int((found.get(Quota.at(phase.id, team.id)) or Quota()).used) for team in (target, source)]
    mergers.check_used(competition.settings.team_merges, allowed, *used)


def _date(at: datetime, zone: str) -> date:
    return date.fromisoformat(quotas.day(at, zone))
