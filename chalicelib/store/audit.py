"""Entries of what organizers and administrators did by hand: who, when, what, and what stood there before.

Written once, never changed.
"""

from functools import partial

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, Transaction

#: What administrators do is about the site.
SITE = "site"


class AuditEntry(table.Item, discriminator="deed"):
    """One change by hand: `before` and `after` say from what to what. Those about participants have no `submission`.

    `participant` None stands for all of them.
    """

    id = UnicodeAttribute()
    made_at = UTCDateTimeAttribute(attr_name="at")
    by = UnicodeAttribute()
    what = UnicodeAttribute()
    submission = UnicodeAttribute(null=True)
    participant = UnicodeAttribute(null=True)
    before = JSONAttribute(null=True)
    after = JSONAttribute(null=True)
    reason = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, subject: str, entry: str) -> Place["AuditEntry"]:
        """The place of an entry: about the boards of the phase of this id, or about the participants of the competition."""
        return Place(cls, f"DEEDS#{subject}", entry)


def along(entry: AuditEntry) -> Composer:
    """An entry as what goes besides into the transaction of the act."""
    return partial(recording, entry=entry)


def recording(write: Transaction, entry: AuditEntry) -> None:
    """Within a transaction: keep what is done in it."""
    write.save(entry)


def newest(subject: str, before: str | None, limit: int) -> tuple[list[AuditEntry], str | None]:
    """One page of what was done about a phase's boards, or a competition's participants, newest first."""
    pk, _ = AuditEntry.at(subject, "")
    older = AuditEntry.sk < before if before else None
    entries = patiently(
        lambda: list(AuditEntry.query(pk, older, scan_index_forward=False, limit=limit, consistent_read=True))
    )
    return entries, entries[-1].sk if len(entries) == limit else None
