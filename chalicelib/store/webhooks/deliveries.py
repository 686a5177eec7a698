"""Deliveries: what was sent by a webhook or waits to be, each with what came of its latest try."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.webhooks import webhooks
from chalicelib.store.webhooks.webhooks import Webhook
from chalicelib.store.writes import Action, ConditionFailed, Transaction

WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"
#: So long deliveries are kept.
KEPT = timedelta(days=14)
_LAST = "~"


@dataclass(frozen=True)
class Outcome:
    """The outcome of one try: the receiver's `code` and how its answer begins, and in a sentence the `error`."""

    is_through: bool
    seconds: float
    code: int | None = None
    answer: str = ""
    error: str = ""


class Delivery(table.Item, discriminator="delivery"):
    """One event, sent by one webhook. `body` is what is sent, the same at each try; `since` is the time of the first.

    While it waits it is owned by its webhook, by the time of its next try. The other attributes are of the latest one.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    webhook = UnicodeAttribute()
    event = UnicodeAttribute()
    body = UnicodeAttribute()
    status = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    since = UTCDateTimeAttribute()
    next_at = UTCDateTimeAttribute(null=True)
    tries = NumberAttribute(default=0)
    tried_at = UTCDateTimeAttribute(null=True)
    seconds = NumberAttribute(null=True)
    code = NumberAttribute(null=True)
    answer = UnicodeAttribute(null=True)
    error = UnicodeAttribute(null=True)
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, webhook: Webhook, delivery: str) -> Place["Delivery"]:
        """The place of a delivery."""
        return Place(cls, f"DELIVERIES#{webhook.competition}#{webhook.id}", delivery)


def waiting_key(webhook: Webhook) -> str:
    return f"WAITING#{webhook.competition}#{webhook.id}"


def new(webhook: Webhook, id_: str, event: str, body: str, now: datetime, first_at: datetime) -> Delivery:
    """A delivery that is tried at `first_at`."""
    return Delivery(
        *Delivery.at(webhook, id_),
        id=id_,
        competition=webhook.competition,
        webhook=webhook.id,
        event=event,
        body=body,
        status=WAITING,
        created_at=now,
        since=first_at,
        next_at=first_at,
        gone_at=now + KEPT,
        owner_pk=waiting_key(webhook),
        owner_sk=_turn(first_at, id_),
    )


def add(webhook: Webhook, delivery: Delivery) -> bool:
    """Have a delivery wait. False when there is one with its id. Raises Conflict for a webhook that gets nothing."""

    def compose(write: Transaction) -> None:
        write.save(delivery, condition=Delivery.pk.does_not_exist())
        webhooks.asking(write, webhook, delivery.next_at + webhooks.OVERDUE)

    try:
        writes.transact(compose)
    except ConditionFailed as error:
        if 0 in error.at:
            return False
        raise Conflict(say("webhook_off", "This webhook is switched off, or was removed.")) from error
    return True


def repeat(webhook: Webhook, delivery: Delivery, now: datetime) -> None:
    """Have a delivery wait again, with all its tries. Raises Conflict for one that waits, or as `add`."""
    again: list[Action] = [
        Delivery.status.set(WAITING),
        Delivery.since.set(now),
        Delivery.next_at.set(now),
        Delivery.tries.set(0),
        Delivery.owner_pk.set(waiting_key(webhook)),
        Delivery.owner_sk.set(_turn(now, delivery.id)),
    ]

    def compose(write: Transaction) -> None:
        write.update(delivery, actions=again, condition=Delivery.status.is_in(DELIVERED, FAILED))
        webhooks.asking(write, webhook, now + webhooks.OVERDUE)

    waits = Conflict(say("delivery_waits", "This delivery waits to be sent, or its webhook is switched off."))
    writes.transact(compose, otherwise=waits)


def settle(delivery: Delivery, outcome: Outcome, next_at: datetime | None, now: datetime) -> None:
    """Note what came of a try, and when the next one is; without one it is over. What was sent anew meanwhile stays so."""
    said: list[Action] = [
        Delivery.tries.add(1),
        Delivery.tried_at.set(now),
        Delivery.seconds.set(round(outcome.seconds, 3)),
        Delivery.code.set(outcome.code) if outcome.code is not None else Delivery.code.remove(),
        Delivery.answer.set(outcome.answer) if outcome.answer else Delivery.answer.remove(),
        Delivery.error.set(outcome.error) if outcome.error else Delivery.error.remove(),
    ]
    if next_at is None:
        said += [Delivery.status.set(DELIVERED if outcome.is_through else FAILED), *_over()]
    else:
        said += [Delivery.next_at.set(next_at), Delivery.owner_sk.set(_turn(next_at, delivery.id))]
    writes.update_if(delivery, said, (Delivery.status == WAITING) & (Delivery.since == delivery.since))


def give_up(delivery: Delivery, reason: str) -> None:
    """Leave a delivery unsent that has waited for too long."""
    said = [Delivery.status.set(FAILED), Delivery.error.set(reason), *_over()]
    writes.update_if(delivery, said, (Delivery.status == WAITING) & (Delivery.since == delivery.since))


def due(webhook: Webhook, now: datetime, limit: int) -> list[Delivery]:
    """Deliveries whose next try is due, the longest due first. An index tells of them, so the newest may be missing."""
    until = Delivery.owner_sk <= _turn(now, _LAST)
    listed = patiently(lambda: list(Delivery.owned.query(waiting_key(webhook), until, limit=limit)))
    there = table.read_many(Delivery.at(webhook, one.id) for one in listed)
    return [one for one in there if one.status == WAITING and one.next_at <= now]


def next_due(webhook: Webhook) -> datetime | None:
    """The time of the next try of any; None when nothing waits."""
    first = patiently(lambda: list(Delivery.owned.query(waiting_key(webhook), limit=1)))
    return first[0].next_at if first else None


def find(webhook: Webhook, delivery: str) -> Delivery:
    """Raises NotFound."""
    (found,) = table.read(Delivery.at(webhook, delivery))
    if found is None:
        raise NotFound(say("no_delivery", "There is no such delivery. They are kept for two weeks."))
    return found


def newest(webhook: Webhook, before: str | None, limit: int) -> tuple[list[Delivery], str | None]:
    """One page of what was sent and waits, newest first."""
    pk, _ = Delivery.at(webhook, "")
    older = Delivery.sk < before if before else None
    page = patiently(lambda: list(Delivery.query(pk, older, scan_index_forward=False, limit=limit, consistent_read=True)))
    return page, page[-1].sk if len(page) == limit else None


def _over() -> list[Action]:
    return [Delivery.next_at.remove(), Delivery.owner_pk.remove(), Delivery.owner_sk.remove()]


def _turn(at: datetime, id_: str) -> str:
    return f"{table.seconds(at):012d}#{id_}"
