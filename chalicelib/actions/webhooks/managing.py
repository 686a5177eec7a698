"""Webhooks of a competition, as its organizers make and change them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import ids, outbound, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.people import audit_log
from chalicelib.actions.webhooks import delivering, keys
from chalicelib.aws import messages
from chalicelib.contract import limits
from chalicelib.domain.events import kinds
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.webhooks import targets
from chalicelib.domain.webhooks.targets import Target
from chalicelib.errors import AgonError, Complaint, Conflict, Invalid, NotFound, Sentence, say
from chalicelib.store import audit, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.webhooks import webhooks
from chalicelib.store.webhooks.webhooks import NO_WEBHOOK, Webhook
from chalicelib.store.writes import Composer


@dataclass(frozen=True)
class _Managed:
    """A competition, its phases and its webhooks, and who changes these."""

    competition: Competition
    phases: Sequence[Phase]
    there: Sequence[Webhook]
    account: Account

    def webhook(self, id_: str) -> Webhook:
        """One of the webhooks. Raises NotFound."""
        for one in self.there:
            if one.id == id_:
                return one
        raise NotFound(NO_WEBHOOK)

    def entry(self, what: str, webhook: Webhook, now: datetime) -> AuditEntry:
        """The record of what is done to a webhook."""
        id_, target = self.competition.id, {"webhook": webhook.id, "target": webhook.target}
        return audit_log.entry_about(id_, None, what, None, target, "", self.account, now)


def list_all(competition_id: str, account: Account) -> responses.Webhooks:
    """All webhooks of a competition. Raises NotFound, NotAllowed for who does not organize it."""
    return responses.Webhooks([_answer(one) for one in _setting(competition_id, account).there])


def create(competition_id: str, body: requests.NewWebhook, account: Account, now: datetime) -> responses.WebhookSecret:
    """Make a webhook, the secret first: what is left of it in between is asked by nobody.

    Raises NotFound, NotAllowed, Invalid for an address that may not be sent to, Conflict where there are enough.
    """
    setting = _setting(competition_id, account)
    if len(setting.there) >= limits.MAX_WEBHOOKS:
        raise Conflict(
            say(
                "enough_webhooks",
                "A competition has {most} webhooks at most. Remove one that nobody needs.",
                most=limits.MAX_WEBHOOKS,
            )
        )
    target, id_ = _target(body.url), ids.new(now)
    webhook = Webhook(
        *Webhook.at(competition_id, id_),
        id=id_,
        competition=competition_id,
        description=body.description or None,
        target=target.shown,
        format=body.format,
        events=set(body.events),
        created_at=now,
    )
    made = keys.make(body.url)
    keys.keep(webhook, made)
    try:
        webhooks.create(setting.competition, setting.there, webhook, setting.entry("connected", webhook, now))
    except AgonError:
        keys.forget(webhook)
        raise
    _watch_the_clock(setting, webhook, now)
    telemetry.logger.info("webhook made", webhook=id_, competition=competition_id, by=account.id)
    return responses.WebhookSecret(id_, made.secret, None)


def change(
    competition_id: str, webhook_id: str, body: requests.ChangeWebhook, account: Account, now: datetime
) -> responses.Webhook:
    """Change a webhook, or switch it on again. Raises NotFound, NotAllowed, Invalid, Conflict."""
    setting = _setting(competition_id, account)
    webhook, changes = setting.webhook(webhook_id), dict[str, Any](body.model_dump(exclude_unset=True))
    url = changes.pop("url", None)
    if url is not None:
        changes["target"] = _target(url).shown
    if body.active is not None:
        changes |= {"reason": None, "failing_since": None}
    with _readdressed(webhook, url, now):
        entry = setting.entry("reconnected", webhook, now)
        webhooks.change(setting.competition, setting.there, webhook, changes, entry, now)
    _watch_the_clock(setting, webhook, now)
    if body.active:
        messages.send_webhook(competition_id, webhook.id)
    return _answer(webhook)


def remove(competition_id: str, webhook_id: str, account: Account, now: datetime) -> responses.Empty:
    """Forget a webhook, its secret first. Raises NotFound, NotAllowed, Conflict."""
    setting = _setting(competition_id, account)
    webhook = setting.webhook(webhook_id)
    with _holding(webhook, now):
        keys.forget(webhook)
        webhooks.remove(setting.competition, setting.there, webhook, setting.entry("disconnected", webhook, now))
    return responses.Empty()


def rotate(competition_id: str, webhook_id: str, account: Account, now: datetime) -> responses.WebhookSecret:
    """Give a webhook another secret. The former one signs beside it for a day. Raises NotFound, NotAllowed, Conflict."""
    setting = _setting(competition_id, account)
    webhook = setting.webhook(webhook_id)
    entry = setting.entry("rekeyed", webhook, now)
    # The record comes first, and may tell of a secret that never came.
    with _holding(webhook, now, lambda write: audit.recording(write, entry)):
        made = keys.rotated(keys.find(webhook), now)
        keys.keep(webhook, made)
    telemetry.logger.info("webhook's secret rotated", webhook=webhook.id, by=account.id)
    return responses.WebhookSecret(webhook.id, made.secret, made.overlaps_until)


@contextmanager
def _holding(webhook: Webhook, now: datetime, also: Composer = writes.nothing) -> Iterator[None]:
    """Have nobody else change address and secrets meanwhile: who wrote last would take the other's back. Raises Conflict."""
    webhooks.hold(webhook, now, also)
    try:
        yield
    finally:
        webhooks.let_go(webhook)


@contextmanager
def _readdressed(webhook: Webhook, url: str | None, now: datetime) -> Iterator[None]:
    """Send to another address, if any, unless the rest of the change is refused, or cannot be stored now.

    Raises NotFound, Conflict.
    """
    if url is None:
        yield
        return
    with _holding(webhook, now):
        former = keys.find(webhook)
        keys.keep(webhook, replace(former, url=url))
        try:
            yield
        except AgonError:
            keys.keep(webhook, former)
            raise


def _setting(competition_id: str, account: Account) -> _Managed:
    competition, phases = competitions.find(competition_id)
    check_organizer(competition, account)
    return _Managed(competition, phases, webhooks.of_competition(competition_id), account)


def _target(url: str) -> Target:
    """What an address means, when it may be sent to. Raises Invalid."""
    target = targets.read(url, delivering.allows_loopback())
    if isinstance(target, str):
        raise _wrong(target)
    try:
        outbound.checked(target, delivering.may_reach())
    except outbound.Unreachable as error:
        raise _wrong(error.reason) from error
    return target


def _wrong(reason: Sentence) -> Invalid:
    return Invalid(
        say("webhook_address_refused", "Nothing may be sent to this address. Choose another one."),
        [Complaint("url", reason)],
    )


def _watch_the_clock(setting: _Managed, webhook: Webhook, now: datetime) -> None:
    if kinds.OF_TIME & set(webhook.events):
        competitions.wind(setting.phases, now)


def _answer(webhook: Webhook) -> responses.Webhook:
    return responses.Webhook(
        id=webhook.id,
        description=webhook.description or "",
        target=webhook.target,
        format=webhook.format,  # type: ignore[arg-type]
        events=sorted(webhook.events),
        active=bool(webhook.active),
        reason=webhook.reason or "",
        failing_since=webhook.failing_since,
        created_at=webhook.created_at,
    )
