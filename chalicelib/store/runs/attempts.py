"""Attempts of submissions: waiting in line, claimed under a lease, given back, begun again. All changes are conditional.

A submission's row has its latest attempt, or while it is run again the result that stands. Whatever takes the place of that
keeps it as an `Attempt` in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import JSONAttribute, ListAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.contract import Status
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.queues import queues
from chalicelib.store.queues.queues import Turn
from chalicelib.store.submissions import leases
from chalicelib.store.submissions.creation import FIRST_WAKE_UP, counting
from chalicelib.store.submissions.submissions import Submission, as_read, held_by
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, Condition, Transaction

MOVED_ON_LOAD = say("submission_moved_on_load", "This submission has moved on meanwhile. Load it again.")
MOVED_ON = say("submission_moved_on", "This submission has moved on meanwhile.")
LAST_WAKE_UP = timedelta(hours=6)
ABORTED = "Aborted"
#: What an attempt has of its submission's row.
_FIELDS = ("fault", "reason", "scores", "notes", "steps", "uploaded", "ran_with", "runner", "started_at", "finished_at")
#: Of these, what a claim overwrites.
CLAIMED_FIELDS = ("ran_with", "runner", "started_at")


class Attempt(table.Item, discriminator="attempt"):
    """The result of an attempt that its submission shows no more. Never changed. ABORTED is one that was given back.

    One that repeats another to see whether it comes to the same has the `check`'s id.
    """

    submission = UnicodeAttribute()
    number = NumberAttribute()
    status = UnicodeAttribute()
    fault = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    scores = JSONAttribute(null=True)
    notes: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute, null=True)
    steps = JSONAttribute(null=True)
    uploaded: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute, null=True)
    ran_with = JSONAttribute(null=True)
    runner = UnicodeAttribute(null=True)
    started_at = UTCDateTimeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)
    check = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, submission: str, number: int) -> Place["Attempt"]:
        """Beside the submission's row."""
        pk, sk = Submission.at(submission)
        return Place(cls, pk, f"{_prefix(sk)}{number:05d}")


def kept(submission: Submission) -> list[Attempt]:
    """The attempts of a submission that it shows no more, the oldest first, consistently."""
    attempts = Attempt.sk.startswith(_prefix(submission.sk))
    return patiently(lambda: list(Attempt.query(submission.pk, attempts, consistent_read=True)))


def find(submission: str, number: int) -> Attempt:
    """One of those. Raises NotFound."""
    (attempt,) = table.read(Attempt.at(submission, number))
    if attempt is None:
        raise NotFound(say("no_attempt", "This submission has no such attempt."))
    return attempt


def keeping(write: Transaction, submission: Submission, number: int, **changed: Any) -> None:
    """Within a transaction: keep an attempt as the submission's row has it, but for what is `changed`."""
    values = {"status": submission.status, **{name: getattr(submission, name) for name in _FIELDS}, **changed}
    attempt = Attempt(*Attempt.at(submission.id, number), submission=submission.id, number=number, **values)
    write.save(attempt, condition=Attempt.pk.does_not_exist())


def rerun(
    submission: Submission, children: Sequence[Submission], phase_job: str | None, now: datetime, also: Composer
) -> None:
    """Queue an ended submission and its children again, lined up, and do `also`; its result stands until it ends.

    Raises Conflict.
    """
    queued = children or [submission]
    # One that was given back, and cancelled before another claim, is kept already.
    unkept = [row for row in (submission, *children) if row.shown is None and not _is_kept(row)]

    def compose(write: Transaction) -> None:
        for row in (submission, *children):
            if row in unkept:
                keeping(write, row, int(row.attempt))
            again = _again(row, phase_job, now) if row in queued else _again_as_parent(row, phase_job)
            same = (
                (Submission.status == row.status)
                & (Submission.attempt == row.attempt)
                & Submission.removed_at.does_not_exist()
            )
            write.update(row, actions=again, condition=same)
        also(write)

    writes.transact(compose, counting(queued), otherwise=Conflict(MOVED_ON_LOAD))


def start(submission: Submission, queued: Sequence[Submission], now: datetime, also: Composer) -> None:
    """Submitting -> Submitted, of a submission and of what is `queued` of it, lined up; and `also`.

    Raises Conflict on a lost race.
    """

    def compose(write: Transaction) -> None:
        for row in {one.id: one for one in (submission, *queued)}.values():
            actions: list[Action] = [Submission.status.set(Status.SUBMITTED)]
            if row in queued:
                actions += [Submission.queued_at.set(now), *row.begin_waiting(), *Submission.waking_at(now + FIRST_WAKE_UP)]
            write.update(row, actions=actions, condition=Submission.status == Status.SUBMITTING)
        also(write)

    started = Conflict(say("started_already", "This submission is started already, or over."))
    writes.transact(compose, counting(queued), otherwise=started)


