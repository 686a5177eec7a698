"""Background jobs: work that outlives a call of the API, begun by one function and gone on with by others.

WAITING -> RUNNING -> FINISHED or FAILED; from RUNNING back to WAITING whenever a function's time is over. A job that is not
over is due: its message was lost, or its function stopped, when nobody looked after it in time. All changes are conditional.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

LOOKED_AFTER = say("looked_after", "Somebody else has just looked after this.")
WAITING = "Waiting"
RUNNING = "Running"
FINISHED = "Finished"
FAILED = "Failed"
OVER = (FINISHED, FAILED)
#: Longer than a Lambda function lives (15 minutes), so that two never do the same job at once.
LEASE = timedelta(minutes=16)
#: A message that nobody took is sent again after this time.
OVERDUE = timedelta(minutes=1)
#: Functions that may begin a job, one after the other, without one of them coming further.
MAX_ATTEMPTS = 3
_ANOTHER = say("another_function", "Another function goes on with this.")


class TakenOver(Conflict):
    """The job is another function's, or it is over: this one has nothing more to say about it."""


class BackgroundJob(table.Item):
    """The attributes that every job has. `attempt` counts the functions that began and came no further; `reason`
    says why it failed."""

    id = UnicodeAttribute()
    status = UnicodeAttribute()
    attempt = NumberAttribute(default=0)
    reason = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute()


def waiting(job: BackgroundJob) -> None:
    """Before it is stored: the job waits for its message, and when that is lost for the sweeper."""
    job.status = WAITING
    job.wake_at(job.created_at + OVERDUE)


def create(job: BackgroundJob, unless: Condition | None = None, besides: Composer | None = None) -> bool:
    """Store a job that waits, with what goes `besides`. False when there is one of its id, and `unless` does not hold."""
    waiting(job)
    new = BackgroundJob.pk.does_not_exist()
    condition = new if unless is None else new | unless
    try:
        if besides is None:
            writes.put(job, condition)
        else:
            writes.put_with(job, besides, condition)
    except ConditionFailed:
        return False
    return True


def create_at(job: BackgroundJob, at: datetime) -> bool:
    """Store a job that the sweeper has done at a time. False when there is one with its id."""
    job.status = WAITING
    job.wake_at(at)
    try:
        writes.put(job, BackgroundJob.pk.does_not_exist())
    except ConditionFailed:
        return False
    return True


def begin(job: BackgroundJob, now: datetime) -> bool:
    """Take the job. False when another function has it, or it is over."""
    actions = [BackgroundJob.status.set(RUNNING), BackgroundJob.attempt.add(1), *BackgroundJob.waking_at(now + LEASE)]
    try:
        writes.update(job, actions, BackgroundJob.status == WAITING)
    except ConditionFailed:
        return False
    return True


def advance(job: BackgroundJob, actions: Sequence[Action], is_further: bool = True) -> None:
    """Store how far it is. A function that came further than the one before counts as the first. Raises TakenOver."""
    first = [BackgroundJob.attempt.set(1)] if is_further else []
    writes.update(job, [*actions, *first], _mine(job), TakenOver(_ANOTHER))


def advance_with(job: BackgroundJob, actions: Sequence[Action], along: Composer) -> None:
    """Store how far it is, in one transaction with what it did. The row is not read again. Raises TakenOver.

    What goes `along` has no condition that fails but when the job is another's.
    """

    def compose(write: Transaction) -> None:
        write.update(job, actions=[*actions, BackgroundJob.attempt.set(1)], condition=_mine(job))
        along(write)

    writes.transact(compose, otherwise=TakenOver(_ANOTHER))


def pause(job: BackgroundJob, wake_at: datetime) -> None:
    """Leave it to another function, that of a message or at `wake_at` the sweeper's. Raises TakenOver."""
    actions = [BackgroundJob.status.set(WAITING), BackgroundJob.attempt.set(0), *BackgroundJob.waking_at(wake_at)]
    writes.update(job, actions, _mine(job), TakenOver(_ANOTHER))


def wait_again(job: BackgroundJob, wake_at: datetime) -> None:
    """A job whose message or function was lost waits for another. Raises TakenOver on a lost race."""
    condition = ~BackgroundJob.status.is_in(*OVER) & (BackgroundJob.due_at == job.due_at)
    actions = [BackgroundJob.status.set(WAITING), *BackgroundJob.waking_at(wake_at)]
    writes.update(job, actions, condition, TakenOver(LOOKED_AFTER))


def finish(job: BackgroundJob, actions: Sequence[Action] = (), expires_at: datetime | None = None) -> None:
    """Say that all is done. What it made is thrown away at `expires_at`. Raises TakenOver."""
    ending = [BackgroundJob.status.set(FINISHED), BackgroundJob.reason.remove(), *_rest(expires_at)]
    writes.update(job, [*actions, *ending], _mine(job), TakenOver(_ANOTHER))


def finish_with(job: BackgroundJob, actions: Sequence[Action], along: Composer) -> None:
    """Say that all is done, in one transaction with what it came to, as `advance_with`. Raises TakenOver."""
    ending = [BackgroundJob.status.set(FINISHED), BackgroundJob.reason.remove(), *_rest(None)]
    advance_with(job, [*actions, *ending], along)


def fail(
    job: BackgroundJob,
    reason: str,
    along: Composer,
    actions: Sequence[Action] = (),
    expires_at: datetime | None = None,
) -> None:
    """Say that it comes to nothing, and why, in one transaction with what goes `along`. The row is not read again.

    The sweeper looks at it once more when it `expires_at` a time. Raises TakenOver when it is over.
    """
    ending = [BackgroundJob.status.set(FAILED), BackgroundJob.reason.set(reason), *_rest(expires_at)]
    over = TakenOver(say("over_already", "This is over already."))
    writes.update_with(job, [*actions, *ending], along, ~BackgroundJob.status.is_in(*OVER), otherwise=over)


def begin_again(job: BackgroundJob, wake_at: datetime, along: Composer) -> None:
    """A job that failed waits for a function once more, with what goes `along`. Raises TakenOver on a lost race."""
    waiting_ = [BackgroundJob.status.set(WAITING), BackgroundJob.attempt.set(0), BackgroundJob.reason.remove()]
    over = TakenOver(say("begun_again_by_others", "Somebody else has just begun this again."))
    actions = [*waiting_, *BackgroundJob.waking_at(wake_at)]
    writes.update_with(job, actions, along, BackgroundJob.status == FAILED, otherwise=over)


def rest(job: BackgroundJob) -> None:
    """Nothing is due of a job that failed any more. Raises TakenOver when it was begun again."""
    begun = TakenOver(say("begun_again", "Somebody has just begun this again."))
    writes.update(job, BackgroundJob.asleep(), BackgroundJob.status == FAILED, begun)


def is_exhausted(job: BackgroundJob) -> bool:
    """True when functions broke off too often at one place."""
    return int(job.attempt or 0) >= MAX_ATTEMPTS


def _rest(expires_at: datetime | None) -> list[Action]:
    return BackgroundJob.asleep() if expires_at is None else BackgroundJob.waking_at(expires_at)


def _mine(job: BackgroundJob) -> Condition:
    """This function has it still: its lease is the one that is stored."""
    has_lease: Condition = (BackgroundJob.status == RUNNING) & (BackgroundJob.due_at == job.due_at)
    return has_lease
