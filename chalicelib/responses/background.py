"""Answers about background work of the site."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class SweepFailure:
    """An item of the table that the sweeper could not look after, and the latest error. It is tried no more once `dead`.

    Of the removal or the merger of an account that came to nothing, the reason.
    """

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


@dataclass(frozen=True)
class PhaseJob:
    """Work on many submissions of a phase. `done` counts those that it was done to.

    `reason` says why it failed; `refused` why the latest of those was left alone that it could not be done to.
    """

    id: str
    work: Literal["migrate", "rerun", "reorder"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    done: int
    reason: str
    refused: str
    created_at: datetime


@dataclass(frozen=True)
class RetentionRequest:
    """The competitor whose submissions are to be looked through for retention, as one of them has ended. `reason`:
    why it failed."""

    competitor: str
    status: Literal["Waiting", "Running", "Failed"]
    reason: str
    created_at: datetime


@dataclass(frozen=True)
class PhaseJobs:
    """The newest jobs of a phase, and those of retention that are not done."""

    jobs: list[PhaseJob]
    retention: list[RetentionRequest]
