"""Leaderboards, where somebody stands on them, and what organizers did to them by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from chalicelib.responses.competitions import Column


@dataclass(frozen=True)
class ColumnGroup:
    """A header over columns."""

    key: str
    title: str


@dataclass(frozen=True)
class BoardTask:
    """A task that columns may be of."""

    index: int
    name: str


@dataclass(frozen=True)
class BoardQuestion:
    """A question of the fact sheet whose answers the board tells."""

    key: str
    title: str


@dataclass(frozen=True)
class Row:
    """One line of a leaderboard. `rank` is null without a primary score; a missing score is null.

    Of a team `participant` is its name, and `team` its id. `mine`: it is the caller's own, or their team's. `name` is the
    submission's, where a participant may have several rows. `edited`: an organizer set a score by hand. `disqualified` is
    the reason, which organizers alone are told. `fact_sheet` has the answers to the board's `questions`, by their keys;
    one that ends in … is longer.
    """

    rank: int | None
    participant: str
    team: str | None
    submission: str
    name: str | None
    scores: Mapping[str, float | None]
    submitted_at: datetime
    mine: bool
    baseline: bool
    verified: bool
    edited: bool
    disqualified: str | None
    fact_sheet: Mapping[str, str | bool]


@dataclass(frozen=True)
class Leaderboard:
    """One page of a leaderboard's snapshot. `rebuilt_at` is null while there is nothing on it.

    `frozen_at`: it is shown as it was then, until the phase ends. `final`: it ranks as it does once the phase is over.
    `final_phase`: these are the rows of that phase, which has the final board of this one. `disqualified` has the rows
    that are out of the ranking, on the first page for organizers. `detailed_results`: each row leads to
    its submission's. `organizer`: the caller sees all that organizers see.
    """

    phase: str
    key: str
    title: str
    columns: list[Column]
    groups: list[ColumnGroup]
    tasks: list[BoardTask]
    questions: list[BoardQuestion]
    rows: list[Row]
    disqualified: list[Row]
    count: int
    page: int
    pages: int
    rebuilt_at: datetime | None
    frozen_at: datetime | None
    final: bool
    final_phase: str | None
    anonymous: bool
    detailed_results: bool
    organizer: bool


@dataclass(frozen=True)
class ResultPage:
    """What the scoring program shows of a run on one task. `url` is good for a few minutes, and null when there is no page.

    Show it in a frame with an empty `sandbox` attribute, and nowhere else.
    """

    task: int
    name: str
    url: str | None


@dataclass(frozen=True)
class DetailedResults:
    """The pages of detailed results behind a leaderboard's row."""

    submission: str
    competition: str
    phase: str
    participant: str
    pages: list[ResultPage]


@dataclass(frozen=True)
class Board:
    """A leaderboard of a phase. `hidden` ones are told to organizers only."""

    key: str
    title: str
    hidden: bool
    columns: list[Column]


@dataclass(frozen=True)
class Leaderboards:
    """The leaderboards of a phase, and how submissions get onto them.

    `blind`: scores are not shown to the caller before the phase's end. `freezes_at`: from then to the phase's end
    participants see the boards as they were. `has_final`: at the phase's end another ranking takes their place.
    """

    phase: str
    submission_rule: Literal[
        "Add", "Add_And_Delete", "Add_And_Delete_Multiple", "Force_Last", "Force_Latest_Multiple", "Force_Best"
    ]
    boards: list[Board]
    blind: bool
    freezes_at: datetime | None
    frozen: bool
    has_final: bool
    organizer: bool


@dataclass(frozen=True)
class Place:
    """Where one row stands, and on which page of the board."""

    rank: int | None
    page: int
    submission: str


@dataclass(frozen=True)
class Ranks:
    """Where a participant or a team stands among `count` rows. More than one place where one may have several rows."""

    participant: str
    count: int
    places: list[Place]


@dataclass(frozen=True)
class Point:
    """One submission's primary score, and the best until then."""

    submission: str
    submitted_at: datetime
    score: float
    best: float


@dataclass(frozen=True)
class History:
    """A participant's or a team's scores over time, the oldest first. `truncated`: there are more before these."""

    participant: str
    column: Column
    points: list[Point]
    truncated: bool


@dataclass(frozen=True)
class BoardEntry:
    """A submission as the boards take it. `original_scores` are the scoring program's own, when some were set by hand."""

    submission: str
    phase: str
    participant: str
    on_board: bool
    baseline: bool
    verified: bool
    disqualified: str | None
    scores: Mapping[str, float]
    original_scores: Mapping[str, float] | None


@dataclass(frozen=True)
class AuditEntry:
    """What somebody did to a board by hand."""

    id: str
    at: datetime
    by: str
    what: Literal["added", "removed", "marked", "scored", "failed", "withdrawn", "restored"]
    submission: str
    participant: str
    before: Any
    after: Any
    reason: str


@dataclass(frozen=True)
class AuditLog:
    """One page of what was done to a phase's boards by hand, newest first."""

    deeds: list[AuditEntry]
    next: str | None
