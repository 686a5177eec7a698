"""The making of the catalogue: what has changed is taken up, once for many; and once a day all is looked through."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from chalicelib import telemetry
from chalicelib.actions.competitions import slugs
from chalicelib.actions.discovery import snapshots
from chalicelib.actions.discovery.snapshots import CatalogueVersion
from chalicelib.aws import messages
from chalicelib.domain.discovery.catalogue import Catalogue, CatalogueEntry, words_of
from chalicelib.errors import Busy, say
from chalicelib.store import table
from chalicelib.store.competitions import publication
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.discovery import changes
from chalicelib.store.discovery.changes import CatalogueChange, CatalogueReview

CHANGES, ALL = "changes", "all"
REVIEW_EVERY = timedelta(days=1)
#: Competitions whose entries are made of one query.
_PAGE = 100
#: So often another rebuild may come first before this one leaves it to the sweeper.
_TRIES = 5


def rebuild(what: str, now: datetime) -> None:
    """Take up the competitions that have changed, or look through all. Raises Busy when others always came first.

    The changes are read before the competitions, and each is forgotten on condition that it is the one that was taken up.
    """
    for _ in range(_TRIES):
        former, pending = snapshots.current(), changes.pending()
        looks_through = what == ALL or former.etag is None
        if not pending and not looks_through:
            return
        entries = _all(former, now) if looks_through else former.catalogue.by_id()
        _take_up(entries, [change.competition for change in pending])
        if snapshots.replace(former, Catalogue.of(entries)):
            break
    else:
        raise Busy(say("catalogue_being_made", "Others make the catalogue anew at this moment."))
    changes.forget(pending)
    if looks_through:
        changes.review_at(now + REVIEW_EVERY)
    if len(pending) == changes.AT_ONCE:
        messages.send_cataloguing(CHANGES)
    telemetry.logger.info("catalogue rebuilt", competitions=len(entries), changes=len(pending), all=looks_through)


def look_after(change: CatalogueChange, now: datetime) -> None:
    """Of a change that nobody took up: its message was lost, or nobody sent one."""
    changes.wait_again(change, now)
    messages.send_cataloguing(CHANGES)


def review(_review: CatalogueReview, now: datetime) -> None:
    """Have all looked through."""
    changes.review_at(now + REVIEW_EVERY)
    messages.send_cataloguing(ALL)


def entry_of(competition: Competition) -> CatalogueEntry:
    """The catalogue's entry of a competition."""
    said = competition.settings
    ends_at = competition.ends_at
    return CatalogueEntry(
        id=competition.id,
        published_at=table.seconds(competition.published_at or competition.created_at),
        starts_at=table.seconds(competition.starts_at),
        ends_at=table.seconds(ends_at) if ends_at else None,
        participants=int(competition.participants),
        has_reward=bool(said.reward),
        is_featured=bool(competition.featured),
        words=words_of(competition.title, said.tags, competition.organizer, competition.description),
        is_archived=said.archived,
    )


def _take_up(entries: dict[str, CatalogueEntry], ids: Iterable[str]) -> None:
    wanted = list(ids)
    there = {one.id: one for one in table.read_many(Competition.at(id_) for id_ in wanted)}
    for id_ in wanted:
        found = there.get(id_)
        if found is not None and found.published:
            entries[id_] = entry_of(found)
        else:
            entries.pop(id_, None)


def _all(former: CatalogueVersion, now: datetime) -> dict[str, CatalogueEntry]:
    """Everything that is published, which has a slug from then on. The list may be behind, so what stood in the catalogue
    and not there is asked for.
    """
    entries = {}
    for one in _published():
        slugs.give(one, now)
        entries[one.id] = entry_of(one)
    _take_up(entries, [entry.id for entry in former.catalogue.entries if entry.id not in entries])
    return entries


def _published() -> Iterator[Competition]:
    before = None
    while True:
        page, before = publication.published(before, _PAGE)
        yield from page
        if before is None:
            return
