"""Failures: what came to nothing in the background and is told to administrators, until it is done (ADR 45).

There are three kinds: a due item that the sweeper could not look after; a job that was given up; a message that the tasks
function gave up. The first is tried again by its item, the others are due themselves, so the sweeper has them tried again.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.errors import NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.table import Item, Key, Place
from chalicelib.store.writes import Condition, ConditionFailed, Transaction

LISTED = "FAILURES"
#: After so many tries, some 12 hours, an item is left alone until an administrator has it tried again.
MAX_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=6)
#: Whether a job that was given up is there still, and is one still, is looked at so often, and oftener once it is tried.
WATCHED_EVERY, TRIED_EVERY = timedelta(days=1), timedelta(minutes=5)
#: A message is sent again by itself for so long. What becomes of one is known sooner than the next is sent.
SENT_FOR, SENT_EVERY = timedelta(days=3), timedelta(hours=6)
#: Of what was raised so much is kept.
MAX_ERROR_CHARACTERS = 1000


class SweepFailure(Item, discriminator="sweep_failure"):
    """An item (`item_pk`, `item_sk`) that came to nothing, `attempts` times since it was last asked for: 0 says that an
    administrator has just done so. It is tried no more by itself once `dead`. `about` says what it is, where that is known.

    A job that is tried is `begun`. Of a `message` the item is its task and what that was to be done to.
    """

    id = UnicodeAttribute()
    item_pk = UnicodeAttribute()
    item_sk = UnicodeAttribute()
    about = UnicodeAttribute(null=True)
    message = UnicodeAttribute(null=True)
    attempts = NumberAttribute(default=0)
    error = UnicodeAttribute()
    first_at = UTCDateTimeAttribute()
    last_at = UTCDateTimeAttribute()
    dead = BooleanAttribute(default=False)
    begun = BooleanAttribute(default=False)

    @classmethod
    def at(cls, id_: str) -> Place["SweepFailure"]:
        """The place of a failure, by its id, which follows from the item's key."""
        return Place(cls, f"FAILURE#{id_}", "FAILURE")

    @property
    def item(self) -> Key:
        """The key of the item that it is about."""
        return str(self.item_pk), str(self.item_sk)


def note(id_: str, key: Key, error: str, now: datetime) -> SweepFailure:
    """An item could not be looked after: it comes again after a pause that doubles, or is left alone from now on."""
    failure = _at(id_)
    writes.update(failure, [*_said(id_, key, error, now), SweepFailure.dead.set(False), *SweepFailure.asleep()])
    attempts = int(failure.attempts)
    if attempts >= MAX_ATTEMPTS:
        writes.update(failure, [SweepFailure.dead.set(True)])
        _change(key, [*Item.asleep(), Item.sweep_failed.set(True)])
    else:
        pause = min(timedelta(minutes=2**attempts), LONGEST_PAUSE)
        _change(key, [*Item.waking_at(now + pause), Item.sweep_failed.set(True)])
    return failure


def giving_up(write: Transaction, id_: str, item: Item, about: str, error: str, now: datetime) -> None:
    """Within a transaction that ends a job: it came to nothing, which is told until it is tried again and done."""
    said = [*_said(id_, (item.pk, item.sk), error, now), SweepFailure.about.set(about)]
    write.update(_at(id_), actions=[*said, *_watching(False, now)])


def trying(write: Transaction, id_: str, now: datetime) -> None:
    """Within a transaction that begins a job again: it is told of until it is done."""
    write.update(_at(id_), actions=_watching(True, now), condition=SweepFailure.pk.exists())


def forgetting(write: Transaction, id_: str) -> None:
    """Within a transaction that begins an item anew: nothing is told of the former one. It is no error when nothing was."""
    write.delete(_at(id_))


def give_up_message(id_: str, key: Key, about: str, message: str, error: str, now: datetime) -> None:
    """The tasks function gave a message up: it is kept, and sent again after a while. Again and again it is one failure."""
    said = [*_said(id_, key, error, now), SweepFailure.about.set(about), SweepFailure.message.set(message)]
    try:
        first = [SweepFailure.dead.set(False), *SweepFailure.waking_at(now + SENT_EVERY)]
        writes.update(_at(id_), [*said, *first], SweepFailure.pk.does_not_exist())
    except ConditionFailed:
        writes.update(_at(id_), said)


def sent_again(failure: SweepFailure, now: datetime) -> None:
    """A message was sent again; the next time is a while later. Does nothing where an administrator comes between."""
    _look_again(failure, SweepFailure.waking_at(now + SENT_EVERY))


