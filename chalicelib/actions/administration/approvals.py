"""Approvals: where the site wants it, what organizers publish waits for the word of an administrator."""

from datetime import datetime
from functools import partial

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions import showing
from chalicelib.actions.events import outbox as events
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.mail import notices
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.store import audit
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions import competitions, publication
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.writes import Transaction

PAGE_SIZE = 25


def list_all(before: str | None) -> responses.Competitions:
    """One page of the competitions that wait for approval, by one call."""
    return showing.page_of(*publication.waiting(before, PAGE_SIZE))


def decide(competition_id: str, body: requests.Approve, account: Account, now: datetime) -> responses.Competition:
    """Publish a competition that waits, or refuse that, and mail its owner. Raises NotFound, Conflict for others."""
    competition, _ = competitions.find(competition_id)
    if competition.waiting_since is None:
        raise Conflict(
            say(
                "approval_not_awaited",
                "This competition does not wait for approval. `agon admin waiting` lists those that do.",
            )
        )
    is_approved = body.decision == "approved"
    what = "publication_approved" if is_approved else "publication_refused"
    told = {"competition": competition.id, "title": competition.title}
    entry = audit_log.entry_of_site(None, what, None, told, body.reason, account, now)
    letter = notices.published(competition.called, competition.title, is_approved, body.reason)
    mail = outbox.to_account(ids.new(now), letter, competition.owner, competition.organizer, now)
    along = partial(_with, entry, mail)
    if is_approved:
        happened = events.of(competition, EventKind.COMPETITION_PUBLISHED, now)
        publication.set_published(competition, True, happened, now, along)
        events.announce(happened)
        messages.send_cataloguing("changes")
    else:
        publication.refuse(competition, body.reason, along)
    telemetry.logger.warning("competition approved or refused", competition=competition.id, what=what, by=account.id)
    return showing.show(competition_id, account, now)


def _with(entry: AuditEntry, mail: Mail, write: Transaction) -> None:
    audit.recording(write, entry)
    outbox.queueing(write, [mail])
