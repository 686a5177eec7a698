"""The runner's execution on this machine alone: files come from its disk and go to its disk. No AWS and no account."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from chalicelib.contract import File, Job, Outcome, Step, Upload, images, uploads
from chalicelib.contract.expected import expectations
from chalicelib.contract.expected.expectations import Expectations
from chalicelib.domain.runs import record, steps
from runner import config as runner_config
from runner import gpus
from runner.cache import Cache
from runner.config import Config
from runner.container import SandboxContext, expected_shape
from runner.copying import copy_file
from runner.engine import Client, connect, images_of
from runner.execution import Execution
from runner.files import ObjectStore
from runner.halt import SHUTDOWN, Halt
from runner.held import HeldAttempts
from runner.output import open_plain
from runner.preparation import JobTools
from runner.sandbox import Sandbox
from runner.sealed import SealedStore

if TYPE_CHECKING:
    from agon.trial.bundle import TrialTask

_MAX_KEPT_BYTES = 4 * 1024**3
_THREADS = 8


@dataclass(frozen=True)
class TrialMachine:
    """The machine that a trial may use, whose engine is connected to while a bundle is read.

    `engine` raises Unable where it does not answer. `executor` does what may be done at once.
    """

    config: Config
    engine: Future[TrialEngine]
    executor: ThreadPoolExecutor


@dataclass(frozen=True)
class TrialEngine:
    """The engine of this machine, and what runs containers there."""

    docker: Client
    sandbox: Sandbox


def machine(home: Path, flags: Mapping[str, object]) -> AbstractContextManager[TrialMachine]:
    """This machine, for as long as the block runs: `home` is a folder that it may fill, `flags` are a runner's, by name.

    Raises BadConfig. When the block ends, nothing of the trial is left there.
    """
    return _connected(_config(home, flags))


@contextmanager
def _connected(config: Config) -> Iterator[TrialMachine]:
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="files") as executor:
        engine = executor.submit(_engine, config)
        try:
            yield TrialMachine(config, engine, executor)
        finally:
            if not engine.exception():
                with closing(engine.result().docker):
                    engine.result().sandbox.close()


class LocalObjectStore(ObjectStore):
    """Takes files from this machine by their file: addresses, and puts what a runner would upload into a folder."""

    def download(self, file: File, target: Path, stopped: threading.Event) -> None:
        shutil.copyfile(unquote(urlsplit(file.url).path), target)

    def upload(self, upload: Upload, path: Path, content_type: str, stopped: threading.Event) -> None:
        target = Path(unquote(urlsplit(upload.url).path)) / upload.fields["key"]
        target.parent.mkdir(parents=True, exist_ok=True)
        with open_plain(path, upload.max_bytes) as source:
            copy_file(source, target, stopped)


def job_of(tryout: TrialTask, submission: File, image: str, kept: Path, plain_file: str = "") -> Job:
    """The job that a site would give a runner. What it would upload goes to the folder `kept`. `plain_file` is a Job's."""
    only_results, limit = tryout.phase.accepts_only_result_submissions, tryout.phase.execution_time_limit_seconds
    names = {**uploads.FILENAMES, uploads.RESULTS: f"{uploads.RESULTS}/{uploads.ANY_NAME}"}
    return Job(
        submission=f"trial-{os.getpid()}-{tryout.task.index}",
        attempt=1,
        token="",
        competition="trial",
        phase=str(tryout.phase.index),
        task=str(tryout.task.index),
        image=image or tryout.image,
        archive=submission,
        steps=steps.of(steps.Setting(tryout.task, tryout.files, only_results, limit)),
        uploads={name: Upload(kept.as_uri(), {"key": key}, _MAX_KEPT_BYTES) for name, key in names.items()},
        lease_seconds=60,
        heartbeat_seconds=5,
        contract=tryout.task.contract,
        score_failed_predictions=tryout.task.score_failed_predictions,
        tells_errors=True,
        tells_predictions=True,
        expects=_expected(tryout),
        plain_file=plain_file,
        registries=(*images.REGISTRIES, *(images.read(name).registry for name in tryout.images)),
        site_image=image,
        record=record.of("trial", datetime.now(UTC), "trial", tryout.phase.index, is_migrated=False),
    )


