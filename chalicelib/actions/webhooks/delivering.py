"""Sending: one function at a time sends what waits for a webhook, in turn, while others send for others.

A message is a wake-up: what waits stands in the table, and a webhook for which something waits is due.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from chalicelib import ids, outbound, settings, telemetry
from chalicelib.actions.webhooks import keys
from chalicelib.actions.webhooks.keys import Keys
from chalicelib.aws import messages
from chalicelib.contract import limits
from chalicelib.deadlines import is_late
from chalicelib.domain.mail.letters import Letter, plain, written
from chalicelib.domain.mail.sentences import Speech
from chalicelib.domain.webhooks import retrying, signing, targets
from chalicelib.domain.webhooks.targets import Target
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.mail import outbox
from chalicelib.store.webhooks import deliveries, webhooks
from chalicelib.store.webhooks.deliveries import Delivery, Outcome
from chalicelib.store.webhooks.webhooks import Webhook

#: A function sends for one webhook for so long, and leaves the rest to another.
TURN = timedelta(seconds=60)
#: Over this the rate is counted; so long is also waited where nothing answers.
MINUTE = timedelta(minutes=1)
#: After so long what waits is no news any more: later than the last try of what was tried.
TOO_OLD = timedelta(hours=30)
PAGE_SIZE = 20
_GONE = 410
_NO_SECRET = "Its secret is gone. Remove this webhook, and make it anew."
_WAITED = "It waited for too long and was not sent. Send it again if it still matters."


def allows_loopback() -> bool:
    """True where targets on this machine may be sent to: on a stack of this machine's own, in tests."""
    return settings.get().loopback_targets


def may_reach() -> targets.MayReach:
    """The judge of addresses that a name stands for."""
    return targets.is_public_or_loopback if allows_loopback() else targets.is_public


@dataclass
class _Turn:
    """A turn to send for a webhook, and what comes of it. `over` says why the webhook is to be switched off."""

    webhook: Webhook
    now: datetime
    began: float = field(default_factory=time.monotonic)
    over: str = ""

    def __post_init__(self) -> None:
        from_ = self.webhook.counted_from
        if from_ is None or self.now - from_ >= MINUTE:
            self.webhook.counted_from, self.webhook.sent = self.now, 0

    @property
    def clock(self) -> datetime:
        """The time that it is."""
        return self.now + timedelta(seconds=time.monotonic() - self.began)

    @property
    def has_time(self) -> bool:
        return self.clock < self.now + TURN

    @property
    def may_send(self) -> bool:
        """True while the minute has room. A turn may be longer than a minute."""
        if self.clock - self.webhook.counted_from >= MINUTE:
            self.webhook.counted_from, self.webhook.sent = self.clock, 0
        return int(self.webhook.sent) < limits.MAX_DELIVERIES_A_MINUTE

    def note(self, outcome: Outcome) -> None:
        """Count a try, and judge the webhook by it."""
        self.webhook.sent = int(self.webhook.sent) + 1
        if outcome.is_through:
            self.webhook.failing_since = None
        elif self.webhook.failing_since is None:
            self.webhook.failing_since = self.clock
        elif retrying.is_over(self.webhook.failing_since, self.clock):
            self.over = "Nothing has got through for a day. Mend the receiver, then switch this on again."
        if outcome.code == _GONE:
            self.over = "The receiver says that it is gone for good (410)."


def run(name: str, now: datetime, deadline: datetime) -> None:
    """Send what waits for a webhook, `{competition}/{webhook}`. Does nothing for one that is off or taken."""
    webhook = Webhook(*Webhook.at(*name.split("/")))
    if not webhooks.begin(webhook, now):
        return
    turn = _Turn(webhook, now)
    try:
        kept = keys.find(webhook)
    except NotFound:
        # Whoever removes a webhook holds its turn, so that broke off, or somebody else has taken the secret away.
        webhooks.end(webhook, {}, None)
        _switch_off(webhook, _NO_SECRET, now)
        return
    while True:
        resume_at = _send_all(turn, kept, deadline)
        said = {"failing_since": webhook.failing_since, "counted_from": webhook.counted_from, "sent": webhook.sent}
        # One that is to be switched off stays due until it is.
        wake_at = turn.clock if turn.over else resume_at
        if webhooks.end(webhook, said, wake_at and wake_at + webhooks.OVERDUE):
            break
        if not _has_more(webhook):
            return
    if turn.over:
        _switch_off(webhook, turn.over, turn.clock)
    elif resume_at is not None:
        messages.send_webhook(webhook.competition, webhook.id, resume_at - turn.clock)


