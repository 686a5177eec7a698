"""Outbox: what happened, written in the transaction in which it did, until all who listen have heard of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

#: An event whose message was lost is told after this time, then twice as late each time.
OVERDUE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
#: So long events are kept.
KEPT = timedelta(days=30)


class Event(table.Item, discriminator="event"):
    """Event of a competition: something that happened in it. Never changed but for when the sweeper looks at it.

    What it is about has its id: a `phase`, a `submission`, an account in `user`. `facts` has what cannot be read later.
    `tries` counts how often the sweeper had it told again.
    """

    id = UnicodeAttribute()
    event = UnicodeAttribute()
    competition = UnicodeAttribute()
    happened_at = UTCDateTimeAttribute()
    phase = UnicodeAttribute(null=True)
    submission = UnicodeAttribute(null=True)
    user = UnicodeAttribute(null=True)
    facts = JSONAttribute(null=True)
    tries = NumberAttribute(default=0)
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, competition: str, event: str) -> Place["Event"]:
        """The place of an event."""
        return Place(cls, f"EVENTS#{competition}", event)

    def wait(self) -> None:
        """Before it is stored: it is to be told, and when its message is lost by the sweeper."""
        self.wake_at(self.happened_at + OVERDUE)
        self.gone_at = self.happened_at + KEPT


def recording(write: Transaction, events: Sequence[Event]) -> None:
    """Within a transaction: keep what happens in it."""
    for event in events:
        write.save(event)


def add(event: Event) -> bool:
    """Store an event that nothing but the time brought about. False when it is there already. Raises Busy."""
    try:
        writes.put(event, Event.pk.does_not_exist())
    except ConditionFailed:
        return False
    return True


def find(competition: str, event: str) -> Event | None:
    """An event that is still to be told; None for one that all have heard of."""
    (found,) = table.read(Event.at(competition, event))
    return found if found is not None and found.due_at is not None else None


def rest(event: Event) -> None:
    """Note that all have heard of an event."""
    writes.update(event, Event.asleep())


def wait_again(event: Event, now: datetime) -> None:
    """Look at an event again later, because it is about to be told again. Each time the pause is longer."""
    pause = min(OVERDUE * 2 ** min(int(event.tries) + 1, 10), LONGEST_PAUSE)
    writes.update(event, [Event.tries.add(1), *Event.waking_at(now + pause)])
