"""The result of reading a bundle: the model or what is wrong, and which existing things it refers to."""

import json
from collections.abc import Mapping
from dataclasses import asdict, field
from itertools import accumulate
from typing import Any, Protocol

from chalicelib.contract import limits
from chalicelib.contract.values import dataclass
from chalicelib.domain.bundle.complaints import Complaints, line_of
from chalicelib.domain.bundle.model import Bundle, Complaint, Task


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
class ProgramUse:
    """A place that names a program of the archive, by its path, and the task that it is for.

    `kind` is scoring_program or ingestion_program.
    """

    place: str
    kind: str
    path: str
    task: Task

    @property
    def step(self) -> str:
        """The step of a run that starts it."""
        return self.kind.removesuffix("_program")


@dataclass(frozen=True)
class Outline:
    """The part that can be told of a manifest even when it cannot be used. `version` is the one that it was read as."""

    version: str | None = None
    title: str | None = None
    phases: int = 0
    tasks: int = 0
    leaderboards: int = 0


@dataclass(frozen=True)
class Judged:
    """Complaints about a manifest, and where its places stand. `file` is its path in the archive.

    `archives` has each place that names a zip of the archive, with its path. `places` are those of a manifest that was made
    of something else, each with what it stands for there; `file` and `lines` are of that.
    """

    errors: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()
    keys: tuple[KeyUse, ...] = ()
    programs: tuple[ProgramUse, ...] = ()
    archives: tuple[tuple[str, str], ...] = ()
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    places: Mapping[str, str] | None = field(default=None, repr=False, compare=False)

    def complaint(self, place: str, message: str) -> Complaint:
        """A complaint about a place such as `tasks[0].scoring_program`, with the file and the line in which it stands."""
        place = place if self.places is None else original_of(place, self.places) or ""
        return Complaint(self.file, line_of(self.lines, place), place, message)


@dataclass(frozen=True)
class Reading(Judged):
    """The result of reading a manifest. `bundle` is None exactly when there are errors."""

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
    """The result of reading a stand-alone task's manifest. `task` is None exactly when there are errors; its index is 0."""

    task: Task | None = None
    is_public: bool = False


class Uses(Protocol):
    """The things that a manifest refers to."""

    keys: list[KeyUse]
    programs: list[ProgramUse]
    archives: list[tuple[str, str]]


def judged_fields(complaints: Complaints, uses: Uses) -> dict[str, Any]:
    """The fields of a Judged, with the complaints counted where they are too many to list."""
    return {
        "errors": listed(complaints.errors),
        "warnings": listed(complaints.warnings),
        "keys": tuple(uses.keys),
        "programs": tuple(uses.programs),
        "archives": tuple(uses.archives),
        "file": complaints.file,
        "lines": complaints.lines,
    }


def original_of(place: str, places: Mapping[str, str]) -> str | None:
    """The place that one of a manifest stands for, or the nearest thing around it; None where nothing is behind it."""
    while place and place not in places:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return places.get(place)


def listed(complaints: list[Complaint]) -> tuple[Complaint, ...]:
    """The first ones, and how many more there are: no more than a row keeps beside what else it has."""
    sizes = accumulate(len(json.dumps(asdict(complaint))) for complaint in complaints[: limits.MAX_COMPLAINTS])
    count = sum(1 for size in sizes if size <= limits.MAX_COMPLAINTS_BYTES)
    if count == len(complaints):
        return tuple(complaints)
    rest = len(complaints) - count
    last = Complaint(complaints[0].file, None, "", f"There are {rest} more. Correct these first.")
    return (*complaints[:count], last)
