"""Checks of determinism."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class ComparedScore:
    """A score before and after; `difference` is after - before, and null where one of them is missing."""

    key: str
    before: float | None
    after: float | None
    difference: float | None
    same: bool


@dataclass(frozen=True)
class Repeated:
    """A submission, or one task of it, that is run once more. `same` is null until it has Finished.

    `attempt` is the number under which its files and logs are; `same_images` tells whether its images had the same digests.
    """

    rank: int | None
    submission: str
    participant: str
    task: str | None
    attempt: int | None
    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    same: bool | None
    same_images: bool | None
    columns: list[ComparedScore]
    reason: str


@dataclass(frozen=True)
class Determinism:
    """A phase's latest check: what was `repeated`, how much is in progress yet, and why some was `refused`, by its id."""

    id: str
    phase: str
    asked_by: str
    created_at: datetime
    in_progress: int
    repeated: list[Repeated]
    refused: Mapping[str, str]
