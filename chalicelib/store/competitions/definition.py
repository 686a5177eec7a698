"""Between a competition as stored and the model of a bundle: what an import writes, a dump and the editor read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from chalicelib.domain.bundle import model
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.bundle.model import Bundle, DatasetKey, Judging, Page, Solution, Task
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.table import whole_number

#: What a task needs of files, and what a phase hands out.
TASK_FILES = ("scoring_program", "reference_data", "input_data", "ingestion_program")
HANDOUTS = ("starting_kit", "public_data")

#: `{dataset, object_key, sha256, size_bytes}` of a data file; `{file, object_key, sha256, size_bytes}` of any other.
Ref = dict[str, Any]
WithFiles = TypeVar("WithFiles", Task, model.Phase)

_KEPT_APART = {"title", "description", "registration_auto_approve", "docker_image", "image", "terms", "pages", "tasks"}
_KEPT_APART |= {"slug", "solutions", "phases", "leaderboards", "assets"}
_PHASE_KEPT_APART = {"index", "name", "description", "start", "end", "tasks", "max_submissions_per_day", "max_submissions"}
_PHASE_KEPT_APART |= {"execution_time_limit_seconds", *HANDOUTS}


@dataclass
class Placed:
    """The places of a bundle's files, by the indexes of the parts that name them, and which tasks of the bank they made."""

    tasks: dict[int, dict[str, Ref]] = field(default_factory=dict)
    phases: dict[int, dict[str, Ref]] = field(default_factory=dict)
    solutions: dict[int, Ref] = field(default_factory=dict)
    #: In the order of the bundle's pages: one for each.
    pages: list[Ref] = field(default_factory=list)
    terms: Ref | None = None
    logo: Ref | None = None
    assets: dict[str, Ref] = field(default_factory=dict)
    task_ids: dict[int, str] = field(default_factory=dict)


def competition_of(bundle: Bundle, placed: Placed) -> dict[str, Any]:
    """The attributes of a Competition that a bundle decides. A task by key must have been put in its place before.

    Of the slug it decides where it names one, and where that is nobody else's.
    """
    ends = [phase.end for phase in bundle.phases]
    return {
        "title": bundle.title,
        "description": bundle.description,
        "registration_auto_approve": bundle.registration_auto_approve,
        "docker_image": bundle.docker_image,
        "starts_at": min(phase.start for phase in bundle.phases),
        "ends_at": None if None in ends else max(end for end in ends if end),
        "logo": placed.logo,
        "terms": placed.terms,
        "assets": placed.assets or None,
        "pages": [
            {**ref, "index": index, "title": page.title, "participants_only": page.participants_only}
            for index, (page, ref) in enumerate(zip(bundle.pages, placed.pages, strict=True))
        ],
        "tasks": {str(task.index): _stored_task(task, placed) for task in bundle.tasks},
        "solutions": [
            {**_plain(solution, {"path", "key"}), "file": placed.solutions[solution.index]} for solution in bundle.solutions
        ],
        "leaderboards": [_plain(board) for board in bundle.leaderboards],
        "options": _plain(bundle, _KEPT_APART),
        **({"slug": bundle.slug} if bundle.slug else {}),
    }


def phases_of(competition: str, bundle: Bundle, placed: Placed) -> list[Phase]:
    """The phases of a competition. The sweeper looks at those that submissions go along into when they begin."""
    made = [
        Phase(
            *Phase.at(f"{competition}-{phase.index}"),
            id=f"{competition}-{phase.index}",
            competition=competition,
            index=phase.index,
            name=phase.name,
            description=phase.description,
            starts_at=phase.start,
            ends_at=phase.end,
            tasks=list(phase.tasks),
            max_submissions_per_day=phase.max_submissions_per_day,
            max_submissions=phase.max_submissions,
            execution_time_limit_seconds=phase.execution_time_limit_seconds,
            handouts=placed.phases.get(phase.index, {}),
            options=_plain(phase, _PHASE_KEPT_APART),
        )
        for phase in bundle.phases
    ]
    for phase, stored in zip(bundle.phases, made, strict=True):
        if phase.auto_migrate_to_this_phase:
            stored.wake_at(phase.start)
    return made


def bundle_of(competition: Competition, phases: list[Phase]) -> tuple[Bundle, Placed]:
    """The model of a stored competition, with the keys of datasets for files, and where its files lie."""
    placed = _placed(competition, phases)
    attributes = {
        **(competition.options or {}),
        "title": competition.title,
        "slug": competition.slug or "",
        "description": competition.description,
        "registration_auto_approve": bool(competition.registration_auto_approve),
        "docker_image": competition.docker_image,
        "tasks": [],
        "phases": [_phase(phase) for phase in phases],
        "leaderboards": competition.leaderboards,
    }
    bundle: Bundle = _adapter(Bundle).validate_python(
        {name: value for name, value in attributes.items() if name in _names(Bundle)}
    )
    return replace(
        bundle,
        image=placed.logo["file"] if placed.logo else None,
        terms=placed.terms["file"] if placed.terms else None,
        pages=tuple(Page(page["title"], page["file"], bool(page.get("participants_only"))) for page in placed.pages),
        tasks=tuple(_task(int(index), stored) for index, stored in competition.tasks.items()),
        solutions=tuple(_solution(stored) for stored in competition.solutions or []),
        phases=tuple(_with_keys(phase, placed.phases[phase.index]) for phase in bundle.phases),
        assets=tuple(placed.assets),
    ), placed


