"""Webhooks of competitions, and whose turn it is to send what waits for one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background.jobs import LOOKED_AFTER
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, Condition, Transaction

NO_WEBHOOK = say("no_webhook", "There is no such webhook. Look at the list of this competition's.")
#: What waits and was not sent, because a message was lost or a function stopped, is looked at after this time.
OVERDUE = timedelta(minutes=1)
#: Longer than one function sends for one webhook.
LEASE = timedelta(minutes=2)
#: Longer than a call of the API lives.
HOLD = timedelta(minutes=1)
_HELD = say(
    "webhook_held", "Somebody else changes this webhook's address or its secret at this moment. Try again in a minute."
)
_CHANGED = say("webhooks_moved", "The webhooks of this competition were changed at the same moment. Load them again.")


class Webhook(table.Item, discriminator="webhook"):
    """A place to which a competition's events of some kinds are sent. Address and secret are kept apart (aws/secrets.py).

    `target` is what is told of the address. One that is not `active` gets nothing; `reason` says why when nobody switched it
    off. `failing_since` is there while nothing gets through. `asked` counts what came to wait, by which who sends knows of
    more; `busy_until` is theirs, `sent` counts what they sent since `counted_from`. `held_until` is there while somebody
    changes its address or its secret.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    description = UnicodeAttribute(null=True)
    target = UnicodeAttribute()
    format = UnicodeAttribute()
    events = UnicodeSetAttribute()
    active = BooleanAttribute(default=True)
    reason = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    failing_since = UTCDateTimeAttribute(null=True)
    asked = NumberAttribute(default=0)
    busy_until = NumberAttribute(null=True)
    counted_from = UTCDateTimeAttribute(null=True)
    sent = NumberAttribute(default=0)
    held_until = NumberAttribute(null=True)

    @classmethod
    def at(cls, competition: str, webhook: str) -> Place["Webhook"]:
        """The place of a webhook."""
        return Place(cls, f"WEBHOOKS#{competition}", webhook)

    @property
    def secret_name(self) -> str:
        """The name under which its address and its secrets are kept."""
        return f"webhooks/{self.competition}/{self.id}"


def of_competition(competition: str) -> list[Webhook]:
    """All webhooks of a competition, the oldest first."""
    pk, _ = Webhook.at(competition, "")
    return patiently(lambda: list(Webhook.query(pk, consistent_read=True)))


def find(competition: str, webhook: str) -> Webhook:
    """Raises NotFound."""
    (found,) = table.read(Webhook.at(competition, webhook))
    if found is None:
        raise NotFound(NO_WEBHOOK)
    return found


def create(competition: Competition, there: Sequence[Webhook], webhook: Webhook, entry: AuditEntry) -> None:
    """Store a webhook beside those that are `there`. Raises Conflict when these were changed meanwhile."""

    def compose(write: Transaction) -> None:
        write.save(webhook, condition=Webhook.pk.does_not_exist())
        _asking(write, competition, [*there, webhook])
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(_CHANGED))


def change(
    competition: Competition,
    there: Sequence[Webhook],
    webhook: Webhook,
    changes: Mapping[str, Any],
    entry: AuditEntry,
    now: datetime,
    also: Composer = writes.nothing,
) -> None:
    """Change a webhook of those that are `there`; None removes an attribute. One that is switched off is due no more.

    `also` has what else goes into the transaction. Raises Conflict as `create`.
    """
    actions: list[Action] = [
        getattr(Webhook, name).remove() if value in (None, "") else getattr(Webhook, name).set(value)
        for name, value in changes.items()
    ]
    if "active" in changes:
        actions += Webhook.waking_at(now + OVERDUE) if changes["active"] else Webhook.asleep()
    for name, value in changes.items():
        setattr(webhook, name, value)

    def compose(write: Transaction) -> None:
        if actions:
            write.update(Webhook(webhook.pk, webhook.sk), actions=actions, condition=Webhook.pk.exists())
        _asking(write, competition, [webhook if one.id == webhook.id else one for one in there])
        audit.recording(write, entry)
        also(write)

    writes.transact(compose, otherwise=Conflict(_CHANGED))


