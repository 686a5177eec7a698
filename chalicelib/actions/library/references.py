"""The library that competitions draw from and add to: what a bundle names by key, and what an import leaves there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib import ids, settings
from chalicelib.aws import objects
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.domain.bundle.model import Task as Described
from chalicelib.domain.bundle.reading import KeyUse, Reading
from chalicelib.errors import NotFound
from chalicelib.store import writes
from chalicelib.store.bundles import imports
from chalicelib.store.bundles.imports import Import
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.definition import (
    Placed,
    Ref,
    bundle_of,
    datasets_of,
    task_of,
    task_settings,
    texts_of,
)
from chalicelib.store.library import datasets, orphans, tasks
from chalicelib.store.library.datasets import COMPETITION, TASK, Dataset, Use
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.library.tasks import Task
from chalicelib.store.queues import queues
from chalicelib.store.submissions import submissions

#: What names a file of the library; the rest names a task, or what this version does not know.
_OF_DATASETS = (*datasets.TYPES, "download")


@dataclass
class Known:
    """The things that a bundle names by key: files and tasks, by their keys, and queues."""

    files: dict[str, Ref] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    queues: list[str] = field(default_factory=list)


def look_up(reading: Reading, account: str) -> tuple[Known, list[Complaint]]:
    """Find what a bundle names by key, as far as the account may use it: a call for each kind that is named."""
    files = datasets.usable([use.key for use in reading.keys if use.kind in _OF_DATASETS], account)
    bank = tasks.usable([use.key for use in reading.keys if use.kind == "task"], account)
    usable_queues = queues.usable([use.key for use in reading.keys if use.kind == "queue"], account)
    known, complaints = Known(), []
    for use in reading.keys:
        file = files.get(use.key)
        if file and use.kind in (file.type, "download"):
            known.files[use.key] = ref_of(file)
        elif use.kind == "task" and use.key in bank:
            known.tasks[use.key] = bank[use.key]
        elif use.kind == "queue" and use.key in usable_queues:
            known.queues.append(use.key)
        else:
            complaints.append(reading.complaint(use.place, _unknown(use, file)))
    return known, complaints


def with_tasks(bundle: Bundle, known: Known) -> Bundle:
    """The bundle with the tasks of the bank in the place of their keys, as far as they are known."""
    return replace(bundle, tasks=tuple(_described(task, known) for task in bundle.tasks))


def reuse(import_: Import, placed: Placed, former: Placed) -> None:
    """Keep, where an update brings the same content for the same kind of file, the dataset that there is.

    Only in the place of what was copied out of the bundle: that is nobody's yet, and its sha256 was seen. What is named by
    its key stays: its file is its owner's, and its sha256 may be its sender's word.
    """
    old, copied = dict[tuple[str, str], Ref](), _made_by(import_)
    for parts in (former.tasks, former.phases):
        old |= {(kind, ref["sha256"]): ref for refs in parts.values() for kind, ref in refs.items()}
    for parts in (placed.tasks, placed.phases):
        for refs in parts.values():
            for kind, ref in refs.items():
                same = old.get((kind, ref["sha256"]))
                if same and same["dataset"] != ref["dataset"] and ref["dataset"] in copied:
                    objects.delete(settings.get().files_bucket, ref["object_key"])
                    refs[kind] = same
    for index, refs in placed.tasks.items():
        if refs == former.tasks.get(index) and index in former.task_ids:
            placed.task_ids[index] = former.task_ids[index]


def replaced(
    competition: Competition, phases: list[Phase], bundle: Bundle, placed: Placed, now: datetime, dropped: Sequence[str] = ()
) -> Orphan | None:
    """The files that nothing will name after a change of a competition, and the objects that are `dropped` with it.
    The sweeper clears it, when nobody reads it any more.

    Once something was submitted, every dataset stays in use: an attempt names what it ran with (ADR 6).
    """
    before, former = bundle_of(competition, phases)
    gone = {ref["dataset"] for ref in datasets_of(former)} - {ref["dataset"] for ref in datasets_of(placed)}
    if gone and any(submissions.of_phase(phase.id, None, 1)[0] for phase in phases):
        gone = set()
    texts = {ref["object_key"] for ref in texts_of(former)} - {ref["object_key"] for ref in texts_of(placed)}
    texts |= set(dropped)
    uses = [Use(dataset, COMPETITION, competition.id) for dataset in gone]
    queue_uses = {queue: competition.id for queue in before.queues if queue not in bundle.queues}
    return orphans.new(ids.new(now), now, texts, uses, queue_uses) if texts or uses or queue_uses else None


def all_of(competition: Competition, phases: list[Phase], now: datetime) -> Orphan:
    """The files and the uses that a competition names, and that nothing needs once it is gone."""
    bundle, placed = bundle_of(competition, phases)
    files = {ref["object_key"] for ref in (*texts_of(placed), *(competition.originals or ()))}
    uses = {Use(ref["dataset"], COMPETITION, competition.id) for ref in datasets_of(placed)}
    return orphans.new(ids.new(now), now, files, uses, dict.fromkeys(bundle.queues, competition.id))


def keep(import_: Import, bundle: Bundle, placed: Placed, now: datetime) -> None:
    """Put an import's files and tasks into the library, and note who uses what. Does nothing twice."""
    new, made = _number_tasks(import_, bundle, placed), _made_by(import_)
    for name, kind, ref in _data_of(bundle, placed):
        if ref["dataset"] in made:
            datasets.create(_dataset(import_, name, kind, ref, now))
    uses = {Use(ref["dataset"], COMPETITION, import_.competition) for ref in datasets_of(placed)}
    for task in new:
        files = placed.tasks.get(task.index, {}).values()
        uses |= {Use(ref["dataset"], TASK, placed.task_ids[task.index]) for ref in files}
    _plan(import_, {use for use in uses if use.dataset not in made}, bundle.queues)
    for use in sorted(uses):
        datasets.use(*use)
    for queue in bundle.queues:
        queues.use(queue, import_.competition)
    for task in new:
        _keep_task(import_, task, placed, now)


