"""One Job, step by step: files in, containers, files out, and the Outcome. Knows nothing of the queue."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from docker import APIClient

from chalicelib.contract import Fault, Job, Mount, Outcome, Step, StepReport, layout
from chalicelib.contract.programs import command
from runner import images, output, plain_yaml, scores
from runner.archives import BadArchive, unpack
from runner.backend import Backend
from runner.config import Config
from runner.errors import Faulty, Unable
from runner.files import Cache, Expired, Store, remove
from runner.halt import Halt
from runner.logs import Log
from runner.sandbox import Container, Ended, Sandbox, owner

MAX_METADATA_BYTES = 64 * 1024
MAX_NOTES = 60
KILLED = 137
_CONTENT_TYPES = {
    "output": "application/zip",
    "stdout": "text/plain",
    "stderr": "text/plain",
    "detailed_results": "text/html",
}


@dataclass(frozen=True)
class Tools:
    """What every job of a runner shares. `executor` runs what may run at once: downloads, uploads."""

    config: Config
    backend: Backend
    docker: APIClient
    sandbox: Sandbox
    store: Store
    cache: Cache
    executor: Executor


@dataclass(frozen=True)
class _Prepared:
    step: Step
    program: Path
    output: Path
    inputs: tuple[tuple[Path, str], ...]


class Execution:
    """One attempt. `step` and `log_bytes` may be read by another thread."""

    def __init__(self, job: Job, folder: Path, tools: Tools, halt: Halt) -> None:
        self.step = "preparing"
        self._job = job
        self._folder = folder
        self._tools = tools
        self._halt = halt
        self._stdout = Log(_log_bytes(job, "stdout", tools))
        self._stderr = Log(_log_bytes(job, "stderr", tools))
        self._image = job.image or tools.config.image
        self._digest = ""
        self._notes: list[str] = []
        self._reports: list[StepReport] = []
        self._containers: list[str] = []
        self._output: Path | None = None
        self._uploaded: list[str] = []

    def log_bytes(self) -> Mapping[str, int]:
        """How far each stream has got."""
        return {"stdout": self._stdout.total_bytes, "stderr": self._stderr.total_bytes}

    def run(self) -> Outcome:
        """Do the job and upload what came of it. Raises Unable and Halted, and OSError when the disk fails."""
        try:
            reported = self._run_steps(self._prepare())
            outcome = Outcome(scores=reported.values)
            self._notes += reported.notes
        except Faulty as error:
            outcome = Outcome(fault=error.fault, reason=str(error))
        self._halt.check()
        self._upload()
        self._halt.check()
        return replace(
            outcome,
            notes=tuple(self._notes[:MAX_NOTES]),
            steps=tuple(self._reports),
            uploaded=tuple(sorted(self._uploaded)),
            image_digest=self._digest,
            host=self._tools.config.name,
        )

    def clean(self) -> None:
        """Remove the job's containers and folder."""
        for container in self._containers:
            self._tools.sandbox.remove(container)
        remove(self._folder)

    def _prepare(self) -> list[_Prepared]:
        """Everything that the steps need, all at once. Waits for all of it even when one part fails."""
        submit = self._tools.executor.submit
        digest = submit(images.find, self._tools.docker, self._image, self._halt)
        plans = [
            (
                step,
                submit(self._prepare_program, step),
                [(submit(self._prepare_mount, step, n), step.mounts[n].path) for n in range(len(step.mounts))],
            )
            for step in self._job.steps
        ]
        wait([digest, *(plan[1] for plan in plans), *(future for plan in plans for future, _ in plan[2])])
        self._halt.check()
        self._digest = digest.result()
        return [
            _Prepared(step, program.result(), self._new_output(step), tuple((f.result(), path) for f, path in mounts))
            for step, program, mounts in plans
        ]

    def _prepare_program(self, step: Step) -> Path:
        """A fresh copy that the container may write to, but not one that the next job would see."""
        target = self._folder / f"program-{step.name}"
        archive = self._tools.cache.archive(step.program, self._halt.event)
        try:
            self._notes += unpack(archive, target)
        except BadArchive as error:
            raise Faulty(Fault.ORGANIZER, f"The {step.name} program cannot be unpacked: {error}.") from error
        _give(target)
        return target

    def _prepare_mount(self, step: Step, number: int) -> Path:
        mount = step.mounts[number]
        try:
            if mount.cacheable:
                return self._tools.cache.folder(mount.file, self._halt.event)
            return self._fetch(mount, self._folder / f"input-{step.name}-{number}")
        except BadArchive as error:
            if mount.path == layout.PREDICTIONS:
                raise Faulty(Fault.PARTICIPANT, f"The submission cannot be unpacked: {error}.") from error
            raise Faulty(Fault.ORGANIZER, f"The data for {mount.path} cannot be unpacked: {error}.") from error

    def _fetch(self, mount: Mount, target: Path) -> Path:
        archive = target.with_suffix(".zip")
        self._tools.store.download(mount.file, archive, self._halt.event)
        self._notes += unpack(archive, target)
        archive.unlink()
        return target

    def _new_output(self, step: Step) -> Path:
        folder = self._folder / f"output-{step.name}"
        folder.mkdir(mode=0o755)
        _give(folder)
        return folder

    def _run_steps(self, prepared: list[_Prepared]) -> scores.Scores:
        for item in prepared:
            self._halt.check()
            self._run_step(item)
        if self._output is None:
            raise Unable("The job has no steps.")
        try:
            return scores.read(self._output)
        except scores.Unreadable as error:
            raise Faulty(Fault.ORGANIZER, str(error)) from error

    def _run_step(self, item: _Prepared) -> None:
        step = item.step
        container = Container(
            submission=self._job.submission,
            image=self._image,
            command=_command(item.program, step.name),
            program=item.program,
            output=item.output,
            inputs=item.inputs,
            network=step.network,
            time_limit_seconds=step.time_limit_seconds,
        )
        self.step = step.name
        self._output = item.output
        ended = self._tools.sandbox.run(container, self._stdout, self._stderr, self._halt)
        self._containers.append(ended.container_id)
        self._halt.check()
        self._reports.append(StepReport(step.name, ended.exit_code, round(ended.seconds, 3), ended.peak_memory_bytes))
        _judge(step.name, ended)

    def _upload(self) -> None:
        """Send what exists, side by side. What is too large is noted and left out; a store that is gone is fatal."""
        futures = [
            self._tools.executor.submit(self._send, name, make)
            for name, make in self._makers().items()
            if name in self._job.uploads
        ]
        wait(futures)
        for future in futures:
            future.result()

    def _makers(self) -> Mapping[str, Callable[[], Path | None]]:
        folder = self._folder
        makers: dict[str, Callable[[], Path | None]] = {
            "stdout": lambda: self._stdout.save(folder / "stdout.txt"),
            "stderr": lambda: self._stderr.save(folder / "stderr.txt"),
        }
        if self._output is not None:
            found = self._output
            makers["output"] = lambda: self._pack(found)
            makers["detailed_results"] = lambda: output.find_detailed_results(found)
        return makers

    def _pack(self, found: Path) -> Path | None:
        archive, notes = output.pack(found, self._folder / "output.zip", self._tools.config.limits.output_bytes)
        self._notes += notes
        return archive

    def _send(self, name: str, make: Callable[[], Path | None]) -> None:
        path = make()
        if path is None:
            return
        store, upload = self._tools.store, self._job.uploads[name]
        try:
            try:
                store.upload(upload, path, _CONTENT_TYPES[name], self._halt.event)
            except Expired:
                fresh = self._tools.backend.uploads(self._job, self._halt.event)[name]
                store.upload(fresh, path, _CONTENT_TYPES[name], self._halt.event)
            self._uploaded.append(name)
        except Expired as error:
            raise Unable(f"The {name} cannot be uploaded. {error}") from error
        except output.NotPlain as error:
            self._notes.append(f"The {name.replace('_', ' ')} was not kept: {error}.")


