"""What comes out of reading a bundle: the model or what is wrong, and which existing things it refers to."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from typing import Any

from chalicelib.contract import limits
from chalicelib.domain.bundle.model import Bundle, Complaint, Task
from chalicelib.domain.bundle.section import Complaints, line_of


@dataclass(frozen=True)
class KeyUse:
    """A place that names something which exists already. Whether it does, and for whom, only an action can tell.

    `kind` is the type of the dataset that is wanted there (scoring_program, reference_data, input_data,
    ingestion_program, starting_kit, public_data), or task, solution, queue, download.
    """

    place: str
    line: int | None
    kind: str
    key: str


@dataclass(frozen=True)
class Outline:
    """What can be told of a manifest even when it cannot be used. `version` is the one that it was read as."""

    version: str | None = None
    title: str | None = None
    phases: int = 0
    tasks: int = 0
    leaderboards: int = 0


@dataclass(frozen=True)
class Judged:
    """Complaints about a manifest, and where its places stand. `file` is its path in the archive."""

    errors: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()
    keys: tuple[KeyUse, ...] = ()
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)

    def complaint(self, place: str, message: str) -> Complaint:
        """A complaint about a place such as `tasks[0].scoring_program`, with the file and the line in which it stands."""
        return Complaint(self.file, line_of(self.lines, place), place, message)


@dataclass(frozen=True)
class Reading(Judged):
    """What a manifest says. `bundle` is None exactly when there are errors."""

    bundle: Bundle | None = None
    outline: Outline = Outline()

    def summary(self) -> dict[str, Any]:
        """As `agon bundle check --json` prints it: the outline with counts of its parts, and every complaint."""
        return {
            **asdict(self.outline),
            "errors": [asdict(error) for error in self.errors],
            "warnings": [asdict(warning) for warning in self.warnings],
        }


@dataclass(frozen=True)
class TaskReading(Judged):
    """What a stand-alone task's manifest says. `task` is None exactly when there are errors; its index is 0."""

    task: Task | None = None
    is_public: bool = False


def judged_fields(complaints: Complaints, keys: list[KeyUse]) -> dict[str, Any]:
    """The fields of a Judged, with the complaints counted where they are too many to list."""
    return {
        "errors": listed(complaints.errors),
        "warnings": listed(complaints.warnings),
        "keys": tuple(keys),
        "file": complaints.file,
        "lines": complaints.lines,
    }


def listed(complaints: list[Complaint]) -> tuple[Complaint, ...]:
    """The first ones, and how many more there are: no more than a row keeps beside what else it has."""
    sizes = accumulate(len(json.dumps(asdict(complaint))) for complaint in complaints[: limits.MAX_COMPLAINTS])
    count = sum(1 for size in sizes if size <= limits.MAX_COMPLAINTS_BYTES)
    if count == len(complaints):
        return tuple(complaints)
    rest = len(complaints) - count
    last = Complaint(complaints[0].file, None, "", f"There are {rest} more. Correct these first.")
    return (*complaints[:count], last)
