"""What organizers did to boards by hand: who, when, what, and what stood there before. Written once, never changed."""

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction


class AuditEntry(table.Item, discriminator="deed"):
    """One change by hand. `what` is added, removed, marked or scored; `before` and `after` say from what to what."""

    id = UnicodeAttribute()
    made_at = UTCDateTimeAttribute(attr_name="at")
    by = UnicodeAttribute()
    what = UnicodeAttribute()
    submission = UnicodeAttribute()
    participant = UnicodeAttribute()
    before = JSONAttribute(null=True)
    after = JSONAttribute(null=True)
    reason = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, phase: str, entry: str) -> Place["AuditEntry"]:
        """Where an entry about a phase's boards is."""
        return Place(cls, f"DEEDS#{phase}", entry)


def recording(write: Transaction, entry: AuditEntry) -> None:
    """Within a transaction: keep what is done in it."""
    write.save(entry)


def of_phase(phase: str, before: str | None, limit: int) -> tuple[list[AuditEntry], str | None]:
    """One page of what was done in a phase, newest first."""
    pk, _ = AuditEntry.at(phase, "")
    older = AuditEntry.sk < before if before else None
    entries = patiently(
        lambda: list(AuditEntry.query(pk, older, scan_index_forward=False, limit=limit, consistent_read=True))
    )
    return entries, entries[-1].sk if len(entries) == limit else None
