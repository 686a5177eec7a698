"""Runs a container, from its making to the moment when nothing of it lives."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import requests
from docker import APIClient
from docker.errors import DockerException, NotFound

from runner import cgroups, endings, gate, networks, starting, users
from runner.ahead import Ahead
from runner.cgroups import Cgroup, SlotCgroups
from runner.config import Limits
from runner.container import (
    RUNNER_LABEL,
    SLOT_LABEL,
    Container,
    ContainerRun,
    SandboxContext,
    Shape,
    program_home,
    settings,
    written,
)
from runner.errors import StillAlive, Unable
from runner.files import remove
from runner.halt import Halt
from runner.logs import Log
from runner.networks import QuietNetworks
from runner.streams import following
from runner.users import User
from runner.waiting import Maker, Waiting, folder_of_gates
from runner.watch import ContainerWatch

logger = logging.getLogger(__name__)

_STOP_SECONDS = 10


class Sandbox:
    """Runs containers on one Docker engine, in one context. `quiet` has the networks of those that are made ahead of each
    job; where it is None, those alone are that somebody expects."""

    def __init__(
        self, docker: APIClient, limits: Limits, context: SandboxContext, quiet: QuietNetworks | None = None
    ) -> None:
        self._docker = docker
        self._limits = limits
        self._context = context
        self._is_tidy = True
        self._known_groups: SlotCgroups | None = None
        self._known_tables: users.Tables = ()
        self._lock = threading.Lock()
        maker = Maker(docker, limits, context, self._groups, self._tables, quiet)
        self._ahead = Ahead(maker, self._remove, follows=quiet is not None)
        self._that_waited: set[str] = set()

    @property
    def user(self) -> User:
        """Whom its containers are."""
        return self._context.user

    @property
    def has_groups(self) -> bool:
        """True when what its containers leave behind is found; certain once one has run."""
        return self._groups().is_usable

    def make_ready(self) -> None:
        """Remove what was left in this slot. Raises Unable when Docker does not answer, or something of a job lives on."""
        with _docker_errors():
            self._docker.ping()
        if not self._is_tidy:
            self._tidy_up()

    def expect(self, wanted: Shape) -> None:
        """Make the container of a job that comes next, while its files are fetched."""
        self._ahead.expect(wanted)

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
        starting.check_own(container, program_home(container).working_dir)
        over = threading.Event()
        try:
            waiting = self._ahead.take(container) if _can_wait(container) else None
            if waiting:
                return self._run_one_that_waited(waiting, container, stdout, stderr, halt, over)
            return self._run_a_new_one(container, stdout, stderr, halt, over)
        finally:
            over.set()

    def _run_a_new_one(
        self, container: Container, stdout: Log, stderr: Log, halt: Halt, over: threading.Event
    ) -> ContainerRun:
        with cgroups.made(self._groups()) as group:
            with _docker_errors():
                created = self._create(container, group)
            with ExitStack() as unless_ended:
                unless_ended.callback(self.remove, created)
                with _docker_errors():
                    with following(self._docker, created, stdout, stderr) as copying:
                        way = _Way(
                            created,
                            start=lambda: self._docker.start(created),
                            wait=partial(self._wait, created),
                            kill=partial(self._kill, created),
                        )
                        ended = self._run(way, container, halt, group, over)
                    ended = replace(ended, output_is_lost=not copying.is_whole)
                    if group:
                        ended = self._with_use(ended, group)
                    if ended.exit_code and not halt.event.is_set():
                        ended = endings.look_into(self._docker, created, container, ended)
                unless_ended.pop_all()
            return ended

    def _run_one_that_waited(
        self, waiting: Waiting, container: Container, stdout: Log, stderr: Log, halt: Halt, over: threading.Event
    ) -> ContainerRun:
        self._that_waited.add(waiting.id)
        with ExitStack() as after:
            after.callback(waiting.close)
            after.callback(waiting.group.remove)
            with ExitStack() as unless_ended:
                unless_ended.callback(self.remove, waiting.id)
                with _docker_errors():
                    with waiting.following(stdout, stderr):
                        waiting.group.begin()
                        way = _Way(
                            waiting.id,
                            start=lambda: waiting.let_go(container),
                            wait=partial(self._wait_for, waiting, halt),
                            kill=partial(_kill_all, waiting.group),
                        )
                        ended = self._run(way, container, halt, waiting.group, over)
                    ended = self._with_use(ended, waiting.group)
                    if ended.exit_code and not halt.event.is_set():
                        ended = endings.look_into(self._docker, waiting.id, container, ended, waiting.entrypoint)
                unless_ended.pop_all()
            return ended

    def _with_use(self, ended: ContainerRun, group: Cgroup) -> ContainerRun:
        """What the group has counted, which misses nothing; of memory the most that anybody saw."""
        used = group.used()
        if not used.cpu_seconds:
            if not group.has_counted:
                self._groups().doubt()
            return ended
        peaks = [peak for peak in (used.peak_memory_bytes, ended.peak_memory_bytes) if peak is not None]
        peak = max(peaks, default=None)
        return replace(ended, cpu_seconds=used.cpu_seconds, peak_memory_bytes=peak, out_of_memory=used.out_of_memory)

    def remove(self, container_id: str) -> None:
        """Remove a container, running or not. One that waited for its job goes behind: nothing of it lives."""
        if container_id in self._that_waited:
            self._that_waited.discard(container_id)
            self._ahead.behind(lambda: self._remove(container_id))
        else:
            self._remove(container_id)

    def _remove(self, container_id: str) -> None:
        try:
            self._docker.remove_container(container_id, force=True, v=True)
        except NotFound:
            return
        except (DockerException, requests.RequestException):
            self._is_tidy = False

    def remove_leftovers(self) -> int:
        """Remove what a dead runner of this name left; how many containers. Raises Unable when Docker does not answer, or
        something of a job lives on."""
        removed = self._remove_all()
        cgroups.remove_of(self._context.runner)
        remove(folder_of_gates(self._context.runner))
        return removed

    def close(self) -> None:
        """Remove what this machine has of it beside containers."""
        try:
            self._ahead.close()
            if self._known_groups:
                self._known_groups.remove()
        except StillAlive as error:
            logger.error("%s", error)

    def _tidy_up(self) -> None:
        self._is_tidy = True
        try:
            self._ahead.clear()
            self._remove_all(f"{SLOT_LABEL}={self._context.slot}")
            self._groups().remove()
        except Unable:
            self._is_tidy = False
            raise

    def _remove_all(self, *labels: str) -> int:
        with _docker_errors():
            wanted = [f"{RUNNER_LABEL}={self._context.runner}", *labels]
            found = self._docker.containers(all=True, filters={"label": wanted})
        for item in found:
            self.remove(item["Id"])
        return len(found)

    def _groups(self) -> SlotCgroups:
        with self._lock:  # Those that make the slot's group end what they find in it.
            if self._known_groups is None:
                with _docker_errors():
                    driver = str(self._docker.info().get("CgroupDriver"))
                self._known_groups = SlotCgroups(self._context.runner, self._context.slot, self._limits, driver)
            return self._known_groups

    def _tables(self) -> users.Tables:
        with self._lock:
            if not self._known_tables:
                self._known_tables = users.tables(Path(self._context.runner) / "users" / str(self._context.slot), self.user)
            return self._known_tables

    def _create(self, container: Container, group: Cgroup | None) -> str:
        if container.network:
            networks.make_open(self._docker)
        arguments = settings(container, self._limits, self._context, group.path if group else "", self._tables())
        arguments["host_config"] = self._docker.create_host_config(**arguments["host_config"])
        return str(self._docker.create_container(**arguments)["Id"])

    def _run(
        self, way: "_Way", container: Container, halt: Halt, group: Cgroup | None, over: threading.Event
    ) -> ContainerRun:
        folders = [folder for folder, _ in written(container)]
        has_gpus = bool(self._context.devices)
        watch = ContainerWatch(self._docker, way.created, folders, self._limits, way.kill, has_gpus, group)
        way.start()
        started = time.monotonic()
        if group and _can_wait(container):
            self._ahead.follow(container, over)
        with watch:
            with halt.stopping(way.kill):
                exit_code = way.wait(started + container.time_limit_seconds - container.spent_seconds)
            seconds = time.monotonic() - started
            if group:
                group.kill()  # Before the watch's last look: from here on nothing changes any more.
        used = (watch.cpu_seconds, watch.peak_memory_bytes, watch.peak_gpu_memory_bytes)
        ended = ContainerRun(way.created, exit_code, seconds, *used)
        if exit_code is None:
            limit = container.time_limit_seconds
            return replace(ended, stopped_because=f"It was stopped after its time limit of {limit:g} seconds.")
        if watch.breach:
            return replace(ended, exit_code=None, stopped_because=f"It was stopped: {watch.breach}")
        return ended

    def _wait_for(self, waiting: Waiting, halt: Halt, end: float) -> int | None:
        """The same for one that waited: an end that is good is known before the engine has put it away."""
        if not waiting.gate.has_ended(end - time.monotonic()):
            _kill_all(waiting.group)
            return None
        if waiting.gate.has_succeeded():
            return 0
        return endings.KILLED if halt.event.is_set() else int(self._docker.wait(waiting.id)["StatusCode"])

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


def _can_wait(container: Container) -> bool:
    """True for one that is alone: those that run at once may see folders that are mounted where the engine is (views)."""
    return container.together == 1 and gate.is_told(container.command)


@dataclass(frozen=True)
class _Way:
    """The way to start a container, to wait for it until an instant of the monotonic clock, and to end it."""

    created: str
    start: Callable[[], object]
    wait: Callable[[float], int | None]
    kill: Callable[[], None]


def _kill_all(group: Cgroup) -> None:
    """Without the engine, which may be away. What does not die is told when the group is to be removed."""
    with suppress(StillAlive):
        group.kill()


@contextmanager
def _docker_errors() -> Iterator[None]:
    try:
        yield
    except NotFound as error:
        told = _explanation(error)
        is_container = told.startswith("No such container")
        raise Unable(endings.REMOVED if is_container else f"Docker lost something under the job: {told}") from error
    except DockerException as error:
        raise Unable(f"Docker cannot do it: {_explanation(error)}") from error
    except requests.RequestException as error:
        raise Unable(f"Docker does not answer ({type(error).__name__}).") from error


def _explanation(error: Exception) -> str:
    return str(getattr(error, "explanation", None) or error)[:300]
