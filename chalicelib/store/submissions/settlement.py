"""Settlement of submissions: their final state, and what that gives back, in the transaction of who ends them."""

from collections.abc import Sequence

from pynamodb.expressions.condition import size

from chalicelib.contract import Status
from chalicelib.store import table, writes
from chalicelib.store.queues import queues
from chalicelib.store.submissions import leases, usage
from chalicelib.store.submissions.submissions import Submission, as_read, is_described_as_read
from chalicelib.store.writes import Action, Composer, Condition, Transaction


def settling(
    write: Transaction, submission: Submission, actions: Sequence[Action], refund: bool, lapsed: table.Item | None = None
) -> None:
    """Within a transaction: bring a submission into its final state, and give its attempt back when `refund`."""
    condition: Condition = as_read(submission, lapsed) & is_described_as_read(submission)
    if submission.pending:
        # Exactly those tasks are left that were when the parent was judged.
        condition &= Submission.pending == submission.pending
    over: list[Action] = [Submission.token_digest.remove(), Submission.pending.remove(), Submission.in_progress.remove()]
    over += [*Submission.asleep(), *Submission.end_waiting()]
    # A re-run is never charged, so it gives nothing back either.
    if refund and submission.standing is None:
        over.append(Submission.charged_day.remove())
    write.update(submission, actions=[*actions, *over], condition=condition)
    if submission.token_digest is not None:
        leases.ending(write, submission.id, lapsed)
    refunded_day = submission.charged_day if refund and submission.standing is None else None
    usage.settling(write, submission.phase, submission.counted, refunded_day, ends=bool(submission.in_progress))


def noting(write: Transaction, parent: Submission, task: str, result: str) -> None:
    """Within a transaction: one of a parent's tasks has ended, and others are still pending."""
    others = size(Submission.pending) > 1
    write.update(
        parent,
        actions=[Submission.pending.delete({task}), Submission.results[task].set(result)],
        condition=Submission.pending.contains(task) & others,
    )


def settle(
    submission: Submission, children: Sequence[Submission], ending: Sequence[Action], refund: bool, also: Composer
) -> None:
    """End a submission that has no scores, with what is still open of its children. Raises ConditionFailed, Busy."""

    def compose(write: Transaction) -> None:
        for row in (submission, *children):
            # The runner that had it is told so by its next heartbeat, and nobody else.
            known = [Submission.last_digest.set(row.token_digest)] if row.token_digest is not None else []
            settling(write, row, [*ending, *known], refund and row is submission)
        also(write)

    def giving_back(write: Transaction) -> None:
        waiting = [row for row in children or [submission] if row.status == Status.SUBMITTED and row.turn]
        queues.giving_back(write, submission.queue, submission.competition, len(waiting))

    writes.transact(compose, giving_back)