def rest(failure: SweepFailure) -> None:
    """A message is not sent again by itself any more."""
    _look_again(failure, [SweepFailure.dead.set(True), *SweepFailure.asleep()])


def watch(failure: SweepFailure, is_tried: bool, now: datetime) -> None:
    """Look at a job that was given up again later, soon where it is being tried."""
    _look_again(failure, _watching(is_tried, now))


def mended(id_: str) -> None:
    """Tell of it no more: it is done, or gone."""
    writes.delete(_at(id_))


def forget(id_: str, key: Key) -> None:
    """An item was looked after in the end. What is told of a job that was thereby given up stays."""
    with suppress(ConditionFailed):
        writes.delete(_at(id_), SweepFailure.due_pk.does_not_exist())
    _change(key, [Item.sweep_failed.remove()])


def find(id_: str) -> SweepFailure:
    """The failure of an id. Raises NotFound."""
    (failure,) = table.read(SweepFailure.at(id_))
    if failure is None:
        raise _mended()
    return failure


def retry(failure: SweepFailure, entry: AuditEntry, now: datetime) -> None:
    """Have the next sweep try it again, with all its tries, and record that: one transaction.

    Does nothing where somebody has just had it tried. Raises ConditionFailed when it has failed again meanwhile.
    """
    if not int(failure.attempts):
        return
    again: list[Action] = [SweepFailure.attempts.set(0), SweepFailure.dead.set(False), SweepFailure.begun.set(False)]
    is_due = failure.due_pk is not None or failure.message is not None

    def compose(write: Transaction) -> None:
        audit.recording(write, entry)
        write.update(failure, actions=[*again, *(SweepFailure.waking_at(now) if is_due else [])], condition=_same(failure))
        if not is_due:
            write.update(Item(*failure.item), actions=Item.waking_at(now), condition=Item.pk.exists())

    try:
        writes.transact(compose)
    except ConditionFailed as failed:
        if failed.at != {_THE_ITEM}:
            raise
        # What is gone need not be looked after.
        writes.delete_with(failure, audit.along(entry))


#: Where the item is in the transaction that has it tried again: behind the entry and the failure.
_THE_ITEM = 2


def _mended() -> NotFound:
    return NotFound(
        say("no_failure", "There is no such failure. Look at the list of them: it may have been mended meanwhile.")
    )


def newest(before: str | None, limit: int) -> tuple[list[SweepFailure], str | None]:
    """One page of the failures that there are."""
    return table.newest_listed(SweepFailure, LISTED, before, limit)


def _at(id_: str) -> SweepFailure:
    return SweepFailure(*SweepFailure.at(id_))


def _said(id_: str, key: Key, error: str, now: datetime) -> list[Action]:
    """What is said of a failure, once more of one that is told already."""
    return [
        SweepFailure.kind.set(SweepFailure),
        SweepFailure.id.set(id_),
        SweepFailure.item_pk.set(key[0]),
        SweepFailure.item_sk.set(key[1]),
        SweepFailure.attempts.add(1),
        SweepFailure.error.set(error[:MAX_ERROR_CHARACTERS]),
        SweepFailure.first_at.set(SweepFailure.first_at | now),
        SweepFailure.last_at.set(now),
        SweepFailure.list_pk.set(LISTED),
        SweepFailure.list_sk.set(id_),
    ]


def _watching(is_tried: bool, now: datetime) -> list[Action]:
    """The job of a failure is being tried, or waits for an administrator; it is looked at again after a while."""
    pause = TRIED_EVERY if is_tried else WATCHED_EVERY
    state = [SweepFailure.dead.set(not is_tried), SweepFailure.begun.set(is_tried)]
    return [*state, *SweepFailure.waking_at(now + pause)]


def _same(failure: SweepFailure) -> Condition:
    """It is as it was read: nobody has had it tried, and it has not failed again."""
    same: Condition = (SweepFailure.attempts == failure.attempts) & (SweepFailure.last_at == failure.last_at)
    return same


def _look_again(failure: SweepFailure, actions: list[Action]) -> None:
    writes.update_if(failure, actions, SweepFailure.due_at == failure.due_at)


def _change(key: Key, actions: list[Action]) -> bool:
    """False when the item is gone. By a transaction, which does not answer with an item that nobody may be able to read."""
    try:
        writes.transact(lambda write: write.update(Item(*key), actions=actions, condition=Item.pk.exists()))
    except ConditionFailed:
        return False
    return True
