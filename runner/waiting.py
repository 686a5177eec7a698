"""A container that waits for its job: made and started without anything of one, given a job's folders, and let go (ADR 53).

Until then it knows nothing of any job: no folder, no command, no name.
"""

import os
import secrets
import selectors
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from docker import APIClient
from docker.errors import DockerException

from runner import gate, networks, placing, starting, users
from runner.cgroups import Cgroup, SlotCgroups
from runner.config import Limits
from runner.container import Container, SandboxContext, Shape, program_home, waiting_settings, written
from runner.gate import Gate
from runner.logs import Log
from runner.placing import Placed
from runner.streams import Copying

_CHUNK_BYTES = 256 * 1024
#: Images of which a slot knows how their programs begin.
_MOST_KNOWN = 100


class Hidden(Exception):
    """The engine's containers are not among the processes that this runner sees."""


@dataclass
class Waiting:
    """One that waits, or has waited. `mounts` is a handle of the namespace where its mounts are, until it has folders;
    `entrypoint` has the words that its image puts before every command, `path` where its programs are looked for."""

    id: str
    gate: Gate
    group: Cgroup
    mounts: int
    entrypoint: Sequence[str]
    path: str

    def is_there(self) -> bool:
        """True while it waits: its engine may have been restarted."""
        return not self.gate.has_ended(0)

    def furnish(self, container: Container) -> None:
        """Put a job's folders into it. Raises OSError."""
        placed = [Placed(folder, path, read_only=False) for folder, path in written(container)]
        placed += [Placed(folder, path, read_only=True) for folder, path in container.inputs]
        try:
            placing.place(self.mounts, sorted(placed, key=lambda one: one.path))
        finally:
            self._let_mounts_go()

    def let_go(self, container: Container) -> None:
        """Let the job go. Raises OSError."""
        words = [*self.entrypoint, *container.command]
        self.gate.let_go(gate.message(program_home(container).working_dir, words, self.path))

    @contextmanager
    def following(self, stdout: Log, stderr: Log) -> Iterator[Copying]:
        """Copy what its job prints while inside; at the end, when nothing of it lives, what is left in the pipes."""
        copying, over = Copying(), os.eventfd(0, os.EFD_CLOEXEC)
        logs = {self.gate.out: stdout, self.gate.err: stderr}
        reader = threading.Thread(target=_copy, args=(logs, over, copying), name=f"logs-{self.id[:12]}", daemon=True)
        reader.start()
        try:
            yield copying
        finally:
            os.eventfd_write(over, 1)
            reader.join()
            os.close(over)

    def close(self) -> None:
        """Close what this runner has open of it, with its gate."""
        self._let_mounts_go()
        self.gate.close()

    def _let_mounts_go(self) -> None:
        """Whoever has a handle of it keeps everything mounted there."""
        if self.mounts >= 0:
            os.close(self.mounts)
        self.mounts = -1


@dataclass(frozen=True)
class Maker:
    """A maker of the containers that wait in one slot. `groups` and `tables` are those of its other containers. Without
    `quiet` networks they have theirs from the engine."""

    docker: APIClient
    limits: Limits
    context: SandboxContext
    groups: Callable[[], SlotCgroups]
    tables: Callable[[], users.Tables]
    quiet: networks.QuietNetworks | None
    known: dict[str, tuple[Sequence[str], str]] = field(default_factory=dict)

    def make(self, shape: Shape) -> Waiting | None:
        """One of a shape; None where there are no control groups, without which nobody could say what its job used.

        Raises Hidden, Unable, OSError, and what Docker's client raises.
        """
        with ExitStack() as unless_made:
            group = self.groups().make()
            if not group:
                return None
            unless_made.callback(group.remove)
            door = Gate.make(self._new_folder(), self.context.user)
            unless_made.callback(door.close)
            if shape.network:
                networks.make_open(self.docker)
            empty = folder_of_gates(self.context.runner) / "empty"
            empty.mkdir(exist_ok=True)
            joins = self.quiet.mode() if self.quiet and not shape.network else ""
            folders = (self.tables(), empty, door.folder)
            arguments = waiting_settings(shape, self.limits, self.context, group.path, *folders, joins)
            arguments["host_config"] = self.docker.create_host_config(**arguments["host_config"])
            created = str(self.docker.create_container(**arguments)["Id"])
            unless_made.callback(self._remove, created)
            process, image = self._start(created, joins)
            if not group.has(process):
                raise Hidden
            door.close_to_others()
            mounts = os.open(f"/proc/{process}/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
            made = Waiting(created, door, group, mounts, *self._image(image))
            unless_made.pop_all()
            return made

    def _start(self, created: str, joins: str) -> tuple[int, str]:
        """Its process, and the id of its image."""
        with ExitStack() as alone:
            check = alone.enter_context(self.quiet.fresh()) if self.quiet and joins else None
            self.docker.start(created)
            found = self.docker.inspect_container(created)
            process = int(found["State"]["Pid"])
            if check:
                check(process)
            return process, str(found["Image"])

    def _new_folder(self) -> Path:
        around = folder_of_gates(self.context.runner)
        around.mkdir(parents=True, exist_ok=True, mode=0o755)
        return around / f"{self.context.slot}-{secrets.token_hex(4)}"

    def _image(self, image: str) -> tuple[Sequence[str], str]:
        """Its entrypoint, and where its programs are looked for: asked once, because an image stays as it is."""
        if image not in self.known:
            told: Mapping[str, Sequence[str] | None] = self.docker.inspect_image(image)["Config"] or {}
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[image] = told.get("Entrypoint") or (), starting.path_of(told.get("Env") or ())
        return self.known[image]

    def _remove(self, created: str) -> None:
        with suppress(DockerException):
            self.docker.remove_container(created, force=True, v=True)


def folder_of_gates(runner: str) -> Path:
    """The folder of everything that a runner's containers wait with."""
    return Path(runner) / "ahead"


def _copy(logs: dict[int, Log], over: int, copying: Copying) -> None:
    """Until it is over, and then all that is left: nobody writes any more."""
    with selectors.DefaultSelector() as selector:
        for handle in (*logs, over):
            selector.register(handle, selectors.EVENT_READ)
        while over not in (ready := [key.fd for key, _ in selector.select()]):
            for handle in ready:
                logs[handle].write(os.read(handle, _CHUNK_BYTES))
    for handle, log in logs.items():
        with suppress(BlockingIOError):
            while True:
                log.write(os.read(handle, _CHUNK_BYTES))
    copying.is_whole = True
