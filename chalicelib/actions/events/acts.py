"""Acts of who runs a competition or the site, as they stand in the audit log."""

from datetime import datetime
from typing import Any

from chalicelib import ids
from chalicelib.domain.people.accounts import Account
from chalicelib.store.audit import AuditEntry


def made(
    subject: str,
    what: str,
    by: Account,
    now: datetime,
    *,
    submission: str | None = None,
    participant: str | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> AuditEntry:
    """The record of what an account does, about the `subject` of this id: a phase with its submissions, or a competition."""
    id_ = ids.new(now)
    return AuditEntry(
        *AuditEntry.at(subject, id_),
        id=id_,
        made_at=now,
        by=by.username,
        what=what,
        submission=submission,
        participant=participant,
        before=before,
        after=after,
        reason=reason or None,
    )
