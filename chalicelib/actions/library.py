"""The library that competitions draw from and add to: what a bundle names by key, and what an import leaves there."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib import ids, settings
from chalicelib.actions.definitions import Placed, Ref, task_of, task_settings
from chalicelib.aws import objects
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.domain.bundle.model import Task as Described
from chalicelib.domain.bundle.reading import KeyUse, Reading
from chalicelib.store import datasets, queues, tasks
from chalicelib.store.datasets import Dataset
from chalicelib.store.imports import Import
from chalicelib.store.tasks import Task

COMPETITION, TASK = "competition", "task"
#: What names a file of the library; the rest names a task, or what this version does not know.
_OF_DATASETS = (*datasets.TYPES, "download")


@dataclass
class Known:
    """What a bundle names by key: files and tasks, by their keys, and a queue."""

    files: dict[str, Ref] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    queue: str | None = None


def look_up(reading: Reading, account: str) -> tuple[Known, list[Complaint]]:
    """Find what a bundle names by key, as far as the account may use it: a call for each kind that is named."""
    files = datasets.usable([use.key for use in reading.keys if use.kind in _OF_DATASETS], account)
    bank = tasks.usable([use.key for use in reading.keys if use.kind == "task"], account)
    lines = queues.usable([use.key for use in reading.keys if use.kind == "queue"], account)
    known, complaints = Known(), []
    for use in reading.keys:
        file = files.get(use.key)
        if file and use.kind in (file.type, "download"):
            known.files[use.key] = ref_of(file)
        elif use.kind == "task" and use.key in bank:
            known.tasks[use.key] = bank[use.key]
        elif use.kind == "queue" and use.key in lines:
            known.queue = use.key
        else:
            complaints.append(reading.complaint(use.place, _unknown(use, file)))
    return known, complaints


def with_tasks(bundle: Bundle, known: Known) -> Bundle:
    """The bundle with the tasks of the bank in the place of their keys."""
    return replace(bundle, tasks=tuple(_described(task, known) for task in bundle.tasks))


def reuse(placed: Placed, former: Placed) -> None:
    """Where an update brings the same content for the same kind of file, keep the dataset that there is."""
    old: dict[tuple[str, str], Ref] = {}
    for parts in (former.tasks, former.phases):
        old |= {(kind, ref["sha256"]): ref for refs in parts.values() for kind, ref in refs.items()}
    for parts in (placed.tasks, placed.phases):
        for refs in parts.values():
            for kind, ref in refs.items():
                same = old.get((kind, ref["sha256"]))
                if same and same["dataset"] != ref["dataset"]:
                    objects.delete(settings.get().files_bucket, ref["object_key"])
                    refs[kind] = same
    for index, refs in placed.tasks.items():
        if refs == former.tasks.get(index) and index in former.task_ids:
            placed.task_ids[index] = former.task_ids[index]


def keep(import_: Import, bundle: Bundle, placed: Placed, now: datetime) -> None:
    """Put an import's files and tasks into the library, and note who uses what. Does nothing twice."""
    if bundle.queue:
        queues.use(bundle.queue, import_.competition)
    for task in bundle.tasks:
        if task.key:
            placed.task_ids[task.index] = task.key
        elif task.index not in placed.task_ids:
            placed.task_ids[task.index] = ids.derived(import_.id, f"tasks[{task.index}]")
            _keep_task(import_, task, placed, now)
    for name, kind, ref in _data_of(bundle, placed):
        if ref["dataset"] in _made_by(import_):
            datasets.create(_dataset(import_, name, kind, ref, now))
        datasets.use(ref["dataset"], COMPETITION, import_.competition)


def forget(import_: Import) -> None:
    """Take what a failed import has put into the library out of it again."""
    made = {ids.derived(import_.id, place.partition(".")[0]) for place in import_.files or {} if place.startswith("tasks[")}
    uses = [(COMPETITION, import_.competition), *((TASK, task) for task in made)]
    for dataset in _made_by(import_):
        datasets.remove(dataset, *uses)
    for task in made:
        tasks.remove(task)


def ref_of(dataset: Dataset) -> Ref:
    """A dataset as competitions keep it."""
    return {
        "dataset": dataset.id,
        "object_key": dataset.object_key,
        "sha256": dataset.sha256,
        "size_bytes": int(dataset.size_bytes),
    }


def _described(task: Described, known: Known) -> Described:
    if task.key is None:
        return task
    stored = known.tasks[task.key]
    for ref in stored.files.values():
        known.files[ref["dataset"]] = ref
    return replace(task_of(stored.settings, stored.files), index=task.index, key=stored.id, **_named(stored))


def _keep_task(import_: Import, task: Described, placed: Placed, now: datetime) -> None:
    id_, files = placed.task_ids[task.index], placed.tasks.get(task.index, {})
    Task(
        *tasks.key(id_),
        id=id_,
        name=task.name,
        description=task.description,
        owner=import_.owner,
        owner_name=import_.owner_name,
        files=files,
        settings=task_settings(task),
        created_at=now,
        updated_at=now,
        owner_pk=tasks.owner_key(import_.owner),
        owner_sk=id_,
    ).save()
    for ref in files.values():
        if ref["dataset"] not in _made_by(import_):
            datasets.use(ref["dataset"], TASK, id_)


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
        *datasets.key(id_),
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


def _named(task: Task) -> dict[str, str]:
    return {"name": task.name, "description": task.description}


def _unknown(use: KeyUse, file: Dataset | None) -> str:
    if file is not None:
        return f"This dataset is a {file.type.replace('_', ' ')}, and a {use.kind.replace('_', ' ')} is wanted here."
    if use.kind == "queue":
        return f"There is no queue `{use.key[:60]}` that you may use. Leave `queue` out: the site's own runners do the work."
    what = "task" if use.kind == "task" else "dataset"
    return f"There is no {what} `{use.key[:60]}` that you may use. Look at your {what}s for its id, or bring the files."