def claim(
    submission: Submission,
    parent: Submission | None,
    token_digest: str,
    runner: str,
    ran_with: dict[str, Any],
    serving: int,
    now: datetime,
    lease_ends: datetime,
) -> None:
    """Submitted -> Preparing, attempt + 1, lease: one transaction. Raises Conflict when somebody else has it.

    The first of a parent's children takes it along to Running: from then on a cancel is charged. `serving` is the turn that
    its queue was serving; one that is further on is noted beside it.
    """
    actions: list[Action] = [
        Submission.status.set(Status.PREPARING),
        Submission.attempt.add(1),
        Submission.token_digest.set(token_digest),
        Submission.runner.set(runner),
        Submission.ran_with.set(ran_with),
        Submission.started_at.set(now),
        *Submission.asleep(),
        *Submission.end_waiting(),
    ]
    condition: Condition = (Submission.status == Status.SUBMITTED) & (Submission.attempt == submission.attempt)
    gone = Conflict(say("waits_no_more", "This submission is not waiting for a runner any more."))

    def compose(write: Transaction) -> None:
        write.update(submission, actions=actions, condition=condition)
        leases.beginning(write, submission.id, token_digest, Status.PREPARING, lease_ends)
        if parent is not None and parent.status == Status.SUBMITTED:
            _starting(write, parent, now)

    writes.transact(compose, _serving(submission, serving), otherwise=gone)
    # A transaction answers no rows.
    submission.attempt = int(submission.attempt) + 1
    submission.status = Status.PREPARING


def adopt(submission: Submission, token_digest: str, status: Status, lease_ends: datetime) -> None:
    """Give what a build without leases has claimed a lease of its own. Raises ConditionFailed when that is over, Busy."""

    def compose(write: Transaction) -> None:
        write.update(submission, actions=Submission.asleep(), condition=held_by(token_digest))
        leases.beginning(write, submission.id, token_digest, status, lease_ends)

    writes.transact(compose)


def wake_again(submission: Submission, now: datetime) -> None:
    """A message is about to be sent again: look again later, twice as late each time. Raises Conflict on a lost race."""
    delay = min(FIRST_WAKE_UP * 2 ** int(submission.wake_ups + 1), LAST_WAKE_UP)
    actions = [Submission.wake_ups.add(1), *submission.begin_waiting(), *Submission.waking_at(now + delay)]
    is_same = (Submission.status == Status.SUBMITTED) & (Submission.due_at == submission.due_at)
    writes.update(
        submission, actions, is_same, otherwise=Conflict(say("queued_by_others", "Somebody else has just queued it."))
    )


def release(submission: Submission, now: datetime, reason: str, lapsed: table.Item | None = None) -> None:
    """A claimed submission goes back into line as Submitted, its attempt's token dies. Raises Conflict when it moved on.

    `lapsed` is as for `leases.ending`.
    """
    actions: list[Action] = [
        Submission.status.set(Status.SUBMITTED),
        Submission.token_digest.remove(),
        Submission.wake_ups.set(0),
        Submission.queued_at.set(now),
        *submission.begin_waiting(),
        *Submission.waking_at(now + FIRST_WAKE_UP),
    ]
    if submission.standing is None:
        actions.append(Submission.reason.set(reason))

    def compose(write: Transaction) -> None:
        write.update(submission, actions=actions, condition=as_read(submission, lapsed))
        leases.ending(write, submission.id, lapsed)
        nothing = dict.fromkeys(("fault", "scores", "notes", "steps", "uploaded"))
        number = int(submission.attempt)
        keeping(write, submission, number, **nothing, status=ABORTED, reason=reason, finished_at=now)

    writes.transact(compose, otherwise=Conflict(MOVED_ON))


def _again(row: Submission, phase_job: str | None, now: datetime) -> list[Action]:
    return [
        *_again_at_all(row, phase_job),
        Submission.before.set(row.attempt),
        Submission.wake_ups.set(0),
        Submission.queued_at.set(now),
        *row.begin_waiting(),
        *Submission.waking_at(now + FIRST_WAKE_UP),
    ]


def _again_as_parent(row: Submission, phase_job: str | None) -> list[Action]:
    return [*_again_at_all(row, phase_job), Submission.attempt.add(1), Submission.pending.set(set(row.tasks))]


def _again_at_all(row: Submission, phase_job: str | None) -> list[Action]:
    return [
        Submission.status.set(Status.SUBMITTED),
        Submission.standing.set(row.status),
        Submission.shown.set(row.shown_attempt),
        Submission.phase_job.set(phase_job) if phase_job else Submission.phase_job.remove(),
        Submission.checking.set(row.checking) if row.checking else Submission.checking.remove(),
    ]


def _is_kept(row: Submission) -> bool:
    number = int(row.attempt)
    return number == 0 or table.read_all([Attempt.at(row.id, number)]).has(Attempt.at(row.id, number))


def _prefix(sk: str) -> str:
    """A task's attempts stand apart from its parent's."""
    return "ATTEMPT#" if sk == "SUBMISSION" else f"OF#{sk}#ATTEMPT#"


def _starting(write: Transaction, parent: Submission, now: datetime) -> None:
    running: list[Action] = [Submission.status.set(Status.RUNNING), Submission.started_at.set(now)]
    write.update(parent, actions=running, condition=Submission.status.is_in(Status.SUBMITTED, Status.RUNNING))


def _serving(submission: Submission, serving: int) -> Composer | None:
    turn = int(submission.turn)
    return (lambda write: queues.counting(write, Turn.serving(submission.queue), turn)) if turn > serving else None
