"""Answers of a Codabench site, as far as a migration believes them: every value is looked at, and what is odd left out.

The shapes are those of src/apps/api/serializers at c7dbc756. Scores are decimals in texts there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from agon.migration.site import SiteFails
from chalicelib.contract import texts

FINISHED, FAILED, CANCELLED = "Finished", "Failed", "Cancelled"
#: Of what a site says of a failure, so much is taken.
_REASON_CHARACTERS = 500
_LABEL_CHARACTERS = 100
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_KEY = re.compile(r"[0-9a-fA-F-]{8,64}")


@dataclass(frozen=True)
class Phase:
    """A phase there. `tasks` has its tasks' names by their numbers, in order; `files` the keys of what it gives out."""

    id: int
    name: str
    start: str | None
    end: str | None
    tasks: Mapping[int, str]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Competition:
    """A competition there, with its phases in their order and the primary index of each board by that one's key."""

    id: int
    title: str
    phases: Sequence[Phase]
    primary: Mapping[str, int]
    whitelist: Sequence[str]
    collaborators: Sequence[str]
    allows_robots: bool
    queue: str
    report: str
    is_published: bool
    participants: int
    submissions: int


@dataclass(frozen=True)
class Participant:
    """A participant there. `address` is None where none is told."""

    username: str
    address: str | None
    status: str
    is_bot: bool
    is_deleted: bool


@dataclass(frozen=True)
class Submission:
    """A submission there, with its runs on several tasks: `scores` has what each was scored, by the task's number.

    `obstacle` says why it cannot come; empty when it can.
    """

    id: int
    owner: str
    created_at: datetime
    status: str
    reason: str
    name: str
    description: str
    scores: Mapping[int, Mapping[str, float]]
    on_board: bool
    is_public: bool
    answers: Mapping[str, str | bool]
    #: The numbers of its runs, each of which stands for it on the board.
    runs: Sequence[int] = ()
    obstacle: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a board there, by the number of the submission or of its run, with its scores by the task's number."""

    submission: int
    owner: str
    scores: Mapping[int | None, Mapping[str, float]] = field(default_factory=dict)


def competition_of(told: Any) -> Competition:
    """From GET /api/competitions/<pk>/. Raises SiteFails for what is no competition."""
    value = _mapping(told)
    phases = sorted((_mapping(one) for one in _list(value.get("phases"))), key=lambda one: _number(one.get("index")) or 0)
    boards = [_mapping(one) for one in _list(value.get("leaderboards"))]
    if _number(value.get("id")) is None or not phases:
        raise SiteFails("What the site tells is no competition with phases. Is the address that of a competition?")
    queue = _mapping(value.get("queue"))
    return Competition(
        id=_number(value.get("id")) or 0,
        title=line(value.get("title")),
        phases=[_phase(one) for one in phases],
        primary={str(one.get("key")): _number(one.get("primary_index")) or 0 for one in boards},
        whitelist=_addresses(value.get("whitelist_emails")),
        collaborators=[line(_mapping(one).get("username")) for one in _list(value.get("collaborators"))],
        allows_robots=value.get("allow_robot_submissions") is True,
        queue=line(queue.get("name")),
        report=line(value.get("report")),
        is_published=value.get("published") is True,
        participants=_number(value.get("participants_count")) or 0,
        submissions=_number(value.get("submissions_count")) or 0,
    )


def participants_of(told: Iterable[Any]) -> list[Participant]:
    """From GET /api/participants/?competition=<pk>."""
    found = [_mapping(one) for one in told]
    return [
        Participant(
            username=line(one.get("username")),
            address=None if one.get("is_deleted") is True else next(iter(_addresses([one.get("email")])), None),
            status=line(one.get("status")),
            is_bot=one.get("is_bot") is True,
            is_deleted=one.get("is_deleted") is True,
        )
        for one in found
        if line(one.get("username"))
    ]


def submissions_of(told: Iterable[Any], phase: Phase) -> list[Submission]:
    """The submissions of a phase, the oldest first, from GET /api/submissions/?phase=<pk>: each with its runs."""
    values = [_mapping(one) for one in told]
    runs: dict[int, list[Mapping[str, Any]]] = {}
    for one in values:
        if (parent := _number(one.get("parent"))) is not None:
            runs.setdefault(parent, []).append(one)
    alone = [one for one in values if _number(one.get("parent")) is None and _number(one.get("id")) is not None]
    found = [_submission(one, runs.get(_number(one.get("id")) or 0, []), phase) for one in alone]
    return sorted(found, key=lambda one: (one.created_at, one.id))


def scored_during_ingestion(told: Iterable[Any]) -> set[int]:
    """The numbers of the tasks that ingest during scoring, which dumps leave out and submissions tell of their tasks."""
    tasks = [_mapping(_mapping(one).get("task")) for one in told]
    meant = [_number(one.get("id")) for one in tasks if one.get("ingestion_only_during_scoring") is True]
    return {number for number in meant if number is not None}


