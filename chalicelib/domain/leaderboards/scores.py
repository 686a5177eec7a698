"""The reported numbers that count: finite numbers under a column's key, and the columns computed from them.

Of a submission to several tasks each task's scores stand under `{task}/{key}`, and their means under the plain keys. What a
task was scored is never forgotten: which tasks and columns there are today is asked when scores are shown and ranked.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.errors import Complaint, Invalid, say

UNSETTABLE = say("scores_unsettable", "Some scores cannot be set: correct what is named.")
#: What a note quotes of a value that is no number, at most.
QUOTED_CHARACTERS = 60
#: Of a column that jurors fill, until they have.
AWAITED = "`{}` comes from jurors, whose judgements are awaited."
_UNCOMPUTED = "`{}` cannot be computed without"

_OF_TASK = re.compile(r"([0-9]+)/(.+)", re.DOTALL)

Scores = Mapping[str, float]

_COMPUTATIONS: dict[str, Callable[[list[float]], float]] = {"avg": fmean, "sum": math.fsum, "min": min, "max": max}


@dataclass(frozen=True)
class Accepted:
    """The scores that count, by column key, and what was odd about the report, in sentences for people."""

    scores: dict[str, float]
    notes: tuple[str, ...] = ()


def accept(reported: Mapping[str, object], columns: Sequence[Column], judged: Collection[str] = ()) -> Accepted:
    """The scores of one submission (FORMATS 0).

    NaN, infinity, text and the like leave their column missing, with a note; None does as well, and of that its reporter
    has told in a note. Keys that are no column are ignored; a computed column is filled when every column it names has a
    score, whatever was reported for it. The columns `judged` are for people to fill, whatever was reported for them.
    """
    scores: dict[str, float] = {}
    notes: list[str] = []
    for column in columns:
        if column.key in judged:
            notes.append(AWAITED.format(column.key))
        elif column.computation is None:
            _take(reported, column, scores, notes)
    by_index = {column.index: column for column in columns}
    for column in columns:
        # What is computed of ranks changes with every row, so the board computes it.
        if column.computation in _COMPUTATIONS:
            _compute(column, by_index, scores, notes)
    return Accepted(scores, tuple(notes))


def noted(notes: Sequence[str], scores: Mapping[str, float], judged: Collection[str]) -> list[str]:
    """The notes of a submission whose scores people have changed: what is there now is not called missing."""
    gone = {AWAITED.format(key) for key in judged}
    kept = [
        note for note in notes if note not in gone and not any(note.startswith(_UNCOMPUTED.format(key)) for key in scores)
    ]
    return kept + [AWAITED.format(key) for key in sorted(judged) if key not in scores]


def accept_for(reported: Mapping[str, object], boards: Sequence[Leaderboard], judged: Collection[str] = ()) -> Accepted:
    """The scores that count on any of the boards. A key that two boards have means what it means on the first."""
    parts = [accept(reported, board.columns, judged) for board in boards]
    merged: dict[str, float] = {}
    for part in reversed(parts):
        merged |= part.scores
    return Accepted(merged, tuple(dict.fromkeys(note for part in parts for note in part.notes)))


def task_key(task: int | str, key: str) -> str:
    """Under what a task's own score stands beside the mean of all tasks."""
    return f"{task}/{key}"


def mean_over(stored: Mapping[str, float], tasks: Sequence[int | str]) -> dict[str, float]:
    """By their plain keys, the means of the scores that none of the tasks misses."""
    by_task = of_tasks(stored, None)
    own = [by_task.get(str(task), {}) for task in tasks]
    keys = [key for key in own[0] if all(key in other for other in own)] if own else []
    means = {key: _overflowing(fmean, [one[key] for one in own]) for key in keys}
    return {key: value for key, value in means.items() if math.isfinite(value)}


def of_tasks(stored: Scores, task: str | None) -> dict[str, dict[str, float]]:
    """Each task's own scores, by its index, from what is stored of a submission.

    Of one that ran on a single `task` they stand under plain keys, unless others were set beside them (`stored_of`).
    """
    if task is not None and not any(key.startswith(task_key(task, "")) for key in stored):
        return {task: dict(stored)}
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for key, value in stored.items():
        if of_task := _OF_TASK.fullmatch(key):
            found[of_task[1]][of_task[2]] = value
    return dict(found)


def stored_of(own: Mapping[str, Scores], tasks: Sequence[int | str], task: str | None = None) -> dict[str, float]:
    """The scores stored of each task's own: under a column's key the mean over all `tasks` of the phase.

    A column has no mean when a task has no score in it, also because it was not chosen: who leaves out the hardest task
    must not stand above who did them all. Of a single `task` its scores stand for themselves.
    """
    if task is not None and set(own) <= {task}:
        return dict(own.get(task, {}))
    prefixed = {task_key(one, key): value for one, of_task in own.items() for key, value in of_task.items()}
    return mean_over(prefixed, tasks) | prefixed


