"""Which of the reported numbers count: finite numbers under a column's key, and the columns computed from them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from chalicelib.domain.bundle.model import Column

#: What a note quotes of a value that is no number, at most.
QUOTED_CHARACTERS = 60

_COMPUTATIONS: dict[str, Callable[[list[float]], float]] = {"avg": fmean, "sum": math.fsum, "min": min, "max": max}


@dataclass(frozen=True)
class Accepted:
    """The scores that count, by column key, and what was odd about the report, in sentences for people."""

    scores: dict[str, float]
    notes: tuple[str, ...] = ()


def accept(reported: Mapping[str, object], columns: Sequence[Column]) -> Accepted:
    """The scores of one submission (FORMATS 0).

    NaN, infinity, null, text and the like leave their column missing, with a note; keys that are no column are
    ignored; a computed column is filled when every column it names has a score, whatever was reported for it.
    """
    scores: dict[str, float] = {}
    notes: list[str] = []
    for column in columns:
        if column.computation is None:
            _take(reported, column, scores, notes)
    by_index = {column.index: column for column in columns}
    for column in columns:
        # What is computed of ranks changes with every row, so the board computes it.
        if column.computation in _COMPUTATIONS:
            _compute(column, by_index, scores, notes)
    return Accepted(scores, tuple(notes))


def _take(reported: Mapping[str, object], column: Column, scores: dict[str, float], notes: list[str]) -> None:
    if column.key not in reported:
        notes.append(f"The scoring program reported no `{column.key}`.")
        return
    number = _finite(reported[column.key])
    if number is None:
        notes.append(f"`{column.key}` is missing: {_quoted(reported[column.key])} is no finite number.")
    else:
        scores[column.key] = number


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
        notes.append(f"`{column.key}` cannot be computed without {names}.")
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