def remove(competition: Competition, there: Sequence[Webhook], webhook: Webhook, entry: AuditEntry) -> None:
    """Forget a webhook. Raises Conflict as `create`."""

    def compose(write: Transaction) -> None:
        write.delete(webhook, condition=Webhook.pk.exists())
        _asking(write, competition, [one for one in there if one.id != webhook.id])
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(_CHANGED))


def asking(write: Transaction, webhook: Webhook, wake_at: datetime) -> None:
    """Within a transaction: more waits for a webhook, on condition that it is there and not switched off."""
    more: list[Action] = [Webhook.asked.add(1), *Webhook.waking_at(wake_at)]
    write.update(Webhook(webhook.pk, webhook.sk), actions=more, condition=_is_on())


def hold(webhook: Webhook, now: datetime, also: Composer = writes.nothing) -> None:
    """Take the turn to change address and secrets, which stand together elsewhere, and do `also`. Raises Conflict."""
    free = Webhook.held_until.does_not_exist() | (Webhook.held_until < table.seconds(now))
    held = Webhook.held_until.set(table.seconds(now + HOLD))

    def compose(write: Transaction) -> None:
        write.update(Webhook(webhook.pk, webhook.sk), actions=[held], condition=Webhook.pk.exists() & free)
        also(write)

    writes.transact(compose, otherwise=Conflict(_HELD))
    webhook.held_until = table.seconds(now + HOLD)


def let_go(webhook: Webhook) -> None:
    """Give that turn back, unless it is another's by now."""
    same = Webhook.held_until == webhook.held_until
    writes.update_if(Webhook(webhook.pk, webhook.sk), [Webhook.held_until.remove()], same)


def begin(webhook: Webhook, now: datetime) -> bool:
    """Take the turn to send what waits for a webhook. False when another has it, or it is switched off."""
    free = Webhook.busy_until.does_not_exist() | (Webhook.busy_until < table.seconds(now))
    mine = [Webhook.busy_until.set(table.seconds(now + LEASE)), *Webhook.waking_at(now + LEASE + OVERDUE)]
    return writes.update_if(webhook, mine, _is_on() & free)


def end(webhook: Webhook, changes: Mapping[str, Any], wake_at: datetime | None) -> bool:
    """Give the turn back, with what has come of it. False when more has come meanwhile: then it is still one's own."""
    actions: list[Action] = [
        getattr(Webhook, name).remove() if value is None else getattr(Webhook, name).set(value)
        for name, value in changes.items()
    ]
    actions += [Webhook.busy_until.remove(), *(Webhook.waking_at(wake_at) if wake_at else Webhook.asleep())]
    same = (Webhook.busy_until == webhook.busy_until) & (Webhook.asked == webhook.asked)
    return writes.update_if(webhook, actions, same)


def rest(webhook: Webhook) -> None:
    """Take a webhook that is switched off out of the sweeper's sight."""
    writes.update_if(webhook, Webhook.asleep(), Webhook.active == False)  # noqa: E712


def wait_again(webhook: Webhook, now: datetime) -> None:
    """Look at a webhook again later, because what waits for it is about to be sent."""
    writes.update(webhook, Webhook.waking_at(now + OVERDUE), Webhook.due_at == webhook.due_at, Conflict(LOOKED_AFTER))


def _is_on() -> Condition:
    is_on: Condition = Webhook.pk.exists() & (Webhook.active == True)  # noqa: E712
    return is_on


def _asking(write: Transaction, competition: Competition, webhooks: Sequence[Webhook]) -> None:
    """Within a transaction: a competition asks for what its webhooks want, on condition that nobody has changed one."""
    wanted = {kind for one in webhooks if one.active for kind in one.events}
    asks = Competition.asked_events.set(wanted) if wanted else Competition.asked_events.remove()
    changes = competition.webhook_changes
    same = Competition.webhook_changes == changes if changes is not None else Competition.webhook_changes.does_not_exist()
    write.update(
        Competition(competition.pk, competition.sk),
        actions=[asks, Competition.webhook_changes.add(1)],
        condition=Competition.pk.exists() & same,
    )
