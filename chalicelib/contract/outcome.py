"""Outcome: what a runner hands back with `finish`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """Whose fault a failure is. It decides who sees it and whether the attempt is charged (FORMATS 0, `attempts`)."""

    PARTICIPANT = "participant"
    ORGANIZER = "organizer"
    PLATFORM = "platform"


@dataclass(frozen=True)
class StepReport:
    """What one container used. `exit_code` is None when it was stopped for its time limit."""

    name: str
    exit_code: int | None
    seconds: float
    peak_memory_bytes: int | None = None


@dataclass(frozen=True)
class Outcome:
    """The end of one attempt.

    `fault` is None when the scoring program succeeded; then `scores` holds the finite numbers that it reported, under
    its own keys. `reason` is a sentence for people. `notes` name what was odd but not fatal. `uploaded` names those of
    the Job's uploads that were made.
    """

    fault: Fault | None = None
    reason: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    steps: tuple[StepReport, ...] = ()
    uploaded: tuple[str, ...] = ()
    image_digest: str = ""
    host: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of docs/protocol.md."""
        return asdict(self)
