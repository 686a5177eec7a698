"""Columns computed from ranks: they change with every row of a board, so they are filled when the board is made.

Version 1 averages dense ranks (1, 1, 2), version 2 fractional ones (1.5, 1.5, 3): FORMATS 3.4 and 3.5.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from operator import add, mul

from chalicelib.domain.bundle.leaderboard import Column

#: Values that are closer than this to the first of their group are equal (version 1).
EPSILON = 1e-12

#: The scores of rows by columns' keys, each as long as there are rows.
Columns = Mapping[str, Sequence[float | None]]


def is_computed(column: Column) -> bool:
    """True when the column is computed from the ranks of others."""
    return column.computation in _COMPUTATIONS


def columns_of(scores: Columns, columns: Sequence[Column], count: int) -> dict[str, Sequence[float | None]]:
    """The scores of a board's `count` rows by columns' keys, each as long; also those computed from ranks.

    A list a column and not a mapping a row: boards have 100,000 rows.
    """
    nothing: Sequence[float | None] = [None] * count
    found = {column.key: scores.get(column.key, nothing) for column in columns if not is_computed(column)}
    by_index = {column.index: column for column in columns}
    for column in columns:
        if is_computed(column):
            sources = [by_index[index] for index in column.computation_indexes]
            of_sources = [found.get(source.key) or scores.get(source.key, nothing) for source in sources]
            computed: list[float | None] = list(_computed(column, sources, of_sources))
            # Who has none of the scores is last in each, and yet has earned no rank of it.
            for at in _lacking(of_sources):
                computed[at] = None
            found[column.key] = computed
    return found


def _lacking(columns: Sequence[Sequence[float | None]]) -> set[int]:
    """The places at which no column has a value."""
    if not columns or any(None not in values for values in columns):
        return set()
    return set.intersection(*({at for at, value in enumerate(values) if value is None} for values in columns))


def dense(values: Sequence[float | None], ascending: bool, epsilon: float = EPSILON) -> list[float]:
    """Ranks 1, 1, 2. Those without a value share the rank behind the last; when nobody has one, all are first."""
    ranks, rank, first = [0.0] * len(values), 0, math.nan
    for at in _order(values, ascending):
        value = values[at]
        assert value is not None
        if not abs(value - first) <= epsilon:
            rank, first = rank + 1, value
        ranks[at] = float(rank)
    return [ranks[at] or rank + 1.0 for at in range(len(values))]


def fractional(values: Sequence[float | None], ascending: bool) -> list[float]:
    """Ranks 1.5, 1.5, 3: equals share the mean of their places. Those without a value share the last places."""
    order = _order(values, ascending)
    ranks = [(len(order) + 1 + len(values)) / 2] * len(values)
    if len(set(values)) == len(values):
        for place, at in enumerate(order, start=1):
            ranks[at] = float(place)
        return ranks
    start = 0
    while start < len(order):
        end, value = start + 1, values[order[start]]
        while end < len(order) and values[order[end]] == value:
            end += 1
        for at in order[start:end]:
            ranks[at] = (start + 1 + end) / 2
        start = end
    return ranks


def _computed(column: Column, sources: Sequence[Column], of_sources: Sequence[Sequence[float | None]]) -> list[float]:
    ranking, combine = _COMPUTATIONS[str(column.computation)]
    pairs = zip(of_sources, sources, strict=True)
    ranks = [ranking(values, source.sorting == "asc") for values, source in pairs]
    return combine(ranks, column.computation_weights or (1.0,) * len(sources))


def _order(values: Sequence[float | None], ascending: bool) -> list[int]:
    """The places of the values, best first; of equals the first given."""
    there = [at for at, value in enumerate(values) if value is not None] if None in values else range(len(values))
    # Boards have 100,000 rows: the key is looked up without calling a function of ours.
    return sorted(there, key=values.__getitem__, reverse=not ascending)  # type: ignore[arg-type]


def _mean(ranks: Sequence[Sequence[float]], _weights: Sequence[float]) -> list[float]:
    # Ranks are whole and half numbers, whose sums are exact.
    [totals, *others] = ranks
    for other in others:
        totals = list(map(add, totals, other))
    return [total / len(ranks) for total in totals]


def _weighted_sum(ranks: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    return [math.fsum(map(mul, row, weights)) for row in zip(*ranks, strict=True)]


def _reciprocal(ranks: Sequence[Sequence[float]], _weights: Sequence[float]) -> list[float]:
    return [math.fsum(1 / rank for rank in row) / len(ranks) for row in zip(*ranks, strict=True)]


_Ranking = Callable[[Sequence[float | None], bool], list[float]]
_Combining = Callable[[Sequence[Sequence[float]], Sequence[float]], list[float]]
_COMPUTATIONS: dict[str, tuple[_Ranking, _Combining]] = {
    "avg_rank": (fractional, _mean),
    "avg_dense_rank": (dense, _mean),
    "weighted_dense_rank": (dense, _weighted_sum),
    "mrr": (dense, _reciprocal),
}
