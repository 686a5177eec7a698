"""Leaderboards as a bundle describes them: their columns, and how submissions get onto them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from chalicelib.contract.values import dataclass
from chalicelib.domain.bundle.keys import said

DEFAULT_PRECISION = 2
COMPUTATIONS = ("avg", "sum", "min", "max", "avg_rank")
#: What version 1 computes (FORMATS 1.1 and 3.5): of dense ranks, and so written below the extension's key.
EXTENDED_COMPUTATIONS = ("avg_dense_rank", "weighted_dense_rank", "mrr")


class SubmissionRule(StrEnum):
    """The rule by which a finished submission gets onto the leaderboard (FORMATS 3.1)."""

    ADD = "Add"
    ADD_AND_DELETE = "Add_And_Delete"
    ADD_AND_DELETE_MULTIPLE = "Add_And_Delete_Multiple"
    FORCE_LAST = "Force_Last"
    FORCE_LATEST_MULTIPLE = "Force_Latest_Multiple"
    FORCE_BEST = "Force_Best"

    @property
    def is_automatic(self) -> bool:
        """True when submissions go on the board by themselves, and nobody but an administrator adds them by hand."""
        return self in (self.FORCE_LAST, self.FORCE_LATEST_MULTIPLE, self.FORCE_BEST)

    @property
    def keeps_several(self) -> bool:
        """True when a participant may have more than one row."""
        return self in (self.ADD_AND_DELETE_MULTIPLE, self.FORCE_LATEST_MULTIPLE)

    @property
    def allows_removal(self) -> bool:
        """True when a participant may take their own row off the board."""
        return self in (self.ADD_AND_DELETE, self.ADD_AND_DELETE_MULTIPLE)


@dataclass(frozen=True)
class Column:
    """One score of a leaderboard. `computation` fills it from the columns named beside it."""

    key: str = said("The name under which the scoring program reports it.", v1="the column's key")
    title: str = said("What the board's header says.", v1="label")
    index: int = said("The column's number: its place, and how others name it.", v1="rank")
    sorting: Literal["asc", "desc"] = said("`asc` when less is better.", "desc", v1="sort")
    precision: int = said("Decimals that are shown.", DEFAULT_PRECISION, v1="numeric_format")
    hidden: bool = said("Show it to organizers only.", False, v1="hidden")
    computation: str | None = said(
        "Compute it: avg, sum, min, max of the scores, or avg_rank of fractional ranks. Below `agon:` also "
        "avg_dense_rank, weighted_dense_rank and mrr.",
        None,
        v1="computed.operation",
    )
    computation_indexes: tuple[int, ...] = said("The columns that it is computed from.", (), v1="computed.fields")
    computation_weights: tuple[float, ...] = said(
        "The weight of each of those, for weighted_dense_rank.", (), v2=None, v1="computed.weights"
    )
    group: str | None = said("The key of the header group that it stands under.", None, v2=None, v1="column_group")
    error_of: int | None = said(
        "The index of the column whose error this is: it stands behind that score, after ±, and in no column of its own.",
        None,
        v2=None,
    )
    former_keys: tuple[str, ...] = said(
        "Keys that it had before: what was scored under them stands under `key` now.", (), v2=None
    )


@dataclass(frozen=True)
class ColumnGroup:
    """A header over neighbouring columns."""

    key: str = said("The name by which columns refer to it.", v1="the group's key")
    title: str = said("What the header says.", v1="label")
    index: int = said("Its place.", v1="rank")


@dataclass(frozen=True)
class Leaderboard:
    """A board. `primary_index` is the `index` of the column that ranks; `columns` stand in order of their indexes."""

    index: int = said("Its place among the boards.", v1="rank")
    title: str = said("Its title, at most 64 characters.", v1="label")
    key: str = said("Its name in addresses, at most 36 characters.", v1="the board's key")
    hidden: bool = said("Show it to organizers only.", False)
    submission_rule: SubmissionRule = said(
        "How submissions get onto it.", SubmissionRule.ADD, v1="force_submission_to_leaderboard"
    )
    primary_index: int = said("The index of the column that ranks.", 0, v1="the columns' selection_default")
    columns: tuple[Column, ...] = said("Its columns.", (), v1="columns")
    tie_break_indexes: tuple[int, ...] | None = said(
        "The columns that part equal primary scores, in order; null means all other visible ones but errors.", None, v2=None
    )
    column_groups: tuple[ColumnGroup, ...] = said("Headers over columns.", (), v2=None, v1="column_groups")
    own_scores: bool = said("Though it is hidden, show participants the scores of their own submissions.", False, v2=None)
    phases: tuple[int, ...] = said("The indexes of the phases that have it; without one all do.", (), v2=None)


def of_phase(boards: Iterable[Leaderboard], phase: int) -> tuple[Leaderboard, ...]:
    """The boards that the phase with this index has, in their order."""
    return tuple(board for board in boards if not board.phases or phase in board.phases)
