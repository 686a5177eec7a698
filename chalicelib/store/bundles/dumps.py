"""Competitions on their way back to being bundles."""

from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.background.packing import Packing
from chalicelib.store.background.states import FAILED, FINISHED

FULL, LIGHT = "full", "light"


class Dump(Packing, discriminator="dump"):
    """One dump."""

    form = UnicodeAttribute()
    object_key = UnicodeAttribute()
    size_bytes = NumberAttribute(null=True)
    complaints = JSONAttribute(null=True)


def key(dump: str) -> table.Key:
    return f"DUMP#{dump}", "DUMP"


def owner_key(competition: str) -> str:
    return f"DUMPS#{competition}"


def find(dump: str, competition: str | None = None) -> Dump:
    """A dump, of `competition` when given. Raises NotFound."""
    found = table.fetch(key(dump)).get(key(dump))
    if not isinstance(found, Dump) or (competition is not None and found.competition != competition):
        raise NotFound("This competition has no such dump.")
    return found


def of_competition(competition: str, limit: int) -> list[Dump]:
    """The newest dumps of a competition."""
    return table.newest_owned(Dump, owner_key(competition), None, limit)[0]


def finish(dump: Dump, size_bytes: int, complaints: list[dict[str, Any]]) -> None:
    """The bundle is there."""
    dump.update(
        actions=[
            Dump.status.set(FINISHED),
            Dump.size_bytes.set(size_bytes),
            Dump.complaints.set(complaints),
            *Dump.asleep(),
        ]
    )


def fail(dump: Dump, complaints: list[dict[str, Any]]) -> None:
    """End a dump without a bundle."""
    dump.update(actions=[Dump.status.set(FAILED), Dump.complaints.set(complaints), *Dump.asleep()])
