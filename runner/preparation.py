"""Everything that a job's containers need, fetched and unpacked at once: images, programs, data, the submission."""

import os
import shutil
from collections.abc import Mapping
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docker import APIClient

from chalicelib.contract import Fault, File, Job, Step
from runner.archives import BadArchive, unpack
from runner.backend import Backend
from runner.cache import Cache
from runner.config import Config
from runner.errors import Faulty
from runner.files import ObjectStore
from runner.halt import Halt
from runner.images import Image, Images
from runner.sandbox import Sandbox, owner
from runner.sealed import SealedStore


@dataclass(frozen=True)
class JobTools:
    """What every job of a runner shares. `executor` runs what may run at once: downloads, uploads. `running` has the
    submissions whose jobs run now."""

    config: Config
    backend: Backend
    docker: APIClient
    sandbox: Sandbox
    store: ObjectStore
    cache: Cache
    images: Images
    sealed: SealedStore
    executor: Executor
    running: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class PreparedJob:
    """What is on this machine now, and stays until the job's folder is released. `programs` by the names of steps;
    `inputs` by step and path in the container; `images` by name."""

    submission: Path
    programs: Mapping[str, Path]
    inputs: Mapping[tuple[str, str], Path]
    images: Mapping[str, Image]


class Preparation:
    """One job's. `notes` tell what was odd about the archives."""

    def __init__(self, job: Job, folder: Path, tools: JobTools, halt: Halt) -> None:
        self.notes: list[str] = []
        self._job = job
        self._folder = folder
        self._tools = tools
        self._halt = halt

    def run(self) -> PreparedJob:
        """Fetch it all, side by side. Waits for all of it even when one part fails.

        Raises Faulty for an archive that cannot be unpacked, Unable and Halted, and OSError for the disk.
        """
        submit, steps = self._tools.executor.submit, self._job.steps
        submission = submit(self._unpack_submission)
        images = {name: submit(self._find_image, name) for name in {self.image_of(step) for step in steps}}
        programs = {step.name: submit(self._unpack_program, step, step.program) for step in steps if step.program}
        inputs = {
            (step.name, mount.path): submit(self._unpack_input, mount.path, mount.file, mount.cacheable, (index, number))
            for index, step in enumerate(steps)
            for number, mount in enumerate(step.mounts)
            if mount.file
        }
        everything: list[Future[Any]] = [submission, *images.values(), *programs.values(), *inputs.values()]
        wait(everything)
        self._halt.check()
        return PreparedJob(submission.result(), _results(programs), _results(inputs), _results(images))

    def image_of(self, step: Step) -> str:
        """A step's own image, else the job's, else this runner's."""
        return step.image or self._job.image or self._tools.config.image

    def _find_image(self, name: str) -> Image:
        return self._tools.images.find(name, self._job.registry, self._folder, self._halt)

    def _unpack_submission(self) -> Path:
        try:
            return self._fetch(self._job.archive, self._folder / "submission")
        except BadArchive as error:
            raise Faulty(Fault.PARTICIPANT, f"The submission cannot be unpacked. {error}") from error

    def _unpack_program(self, step: Step, program: File) -> Path:
        """A fresh copy that the container may write to, but not one that the next job would see."""
        target = self._folder / f"program-{step.name}"
        archive = self._tools.cache.archive(program, self._folder, self._halt.event)
        try:
            self.notes += unpack(archive, target)
        except BadArchive as error:
            raise Faulty(Fault.ORGANIZER, f"The {step.name} program cannot be unpacked. {error}") from error
        give(target)
        return target

    def _unpack_input(self, path: str, file: File, cacheable: bool, place: tuple[int, int]) -> Path:
        try:
            if cacheable:
                return self._tools.cache.folder(file, self._folder, self._halt.event)
            return self._fetch(file, self._folder / f"input-{place[0]}-{place[1]}")
        except BadArchive as error:
            raise Faulty(Fault.ORGANIZER, f"The data for {path} cannot be unpacked. {error}") from error

    def _fetch(self, file: File, target: Path) -> Path:
        archive = target.with_suffix(".zip")
        self._tools.store.download(file, archive, self._halt.event)
        self.notes += unpack(archive, target)
        archive.unlink()
        return target


class WritableFolders:
    """The folders of one job that containers write to, made when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[Path] = set()

    def has(self, folder: Path) -> bool:
        """Whether a folder is one of them."""
        return folder in self._made

    def make(self, name: str) -> Path:
        """An empty folder that containers may write to; the same one for the same name."""
        room = self._folder / name
        if not room.exists():
            room.mkdir(mode=0o755)
            give(room)
            self._made.add(room)
        return room

    def copy(self, source: Path, name: str) -> Path:
        """A copy of plain files that a container may write to."""
        target = self._folder / name
        shutil.copytree(source, target)
        give(target)
        self._made.add(target)
        return target


def give(folder: Path) -> None:
    """Let the container's user own a folder and everything in it. Only root can, and only root needs to."""
    if os.geteuid() != 0:
        return
    user, group = owner()
    os.chown(folder, user, group)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(os.path.join(parent, name), user, group, follow_symlinks=False)


def _results(futures: Mapping[Any, Future[Any]]) -> dict[Any, Any]:
    return {key: future.result() for key, future in futures.items()}
