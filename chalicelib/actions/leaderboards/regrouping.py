"""Regrouping: what somebody has handed in follows them into other groups, and so do their rows on the boards (ADR 31).

Which group a submission counts for stands with it; an end that was judged by the former one fails, and is judged anew.
"""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.actions.leaderboards import placement, reordering, visibility
from chalicelib.domain.people import groups
from chalicelib.store import table, writes
from chalicelib.store.background.phase_jobs import Progress
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.people import group_jobs, participants
from chalicelib.store.people.group_jobs import GroupJob
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

PAGE_SIZE = 10


def work(job: GroupJob, now: datetime) -> Progress:
    """Move what a page of participants has handed in; at last, a minute later, all of it again: what was submitted by the
    former groups, in a call that had begun before, is there by then. Raises NotFound, Busy.
    """
    competition, phases = competitions.find(job.competition)
    users, start = group_jobs.named(job), int(job.cursor or 0)
    page, end = users[start : start + PAGE_SIZE], start + PAGE_SIZE
    for member in table.read_many(Participant.at(competition.id, user) for user in page):
        for phase in phases:
            _move(member, competition, phase, now)
    was_exhausted = bool(job.exhausted)
    group_jobs.advance(job, str(end) if end < len(users) else None, 0 if was_exhausted else len(page))
    if end < len(users):
        return Progress.GOES_ON
    return Progress.DONE if was_exhausted else Progress.WAITS


def _move(member: Participant, competition: Competition, phase: Phase, now: datetime) -> None:
    for competitor in dict.fromkeys((str(member.user), member.competitor)):
        submitted = placement.newest_of(competitor, phase.id, submissions.MANY)
        theirs = [one for one in submitted if one.user == member.user and one.solution is None]
        _regroup(theirs, member, competition, phase)
        if theirs:
            # Also where nothing was moved now: a function may have stopped before it came to the rows.
            reordering.place_all({competitor}, visibility.setup_of(competition, phase, now), phase.id, now)


def _regroup(theirs: Sequence[Submission], member: Participant, competition: Competition, phase: Phase) -> None:
    keys = participants.groups_of(member)
    for one in theirs:
        wanted = groups.moved(competition.groups, keys, int(phase.index), one.group)
        if wanted == one.group:
            continue
        same = Submission.group == one.group if one.group else Submission.group.does_not_exist()
        action = Submission.group.set(wanted) if wanted else Submission.group.remove()
        writes.update_if(one, [action], submissions.kept() & same)