def rows_of(told: Any) -> list[Row]:
    """The rows of a phase's board in their order, from GET /api/phases/<pk>/get_leaderboard/."""
    found = [_mapping(one) for one in _list(_mapping(told).get("submissions"))]
    return [
        Row(id_, line(one.get("owner")), _scores_by_task(_list(one.get("scores"))))
        for one in found
        if (id_ := _number(one.get("id"))) is not None
    ]


def dumps_of(told: Any) -> list[tuple[str, str]]:
    """The names and the addresses of a competition's dumps, from GET /api/competitions/<pk>/get_files/."""
    found = [_mapping(one) for one in _list(_mapping(told).get("dumps"))]
    return [(str(one["name"]), one["url"]) for one in found if isinstance(one.get("url"), str) and "name" in one]


def line(value: Any, most: int = 1000) -> str:
    """A text of a stranger as one line in which nothing steers anything; empty for what is none."""
    return texts.line(value)[0][:most] if isinstance(value, str) else ""


def _phase(value: Mapping[str, Any]) -> Phase:
    tasks = [_mapping(one) for one in _list(value.get("tasks"))]
    files = {kind: _mapping(value.get(kind)).get("key") for kind in ("starting_kit", "public_data")}
    id_ = _number(value.get("id"))
    if id_ is None:
        raise SiteFails("What the site tells of a phase has no number.")
    return Phase(
        id=id_,
        name=line(value.get("name")),
        start=_instant(value.get("start")),
        end=_instant(value.get("end")),
        tasks={number: line(one.get("name")) for one in tasks if (number := _number(one.get("id"))) is not None},
        files={kind: key for kind, key in files.items() if isinstance(key, str) and _KEY.fullmatch(key)},
    )


def _submission(value: Mapping[str, Any], runs: Sequence[Mapping[str, Any]], phase: Phase) -> Submission:
    created_at = _time(value.get("created_when"))
    status = line(value.get("status"))
    parts = runs or [value]
    only = next(iter(phase.tasks), 0)
    scores = {_number(_mapping(one.get("task")).get("id")) or only: _scores(_list(one.get("scores"))) for one in parts}
    answers = _mapping(value.get("fact_sheet_answers"))
    return Submission(
        id=_number(value.get("id")) or 0,
        owner=line(value.get("owner"), _LABEL_CHARACTERS),
        created_at=created_at or datetime.min.replace(tzinfo=UTC),
        status=status,
        reason=line(value.get("status_details"), _REASON_CHARACTERS),
        name=line(value.get("name"), _LABEL_CHARACTERS),
        description=texts.plain(str(value.get("description") or ""))[:5000],
        scores={task: own for task, own in scores.items() if status == FINISHED and task in phase.tasks},
        on_board=any(one.get("leaderboard") is not None for one in parts),
        is_public=value.get("is_public") is True,
        answers={line(key, 200): one for key, one in answers.items() if isinstance(one, str | bool)},
        runs=[number for one in runs if (number := _number(one.get("id"))) is not None],
        obstacle=_obstacle(value, status, created_at, scores, phase),
    )


def _obstacle(
    value: Mapping[str, Any], status: str, created_at: datetime | None, scores: Mapping[int, object], phase: Phase
) -> str:
    if value.get("is_specific_task_re_run") is True:
        return "It is a re-run of one task alone, which no board there shows."
    if value.get("is_soft_deleted") is True:
        return "Its participant has deleted it there."
    if status not in (FINISHED, FAILED, CANCELLED):
        return f"It is {status or 'in no state'} there. Run the same again when it has ended."
    if created_at is None or not line(value.get("owner")):
        return "The site does not say by whom and when it was made."
    if status == FINISHED and not phase.tasks.keys() & scores.keys():
        return "It was scored on a task that the phase has no more."
    return ""


def _scores(found: Iterable[Any]) -> dict[str, float]:
    values = [_mapping(one) for one in found]
    told = {str(one.get("column_key")): _decimal(one.get("score")) for one in values if one.get("column_key")}
    return {key[:200]: score for key, score in told.items() if score is not None}


def _scores_by_task(found: Iterable[Any]) -> dict[int | None, dict[str, float]]:
    by_task: dict[int | None, list[Any]] = {}
    for one in found:
        by_task.setdefault(_number(_mapping(one).get("task_id")), []).append(one)
    return {task: _scores(own) for task, own in by_task.items()}


def _decimal(value: Any) -> float | None:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _instant(value: Any) -> str | None:
    found = _time(value)
    return found.isoformat() if found else None


def _time(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None


def _addresses(value: Any) -> list[str]:
    told = [one.get("email") if isinstance(one, Mapping) else one for one in _list(value)]
    return [one for one in told if isinstance(one, str) and _EMAIL.fullmatch(one) and not texts.steering(one)]


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else []
