"""Answers about background work of the site."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class SweepFailure:
    """A failure in the background: an item of the table that the sweeper could not look after, a job that was given up, or
    a task of the tasks function. `about` says which where that is known, and `item` where it stands.

    `error` is the latest error, or the reason. It is tried no more by itself once `dead`; `attempts` is 0 once an
    administrator has had it tried again.
    """

    id: str
    about: str
    item: str
    attempts: int
    error: str
    first_at: datetime
    last_at: datetime
    dead: bool


@dataclass(frozen=True)
class SweepFailures:
    """One page of what came to nothing in the background."""

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
