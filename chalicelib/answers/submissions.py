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
class UsedFile:
    """A program or data that an attempt was given: which version of it."""

    dataset: str
    sha256: str


@dataclass(frozen=True)
class Versions:
    """What the latest attempt ran with: `files` by what they were, the task of the bank, the Docker image."""

    files: Mapping[str, UsedFile]
    task: str | None
    image: str


@dataclass(frozen=True)
class TaskRun:
    """One task of a submission to several. `submission` is the id under which its files are asked for."""

    task: str
    name: str
    submission: str
    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    finished_at: datetime | None
    scores: Mapping[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]
    ran_with: Versions | None


@dataclass(frozen=True)
class Submission:
    """A submission and what became of it. `fault` says whose a failure was; `reason` says it in words.

    `ran_with` is for organizers, and null for others. In a phase with several tasks `scores` has their means, and each
    task's own under `task/key`; `tasks` says more of each, where one submission is asked for. `parent` and `task` are set
    for one such task.
    """

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
    ran_with: Versions | None
    parent: str | None
    task: str | None
    tasks: list[TaskRun]


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