def look_after(webhook: Webhook, now: datetime) -> None:
    """Of a webhook that is due: have what waits for it sent."""
    if not webhook.active:
        webhooks.rest(webhook)
        return
    webhooks.wait_again(webhook, now)
    messages.send_webhook(webhook.competition, webhook.id)


def _has_more(webhook: Webhook) -> bool:
    """True when more has come for a webhook whose turn is this function's still."""
    (stored,) = table.read(Webhook.at(webhook.competition, webhook.id))
    if stored is None or stored.busy_until != webhook.busy_until:
        return False
    webhook.asked = stored.asked
    return True


def _send_all(turn: _Turn, kept: Keys, deadline: datetime) -> datetime | None:
    """Send all that is due, the longest due first. When to go on; None when nothing waits."""
    target, again = targets.read(kept.url, allows_loopback()), list[datetime]()
    while page := deliveries.due(turn.webhook, turn.clock, PAGE_SIZE):
        for delivery in page:
            if turn.clock - delivery.since > TOO_OLD:
                deliveries.give_up(delivery, _WAITED)
                continue
            if not turn.may_send:
                return turn.webhook.counted_from + MINUTE
            if not turn.has_time or is_late(deadline):
                return turn.clock
            outcome = _try(delivery, target, kept, turn.clock)
            next_at = None if outcome.is_through else retrying.next_try(delivery.id, int(delivery.tries) + 1, turn.clock)
            deliveries.settle(delivery, outcome, next_at, turn.clock)
            turn.note(outcome)
            if next_at is not None:
                again.append(next_at)
            if turn.over:
                return None
            if outcome.code is None and not outcome.is_through:
                # Nothing answers there, and each further try would take as long.
                return turn.clock + MINUTE
    listed = deliveries.next_due(turn.webhook)
    return min([*again, *([listed] if listed else [])], default=None)


def _try(delivery: Delivery, target: Target | str, kept: Keys, now: datetime) -> Outcome:
    """Send a delivery once."""
    began, body = time.monotonic(), delivery.body.encode()
    headers = {"Content-Type": "application/json", "User-Agent": "Agon-Webhooks/1"}
    headers |= signing.headers(kept.good(now), delivery.id, now, body)
    if isinstance(target, str):
        return Outcome(False, 0.0, error=target)
    try:
        answer = outbound.post(target, body, headers, may_reach())
    except outbound.Unreachable as error:
        outcome = Outcome(False, time.monotonic() - began, error=error.reason)
    else:
        outcome = Outcome(
            is_through=200 <= answer.status < 300,
            seconds=time.monotonic() - began,
            code=answer.status,
            answer=answer.beginning,
            error=_complaint(answer.status),
        )
    telemetry.logger.info("delivery tried", delivery=delivery.id, code=outcome.code, why=outcome.error)
    return outcome


def _complaint(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"The receiver answered {status}. No redirect is followed: change the address of the webhook."
    return f"The receiver answered {status}."


def _switch_off(webhook: Webhook, reason: str, now: datetime) -> None:
    """Send nothing more, and say why: where organizers look, and by mail to the competition's owner."""
    (competition,) = table.read(Competition.at(webhook.competition))
    if competition is None:
        return
    id_ = ids.new(now)
    target = {"webhook": webhook.id, "target": webhook.target}
    entry = AuditEntry(
        *AuditEntry.at(webhook.competition, id_),
        id=id_,
        made_at=now,
        by="Agon",
        what="silenced",
        after=target,
        reason=reason,
    )
    mail = outbox.to_account(id_, _letter(competition, webhook, reason), competition.owner, competition.organizer, now)
    changes = {"active": False, "reason": reason}
    there = webhooks.of_competition(webhook.competition)
    try:
        webhooks.change(competition, there, webhook, changes, entry, now, partial(outbox.queueing, mails=[mail]))
    except Conflict:
        # Whoever changes webhooks at this moment may be mending it. Its next failure says so again.
        return
    telemetry.logger.warning("webhook switched off", webhook=webhook.id, competition=webhook.competition, why=reason)


def _letter(competition: Competition, webhook: Webhook, reason: str) -> Letter:
    place = f"{competition.id} {webhook.id}"

    def compose(say: Speech) -> tuple[str, str]:
        said = {"title": plain(competition.title), "target": plain(webhook.target), "why": plain(reason)}
        text = f"{say('webhook', **said)}\n\n{say('webhook again', id=place)}"
        return say("webhook.subject", title=competition.title), text

    return written("organizing", compose)
