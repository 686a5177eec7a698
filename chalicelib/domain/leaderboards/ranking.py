"""The order of a leaderboard, and which submissions go onto it by themselves (FORMATS 0 and 3.1)."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import eq, itemgetter
from typing import Any, NamedTuple, TypeVar

from chalicelib.domain.bundle.leaderboard import Column, SubmissionRule
from chalicelib.domain.leaderboards import rank_columns

_Value = TypeVar("_Value")


class Entry(NamedTuple):
    """One submission's scores by column key. A column without a finite number is missing."""

    participant: str
    submission: str
    submitted_at: datetime
    scores: Mapping[str, float]


def rank(
    scores: Mapping[str, Sequence[float | None]],
    age: Callable[[int], Any],
    columns: Sequence[Column],
    primary_index: int,
    tie_break: Sequence[int] | None = None,
) -> list[tuple[int | None, int]]:
    """The places of rows in order, each with its rank: by the primary column, then those that break ties, then the earliest.

    `scores` has the rows' scores by columns' keys, `age` tells what orders a row among its equals. `tie_break` has the
    indexes of the columns that break ties, in order; None means all other visible ones by index, but errors.

    Rows that are equal on all those columns share a rank and the next rank is skipped (1, 1, 3). A missing score
    sorts last in both directions; a row without a primary score comes last and has no rank, which is None.
    """
    directions = _directions(columns, primary_index, tie_break)

    @cache
    def keys(depth: int) -> list[float]:
        # Few share a primary score, so most of the other columns are not asked for.
        key, sign = directions[depth]
        return _signed(scores[key], sign)

    # Boards have 100,000 rows: no function of ours is called for a row that shares its score with none.
    ordered = sorted(range(len(keys(0))), key=keys(0).__getitem__)
    ranks: list[int | None] = list(range(1, len(ordered) + 1))

    def settle(start: int, end: int, depth: int) -> None:
        """Put those in order that are equal on so many columns."""
        places = ordered[start:end]
        if depth == len(directions):
            ordered[start:end] = sorted(places, key=age)
            ranks[start:end] = [start + 1] * len(places)
            return
        ordered[start:end] = places = sorted(places, key=keys(depth).__getitem__)
        for first, after in _runs(picked(places, keys(depth))):
            settle(start + first, start + after, depth + 1)

    in_order = picked(ordered, keys(0))
    for start, end in _runs(in_order):
        settle(start, end, 1)
    ranked = bisect_left(in_order, math.inf)
    ranks[ranked:] = [None] * (len(ranks) - ranked)
    return list(zip(ranks, ordered, strict=True))


