"""Slugs as stored: which competition each leads to. One that was taken is never given to another."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table
from chalicelib.store.table import Place
from chalicelib.store.writes import Condition, Transaction


class Slug(table.Item, discriminator="slug"):
    """A slug, and the competition that it leads to, also when that has another one by now."""

    slug = UnicodeAttribute()
    competition = UnicodeAttribute()
    taken_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, slug: str) -> Place["Slug"]:
        """The place of a slug."""
        return Place(cls, f"SLUG#{slug}", "SLUG")


def leads_to(slug: str) -> str | None:
    """The id of the competition that a slug leads to, None for one that nobody has: one call."""
    (found,) = table.read(Slug.at(slug))
    return str(found.competition) if found else None


def first_free(candidates: Sequence[str], competition: str) -> str:
    """The first of some slugs that no other competition has: one call. Raises LookupError when others have all."""
    found = table.read_all([Slug.at(one) for one in candidates])
    for one in candidates:
        taken = found.get(Slug.at(one))
        if taken is None or taken.competition == competition:
            return one
    raise LookupError(f"All slugs like {candidates[0]} are taken.")


def taking(write: Transaction, slug: str, competition: str, now: datetime) -> None:
    """Within a transaction: have a slug lead to a competition, on condition that it leads to no other."""
    item = Slug(*Slug.at(slug), slug=slug, competition=competition, taken_at=now)
    is_free: Condition = Slug.pk.does_not_exist() | (Slug.competition == competition)
    write.save(item, condition=is_free)
