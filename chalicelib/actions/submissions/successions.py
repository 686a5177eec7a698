"""Successions: what an account has submitted goes on under another name, or as another account's, with its rows on boards.

Nothing is locked. What is in progress stays where its runner will look for it, and is left for a later round.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from chalicelib.actions.leaderboards import reordering, visibility
from chalicelib.aws import object_keys
from chalicelib.contract import Status
from chalicelib.domain.people.departures import Successor
from chalicelib.domain.submissions import quotas
from chalicelib.errors import Busy, say
from chalicelib.store import table, writes
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.judging import judging_artifacts
from chalicelib.store.leaderboards import boards
from chalicelib.store.library import uploads
from chalicelib.store.people import teams
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import owners, submissions, usage
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.writes import ConditionFailed

PAGE_SIZE = 100


def submitted_by(account: str, competitors: set[str], phase: Phase) -> Iterator[Submission]:
    """All that an account has submitted to a phase for some `competitors`, consistently: a query for each of those, and one
    read more where something of the account's is found.
    """
    for competitor in sorted(competitors):
        before: str | None = None
        while True:
            page, before = submissions.of_participant(competitor, phase.id, before, PAGE_SIZE)
            # An index lags behind, so what it tells is read again.
            mine = [Submission.at(one.id) for one in page if one.user == account]
            yield from (one for one in table.read_many(mine) if one.user == account)
            if before is None:
                break


def competitors_of(member: Participant) -> set[str]:
    """For whom somebody may have submitted: themselves, and any team of the competition that has submitted.

    They may have left it since; and what was in progress when it went into another one stands with it until that has ended.
    """
    found, after = {str(member.user), member.competitor}, None
    while True:
        page, after = teams.of_competition(member.competition, after, PAGE_SIZE)
        found |= {one.id for one in page if one.submitted}
        if after is None:
            return found


def hand_over(
    member: Participant,
    competitors: set[str],
    competition: Competition,
    phase: Phase,
    successor: Successor,
    now: datetime,
) -> int:
    """Give a successor what an account has submitted to a phase for some `competitors`, and place that anew.

    Tells how much is left in progress. Raises Busy.
    """
    theirs = list(submitted_by(str(member.user), competitors, phase))
    moved = [one for one in theirs if _hand_over(one, successor)]
    if definition.judgings_of(competition, phase):
        for artifact in judging_artifacts.of_account(phase.id, str(member.user)):
            judging_artifacts.succeed(artifact, successor.user, successor.username)
    alone = [one for one in moved if not one.team]
    if successor.user != member.user:
        carried = partial(_carry_counters, competition, phase, str(member.user), successor.user, now)
        writes.retried(
            carried, Busy(say("attempts_being_counted", "These attempts are counted all the time. Try again in a moment."))
        )
        if alone or boards.rows_of(phase.id, str(member.user)):
            reordering.place_moved(successor.user, str(member.user), alone, phase.id, now)
    elif any(not one.team for one in theirs):
        # Also where nothing was renamed now: a function may have stopped before it came to the rows.
        reordering.place_all({successor.user}, visibility.setup_of(competition, phase, now), phase.id, now)
    return len(theirs) - len(moved)


def _hand_over(submission: Submission, successor: Successor) -> bool:
    """False for what is in progress, or was changed meanwhile."""
    if (submission.user, submission.username) == (successor.user, successor.username):
        return True
    rows = [submission, *(submissions.children(submission) if submission.is_parent else ())]
    if not all(Status(row.status).is_final or row.status == Status.SUBMITTING for row in rows):
        return False
    if upload := object_keys.upload_of(submission.object_key):
        # What others sent, and one has started from, stays theirs.
        uploads.succeed(upload, submission.user, successor.user)
    try:
        writes.transact(partial(owners.succeeding, rows, successor.user, successor.username))
    except ConditionFailed:
        return False
    return True


def _carry_counters(competition: Competition, phase: Phase, source: str, target: str, now: datetime) -> None:
    """What both have used counts together, so that nobody has another quota by it. Raises ConditionFailed on a lost race."""
    day = quotas.day(now, competition.settings.timezone)
    pairs = usage.pairs(phase.id, source, target, day)
    found = usage.read(pairs)
    if there := usage.uncarried(pairs, found):
        writes.transact(lambda write: usage.carrying(write, there, found, day))