def _expected(tryout: TrialTask) -> Expectations | None:
    said = tryout.phase.expects or tryout.bundle.expects
    return expectations.of_stored(asdict(said)) if said else None


def run(job: Job, machine: TrialMachine) -> Outcome:
    """Do one job as a runner does. Raises Unable when this machine cannot, Halted on Ctrl-C, OSError for the disk."""
    halt = Halt()
    with _tools(machine, job) as tools, _stopped_by_a_signal(halt):
        folder = machine.config.home / "jobs" / job.submission
        folder.mkdir(parents=True)
        for step in _steps_alone(job):
            machine.executor.submit(_expect, step, job, folder, tools, halt)
        execution = Execution(job, folder, tools, halt)
        try:
            return execution.run()
        finally:
            execution.clean()


def _steps_alone(job: Job) -> list[Step]:
    """The steps of a job that run alone in their stage, and so may have containers that were made ahead."""
    stages = [step.stage for step in job.steps]
    return [step for step in job.steps if job.contract == "2" and stages.count(step.stage) == 1]


def _expect(step: Step, job: Job, folder: Path, tools: JobTools, halt: Halt) -> None:
    """Have a step's container made while its files are unpacked. What is wrong with its image is told by who runs it."""
    name = step.image or job.image or tools.config.image
    image = tools.images.find(name, job.registry, folder, halt)
    tools.sandbox.expect(expected_shape(step, image.id, tools.config.data is not None))


def _config(home: Path, flags: Mapping[str, object]) -> Config:
    """As `agon-runner run` would have it, with its defaults and its environment variables, but for an API."""
    said = ["run", "--home", str(home), "--cache-gib", "1e6", "--slots", "1", "--name", "this machine"]
    said += [f"--{name}={value}" for name, value in flags.items() if value is not None]
    return runner_config.read(said, needs_api=False)


def _engine(config: Config) -> TrialEngine:
    docker = connect(config)
    devices = gpus.choose(config.gpus)
    cdi = bool(devices) and gpus.has_cdi(docker.info())
    sandbox = Sandbox(docker, config.limits, SandboxContext(str(config.home), 0, gpus.request(devices, cdi)))
    sandbox.has_groups  # noqa: B018  It asks the engine once.
    return TrialEngine(docker, sandbox)


@contextmanager
def _tools(machine: TrialMachine, job: Job) -> Iterator[JobTools]:
    config, engine, store = machine.config, machine.engine.result(), LocalObjectStore()
    # Who tries a bundle may have made its images on this machine, to push them later.
    own = {job.image, *(step.image for step in job.steps)}
    with images_of(engine.docker, config, own) as found:
        cache = Cache(config.home / "cache", store, config.cache_bytes)
        cache.prepare()
        yield JobTools(
            config=config,
            # Asked for fresh uploads alone, and these here never expire.
            backend=None,  # type: ignore[arg-type]
            docker=engine.docker,
            sandbox=engine.sandbox,
            store=store,
            cache=cache,
            images=found,
            sealed=SealedStore(config.home / "sealed", config.sealed_bytes, config.sealed_days),
            held=HeldAttempts(config.home / "held"),
            executor=machine.executor,
        )


@contextmanager
def _stopped_by_a_signal(halt: Halt) -> Iterator[None]:
    """Ctrl-C stops the containers, and the trial ends as Halted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        # In a thread of its own, because a handler interrupts a thread that may hold a lock.
        threading.Thread(target=halt.request, args=(SHUTDOWN,), daemon=True).start()

    former = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
