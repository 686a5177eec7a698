"""Submissions and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class StepReport:
    """What one container used."""

    name: str
    exit_code: int | None
    seconds: float
    peak_memory_bytes: int | None


@dataclass(frozen=True)
class Submission:
    """A submission and what became of it. `fault` says whose a failure was; `reason` says it in words."""

    id: str
    competition: str
    phase: str
    participant: str
    name: str
    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    size_bytes: int
    created_at: datetime
    finished_at: datetime | None
    scores: Mapping[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]


@dataclass(frozen=True)
class Submissions:
    """One page of submissions, newest first."""

    submissions: list[Submission]
    next: str | None


@dataclass(frozen=True)
class Files:
    """Signed URLs of a submission's files, good for a few minutes; null for what there is not."""

    submission: str | None
    output: str | None
    stdout: str | None
    stderr: str | None
    detailed_results: str | None
