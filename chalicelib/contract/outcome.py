"""Outcome: what a runner hands back with `finish`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """The party whose fault a failure is. It decides who sees it and whether the attempt is charged (FORMATS 0,
    `attempts`)."""

    PARTICIPANT = "participant"
    ORGANIZER = "organizer"
    PLATFORM = "platform"


@dataclass(frozen=True)
class StepReport:
    """The use that one step made of its machine. `exit_code` is None when it was stopped: for a limit, or because
    another step ended its stage.

    A program with several commands has one report: their seconds together, and the highest of their peaks. A measure is
    None when the container was too quick for it; `peak_gpu_memory_bytes` also where there is no GPU.
    """

    name: str
    exit_code: int | None
    seconds: float
    cpu_seconds: float | None = None
    peak_memory_bytes: int | None = None
    peak_gpu_memory_bytes: int | None = None
    image_digest: str = ""


@dataclass(frozen=True)
class Outcome:
    """The end of one attempt.

    `fault` is None when the scoring program succeeded; then `scores` holds the finite numbers that it reported, under
    its own keys, and None for what is no finite number, of which a note tells more. `reason` is a sentence for people.
    `notes` name what was odd but not fatal. `uploaded` names those of the Job's uploads that were made, and each result
    page as "results/NAME".
    """

    fault: Fault | None = None
    reason: str = ""
    scores: Mapping[str, float | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    steps: tuple[StepReport, ...] = ()
    uploaded: tuple[str, ...] = ()
    host: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of docs/protocol.md."""
        return asdict(self)
