"""Competitions on their way back to being bundles."""

from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.domain.metering import room
from chalicelib.errors import NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.metering import storage
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, Transaction

FULL, LIGHT = "full", "light"
_NONE = say("no_dump", "This competition has no such dump.")


class Dump(BackgroundJob, discriminator="dump"):
    """A dump of a competition. `complaints` are about what it lacks, or why there is none."""

    competition = UnicodeAttribute()
    form = UnicodeAttribute()
    object_key = UnicodeAttribute()
    size_bytes = NumberAttribute(null=True)
    complaints = JSONAttribute(null=True)

    @classmethod
    def at(cls, dump: str) -> Place["Dump"]:
        """The place of a dump."""
        return Place(cls, f"DUMP#{dump}", "DUMP")


def owner_key(competition: str) -> str:
    return f"DUMPS#{competition}"


def find(dump: str, competition: str | None = None) -> Dump:
    """A dump, of `competition` when given. Raises NotFound."""
    (found,) = table.read(Dump.at(dump))
    if found is None or (competition is not None and found.competition != competition):
        raise NotFound(_NONE)
    return found


def of_competition(competition: str, limit: int) -> list[Dump]:
    """The newest dumps of a competition."""
    return table.newest_owned(Dump, owner_key(competition), None, limit)[0]


def finish(dump: Dump, size_bytes: int, complaints: list[dict[str, Any]]) -> None:
    """The bundle is there. Raises TakenOver."""
    actions = [Dump.size_bytes.set(size_bytes), Dump.complaints.set(complaints)]
    holder = storage.competition(dump.competition)
    jobs.finish_with(dump, actions, lambda write: storage.counting(write, holder, {room.EXPORTS: size_bytes}))


def remove(dump: Dump, besides: Composer) -> None:
    """Forget a dump whose bundle is gone, with what goes `besides`. Raises NotFound when somebody else has."""
    changes = {room.EXPORTS: -int(dump.size_bytes or 0)}

    def compose(write: Transaction) -> None:
        write.delete(dump, condition=Dump.pk.exists())
        storage.counting(write, storage.competition(dump.competition), changes)
        besides(write)

    writes.transact(compose, otherwise=NotFound(_NONE))


def fail(dump: Dump, reason: str, complaints: list[dict[str, Any]], along: Composer) -> None:
    """End a dump without a bundle. Raises TakenOver."""
    jobs.fail(dump, reason, along, [Dump.complaints.set(complaints)])
