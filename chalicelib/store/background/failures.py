"""Failures: due items that the sweeper could not look after, with what was raised, and accounts that could not be ended."""

from datetime import datetime, timedelta

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.errors import NotFound
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.table import Item, Key, Place
from chalicelib.store.writes import ConditionFailed, Transaction

LISTED = "FAILURES"
#: After so many tries, some 12 hours, an item is left alone until an administrator has it tried again.
MAX_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=6)
#: Of what was raised so much is kept.
MAX_ERROR_CHARACTERS = 1000


class SweepFailure(Item, discriminator="sweep_failure"):
    """An item (`item_pk`, `item_sk`) that could not be looked after, `attempts` times. It is tried no more once `dead`."""

    id = UnicodeAttribute()
    item_pk = UnicodeAttribute()
    item_sk = UnicodeAttribute()
    attempts = NumberAttribute(default=0)
    error = UnicodeAttribute()
    first_at = UTCDateTimeAttribute()
    last_at = UTCDateTimeAttribute()
    dead = BooleanAttribute(default=False)

    @classmethod
    def at(cls, id_: str) -> Place["SweepFailure"]:
        """The place of a failure, by its id, which follows from the item's key."""
        return Place(cls, f"FAILURE#{id_}", "FAILURE")


def note(id_: str, key: Key, error: str, now: datetime) -> SweepFailure:
    """An item could not be looked after: it comes again after a pause that doubles, or is left alone from now on."""
    failure = SweepFailure(*SweepFailure.at(id_))
    said: list[Action] = [
        SweepFailure.kind.set(SweepFailure),
        SweepFailure.id.set(id_),
        SweepFailure.item_pk.set(key[0]),
        SweepFailure.item_sk.set(key[1]),
        SweepFailure.attempts.add(1),
        SweepFailure.error.set(error[:MAX_ERROR_CHARACTERS]),
        SweepFailure.first_at.set(SweepFailure.first_at | now),
        SweepFailure.last_at.set(now),
        SweepFailure.dead.set(False),
        SweepFailure.list_pk.set(LISTED),
        SweepFailure.list_sk.set(id_),
    ]
    writes.update(failure, said)
    attempts = int(failure.attempts)
    if attempts >= MAX_ATTEMPTS:
        writes.update(failure, [SweepFailure.dead.set(True)])
        _change(key, [*Item.asleep(), Item.sweep_failed.set(True)])
    else:
        pause = min(timedelta(minutes=2**attempts), LONGEST_PAUSE)
        _change(key, [*Item.waking_at(now + pause), Item.sweep_failed.set(True)])
    return failure


def giving_up(write: Transaction, id_: str, item: Item, error: str, now: datetime) -> None:
    """Within a transaction that ends an item: it came to nothing, which is told until it is tried again."""
    failure = SweepFailure(
        *SweepFailure.at(id_),
        id=id_,
        item_pk=item.pk,
        item_sk=item.sk,
        attempts=1,
        error=error[:MAX_ERROR_CHARACTERS],
        first_at=now,
        last_at=now,
        dead=True,
        list_pk=LISTED,
        list_sk=id_,
    )
    write.save(failure)


def forgetting(write: Transaction, id_: str) -> None:
    """Within a transaction that begins an item anew: nothing is told of the former one. It is no error when nothing was."""
    write.delete(SweepFailure(*SweepFailure.at(id_)))


def forget(id_: str, key: Key) -> None:
    """An item was looked after in the end."""
    writes.delete(SweepFailure(*SweepFailure.at(id_)))
    _change(key, [Item.sweep_failed.remove()])


def find(id_: str) -> SweepFailure:
    """The failure of an id. Raises NotFound."""
    (failure,) = table.read(SweepFailure.at(id_))
    if failure is None:
        raise _mended()
    return failure


def retry(failure: SweepFailure, entry: AuditEntry, now: datetime) -> None:
    """Have an item looked at again by the next sweep, with all its tries, and record that. Raises NotFound."""
    again: list[Action] = [SweepFailure.attempts.set(0), SweepFailure.dead.set(False)]

    def compose(write: Transaction) -> None:
        write.update(failure, actions=again, condition=SweepFailure.pk.exists())
        audit.recording(write, entry)

    writes.transact(compose, otherwise=_mended())
    if not _change((failure.item_pk, failure.item_sk), Item.waking_at(now)):
        writes.delete(failure)


def _mended() -> NotFound:
    return NotFound("There is no such failure. Look at the list of them: it may have been mended meanwhile.")


def newest(before: str | None, limit: int) -> tuple[list[SweepFailure], str | None]:
    """One page of the failures that there are."""
    return table.newest_listed(SweepFailure, LISTED, before, limit)


def _change(key: Key, actions: list[Action]) -> bool:
    """False when the item is gone. By a transaction, which does not answer with an item that nobody may be able to read."""
    try:
        writes.transact(lambda write: write.update(Item(*key), actions=actions, condition=Item.pk.exists()))
    except ConditionFailed:
        return False
    return True