def of_phase(own: Mapping[str, Scores], boards: Sequence[Leaderboard], tasks: Sequence[int | str]) -> dict[str, float]:
    """The scores that boards rank and show of each task's own scores: of the tasks and under the keys that there are
    today."""
    today = {str(task): anew(own.get(str(task), {}), boards) for task in tasks}
    return stored_of(today, tasks, str(tasks[0]) if len(tasks) == 1 else None)


def anew(own: Scores, boards: Sequence[Leaderboard]) -> dict[str, float]:
    """One task's own scores under today's keys, and what is computed of them computed again."""
    return accept_for(renamed(own, todays_keys(boards)), boards).scores


def todays_keys(boards: Sequence[Leaderboard]) -> dict[str, tuple[str, ...]]:
    """By the keys that columns had, under which scores are stored, those under which they stand: today's first.

    Where another board has a column that is still called so, a score is that one's as well.
    """
    columns = [column for board in boards for column in board.columns]
    in_use = {column.key for column in columns}
    former = [(old, column.key) for column in columns for old in column.former_keys]
    return {old: (key, old) if old in in_use else (key,) for old, key in former}


def renamed(stored: Scores, today: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Scores under today's keys. One that is there under a key and under a former one of it is the newer."""
    former = {name: value for key, value in stored.items() if _plain(key) in today for name in _names(key, today)}
    return former | {key: value for key, value in stored.items() if key in former or _plain(key) not in today}


def edit(
    own: Mapping[str, Scores], changes: Mapping[str, float | None], boards: Sequence[Leaderboard], tasks: Sequence[int]
) -> dict[str, dict[str, float]]:
    """Each task's own scores with some that were set by hand (None takes one away), and all that is computed of them anew.

    With several tasks the keys are those of `task_key`. Raises Invalid for a key that is not to be set.
    """
    _check_editable(changes, boards, tasks)
    keys = {column.key for board in boards for column in board.columns}
    edited = {task: dict(scores) for task, scores in own.items()}
    for task in map(str, tasks):
        before = renamed(own.get(task, {}), todays_keys(boards))
        after = {**before, **{key: changes[named] for key in keys if (named := _named(task, key, tasks)) in changes}}
        shown = anew({key: value for key, value in after.items() if value is not None}, boards)
        # What no board has today it may have again.
        edited[task] = {key: value for key, value in before.items() if key not in keys} | shown
    return edited


def _check_editable(changes: Mapping[str, float | None], boards: Sequence[Leaderboard], tasks: Sequence[int]) -> None:
    plain = [column.key for board in boards for column in board.columns if column.computation is None]
    known = plain if len(tasks) == 1 else [task_key(task, key) for task in tasks for key in plain]
    wrong = [key for key in changes if key not in known]
    if wrong:
        message = say(
            "score_unsettable",
            "It cannot be set. Set one of: {columns}. What is computed follows by itself.",
            columns=", ".join(dict.fromkeys(known)),
        )
        raise Invalid(
            UNSETTABLE,
            [Complaint(f"scores.{key}", message) for key in wrong],
        )


def _named(task: str, key: str, tasks: Sequence[int]) -> str:
    """What a task's score is called where scores of several may stand together."""
    return key if len(tasks) == 1 else task_key(task, key)


def _plain(key: str) -> str:
    of_task = _OF_TASK.fullmatch(key)
    return of_task[2] if of_task else key


def _names(key: str, today: Mapping[str, Sequence[str]]) -> list[str]:
    plain = _plain(key)
    return [key.removesuffix(plain) + name for name in today[plain]]


def _take(reported: Mapping[str, object], column: Column, scores: dict[str, float], notes: list[str]) -> None:
    if column.key not in reported:
        if column.error_of is None:  # Of a score alone anybody misses something.
            notes.append(f"The scoring program reported no `{column.key}`.")
        return
    number = _finite(reported[column.key])
    if number is not None:
        scores[column.key] = number
    elif reported[column.key] is not None:
        notes.append(f"`{column.key}` is missing: {_quoted(reported[column.key])} is no finite number.")


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _compute(column: Column, by_index: Mapping[int, Column], scores: dict[str, float], notes: list[str]) -> None:
    sources = [by_index[index].key for index in column.computation_indexes if index in by_index]
    missing = [key for key in sources if key not in scores]
    if missing or not sources:
        names = ", ".join(f"`{key}`" for key in missing) or "its columns"
        notes.append(f"{_UNCOMPUTED.format(column.key)} {names}.")
        return
    number = _finite(_overflowing(_COMPUTATIONS[str(column.computation)], [scores[key] for key in sources]))
    if number is None:
        notes.append(f"`{column.key}` is missing: its computed value is no finite number.")
    else:
        scores[column.key] = number


def _overflowing(function: Callable[[list[float]], float], values: list[float]) -> float:
    try:
        return function(values)
    except OverflowError:
        return math.inf


def _quoted(value: object) -> str:
    if isinstance(value, int):
        # str() of an int of thousands of digits raises, and nobody wants to read it.
        return "a number too large to keep" if abs(value) >= 10**QUOTED_CHARACTERS else repr(value)
    text = repr(value)
    return text if len(text) <= QUOTED_CHARACTERS else text[:QUOTED_CHARACTERS] + "…"