def _judge(name: str, ended: Ended) -> None:
    """Raise Faulty unless the step succeeded: whatever scores a failed program wrote are not used (FORMATS 0)."""
    if ended.stopped_because:
        raise Faulty(Fault.ORGANIZER, f"The {name} program failed. {ended.stopped_because}")
    if ended.exit_code == KILLED:
        # Docker's own word, OOMKilled, comes a moment after the exit, or never.
        reason = "was killed (exit code 137), as happens to one that takes more memory than it may"
        raise Faulty(Fault.ORGANIZER, f"The {name} program {reason}.")
    if ended.exit_code:
        raise Faulty(Fault.ORGANIZER, f"The {name} program ended with exit code {ended.exit_code}.")


def _command(program: Path, name: str) -> list[str]:
    for metadata in layout.METADATA_NAMES:
        try:
            content = output.read_plain(program / metadata, MAX_METADATA_BYTES)
            return command(plain_yaml.load(content.decode("utf-8-sig")))
        except FileNotFoundError:
            continue
        except output.NotPlain as error:
            raise Faulty(Fault.ORGANIZER, f"The {name} program's {metadata} cannot be read: {error}.") from error
        except plain_yaml.YAMLError as error:
            raise Faulty(Fault.ORGANIZER, f"The {name} program's {metadata} is no YAML that can be read.") from error
        except ValueError as error:
            raise Faulty(Fault.ORGANIZER, f"The {name} program cannot be started. {error}") from error
    raise Faulty(Fault.ORGANIZER, f"The {name} program has neither {' nor '.join(layout.METADATA_NAMES)} at its root.")


def _give(folder: Path) -> None:
    """Let the container's user own a folder and everything in it. Only root can, and only root needs to."""
    if os.geteuid() != 0:
        return
    user, group = owner()
    os.chown(folder, user, group)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(os.path.join(parent, name), user, group, follow_symlinks=False)


def _log_bytes(job: Job, name: str, tools: Tools) -> int:
    upload = job.uploads.get(name)
    limit = tools.config.limits.log_bytes
    return min(limit, upload.max_bytes) if upload else limit