def forget(import_: Import) -> None:
    """Take what a failed import has put into the library out of it again."""
    for place, file in (import_.files or {}).items():
        dataset = file.get("ref", {}).get("dataset")
        uses, part = [(COMPETITION, import_.competition)], place.partition(".")[0]
        if part.startswith("tasks["):
            task = ids.derived(import_.id, part)
            tasks.remove(task)
            uses.append((TASK, task))
        if dataset:
            datasets.remove(dataset, *uses)
    for use in _needless(import_):
        datasets.no_longer_use(*use)
    if planned := import_.planned_queues:
        for queue in planned - _needed_queues(import_):
            queues.no_longer_use(queue, import_.competition)


def ref_of(dataset: Dataset) -> Ref:
    """A dataset as competitions keep it."""
    return {
        "dataset": dataset.id,
        "object_key": dataset.object_key,
        "sha256": dataset.sha256,
        "size_bytes": int(dataset.size_bytes),
    }


def _described(task: Described, known: Known) -> Described:
    if task.key not in known.tasks:
        return task
    stored = known.tasks[task.key]
    for ref in stored.files.values():
        known.files[ref["dataset"]] = ref
    described = task_of(stored.settings, stored.files)
    return replace(described, index=task.index, key=stored.id, name=stored.name, description=stored.description)


def _number_tasks(import_: Import, bundle: Bundle, placed: Placed) -> list[Described]:
    """Say which task of the bank each task is; those that the import makes."""
    new = []
    for task in bundle.tasks:
        if task.key:
            placed.task_ids[task.index] = task.key
        elif task.index not in placed.task_ids:
            placed.task_ids[task.index] = ids.derived(import_.id, f"tasks[{task.index}]")
            new.append(task)
    return new


