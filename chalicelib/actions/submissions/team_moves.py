"""Team moves: what a team has submitted is carried into the team that it went into, or called by the team's new name.

Nothing is locked. What is in progress stays where its runner will look for it, and is carried when it has ended; so is what
an attempt given back leaves in the former team's counters. The job is through when a pass finds nothing more to carry.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from chalicelib import telemetry
from chalicelib.actions.leaderboards import placement, reordering
from chalicelib.contract import Status
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.submissions import quotas
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import OVERDUE
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Phase
from chalicelib.store.people.team_moves import TeamMove
from chalicelib.store.people.teams import Team
from chalicelib.store.submissions import owners, submissions, usage
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Found
from chalicelib.store.writes import ConditionFailed

#: By then an index has everything that was submitted before the teams merged.
_SETTLED = timedelta(minutes=1)
#: What is in progress is waited for at such pauses, longer ones the longer it takes.
_LONGEST_PAUSE = timedelta(minutes=30)


def work(job: TeamMove, now: datetime, deadline: datetime) -> None:
    """One pass over all phases. Raises OutOfTime, Conflict when the team is gone, Busy."""
    try:
        competition, phases = competitions.find(job.competition)
    except NotFound:
        # What was to be carried is gone with its competition.
        jobs.finish(job)
        return
    target = _target(job)
    day, left = quotas.day(now, competition.settings.timezone), 0
    for phase in phases:
        left += _carry(job, target, phase, now)
        if job.source != target.id:
            _carry_counters(job, target, phase, day)
        if is_late(deadline):
            raise OutOfTime
    age = now - job.created_at
    if left or age < _SETTLED:
        jobs.pause(job, now + max(OVERDUE, min(age / 10, _LONGEST_PAUSE)))
        return
    jobs.finish(job)
    telemetry.logger.info("team moved", job=job.id, source=job.source, target=job.target)


def _target(job: TeamMove) -> Team:
    """The team that everything goes to: where the one that was meant has gone into another meanwhile, that. Raises Conflict.

    A job of the later merger may be through before what was in progress at the first one has ended.
    """
    at = str(job.target)
    while True:
        (target,) = table.read(Team.at(job.competition, at))
        if target is None:
            raise Conflict(say("team_gone", "The team is gone, and with it what was to be carried."))
        if target.merged_into is None:
            return target
        at = str(target.merged_into)


def _carry(job: TeamMove, target: Team, phase: Phase, now: datetime) -> int:
    """Carry what has ended in a phase, and place it: how many are left for later."""
    found = placement.newest_of(job.source, phase.id, submissions.MANY)
    wanted = [one for one in found if (one.team, one.team_name) != (target.id, target.name)]
    moved = [one for one in wanted if _carry_one(one, target)]
    if moved:
        reordering.place_moved(target.id, job.source, moved, phase.id, now)
    return len(wanted) - len(moved)


def _carry_one(submission: Submission, target: Team) -> bool:
    """False for what is in progress, or was changed meanwhile."""
    rows = [submission, *(submissions.children(submission) if submission.is_parent else ())]
    if not all(Status(row.status).is_final or row.status == Status.SUBMITTING for row in rows):
        return False
    try:
        writes.transact(partial(owners.giving_to, rows, target.id, target.name))
    except ConditionFailed:
        return False
    return True


def _carry_counters(job: TeamMove, target: Team, phase: Phase, day: str) -> None:
    """What has come to the former team's counters since: attempts given back, and ends of submissions in progress."""
    pairs = usage.pairs(phase.id, job.source, target.id, day)
    found = usage.read(pairs)
    if there := usage.uncarried(pairs, found):
        _try_carrying(there, found, day)


def _try_carrying(pairs: Sequence[usage.Pair], found: Found, day: str) -> None:
    try:
        writes.transact(lambda write: usage.carrying(write, pairs, found, day))
    except ConditionFailed:
        telemetry.logger.info("counted meanwhile: the next pass carries it")
