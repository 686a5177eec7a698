"""Competitions whose entry in the catalogue is behind: a row for each, written with what changes, until it is taken up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

#: A rebuild whose message was lost, or that nobody sent one for, is asked for after this time.
OVERDUE = timedelta(seconds=30)
#: Changes that one rebuild takes up.
AT_ONCE = 1000
_PREFIX = "CHANGE#"


class CatalogueChange(table.Item, discriminator="catalogue_change"):
    """The note that a competition's entry is to be made anew. Each change has another `stamp`."""

    competition = UnicodeAttribute()
    stamp = UnicodeAttribute()

    @classmethod
    def at(cls, competition: str) -> Place["CatalogueChange"]:
        """The place of the note on a competition."""
        return Place(cls, "CATALOGUE", f"{_PREFIX}{competition}")


class CatalogueReview(table.Item, discriminator="catalogue_review"):
    """The time at which the catalogue is made anew of all competitions, which counts their participants."""

    @classmethod
    def at(cls) -> Place["CatalogueReview"]:
        """The one place of it."""
        return Place(cls, "CATALOGUE", "REVIEW")


def noting(write: Transaction, competition: str, now: datetime) -> None:
    """Within a transaction: note that a competition's entry is behind. The sweeper has it taken up when nobody else does."""
    change = CatalogueChange(*CatalogueChange.at(competition), competition=competition, stamp=now.isoformat())
    change.wake_at(now + OVERDUE)
    write.save(change)


def pending() -> list[CatalogueChange]:
    """The changes to be taken up, of many the first, by one query."""
    pk, _ = CatalogueChange.at("")
    noted = CatalogueChange.sk.startswith(_PREFIX)
    return patiently(lambda: list(CatalogueChange.query(pk, noted, consistent_read=True, limit=AT_ONCE)))


def forget(taken_up: Iterable[CatalogueChange]) -> None:
    """Take away what is in the catalogue now. What has changed again meanwhile stays."""
    for change in taken_up:
        try:
            writes.delete(change, CatalogueChange.stamp == change.stamp)
        except writes.ConditionFailed:
            continue


def wait_again(change: CatalogueChange, now: datetime) -> None:
    """Have the sweeper look again, in case the message that was sent is lost."""
    writes.update_if(change, CatalogueChange.waking_at(now + OVERDUE), CatalogueChange.stamp == change.stamp)


def review_at(when: datetime) -> None:
    """Have all looked through at `when`."""
    review = CatalogueReview(*CatalogueReview.at())
    review.wake_at(when)
    writes.put(review)