def _runs(values: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where each run of equals begins and ends, of those that are longer than one."""
    same = [*map(eq, values, values[1:]), False]
    end = 0
    while True:
        try:
            start = same.index(True, end)
        except ValueError:
            return
        end = same.index(False, start) + 1
        yield start, end


def picked(places: Sequence[int], values: Sequence[_Value]) -> Sequence[_Value]:
    """The values at some places, in that order."""
    return itemgetter(*places)(values) if len(places) > 1 else [values[at] for at in places]


def _signed(values: Sequence[float | None], sign: float) -> list[float]:
    """Smaller is better; infinity stands for missing, so that it sorts last in both directions. NaN counts as missing."""
    limit = math.inf
    return [value * sign if value is not None and -limit < value < limit else limit for value in values]


def is_better(
    new: Entry, old: Entry, columns: Sequence[Column], primary_index: int, tie_break: Sequence[int] | None = None
) -> bool:
    """True when `new` stands above `old`. On a tie the earlier submission does; no primary score never wins."""
    directions = own_directions(columns, primary_index, tie_break)
    new_key, old_key = _key(new, directions), _key(old, directions)
    if new_key[0] == math.inf:
        return False
    return (new_key, _age(new)) < (old_key, _age(old))


def best(
    entries: Sequence[Entry], columns: Sequence[Column], primary_index: int, tie_break: Sequence[int] | None = None
) -> Entry | None:
    """Of a participant's submissions the one that stands above the others; on a tie the earlier. None of none."""
    directions = own_directions(columns, primary_index, tie_break)
    return min(entries, key=lambda entry: (_key(entry, directions), _age(entry)), default=None)


def best_and_last(
    entries: Sequence[Entry], columns: Sequence[Column], primary_index: int, tie_break: Sequence[int] | None = None
) -> set[str]:
    """The ids of a participant's best and last submissions; on a tie the earlier is the best, without a score none is."""
    directions = own_directions(columns, primary_index, tie_break)
    scored = [entry for entry in entries if _key(entry, directions)[0] < math.inf]
    found = best(scored, columns, primary_index, tie_break), max(entries, key=_age, default=None)
    return {entry.submission for entry in found if entry is not None}


def replaces(
    rule: SubmissionRule,
    new: Entry,
    old: Entry | None,
    columns: Sequence[Column],
    primary_index: int,
    tie_break: Sequence[int] | None = None,
) -> bool:
    """Should a submission that has just finished go onto the board by itself, in place of the participant's `old` row?

    With a rule that keeps several rows (`SubmissionRule.keeps_several`) it goes beside the others. A submission that
    is on the board already, and was run again, always gets its new scores there, whatever the rule.
    """
    if old is not None and old.submission == new.submission:
        return True
    if rule is SubmissionRule.FORCE_LATEST_MULTIPLE:
        return True
    if rule is SubmissionRule.FORCE_LAST:
        # Runs may end in another order than they were submitted in.
        return old is None or _age(new) > _age(old)
    if rule is SubmissionRule.FORCE_BEST:
        return has_primary(new, columns, primary_index) and (
            old is None or is_better(new, old, columns, primary_index, tie_break)
        )
    return False


def has_primary(entry: Entry, columns: Sequence[Column], primary_index: int) -> bool:
    """True when the entry has a score in the column that ranks: without one it cannot be added by hand."""
    return _key(entry, own_directions(columns, primary_index))[0] < math.inf


def _directions(
    columns: Sequence[Column], primary_index: int, tie_break: Sequence[int] | None = None
) -> list[tuple[str, float]]:
    """The ranked columns' keys in order of weight, each with the sign that makes smaller better."""
    by_index = {column.index: column for column in columns}
    if tie_break is None:
        tie_break = sorted(column.index for column in columns if not column.hidden and column.error_of is None)
    others = [index for index in dict.fromkeys(tie_break) if index != primary_index]
    ordered = [by_index[index] for index in (primary_index, *others) if index in by_index]
    return [(column.key, 1.0 if column.sorting == "asc" else -1.0) for column in ordered]


def tie_breakers(columns: Sequence[Column], primary_index: int, tie_break: Sequence[int] | None = None) -> list[str]:
    """The keys of the columns that break ties of the primary one, in order of weight."""
    return [key for key, _ in _directions(columns, primary_index, tie_break)[1:]]


def own_directions(
    columns: Sequence[Column], primary_index: int, tie_break: Sequence[int] | None = None
) -> list[tuple[str, float]]:
    """As `_directions`, for one participant's submissions among themselves.

    A primary column that is computed from ranks depends on everybody's rows: what it is computed from stands in for it.
    """
    by_index = {column.index: column for column in columns}
    primary = by_index.get(primary_index)
    if primary is None or not rank_columns.is_computed(primary):
        return _directions(columns, primary_index, tie_break)
    sources = [by_index[index] for index in primary.computation_indexes]
    return [(column.key, 1.0 if column.sorting == "asc" else -1.0) for column in sources]


def _key(entry: Entry, directions: Sequence[tuple[str, float]]) -> tuple[float, ...]:
    """Smaller is better; infinity stands for missing, so that it sorts last in both directions."""
    get = entry.scores.get
    # A missing score and NaN fail the same comparison.
    return tuple(
        [value * sign if -math.inf < (value := get(key, math.inf)) < math.inf else math.inf for key, sign in directions]
    )


def _age(entry: Entry) -> tuple[datetime, str]:
    """What orders equal scores: the earliest first, and a fixed order within the same instant."""
    return entry.submitted_at, entry.submission
