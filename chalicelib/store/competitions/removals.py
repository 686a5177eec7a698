"""Removals of competitions: one is gone in one transaction, and a background job takes away what it leaves (ADR 43)."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.publication import LISTED
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.table import Item, Place
from chalicelib.store.writes import Composer, Condition, Transaction

#: By then no function runs any more that had read the competition while it was there.
SETTLED: timedelta = jobs.LEASE
_MOVED = say("competition_moved", "Somebody has published or changed this competition at the same moment. Look at it again.")
_AT_ONCE = 100


class CompetitionRemoval(BackgroundJob, discriminator="competition_removal"):
    """The removal of the competition of its `id`, with what no list tells any more: `phases`, their ids, and `queues` that
    it was served by. `done` counts the rows and submissions that are gone.
    """

    title = UnicodeAttribute()
    phases = JSONAttribute()
    queues = JSONAttribute()
    done = NumberAttribute(default=0)

    @classmethod
    def at(cls, competition: str) -> Place["CompetitionRemoval"]:
        """The place of a competition's removal."""
        return Place(cls, f"REMOVAL#{competition}", "REMOVAL")


def order(
    competition: Competition, phases: Sequence[Phase], queues: Collection[str], own: Orphan, besides: Composer, now: datetime
) -> CompetitionRemoval:
    """Take a competition and its phases away, store the job that does the rest, and do what goes `besides`.

    `own` has what it named. Raises Conflict when it is on the public list, or was changed since it was read.
    """
    id_ = str(competition.id)
    removal = CompetitionRemoval(
        *CompetitionRemoval.at(id_),
        id=id_,
        title=competition.title,
        phases=[str(phase.id) for phase in phases],
        queues=sorted(queues),
        created_at=now,
    )
    jobs.waiting(removal)
    is_unlisted: Condition = Competition.list_pk.does_not_exist() | (Competition.list_pk != LISTED)
    same = (Competition.revision == competition.revision) & (Competition.owner_pk == competition.owner_pk)

    def compose(write: Transaction) -> None:
        write.delete(competition, condition=same & is_unlisted)
        for phase in phases:
            write.delete(phase)
        write.save(removal)
        write.save(own)
        besides(write)

    writes.transact(compose, otherwise=Conflict(_MOVED))
    return removal


def find(competition: str) -> CompetitionRemoval | None:
    """The removal of a competition that is under way."""
    (found,) = table.read(CompetitionRemoval.at(competition))
    return found


def advance(removal: CompetitionRemoval, done: int) -> None:
    """So much more is gone. Raises TakenOver."""
    jobs.advance(removal, [CompetitionRemoval.done.add(done)])


def end(removal: CompetitionRemoval) -> None:
    """Nothing is left of the competition, nor of this."""
    writes.delete(removal)


def empty(pk: str) -> Iterator[int]:
    """Take all items of a partition away, page by page: how many each had."""
    while items := table.everything_at(pk, _AT_ONCE):
        writes.delete_many(items)
        yield len(items)


def listed(key: str) -> Iterator[list[Item]]:
    """The items of a list, whatever they are, page by page."""
    return _pages(table.newest_listed, key)


def owned(key: str) -> Iterator[list[Item]]:
    """The items that something has, whatever they are, page by page."""
    return _pages(table.newest_owned, key)


def _pages(
    newest: Callable[[type[Item], str, str | None, int], tuple[list[Item], str | None]], key: str
) -> Iterator[list[Item]]:
    table.know_every_model()
    before = None
    while True:
        items, before = newest(Item, key, before, _AT_ONCE)
        yield items
        if before is None:
            return
