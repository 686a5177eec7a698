"""One container, from settings to exit code. `settings` holds every limit and flag that a stranger's code meets."""

import logging
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import requests
from docker import APIClient
from docker.errors import APIError, DockerException, NotFound
from docker.types import DeviceRequest, LogConfig, Mount, Ulimit
from docker.utils.socket import frames_iter

from chalicelib.contract import layout
from runner import cgroups
from runner.cgroups import Cgroup, SlotCgroups
from runner.config import Limits
from runner.errors import RunnerError, Unable
from runner.halt import Halt
from runner.logs import Log
from runner.watch import ContainerWatch

logger = logging.getLogger(__name__)

RUNNER_LABEL = "agon.runner"
SUBMISSION_LABEL = "agon.submission"
SLOT_LABEL = "agon.slot"
#: The bridge of containers that may use the network.
NETWORK = "agon-open"
#: Whom a root runner lets containers be. Any other runner lets them be itself, so that it can read what they wrote.
NOBODY = 1000
_STDERR = 2
#: An exit code above this tells of a signal.
_BY_SIGNAL = 128
_network_lock = threading.Lock()
#: Its owner is said besides, because runc gives a folder that was there before its former mode. What may write a program
#: may run it, so nothing is won without `exec`, and libraries that compile as they go would break.
_TMPFS = "rw,exec,nosuid,nodev,mode=1777"
_STOP_SECONDS = 10
#: Above what any process without it can come to by its size.
_FIRST_TO_GO = 1000


@dataclass(frozen=True)
class Container:
    """What to run. `program` and `output` are folders of this machine that the container may write; `inputs` are
    (folder, path in the container), read-only, and `shared` the same, writable.

    `spent_seconds` of the time limit went to the program's earlier commands. `contract` is a Job's. So many as `together`
    run at once in one slot; when they take more memory than it has, one that `goes_first` is killed before another.
    """

    submission: str
    image: str
    command: Sequence[str]
    program: Path
    output: Path
    inputs: Sequence[tuple[Path, str]]
    network: bool
    time_limit_seconds: float
    shared: Sequence[tuple[Path, str]] = ()
    spent_seconds: float = 0.0
    contract: str = "2"
    together: int = 1
    goes_first: bool = False


@dataclass(frozen=True)
class ContainerRun:
    """How a container ended. `stopped_because` is a sentence when it was stopped for a limit, and then it has no exit
    code; "" when it ended by itself or by a halt. What it used is None when it was too quick to be measured."""

    container_id: str
    exit_code: int | None
    seconds: float
    cpu_seconds: float | None = None
    peak_memory_bytes: int | None = None
    peak_gpu_memory_bytes: int | None = None
    stopped_because: str = ""


class CannotStart(RunnerError):
    """A container's command is not in its image, or cannot be executed. Its text says which, as a sentence."""


@dataclass(frozen=True)
class SandboxContext:
    """Where on this machine a container runs: on whose behalf, in which slot, with which devices, in which of Docker's
    runtimes ("": its default)."""

    runner: str
    slot: int = 0
    devices: Sequence[DeviceRequest] = ()
    runtime: str = ""


def settings(container: Container, limits: Limits, context: SandboxContext, cgroup: str = "") -> dict[str, Any]:
    """Every argument of Docker's create call. Nothing of the runner's own environment is among them.

    Below a control group, which has the slot's limits, each container may take what the others leave; else they divide it.
    """
    share = 1 if cgroup else container.together
    memory_bytes, cpus = limits.memory_bytes // share, min(limits.cpus, os.cpu_count() or 1) / share
    user, group = owner()
    home = _program_home(container)
    return {
        "image": container.image,
        "command": list(container.command),
        "user": f"{user}:{group}",
        "working_dir": home.working_dir,
        "environment": {"PYTHONUNBUFFERED": "1", "HOME": "/tmp", **home.environment},
        "hostname": "agon",
        "stdin_open": False,
        "tty": False,
        "labels": {RUNNER_LABEL: context.runner, SLOT_LABEL: str(context.slot), SUBMISSION_LABEL: container.submission},
        "network_disabled": not container.network,
        "healthcheck": {"test": ["NONE"]},
        "host_config": {
            "network_mode": NETWORK if container.network else "none",
            "runtime": context.runtime or None,
            "mounts": _mounts(container),
            "read_only": True,
            "tmpfs": dict.fromkeys(("/tmp", *home.scratch), f"{_TMPFS},uid={user},gid={group},size={limits.tmp_bytes}"),
            "shm_size": limits.shared_memory_bytes,
            "ipc_mode": "private",
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges"],
            "privileged": False,
            "cgroup_parent": cgroup or None,
            "mem_limit": memory_bytes,
            "memswap_limit": memory_bytes,
            "nano_cpus": int(cpus * 1e9),
            "oom_score_adj": _FIRST_TO_GO if container.goes_first else None,
            "pids_limit": limits.pids,
            "device_requests": list(context.devices),
            "ulimits": [
                Ulimit(name="nofile", soft=limits.open_files, hard=limits.open_files),
                Ulimit(name="fsize", soft=limits.output_bytes, hard=limits.output_bytes),
                Ulimit(name="core", soft=0, hard=0),
            ],
            "log_config": LogConfig(type="json-file", config={"max-size": "2m", "max-file": "2"}),
            "restart_policy": {"Name": "no"},
        },
    }


