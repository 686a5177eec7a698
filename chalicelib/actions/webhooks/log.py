"""The log of what webhooks sent, for organizers: read, tested, sent again."""

from datetime import datetime

from chalicelib import ids, responses
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.webhooks import news
from chalicelib.aws import messages
from chalicelib.contract import texts
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.webhooks import formats
from chalicelib.errors import Conflict, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.webhooks import deliveries, webhooks
from chalicelib.store.webhooks.deliveries import Delivery
from chalicelib.store.webhooks.webhooks import Webhook

PAGE_SIZE = 50


def list_all(competition_id: str, webhook_id: str, account: Account, before: str | None) -> responses.Deliveries:
    """One page of a webhook's deliveries. Raises NotFound, NotAllowed for who does not organize the competition."""
    _, webhook = _read(competition_id, webhook_id, account)
    page, following = deliveries.newest(webhook, before, PAGE_SIZE)
    return responses.Deliveries([_answer(one) for one in page], following)


def show(competition_id: str, webhook_id: str, delivery_id: str, account: Account) -> responses.Delivery:
    """One delivery. Raises NotFound, NotAllowed."""
    _, webhook = _read(competition_id, webhook_id, account)
    return _answer(deliveries.find(webhook, delivery_id))


def test(competition_id: str, webhook_id: str, account: Account, now: datetime) -> responses.Delivery:
    """Have a webhook send a test, as it sends everything. Raises NotFound, NotAllowed, Conflict for one that is off."""
    competition, webhook = _read(competition_id, webhook_id, account)
    body = formats.body(webhook.format, news.of_test(competition, now))
    delivery = deliveries.new(webhook, ids.new(now), formats.TEST, body, now, now)
    if not deliveries.add(webhook, delivery):
        raise Conflict(say("webhook_tested", "This test was made already."))
    messages.send_webhook(competition_id, webhook_id)
    return _answer(delivery)


def replay(competition_id: str, webhook_id: str, delivery_id: str, account: Account, now: datetime) -> responses.Delivery:
    """Send a delivery once more, under its id and with all its tries. Raises NotFound, NotAllowed, Conflict."""
    _, webhook = _read(competition_id, webhook_id, account)
    delivery = deliveries.find(webhook, delivery_id)
    deliveries.repeat(webhook, delivery, now)
    messages.send_webhook(competition_id, webhook_id)
    return _answer(deliveries.find(webhook, delivery_id))


def _read(competition_id: str, webhook_id: str, account: Account) -> tuple[Competition, Webhook]:
    (found,) = table.read(Competition.at(competition_id))
    return check_organizer(found, account), webhooks.find(competition_id, webhook_id)


def _answer(delivery: Delivery) -> responses.Delivery:
    return responses.Delivery(
        id=delivery.id,
        event=delivery.event,
        status=delivery.status,  # type: ignore[arg-type]
        created_at=delivery.created_at,
        tries=int(delivery.tries),
        tried_at=delivery.tried_at,
        next_at=delivery.next_at,
        seconds=None if delivery.seconds is None else float(delivery.seconds),
        code=table.whole_number(delivery.code),
        answer=texts.plain(delivery.answer or ""),
        error=delivery.error or "",
        body=delivery.body,
    )
