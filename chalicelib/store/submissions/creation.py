"""Creation of submissions: stored with all that they are made of and counted for, in one transaction, and lined up."""

from collections.abc import Sequence
from datetime import timedelta

from chalicelib.contract import Status
from chalicelib.domain.submissions.quotas import Limits
from chalicelib.errors import Conflict, say
from chalicelib.store import writes
from chalicelib.store.people import teams
from chalicelib.store.queues import queues
from chalicelib.store.queues.queues import Turn
from chalicelib.store.submissions import shared_files, usage
from chalicelib.store.submissions.submissions import Submission, kept
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

#: A row whose message may be lost is queued again after a minute, then ever more seldom: most only wait their turn.
FIRST_WAKE_UP = timedelta(minutes=1)
_COUNTED = say("submission_counted", "Another submission of yours was counted at the same moment. Look at your submissions.")


def create(
    submission: Submission,
    children: Sequence[Submission],
    limits: Limits,
    taking: Composer,
) -> None:
    """Store a submission and its children, lined up, count it and take what it is made of, in one transaction.

    What is yet to be started by an organizer is not lined up.

    Raises Conflict when another submission of the same participant or team came first, what it is made of was taken
    meanwhile, or the team may not submit.
    """
    created_at = submission.created_at
    # A parent ends with its last child, so the sweeper needs to look after what is queued only.
    queued = children or [submission]
    for row in queued:
        if row.status == Status.SUBMITTED:
            row.wake_at(created_at + FIRST_WAKE_UP)

    def compose(write: Transaction) -> None:
        for made in (submission, *children):
            write.save(made, condition=Submission.pk.does_not_exist())
        taking(write)
        size_bytes, day = int(submission.size_bytes), submission.charged_day
        usage.charging(write, submission.phase, submission.counted, day, size_bytes, limits, created_at)
        if submission.team:
            teams.submitting(write, submission.competition, submission.team, submission.user)

    writes.transact(compose, counting([row for row in queued if row.waiting_pk]), otherwise=Conflict(_COUNTED))


def create_uncharged(
    submission: Submission,
    children: Sequence[Submission] = (),
    source: Submission | None = None,
    also: Composer = writes.nothing,
) -> bool:
    """Store a submission that was lined up and counts for nobody, and do `also`. False when there is one with its id.

    One that is a copy of `source` shares its file, on condition that this one is not being removed.
    """
    queued = children or [submission]
    for row in queued:
        row.wake_at(submission.created_at + FIRST_WAKE_UP)

    def compose(write: Transaction) -> None:
        for made in (submission, *children):
            write.save(made, condition=Submission.pk.does_not_exist())
        if source is not None:
            write.condition_check(Submission, source.pk, source.sk, kept() & (Submission.status == source.status))
            shared_files.sharing(write, source.object_key, source.id, submission.id)
        also(write)

    try:
        writes.transact(compose, counting(queued))
    except ConditionFailed:
        return False
    return True


def counting(queued: Sequence[Submission]) -> Composer | None:
    """Within a transaction: the last submission of a competition that was lined up has the turn of the last of these."""
    last = next((row for row in reversed(queued) if row.queue != queues.NONE), None)
    if last is None:
        return None
    latest = Turn.latest(last.queue, last.competition)
    return lambda write: queues.counting(write, latest, int(last.turn))
