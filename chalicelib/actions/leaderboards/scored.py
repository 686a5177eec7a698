"""Scored submissions as histories tell of them: those by which somebody got where they stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from chalicelib.actions.leaderboards import placement
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule
from chalicelib.domain.leaderboards import rank_columns
from chalicelib.store.submissions.submissions import Submission


class Scored(NamedTuple):
    """A submission with its scores that rank, by columns' keys. `on_board`: a row of the boards is its own."""

    submission: str
    submitted_at: datetime
    group: str | None
    on_board: bool
    scores: Mapping[str, float]


def of_submissions(submitted: Iterable[Submission], setup: BoardSetup, on_board: Collection[str]) -> list[Scored]:
    """The submissions that may stand on a board at all, the oldest first. `on_board` has the ids of those that do."""
    eligible = sorted((one for one in submitted if placement.is_eligible(one)), key=lambda one: one.id)
    return [
        Scored(one.id, one.created_at, one.group, one.id in on_board, placement.entry(one, setup).scores) for one in eligible
    ]


def ranking_columns(board: Leaderboard) -> list[Column]:
    """The column that ranks, or, where it is computed from everybody's ranks, those that it is computed from."""
    by_index = {column.index: column for column in board.columns}
    primary = by_index[board.primary_index]
    return [by_index[index] for index in primary.computation_indexes] if rank_columns.is_computed(primary) else [primary]


def in_column(found: Iterable[Scored], key: str, group: str | None) -> list[Scored]:
    """The ones with a score in a column, of a group where one is named."""
    return [one for one in found if key in one.scores and group in (None, one.group)]


def shown(found: Sequence[Scored], setup: BoardSetup, board: Leaderboard, key: str, sorting: str) -> list[Scored]:
    """The part of somebody's that a board has shown to everybody, by the rule of its phase."""
    if not setup.rule.is_automatic or board is setup.final_board:
        return [one for one in found if one.on_board]
    return list(improvements(found, key, sorting)) if setup.rule is SubmissionRule.FORCE_BEST else list(found)


def improvements(found: Iterable[Scored], key: str, sorting: str) -> Iterator[Scored]:
    """The first, and each that was better than all before it."""
    best: float | None = None
    for one in found:
        score = one.scores[key]
        if best is None or better(score, best, sorting) != best:
            best = score
            yield one


def better(score: float, best: float, sorting: str) -> float:
    """The better of two scores of a column."""
    return min(score, best) if sorting == "asc" else max(score, best)
