"""Leaderboards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.answers.competitions import Column


@dataclass(frozen=True)
class Row:
    """One line of a leaderboard. `rank` is null without a primary score; a missing score is null."""

    rank: int | None
    participant: str
    submission: str
    scores: Mapping[str, float | None]
    submitted_at: datetime


@dataclass(frozen=True)
class Leaderboard:
    """One page of a leaderboard's snapshot. `rebuilt_at` is null while there is nothing on it."""

    phase: str
    title: str
    columns: list[Column]
    rows: list[Row]
    count: int
    page: int
    pages: int
    rebuilt_at: datetime | None
