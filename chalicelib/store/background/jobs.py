"""Work on many submissions of a phase, by the tasks function: page by page, and on from where it broke off."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import PutError, UpdateError
from pynamodb.expressions.condition import Condition

from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.background.states import FINISHED, LEASE, RUNNING, WAITING

MIGRATE, RERUN = "migrate", "rerun"
#: A message that nobody took is sent again after this time.
OVERDUE = timedelta(minutes=1)
_CONDITION = "ConditionalCheckFailedException"


class Progress(Enum):
    """How far a work has come: there are more pages, it is to be looked at later, or it is through."""

    GOES_ON = "goes on"
    WAITS = "waits"
    DONE = "done"


class Batch(table.Item, discriminator="batch"):
    """One such work. `cursor` is where the next page begins, until all were `listed`; then those `waiting` are tried again.

    `source` is the phase that submissions come from, `rule` which of them, `until` when the waiting is over.
    """

    id = UnicodeAttribute()
    work = UnicodeAttribute()
    phase = UnicodeAttribute()
    source = UnicodeAttribute(null=True)
    rule = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    cursor = UnicodeAttribute(null=True)
    listed = BooleanAttribute(default=False)
    waiting = JSONAttribute(null=True)
    until = UTCDateTimeAttribute(null=True)
    done = NumberAttribute(default=0)
    created_at = UTCDateTimeAttribute()


def key(batch: str) -> table.Key:
    return f"BATCH#{batch}", "BATCH"


def migration_id(phase: str) -> str:
    """The id of the one migration into a phase."""
    return f"{phase}-migration"


def find(batch: str) -> Batch:
    """Raises NotFound."""
    found = table.fetch(key(batch)).get(key(batch))
    if not isinstance(found, Batch):
        raise NotFound("There is no such work on many submissions.")
    return found


def create(batch: Batch, unless: Condition | None = None) -> bool:
    """Store a work that waits to be begun. False when there is one with its id, of which `unless` does not hold."""
    batch.status = WAITING
    batch.wake_at(batch.created_at + OVERDUE)
    new = Batch.pk.does_not_exist()
    try:
        batch.save(condition=new if unless is None else new | unless)
    except PutError as error:
        if error.cause_response_code != _CONDITION:
            raise
        return False
    return True


def begin(batch: Batch, now: datetime) -> bool:
    """Take the work. False when another function has it, or it is over."""
    actions = [Batch.status.set(RUNNING), *Batch.waking_at(now + LEASE)]
    return _update(batch, actions, Batch.status == WAITING)


def advance(batch: Batch, cursor: str | None, waiting: list[str], done: int) -> None:
    """A page is done; without a cursor it was the last. Raises Conflict when another function has taken over meanwhile."""
    actions: list[Any] = [
        Batch.listed.set(cursor is None),
        Batch.cursor.set(cursor) if cursor else Batch.cursor.remove(),
        Batch.waiting.set(waiting),
        Batch.done.add(done),
    ]
    if not _update(batch, actions, (Batch.status == RUNNING) & (Batch.due_at == batch.due_at)):
        raise Conflict("Another function goes on with this.")


def wait_again(batch: Batch, wake_at: datetime) -> None:
    """Another function is to go on, at `wake_at` by the sweeper if no message comes. Raises Conflict on a lost race."""
    actions = [Batch.status.set(WAITING), *Batch.waking_at(wake_at)]
    if not _update(batch, actions, (Batch.status != FINISHED) & (Batch.due_at == batch.due_at)):
        raise Conflict("Somebody else has just looked after this.")


def finish(batch: Batch) -> None:
    """All is done."""
    _update(batch, [Batch.status.set(FINISHED), *Batch.asleep()], Batch.status == RUNNING)


def _update(batch: Batch, actions: list[Any], condition: Condition) -> bool:
    try:
        batch.update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code != _CONDITION:
            raise
        return False
    return True
