"""The preparation of what a job's containers need, fetched and unpacked at once: images, programs, data, the submission."""

import threading
from collections.abc import Mapping
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docker import APIClient

from chalicelib.contract import Fault, File, Job, Step
from chalicelib.contract.archives import shown
from runner.archives import BadArchive, Unpacked, unpack
from runner.backend import Backend
from runner.cache import Cache
from runner.config import Config
from runner.copying import copy_folder
from runner.errors import Faulty, Unable
from runner.expecting import check_expected
from runner.files import ObjectStore
from runner.halt import Halt
from runner.held import HeldAttempts
from runner.images import Image, ImageMissing, Images
from runner.output import FolderTooLarge
from runner.registries import check_permitted, repository
from runner.sandbox import Sandbox
from runner.sealed import SealedStore
from runner.users import User

_WRAPPED = "Everything in the submission's zip lies in the folder `{}`. If files were not found, zip what is in it instead."


@dataclass(frozen=True)
class JobTools:
    """The tools that every job of a runner shares. `executor` runs what may run at once: downloads, uploads.
    `running` has the submissions whose jobs run now."""

    config: Config
    backend: Backend
    docker: APIClient
    sandbox: Sandbox
    store: ObjectStore
    cache: Cache
    images: Images
    sealed: SealedStore
    held: HeldAttempts
    executor: Executor
    running: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class PreparedJob:
    """The files of a job that are on this machine now, and stay until the job's folder is released. `programs` by
    the names of steps; `inputs` by step and path in the container; `images` by name."""

    submission: Path
    programs: Mapping[str, Path]
    inputs: Mapping[tuple[str, str], Path]
    images: Mapping[str, Image]


class Preparation:
    """One job's. `notes` tell what was odd about the archives; `suspicions` what may be why, should the job fail."""

    def __init__(self, job: Job, folder: Path, tools: JobTools, halt: Halt) -> None:
        self.notes: list[str] = []
        self.suspicions: list[str] = []
        self._job = job
        self._folder = folder
        self._tools = tools
        self._halt = halt

    def run(self) -> PreparedJob:
        """Fetch it all, side by side. Waits for all of it even when one part fails.

        Raises Faulty for an archive that cannot be unpacked, Unable and Halted, and OSError for the disk.
        """
        submit, steps = self._tools.executor.submit, self._job.steps
        submission = submit(self._take_submission)
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
        """Raises Faulty for what the organizer named and no registry of this queue gives, Unable for what they did not."""
        is_organizers = not any(_is_same(name, given) for given in (self._job.site_image, self._tools.config.image))
        if is_organizers:
            check_permitted(name, self._job.registries)
        try:
            return self._tools.images.find(name, self._job.registry, self._folder, self._halt)
        except ImageMissing as error:
            raise Faulty(Fault.ORGANIZER, str(error)) if is_organizers else Unable(str(error)) from error

    def _take_submission(self) -> Path:
        """A folder with the submission's files: what was in its zip, or the plain file that it is."""
        folder = self._place_file(self._job.plain_file) if self._job.plain_file else self._unpack_submission()
        if self._job.expects is not None:
            check_expected(self._job.expects, folder, self._halt)
        return folder

    def _place_file(self, name: str) -> Path:
        folder = self._folder / "submission"
        folder.mkdir(mode=0o755)
        self._tools.store.download(self._job.archive, folder / name, self._halt.event)
        (folder / name).chmod(0o644)
        return folder

    def _unpack_submission(self) -> Path:
        try:
            folder, unpacked = self._fetch(self._job.archive, self._folder / "submission")
        except BadArchive as error:
            raise Faulty(Fault.PARTICIPANT, f"The submission cannot be unpacked. {error}") from error
        self.notes += unpacked.notes()
        if unpacked.wrapping:
            self.suspicions.append(_WRAPPED.format(shown(unpacked.wrapping)))
        return folder

    def _unpack_program(self, step: Step, program: File) -> Path:
        """A fresh copy that the container may write to, but not one that the next job would see."""
        target = self._folder / f"program-{step.name}"
        archive = self._tools.cache.archive(program, self._folder, self._halt.event)
        try:
            # Only what changes where its files are is for who reads the notes of a submission.
            self.notes += replace(unpack(archive, target), litter=()).notes()
        except BadArchive as error:
            raise Faulty(Fault.ORGANIZER, f"The {step.name} program cannot be unpacked. {error}") from error
        self._tools.sandbox.user.owns(target)
        return target

    def _unpack_input(self, path: str, file: File, cacheable: bool, place: tuple[int, int]) -> Path:
        try:
            if cacheable:
                return self._tools.cache.folder(file, self._folder, self._halt.event)
            return self._fetch(file, self._folder / f"input-{place[0]}-{place[1]}")[0]
        except BadArchive as error:
            raise Faulty(Fault.ORGANIZER, f"The data for {path} cannot be unpacked. {error}") from error

    def _fetch(self, file: File, target: Path) -> tuple[Path, Unpacked]:
        archive = target.with_suffix(".zip")
        self._tools.store.download(file, archive, self._halt.event)
        unpacked = unpack(archive, target)
        archive.unlink()
        return target, unpacked


class WritableFolders:
    """The folders of one job that containers write to, as `user`, made when they are first asked for.

    What is copied into them raises Faulty where it is more than `max_bytes`, Halted once the job is `stopped`, and OSError
    for the disk.
    """

    def __init__(self, folder: Path, user: User, max_bytes: int, stopped: threading.Event) -> None:
        self._folder = folder
        self._user = user
        self._max_bytes = max_bytes
        self._stopped = stopped
        self._made: set[Path] = set()

    def has(self, folder: Path) -> bool:
        """True when a folder is one of them."""
        return folder in self._made

    def make(self, name: str) -> Path:
        """An empty folder that containers may write to; the same one for the same name."""
        room = self._folder / name
        if not room.exists():
            room.mkdir(mode=0o755)
            self._user.owns(room)
            self._made.add(room)
        return room

    def take(self, folder: Path) -> Path:
        """A folder of the job's that nobody else needs, for containers to write to."""
        self._user.owns(folder)
        self._made.add(folder)
        return folder

    def copy(self, source: Path, name: str) -> Path:
        """A copy of plain files that a container may write to."""
        target = self._folder / name
        self._copy(source, target)
        self._user.owns(target)
        self._made.add(target)
        return target

    def _copy(self, source: Path, target: Path) -> None:
        try:
            copy_folder(source, target, self._max_bytes, self._stopped)
        except FolderTooLarge as error:
            raise Faulty(Fault.PARTICIPANT, f"What was submitted, or what it wrote, is not scored. {error}") from error


def _is_same(name: str, given: str) -> bool:
    """True when a job's image is one that the site or this machine gives: by its name, or, in a repetition, by its
    digest."""
    return name == given or ("@" in name and repository(name) == repository(given))


def _results(futures: Mapping[Any, Future[Any]]) -> dict[Any, Any]:
    return {key: future.result() for key, future in futures.items()}