def leaderboards_of(competition: Competition) -> tuple[Leaderboard, ...]:
    """A competition's boards, from their stored form."""
    return tuple(_adapter(Leaderboard).validate_python(stored) for stored in competition.leaderboards)


def phase_of(phase: Phase) -> model.Phase:
    """The model of a stored phase, without its files."""
    found: model.Phase = _adapter(model.Phase).validate_python(_phase(phase))
    return found


def judgings_of(competition: Competition, phase: Phase) -> dict[str, Judging]:
    """The judging of the tasks of a phase, by the tasks' indexes; without those that programs alone score."""
    judged = {str(index): competition.tasks.get(str(index), {}).get("judging") for index in phase.tasks}
    return {index: _adapter(Judging).validate_python(stored) for index, stored in judged.items() if stored}


def judged_columns(competition: Competition) -> set[str]:
    """The keys of the columns that people fill, whatever a program reports."""
    return {task["judging"]["column"] for task in competition.tasks.values() if task.get("judging")}


def datasets_of(placed: Placed) -> list[Ref]:
    """Every dataset that a competition uses."""
    named = [ref for refs in (*placed.tasks.values(), *placed.phases.values()) for ref in refs.values()]
    return [*named, *placed.solutions.values()]


def texts_of(placed: Placed) -> list[Ref]:
    """The texts that a competition alone uses: its pages, terms, logo and assets."""
    return [ref for ref in [*placed.pages, placed.terms, placed.logo, *placed.assets.values()] if ref]


def task_settings(task: Task) -> dict[str, Any]:
    """The settings that a task of the bank keeps beside its files and its name."""
    return _plain(task, {*TASK_FILES, "index", "key", "name", "description"})


def task_of(settings: Mapping[str, Any], files: Mapping[str, Ref]) -> Task:
    """The model of a task of the bank, without its name, at index 0."""
    known = {name: value for name, value in settings.items() if name in _names(Task)}
    task: Task = _adapter(Task).validate_python({**known, "index": 0})
    return _with_keys(task, files)


def _placed(competition: Competition, phases: list[Phase]) -> Placed:
    return Placed(
        tasks={int(index): dict(task["files"]) for index, task in competition.tasks.items()},
        phases={int(phase.index): dict(phase.handouts or {}) for phase in phases},
        solutions={int(solution["index"]): solution["file"] for solution in competition.solutions or []},
        pages=list(competition.pages),
        terms=competition.terms,
        logo=competition.logo,
        assets=dict(competition.assets or {}),
        task_ids={int(index): task["id"] for index, task in competition.tasks.items() if task.get("id")},
    )


def _stored_task(task: Task, placed: Placed) -> dict[str, Any]:
    files = {kind: ref for kind, ref in placed.tasks.get(task.index, {}).items() if ref}
    return {**_plain(task, {*TASK_FILES, "index", "key"}), "id": placed.task_ids.get(task.index), "files": files}


def _task(index: int, stored: Mapping[str, Any]) -> Task:
    return replace(task_of(stored, stored["files"]), index=index)


def _solution(stored: Mapping[str, Any]) -> Solution:
    known = {name: value for name, value in stored.items() if name in _names(Solution)}
    solution: Solution = _adapter(Solution).validate_python(known)
    return replace(solution, key=DatasetKey(stored["file"]["dataset"]))


def _phase(phase: Phase) -> dict[str, Any]:
    options = {name: value for name, value in (phase.options or {}).items() if name in _names(model.Phase)}
    return {
        **options,
        "index": int(phase.index),
        "name": phase.name,
        "description": phase.description,
        "start": phase.starts_at,
        "end": phase.ends_at,
        "tasks": phase.tasks,
        "max_submissions_per_day": whole_number(phase.max_submissions_per_day),
        "max_submissions": whole_number(phase.max_submissions),
        "execution_time_limit_seconds": int(phase.execution_time_limit_seconds),
    }


def _with_keys(part: WithFiles, refs: Mapping[str, Ref]) -> WithFiles:
    keys: dict[str, Any] = {kind: DatasetKey(ref["dataset"]) for kind, ref in refs.items()}
    return replace(part, **keys)


def _plain(part: Any, without: set[str] | frozenset[str] = frozenset()) -> dict[str, Any]:
    """As JSON keeps it."""
    kind: type = type(part)
    dumped: dict[str, Any] = _adapter(kind).dump_python(part, mode="json")
    return {name: value for name, value in dumped.items() if name not in without}


@cache
def _names(part: type) -> frozenset[str]:
    return frozenset(one.name for one in fields(part))


@cache
def _adapter(part: type) -> TypeAdapter[Any]:
    return TypeAdapter(part)
