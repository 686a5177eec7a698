"""Answers about background work of the site."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SweepFailure:
    """An item of the table that the sweeper could not look after, and the latest error. It is tried no more once `dead`."""

    id: str
    item: str
    attempts: int
    error: str
    first_at: datetime
    last_at: datetime
    dead: bool


@dataclass(frozen=True)
class SweepFailures:
    """One page of what the sweeper could not look after."""

    failures: list[SweepFailure]
    next: str | None
