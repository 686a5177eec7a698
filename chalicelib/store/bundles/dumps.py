"""Competitions on their way back to being bundles."""

from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place

FULL, LIGHT = "full", "light"


class Dump(BackgroundJob, discriminator="dump"):
    """A dump of a competition. `complaints` are about what it lacks, or why there is none."""

    competition = UnicodeAttribute()
    form = UnicodeAttribute()
    object_key = UnicodeAttribute()
    size_bytes = NumberAttribute(null=True)
    complaints = JSONAttribute(null=True)

    @classmethod
    def at(cls, dump: str) -> Place["Dump"]:
        """Where a dump is."""
        return Place(cls, f"DUMP#{dump}", "DUMP")


def owner_key(competition: str) -> str:
    return f"DUMPS#{competition}"


def find(dump: str, competition: str | None = None) -> Dump:
    """A dump, of `competition` when given. Raises NotFound."""
    (found,) = table.read(Dump.at(dump))
    if found is None or (competition is not None and found.competition != competition):
        raise NotFound("This competition has no such dump.")
    return found


def of_competition(competition: str, limit: int) -> list[Dump]:
    """The newest dumps of a competition."""
    return table.newest_owned(Dump, owner_key(competition), None, limit)[0]


def finish(dump: Dump, size_bytes: int, complaints: list[dict[str, Any]]) -> None:
    """The bundle is there. Raises TakenOver."""
    jobs.finish(dump, [Dump.size_bytes.set(size_bytes), Dump.complaints.set(complaints)])


def fail(dump: Dump, reason: str, complaints: list[dict[str, Any]]) -> None:
    """End a dump without a bundle. Raises TakenOver."""
    jobs.fail(dump, reason, [Dump.complaints.set(complaints)])
