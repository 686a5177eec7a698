"""Events: written down where somebody listens, in the transaction of what they tell of, and told by the tasks function."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chalicelib import ids
from chalicelib.aws import messages
from chalicelib.domain.events.kinds import EventKind
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.events.events import Event


def of(competition: Competition, kind: EventKind, now: datetime, **about: Any) -> list[Event]:
    """The event to write down: none where nobody listens for its kind.

    `about` is what it is about, as `Event` has it: phase, submission, user, facts.
    """
    return [made(competition.id, ids.new(now), kind, now, **about)] if competition.wants(kind) else []


def made(competition: str, id_: str, kind: EventKind, now: datetime, **about: Any) -> Event:
    """An event that is to be told."""
    event = Event(*Event.at(competition, id_), id=id_, event=str(kind), competition=competition, happened_at=now, **about)
    event.wait()
    return event


def announce(events: Iterable[Event]) -> None:
    """Have what was written down told now. The sweeper does so where this does not get through."""
    for event in events:
        messages.send_event(event.competition, event.id)
