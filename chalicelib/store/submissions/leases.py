"""Leases: who runs a submission, and until when. Items of their own, because they change every few seconds.

A heartbeat writes a lease and nothing else, which is one write unit and two of the `due` index, however much there is of
the submission (ADR 18). The submission's row has the digest of the attempt's token, too: whatever ends an attempt is
conditional on the row, and takes the lease away in the same transaction.
"""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute

from chalicelib.contract import Status
from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Condition, Transaction


class Lease(table.Item, discriminator="lease"):
    """A runner's hold on a submission, or on one task of it, until `due_at`. `status` is how far the runner has come."""

    submission = UnicodeAttribute()
    token_digest = UnicodeAttribute()
    status = UnicodeAttribute()

    @classmethod
    def at(cls, submission: str) -> Place["Lease"]:
        """The place of the lease of a submission, or of one task of it."""
        parent, _, task = submission.partition("-")
        return Place(cls, f"SUBMISSION#{parent}", f"LEASE#{task}" if task else "LEASE")


def beginning(write: Transaction, submission: str, token_digest: str, status: Status, ends_at: datetime) -> None:
    """Within a transaction: an attempt has the submission from now on."""
    lease = Lease(*Lease.at(submission), submission=submission, token_digest=token_digest, status=status)
    lease.wake_at(ends_at)
    write.save(lease)


def extend(submission: str, token_digest: str, status: Status, ends_at: datetime) -> None:
    """Extend the lease of an attempt that is at `status`, by one call. Raises ConditionFailed when it is over, Busy."""
    actions: list[Action] = [Lease.status.set(status), *Lease.waking_at(ends_at)]
    writes.update(Lease(*Lease.at(submission)), actions, Lease.token_digest == token_digest)


def ending(write: Transaction, submission: str, lapsed: table.Item | None = None) -> None:
    """Within a transaction: an attempt is over.

    With `lapsed`, a lease whose time is over, on condition that no heartbeat came since it was read. It is the submission
    itself where a build without leases has claimed that, and then nobody must have made one since.
    """
    condition: Condition | None = None
    if isinstance(lapsed, Lease):
        condition = Lease.due_at == lapsed.due_at
    elif lapsed is not None:
        condition = Lease.pk.does_not_exist()
    write.delete(Lease(*Lease.at(submission)), condition=condition)


def forget(lease: Lease) -> None:
    """Remove a lease whose attempt is over. Raises Conflict when another attempt has begun, Busy."""
    another = Conflict(say("another_attempt", "Another attempt has begun meanwhile."))
    writes.delete(lease, Lease.token_digest == lease.token_digest, otherwise=another)
