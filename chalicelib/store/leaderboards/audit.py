"""What organizers did to boards by hand: who, when, what, and what stood there before. Written once, never changed."""

from typing import Any

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.store import table


class AuditEntry(table.Item, discriminator="deed"):
    """One change by hand. `what` is added, removed, marked or scored; `before` and `after` say from what to what."""

    id = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    by = UnicodeAttribute()
    what = UnicodeAttribute()
    submission = UnicodeAttribute()
    participant = UnicodeAttribute()
    before = JSONAttribute(null=True)
    after = JSONAttribute(null=True)
    reason = UnicodeAttribute(null=True)


def key(phase: str, entry: str) -> table.Key:
    return f"DEEDS#{phase}", entry


def telling(write: TransactWrite, entry: AuditEntry) -> None:
    """Within a transaction: keep what is done in it."""
    write.save(entry)


def of_phase(phase: str, before: str | None, limit: int) -> tuple[list[AuditEntry], str | None]:
    """One page of what was done in a phase, newest first."""
    pk, _ = key(phase, "")
    older: Any = AuditEntry.sk < before if before else None
    found = list(AuditEntry.query(pk, older, scan_index_forward=False, limit=limit, consistent_read=True))
    return found, found[-1].sk if len(found) == limit else None
