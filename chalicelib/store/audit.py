"""Entries of what people did by hand with what they run or have: who, when, what, and what stood there before.

Written once, never changed: which doors there are, and what holds the code to them, tells ADR 42.
"""

from functools import partial

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
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
        """The place of an entry: about the phase, competition or organization of an id, what its account has, or `SITE`."""
        return Place(cls, f"DEEDS#{subject}", entry)


def along(entry: AuditEntry) -> Composer:
    """An entry as what goes besides into the transaction of the act."""
    return partial(recording, entry=entry)


def recording(write: Transaction, entry: AuditEntry) -> None:
    """Within a transaction: keep what is done in it, in no other entry's place."""
    write.save(entry, condition=AuditEntry.pk.does_not_exist())


def record(entry: AuditEntry) -> None:
    """Keep what is done outside the table, or changes nothing there, in no other entry's place."""
    writes.put(entry, AuditEntry.pk.does_not_exist())


def newest(subject: str, before: str | None, limit: int) -> tuple[list[AuditEntry], str | None]:
    """One page of what was done about a subject, newest first."""
    pk, _ = AuditEntry.at(subject, "")
    older = AuditEntry.sk < before if before else None
    entries = patiently(
        lambda: list(AuditEntry.query(pk, older, scan_index_forward=False, limit=limit, consistent_read=True))
    )
    return entries, entries[-1].sk if len(entries) == limit else None


def succeed(account: str, successor: str) -> None:
    """Have the log of what an account had be a part of another's, 25 entries a call. Does nothing twice."""
    pk, _ = AuditEntry.at(account, "")
    entries = patiently(lambda: list(AuditEntry.query(pk)))
    writes.put_many([AuditEntry(**{**one.attribute_values, "pk": AuditEntry.at(successor, one.sk)[0]}) for one in entries])
    forget(account)


def forget(subject: str) -> None:
    """Take away a log that nobody can read any more, 25 entries a call: its subject is gone."""
    pk, _ = AuditEntry.at(subject, "")
    writes.delete_many(table.everything_at(pk))
