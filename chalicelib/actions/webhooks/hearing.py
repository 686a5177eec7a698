"""Webhooks hear of events: what is sent of each is written down, and waits for its turn."""

from datetime import datetime, timedelta

from chalicelib import ids
from chalicelib.actions.webhooks import news
from chalicelib.aws import messages
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.webhooks import formats
from chalicelib.errors import Conflict
from chalicelib.store.events.events import Event
from chalicelib.store.webhooks import deliveries, webhooks
from chalicelib.store.webhooks.deliveries import Delivery
from chalicelib.store.webhooks.webhooks import Webhook

#: Changes of a phase's leaderboard gather for so long, and are sent as one.
BOARD_PAUSE = timedelta(minutes=1)


def hear(event: Event, now: datetime) -> None:
    """Have an event sent by each webhook that asks for it. To do it twice changes nothing: a delivery has its event's id."""
    asking = [one for one in webhooks.of_competition(event.competition) if one.active and event.event in one.events]
    told = news.of(event, now) if asking else None
    if told is None:
        return
    for webhook in asking:
        body = formats.body(webhook.format, told)
        try:
            first_at = _wait(webhook, event, body, now)
        except Conflict:
            # It was switched off or removed at this moment.
            continue
        messages.send_webhook(event.competition, webhook.id, first_at - now)


def _wait(webhook: Webhook, event: Event, body: str, now: datetime) -> datetime:
    """When what waits now is tried. Raises Conflict."""
    if event.event == EventKind.LEADERBOARD_CHANGED:
        return _gather(webhook, event, body, now)
    deliveries.add(webhook, deliveries.new(webhook, event.id, event.event, body, now, now))
    return now


def _gather(webhook: Webhook, event: Event, body: str, now: datetime) -> datetime:
    """Have a change of a board sent with all others of this minute, when that is over. Raises Conflict."""
    end = now.replace(second=0, microsecond=0) + BOARD_PAUSE
    for at in (end, end + BOARD_PAUSE):
        made = deliveries.new(webhook, ids.at(at, f"{event.phase} {event.event}"), event.event, body, now, at)
        if deliveries.add(webhook, made) or _waits(webhook, made):
            return at
    # Both were sent since: they were made by who came after this change.
    return end


def _waits(webhook: Webhook, made: Delivery) -> bool:
    return deliveries.find(webhook, made.id).status == deliveries.WAITING
