"""Audit logs, as those read them whom they concern, and entries about participants and the site."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_sees_all
from chalicelib.actions.events import acts
from chalicelib.domain.people.accounts import Account
from chalicelib.store import audit, table
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition

PAGE_SIZE = 50


def list_all(competition_id: str, account: Account, before: str | None) -> responses.AuditLog:
    """One page of what was decided about a competition's participants, for its organizers. Raises NotFound, NotAllowed."""
    (competition,) = table.read(Competition.at(competition_id))
    check_sees_all(competition, account)
    return page_of(competition_id, before)


def list_of_site(before: str | None) -> responses.AuditLog:
    """One page of what administrators did."""
    return page_of(audit.SITE, before)


def list_of_account(account: Account, before: str | None) -> responses.AuditLog:
    """One page of what was done with an account's own queues, datasets, tasks and organizations, by whomever: one call."""
    return page_of(account.id, before)


def page_of(subject: str, before: str | None) -> responses.AuditLog:
    """One page of the entries about a subject, newest first."""
    page, following = audit.newest(subject, before, PAGE_SIZE)
    return responses.AuditLog(entries_of(page), following)


def entry_of_site(
    username: str | None, what: str, before: Any, after: Any, reason: str, account: Account, now: datetime
) -> AuditEntry:
    """The record of what an administrator does about an account, or about the site."""
    return entry_about(audit.SITE, username, what, before, after, reason, account, now)


def entry_about(
    competition_id: str,
    participant: str | None,
    what: str,
    before: Any,
    after: Any,
    reason: str,
    account: Account,
    now: datetime,
) -> AuditEntry:
    """The record of what somebody does about a participant, whose name stands in it, or about all."""
    told = {"participant": participant, "before": before, "after": after, "reason": reason}
    return acts.made(competition_id, what, account, now, **told)


def entries_of(entries: Iterable[AuditEntry]) -> list[responses.AuditEntry]:
    """Entries as organizers read them."""
    return [
        responses.AuditEntry(
            id=entry.id,
            at=entry.made_at,
            by=entry.by,
            what=entry.what,  # type: ignore[arg-type]
            submission=entry.submission,
            participant=entry.participant,
            before=entry.before,
            after=entry.after,
            reason=entry.reason or "",
        )
        for entry in entries
    ]
