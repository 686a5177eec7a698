"""Finds of a storage review: whose each object is and as what, by the row that its key names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.contract import Status
from chalicelib.domain.metering import objects as named
from chalicelib.domain.metering import room
from chalicelib.domain.metering.objects import Named
from chalicelib.store import table
from chalicelib.store.bundles.dumps import Dump
from chalicelib.store.competitions import own_files
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.library import uploads
from chalicelib.store.library.datasets import Dataset
from chalicelib.store.library.uploads import Upload
from chalicelib.store.metering import storage
from chalicelib.store.metering.storage import Holder
from chalicelib.store.submissions.exports import SubmissionExport
from chalicelib.store.submissions.submissions import Submission

#: What is younger may be on its way to its row, or on its way out.
SETTLED = timedelta(days=1)
#: A dump that is older has been fetched by now.
OLD = timedelta(days=30)


class Holding(NamedTuple):
    """A holder of an object, and the names under which its bytes are added up there."""

    holder: Holder
    names: tuple[str, ...]


def holdings_of(keys: Sequence[str], now: datetime) -> dict[str, list[Holding] | None]:
    """The holders of each object, by its key: nobody's where there is no such row (None), or where none holds it now ([]).

    One call for each hundred rows of a kind.
    """
    said = {key: what for key in keys if (what := named.read(key)) is not None}
    found: dict[Named, list[Holding]] = {}
    for kind, read in _READERS.items():
        if wanted := list(dict.fromkeys(what.id for what in said.values() if what.kind == kind)):
            found |= {Named(kind, id_): holdings for id_, holdings in read(wanted, now).items()}
    of_competitions = _files(what.id for what in said.values() if what.kind == named.COMPETITION)

    def of(key: str, what: Named) -> list[Holding] | None:
        its = of_competitions.get(what.id)
        return found.get(what) if its is None else its.get(key, [])

    return {key: of(key, what) for key, what in said.items()}


def is_of_the_site(key: str) -> bool:
    """True for what no row is asked about: boards, the catalogue, files that are gone in a day."""
    return named.read(key) is None


def _uploads(ids: Iterable[str], _now: datetime) -> Mapping[str, list[Holding]]:
    found = table.read_many(map(Upload.at, ids))
    made = table.read_many(Dataset.at(one.used_for) for one in found if one.use.kind == room.DATASETS and one.used_for)
    unused = {one.id for one in made if not int(one.uses)}
    return {one.id: _upload(one, one.used_for in unused) for one in found}


def _upload(upload: Upload, is_unused: bool) -> list[Holding]:
    if upload.state != uploads.USED:
        # What is on its way is in its owner's tally, and what is on its way out in nothing.
        return []
    use = upload.use
    names = (use.kind, "unused_datasets") if is_unused else (use.kind,)
    holdings = [Holding(storage.account(upload.owner), names)]
    return [*holdings, Holding(storage.competition(use.competition), (use.kind,))] if use.competition else holdings


def _datasets(ids: Iterable[str], _now: datetime) -> Mapping[str, list[Holding]]:
    found = table.read_many(map(Dataset.at, ids))
    return {one.id: [Holding(storage.account(one.owner), _as_dataset(one))] for one in found}


def _as_dataset(dataset: Dataset) -> tuple[str, ...]:
    return (room.DATASETS,) if int(dataset.uses) else (room.DATASETS, "unused_datasets")


def _files(ids: Iterable[str]) -> dict[str, dict[str, list[Holding]]]:
    """Of each competition its own files. A page that was replaced is none any more, and lies there for some minutes."""
    found = table.read_many(Competition.at(id_) for id_ in dict.fromkeys(ids))
    holdings = {one.id: [Holding(storage.competition(one.id), (room.BUNDLES,))] for one in found}
    return {one.id: dict.fromkeys(own_files.files_of(one), holdings[one.id]) for one in found}


def _dumps(ids: Iterable[str], now: datetime) -> Mapping[str, list[Holding]]:
    found = table.read_many(map(Dump.at, ids))
    return {one.id: [Holding(storage.competition(one.competition), _as_dump(one, now))] for one in found}


def _as_dump(dump: Dump, now: datetime) -> tuple[str, ...]:
    return (room.EXPORTS, "old_dumps") if dump.created_at < now - OLD else (room.EXPORTS,)


def _exports(ids: Iterable[str], _now: datetime) -> Mapping[str, list[Holding]]:
    found = table.read_many(map(SubmissionExport.at, ids))
    return {one.id: [Holding(storage.competition(one.competition), (room.EXPORTS,))] for one in found}


def _runs(ids: Iterable[str], _now: datetime) -> Mapping[str, list[Holding]]:
    found = table.read_many(map(Submission.at, ids))
    return {one.id: [Holding(storage.competition(one.competition), _as_run(one))] for one in found}


def _as_run(submission: Submission) -> tuple[str, ...]:
    return (room.OUTPUTS, "failed_outputs") if submission.status == Status.FAILED else (room.OUTPUTS,)


_READERS: Mapping[str, Callable[[Iterable[str], datetime], Mapping[str, list[Holding]]]] = {
    named.UPLOAD: _uploads,
    named.DATASET: _datasets,
    named.DUMP: _dumps,
    named.RUN: _runs,
    named.EXPORT: _exports,
}