def _plan(import_: Import, uses: set[Use], named: Sequence[str]) -> None:
    """Remember which uses are new, before the first is noted: those, and no others, go when the import fails."""
    planned = {Use(*use) for use in import_.uses or []}
    new = datasets.unnoted(uses - planned)
    new_queues = {queue for queue in named if not queues.is_noted(queue, import_.competition)} - import_.planned_queues
    if new or new_queues:
        imports.plan(import_, {*planned, *new}, import_.planned_queues | new_queues)


def _needless(import_: Import) -> list[Use]:
    """The uses that an import has planned, without those that its competition has come to need by another change."""
    planned = [Use(*use) for use in import_.uses or []]
    if not planned or import_.updates is None:
        return planned
    its = _of_competition(import_)
    needed = {ref["dataset"] for ref in datasets_of(its[1])} if its else set()
    return [use for use in planned if use.user_kind != COMPETITION or use.dataset not in needed]


def _needed_queues(import_: Import) -> set[str]:
    """The queues that the competition of an update has; none where it is new, or gone."""
    its = None if import_.updates is None else _of_competition(import_)
    return {*its[0].queues} if its else set()


def _of_competition(import_: Import) -> tuple[Bundle, Placed] | None:
    """The competition that an update is of; None where that was deleted meanwhile."""
    try:
        return bundle_of(*competitions.find(import_.competition))
    except NotFound:
        return None


def _keep_task(import_: Import, task: Described, placed: Placed, now: datetime) -> None:
    id_ = placed.task_ids[task.index]
    stored = Task(
        *Task.at(id_),
        id=id_,
        name=task.name,
        description=task.description,
        owner=import_.owner,
        owner_name=import_.owner_name,
        files=placed.tasks.get(task.index, {}),
        settings=task_settings(task),
        created_at=now,
        updated_at=now,
        owner_pk=tasks.owner_key(import_.owner),
        owner_sk=id_,
    )
    writes.put(stored)


def _data_of(bundle: Bundle, placed: Placed) -> list[tuple[str, str, Ref]]:
    """Every data file of a competition: a name for people, its type, and where it lies."""
    found = []
    for task in bundle.tasks:
        found += [(task.name, kind, ref) for kind, ref in placed.tasks.get(task.index, {}).items()]
    for phase in bundle.phases:
        found += [(phase.name, kind, ref) for kind, ref in placed.phases.get(phase.index, {}).items()]
    for solution in bundle.solutions:
        found.append((solution.name or bundle.title, "solution", placed.solutions[solution.index]))
    return found


def _dataset(import_: Import, name: str, kind: str, ref: Ref, now: datetime) -> Dataset:
    id_ = ref["dataset"]
    return Dataset(
        *Dataset.at(id_),
        id=id_,
        type=kind,
        name=f"{name}: {kind.replace('_', ' ')}"[:100],
        owner=import_.owner,
        owner_name=import_.owner_name,
        filename=f"{kind}.zip",
        object_key=ref["object_key"],
        size_bytes=ref["size_bytes"],
        sha256=ref["sha256"],
        created_at=now,
        owner_pk=datasets.owner_key(import_.owner),
        owner_sk=id_,
    )


def _made_by(import_: Import) -> set[str]:
    refs = [file["ref"] for file in (import_.files or {}).values() if "ref" in file]
    return {ref["dataset"] for ref in refs if "dataset" in ref}


def _unknown(use: KeyUse, file: Dataset | None) -> str:
    if file is not None:
        return f"This dataset is a {file.type.replace('_', ' ')}, and a {use.kind.replace('_', ' ')} is wanted here."
    if use.kind == "queue":
        return f"There is no queue `{use.key[:60]}` that you may use. Leave `queue` out: the site's own runners do the work."
    what = "task" if use.kind == "task" else "dataset"
    return f"There is no {what} `{use.key[:60]}` that you may use. Look at your {what}s for its id, or bring the files."
