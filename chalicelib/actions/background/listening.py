"""Listeners: one table, from the kinds of events to all that hears of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions.leaderboards import results
from chalicelib.actions.people import mailings
from chalicelib.actions.webhooks import hearing
from chalicelib.aws import messages
from chalicelib.domain.events.kinds import OF_TIME, EventKind
from chalicelib.store.events import events
from chalicelib.store.events.events import Event

#: Hears of an event at least once, and does nothing twice for one event's id. What it raises has all hear of it again.
Listener = Callable[[Event, datetime], None]

LISTENERS: Mapping[EventKind, Sequence[Listener]] = {
    **dict.fromkeys(EventKind, (hearing.hear,)),
    # The module is read when it is first used, so what it has is asked for then.
    **dict.fromkeys(OF_TIME, (hearing.hear, lambda event, now: mailings.about_phase(event, now))),
    EventKind.PHASE_ENDED: (
        hearing.hear,
        lambda event, now: mailings.about_phase(event, now),
        lambda event, now: results.begin(str(event.phase), now),
    ),
}


def tell(name: str, now: datetime) -> None:
    """Tell all who listen of an event, `{competition}/{event}`. Does nothing for one that all have heard of."""
    event = events.find(*name.split("/"))
    if event is None:
        return
    # Whatever one raises, the others hear of it.
    with ExitStack() as everybody:
        for listener in LISTENERS[EventKind(event.event)]:
            everybody.callback(listener, event, now)
    events.rest(event)
    telemetry.logger.info("event told", event=event.id, kind=event.event, competition=event.competition)


def look_after(event: Event, now: datetime) -> None:
    """Of an event that was not told in time: have it told again."""
    events.wait_again(event, now)
    messages.send_event(event.competition, event.id)
