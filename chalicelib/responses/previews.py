"""Effects of a change on boards, told before it is made."""

from collections.abc import Mapping
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class LostColumn:
    """A column that no board has any more, and how many submissions have a score in it. They keep it."""

    key: str
    submissions: int


@dataclass(frozen=True)
class BoardEffect:
    """The effect of a competition's change on a phase's `rows`: how many appear, disappear, or have another submission or
    other scores. `unscored` submissions ran on all tasks of the phase, and have not run on those that it gets: they have no
    mean until they are handed in again. Not `is_complete`, when there are too many to look at: the newest submissions were.
    """

    phase: str
    name: str
    rows: int
    appear: int
    disappear: int
    change: int
    unscored: int
    lost: list[LostColumn]
    is_complete: bool


@dataclass(frozen=True)
class PreviewedColumn:
    """A column of a board that is yet to be."""

    key: str
    title: str
    sorting: Literal["asc", "desc"]
    precision: int


@dataclass(frozen=True)
class PreviewedRow:
    """A row of a board that is yet to be. `was` is its rank on the board that there is, null where it has none."""

    rank: int | None
    was: int | None
    participant: str
    scores: Mapping[str, float]


@dataclass(frozen=True)
class RankedPreview:
    """The first rows of a board, of `count`, as a change of it would rank them, in the phase that counts now."""

    phase: str
    name: str
    columns: list[PreviewedColumn]
    rows: list[PreviewedRow]
    count: int
