"""The parts that a trial takes of a bundle: the phase, its tasks, and their files as archives on this machine."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from agon import archive, foreign
from agon.errors import AgonError
from chalicelib.contract import File
from chalicelib.domain.bundle.archive import Contents
from chalicelib.domain.bundle.check import bundle_in, find_manifest
from chalicelib.domain.bundle.model import Bundle, Complaint, DatasetKey, Phase, Task
from chalicelib.domain.bundle.packing import Members

TASK_FILES = ("scoring_program", "reference_data", "input_data", "ingestion_program")
_SHOWN_COMPLAINTS = 5

_Part = TypeVar("_Part", Phase, Task)


@dataclass(frozen=True)
class TrialTask:
    """One task of a phase with its files, by their kinds, as a site would run it."""

    bundle: Bundle
    phase: Phase
    task: Task
    files: Mapping[str, File]

    @property
    def judged(self) -> set[str]:
        """The keys of the columns that people fill."""
        return {task.judging.column for task in self.bundle.tasks if task.judging}

    @property
    def image(self) -> str:
        """The image that the phase or the competition names; "" when neither does."""
        return self.phase.docker_image or self.bundle.docker_image

    @property
    def images(self) -> list[str]:
        """Every image that is named for this task's programs."""
        return [name for name in (self.image, self.task.scoring_image, self.task.ingestion_image) if name]


@contextmanager
def opened(
    path: Path, phase: int | None, task: int | None, folder: Path, lower_is_better: bool | None = None
) -> Iterator[list[TrialTask]]:
    """The tasks to be tried of the bundle at `path`: one task, or all of the phase's. Their files are put into `folder`.

    Raises AgonError when the bundle cannot be imported, or has no such phase or task.
    """
    with foreign.opened(path, lower_is_better) as contents:
        bundle = _read(contents)
        chosen = _choose(bundle.phases, phase, "phase")
        known = {one.index: one for one in bundle.tasks}
        tasks = [known[index] for index in chosen.tasks]
        if task is not None:
            tasks = [_choose(tasks, task, "task")]
        assert contents.archive is not None  # It was read just now.
        files = _TaskFiles(Members(contents.archive, find_manifest(contents.names)[1]), folder)
        yield [TrialTask(bundle, chosen, one, files.of(one)) for one in tasks]


def as_file(path: Path) -> File:
    """An archive on this machine, as a job names it."""
    digest, _ = archive.sha256(path)
    return File(path.absolute().as_uri(), digest, path.stat().st_size)


class _TaskFiles:
    """The archives of a bundle's tasks, taken out of it when a task asks for them."""

    def __init__(self, members: Members, folder: Path) -> None:
        self._members = members
        self._folder = folder

    def of(self, task: Task) -> dict[str, File]:
        if task.key:
            raise AgonError(f"Task {task.index} names an existing task, which only a site knows. Try a full dump instead.")
        paths = {kind: getattr(task, kind) for kind in TASK_FILES}
        return {kind: self._take(kind, path) for kind, path in paths.items() if path}

    def _take(self, kind: str, path: str) -> File:
        if isinstance(path, DatasetKey):
            raise AgonError(f"The {kind} is named by a key, which only a site knows. Try a full dump instead.")
        target = self._folder / f"{hashlib.sha256(path.encode()).hexdigest()[:16]}.zip"
        if not target.exists():
            with target.open("wb") as sink:
                self._members.pack(path, sink)
        return as_file(target)


def _read(contents: Contents) -> Bundle:
    reading = bundle_in(contents)
    if reading.bundle is None:
        shown = "\n".join(f"• {_complaint(error)}" for error in reading.errors[:_SHOWN_COMPLAINTS])
        left = len(reading.errors) - _SHOWN_COMPLAINTS
        more = f"\n… and {left} more: `agon bundle check` lists all." if left > 0 else ""
        raise AgonError(f"This bundle cannot be imported, so it cannot be tried:\n{shown}{more}")
    return reading.bundle


def _complaint(error: Complaint) -> str:
    place = ":".join(str(part) for part in (error.file, error.line, error.key) if part)
    return f"{place}: {error.message}" if place else error.message


def _choose(parts: Iterable[_Part], index: int | None, what: str) -> _Part:
    """The part with this index; the first one when none is named."""
    found = {part.index: part for part in parts}
    if index is None:
        return found[min(found)]
    if index not in found:
        raise AgonError(f"There is no {what} {index}. There is: {', '.join(map(str, sorted(found)))}.")
    return found[index]