def _mounts(container: Container) -> list[Mount]:
    written = [(container.program, layout.PROGRAM), (container.output, layout.OUTPUT), *container.shared]
    mounts = [Mount(path, str(folder), type="bind") for folder, path in written]
    return mounts + [Mount(path, str(folder), type="bind", read_only=True) for folder, path in container.inputs]


@dataclass(frozen=True)
class _ProgramHome:
    """Where a program finds itself; `scratch` are paths of the memory's that it may write to."""

    working_dir: str = layout.PROGRAM
    scratch: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


def _program_home(container: Container) -> _ProgramHome:
    """The working directory of Codabench, or of a run of CodaLab with everything that such a run had (FORMATS 0, 2.7)."""
    if container.contract != "1":
        return _ProgramHome()
    is_ingesting = any(path == layout.SUBMISSION_PROGRAM for _, path in container.inputs)
    environment = {"PYTHONPATH": layout.SUBMISSION_PROGRAM} if is_ingesting else {}
    return _ProgramHome(layout.ROOT, (layout.ROOT, layout.TEMP), environment)


def owner() -> tuple[int, int]:
    """User and group of a container's processes, never root's."""
    return (NOBODY, NOBODY) if os.geteuid() == 0 else (os.geteuid(), os.getegid())


class Sandbox:
    """Runs containers on one Docker engine, in one context."""

    def __init__(self, docker: APIClient, limits: Limits, context: SandboxContext) -> None:
        self._docker = docker
        self._limits = limits
        self._context = context
        self._is_tidy = True
        self._known_groups: SlotCgroups | None = None

    def make_ready(self) -> None:
        """Raise Unable when Docker does not answer. Where it did not before, remove what it left in this slot."""
        with _docker_errors():
            self._docker.ping()
        if not self._is_tidy:
            self._is_tidy = True
            self._remove_all(f"{SLOT_LABEL}={self._context.slot}")

    def run(self, container: Container, stdout: Log, stderr: Log, halt: Halt) -> ContainerRun:
        """Run to the end, to a limit or to a halt; the container then exists still, for `remove`.

        Raises CannotStart for a command that cannot be started, Unable when Docker cannot do it.
        """
        try:
            return self._run_once(container, stdout, stderr, halt)
        except Unable:
            self._is_tidy = False
            raise

    def _run_once(self, container: Container, stdout: Log, stderr: Log, halt: Halt) -> ContainerRun:
        with cgroups.made(self._groups()) as group:
            with _docker_errors():
                created = self._create(container, group)
            with ExitStack() as unless_ended:
                unless_ended.callback(self.remove, created)
                with _docker_errors():
                    ended = self._run(created, container, stdout, stderr, halt)
                unless_ended.pop_all()
            return self._with_use(ended, group) if group else ended

    def _with_use(self, ended: ContainerRun, group: Cgroup) -> ContainerRun:
        """What the group has counted, which misses nothing; of memory the most that anybody saw."""
        used = group.used()
        if not used.cpu_seconds:
            self._groups().doubt()
            return ended
        peaks = [peak for peak in (used.peak_memory_bytes, ended.peak_memory_bytes) if peak is not None]
        return replace(ended, cpu_seconds=used.cpu_seconds, peak_memory_bytes=max(peaks, default=None))

    def remove(self, container_id: str) -> None:
        """Remove a container, running or not."""
        try:
            self._docker.remove_container(container_id, force=True, v=True)
        except NotFound:
            return
        except (DockerException, requests.RequestException):
            self._is_tidy = False

    def remove_leftovers(self) -> int:
        """Remove what a dead runner of this name left; how many. Raises Unable when Docker does not answer."""
        removed = self._remove_all()
        cgroups.remove_of(self._context.runner)
        return removed

    def close(self) -> None:
        """Remove what this machine has of it beside containers."""
        if self._known_groups:
            self._known_groups.remove()

    def _remove_all(self, *labels: str) -> int:
        with _docker_errors():
            wanted = [f"{RUNNER_LABEL}={self._context.runner}", *labels]
            found = self._docker.containers(all=True, filters={"label": wanted})
        for item in found:
            self.remove(item["Id"])
        return len(found)

    def _groups(self) -> SlotCgroups:
        if self._known_groups is None:
            with _docker_errors():
                driver = str(self._docker.info().get("CgroupDriver"))
            self._known_groups = SlotCgroups(self._context.runner, self._context.slot, self._limits, driver)
        return self._known_groups

    def _make_network(self) -> None:
        """Make the network of containers that have one: they reach the outside, and not each other."""
        with _network_lock:
            if not self._docker.networks(names=[f"^{NETWORK}$"]):
                options = {"com.docker.network.bridge.enable_icc": "false"}
                self._docker.create_network(NETWORK, driver="bridge", options=options, check_duplicate=True)

    def _create(self, container: Container, group: Cgroup | None) -> str:
        if container.network:
            self._make_network()
        arguments = settings(container, self._limits, self._context, group.path if group else "")
        arguments["host_config"] = self._docker.create_host_config(**arguments["host_config"])
        return str(self._docker.create_container(**arguments)["Id"])

    def _run(self, created: str, container: Container, stdout: Log, stderr: Log, halt: Halt) -> ContainerRun:
        with self._following(created, stdout, stderr):
            folders = (container.output, container.program, *(folder for folder, _ in container.shared))
            watch = ContainerWatch(self._docker, created, folders, self._limits, self._kill, bool(self._context.devices))
            self._start(created)
            started = time.monotonic()
            with halt.stopping(lambda: self._kill(created)), watch:
                exit_code = self._wait(created, started + container.time_limit_seconds - container.spent_seconds)
        if exit_code is not None and exit_code > _BY_SIGNAL:
            # An engine that goes down takes its containers with it, and that is not their fault.
            self._docker.ping()
        used = (watch.cpu_seconds, watch.peak_memory_bytes, watch.peak_gpu_memory_bytes)
        ended = ContainerRun(created, exit_code, time.monotonic() - started, *used)
        if exit_code is None:
            seconds = container.time_limit_seconds
            return replace(ended, stopped_because=f"It was stopped after its time limit of {seconds:g} seconds.")
        if watch.breach:
            return replace(ended, exit_code=None, stopped_because=f"It was stopped: {watch.breach}")
        return ended

    def _start(self, created: str) -> None:
        try:
            self._docker.start(created)
        except APIError as error:
            # 400 is Docker's word for a command that is not in the image or is not executable.
            if error.status_code in (400, 404) and "OCI runtime" in str(error.explanation):
                reason = str(error.explanation).rsplit("exec:", 1)[-1].strip()[:300]
                raise CannotStart(f"Docker says: {reason}.") from error
            raise

    def _wait(self, created: str, end: float) -> int | None:
        """The exit code; None when `end`, by the monotonic clock, came first and the container was killed."""
        try:
            patience = max(0.01, end - time.monotonic())
            # The stubs know whole seconds only; the client takes parts of them.
            return int(self._docker.wait(created, timeout=patience)["StatusCode"])  # type: ignore[arg-type]
        except requests.RequestException:
            # Clocks of sockets are a little coarser than ours.
            if time.monotonic() < end - 0.1:
                raise
        self._kill(created)
        self._docker.wait(created, timeout=_STOP_SECONDS)
        return None

    def _kill(self, created: str) -> None:
        # A container that has ended by itself meanwhile cannot be killed, and need not be.
        with suppress(DockerException, requests.RequestException):
            self._docker.kill(created)

    @contextmanager
    def _following(self, created: str, stdout: Log, stderr: Log) -> Iterator[None]:
        """Copy the streams while inside. Attached before the start, so that nothing printed is missed."""
        stream = self._docker.attach_socket(created, params={"stdout": 1, "stderr": 1, "stream": 1})

        def copy() -> None:
            with suppress(OSError, ValueError):
                for kind, data in frames_iter(stream, tty=False):
                    (stderr if kind == _STDERR else stdout).write(data)

        reader = threading.Thread(target=copy, name=f"logs-{created[:12]}", daemon=True)
        reader.start()
        finished = False
        try:
            yield
            finished = True
        finally:
            # The streams end with the container; after a failed start they never do, and closing must end them.
            if finished:
                reader.join(_STOP_SECONDS)
            stream._response.close()  # Docker's client hangs the connection there, and has no other way to close it.
            stream.close()


@contextmanager
def _docker_errors() -> Iterator[None]:
    try:
        yield
    except NotFound as error:
        raise Unable(f"Docker lost something under the job: {_explanation(error)}") from error
    except DockerException as error:
        raise Unable(f"Docker cannot do it: {_explanation(error)}") from error
    except requests.RequestException as error:
        raise Unable(f"Docker does not answer ({type(error).__name__}).") from error


def _explanation(error: Exception) -> str:
    return str(getattr(error, "explanation", None) or error)[:300]
