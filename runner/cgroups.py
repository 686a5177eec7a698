"""Control groups above containers: what those of a slot may use together, what each one used, and that nothing of it lives.

They are to be had where the engine makes its groups itself ("cgroupfs"), on this machine, and the runner is root. Elsewhere
`SlotCgroups.make` gives None: then containers divide what their slot has, what they use is only known from looking at them,
and that they are over only from the engine.
"""

import hashlib
import logging
import math
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from runner.config import Limits
from runner.errors import StillAlive

logger = logging.getLogger(__name__)

ROOT = Path("/sys/fs/cgroup")
DRIVER = "cgroupfs"
_TOP = "agon"
_PERIOD_MICROSECONDS = 100_000
#: How long a process may take to die, and how often it is looked for.
PATIENCE_SECONDS = 10.0
#: It mostly takes a millisecond.
_FIRST_PAUSE_SECONDS, _PAUSE_SECONDS = 0.001, 0.02
_PAGE_BYTES = 4096
#: What the containers that wait in a slot take at most, beside what its job may take.
_WAITING_BYTES = 2 * 1024**2


@dataclass(frozen=True)
class CgroupUsage:
    """The use that a container made of the machine in all. `peak_memory_bytes` counts no pages that the kernel keeps
    of files; `out_of_memory`: the kernel killed a process of it, because memory that it may use was at its end."""

    cpu_seconds: float | None = None
    peak_memory_bytes: int | None = None
    out_of_memory: bool = False


class Cgroup:
    """A group of one container. `path` is what Docker calls its cgroup parent."""

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        self._root = root
        self._place = path.lstrip("/")
        self._shortage = _Shortage(root, self._place)
        self._cpu_seconds_before = 0.0

    def begin(self) -> None:
        """Count from here on: what its container used until now was nothing of a job's."""
        self._cpu_seconds_before = self._cpu_seconds() or 0.0
        if not _is_unified(self._root):  # Elsewhere the peak stays, of the few megabytes that starting took.
            _tell(self._root / "memory" / self._place / "memory.max_usage_in_bytes", 0)
        self._shortage.close()
        self._shortage = _Shortage(self._root, self._place)

    def has(self, process: int) -> bool:
        """True when a process is in it, or below it, as this runner sees processes."""
        return any(process in _processes(folder) for folder in self._folders() if folder.exists())

    @property
    def has_counted(self) -> bool:
        """True when anything was counted before `begin`: its engine puts containers into it."""
        return self._cpu_seconds_before > 0

    def used(self) -> CgroupUsage:
        """The use that its container made since `begin`, or ever: None where the kernel does not say."""
        cpu_seconds = self._cpu_seconds()
        if cpu_seconds is not None:
            cpu_seconds = round(cpu_seconds - self._cpu_seconds_before, 3)
        return CgroupUsage(cpu_seconds, self._peak_memory_bytes(), self._shortage.has_killed())

    def memory_bytes(self) -> int | None:
        """The memory that its container has now, without pages of files."""
        name = "memory.current" if _is_unified(self._root) else "memory.usage_in_bytes"
        return self._without_files(name)

    def kill(self) -> None:
        """Kill what lives in it, or below, until nothing does. Raises StillAlive.

        An engine may say that a container is over while something of it lives on, holds memory and changes files.
        """
        self._forbid_more()
        self._insist(self._kill_once)

    def remove(self) -> None:
        """Kill what lives in it and remove it. Raises StillAlive. Docker makes it in every hierarchy that there is."""
        self._shortage.close()
        self.kill()
        # Of processes that this runner cannot see the kernel knows: it removes no group that has any.
        self._insist(lambda: False in [_is_removed(folder) for folder in self._folders()])

    def _folders(self) -> list[Path]:
        return [hierarchy / self._place for hierarchy in _hierarchies(self._root)]

    def _forbid_more(self) -> None:
        """What is left can make no more of itself: or it might be quicker than whoever kills it."""
        for folder in self._folders():
            _tell(folder / "pids.max", 0)
            _tell(folder / "cgroup.kill", 1)

    def _kill_once(self) -> bool:
        """True when anything lived."""
        living = {process for folder in self._folders() for process in _processes(folder)}
        for process in living:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return bool(living)

    def _insist(self, is_left: Callable[[], bool]) -> None:
        end, pause = time.monotonic() + PATIENCE_SECONDS, _FIRST_PAUSE_SECONDS
        while is_left():
            if time.monotonic() > end:
                raise StillAlive(f"Something of a job lives on in the control group {self.path} and cannot be ended.")
            time.sleep(pause)
            pause = min(2 * pause, _PAUSE_SECONDS)

    def _cpu_seconds(self) -> float | None:
        if _is_unified(self._root):
            used, unit = _table(self._root / self._place / "cpu.stat").get("usage_usec"), 1e6
        else:
            used, unit = _number(self._root / "cpuacct" / self._place / "cpuacct.usage"), 1e9
        return None if used is None else round(used / unit, 3)

    def _peak_memory_bytes(self) -> int | None:
        return self._without_files("memory.peak" if _is_unified(self._root) else "memory.max_usage_in_bytes")

    def _without_files(self, name: str) -> int | None:
        """A counter less the pages of files that are left: who reads a large file does not need its size in memory."""
        if _is_unified(self._root):
            folder, prefix = self._root / self._place, ""
        else:
            folder, prefix = self._root / "memory" / self._place, "total_"
        counted, pages = _number(folder / name), _table(folder / "memory.stat")
        if counted is None:
            return None
        return max(0, counted - pages.get(f"{prefix}inactive_file", 0) - pages.get(f"{prefix}active_file", 0))


class _Shortage:
    """A listener to whether the kernel killed for want of memory in a group. It counts that in a group as well for
    those below it where there is one hierarchy; elsewhere only a group's own limit can be listened to."""

    def __init__(self, root: Path, place: str) -> None:
        self._unified = root / place if _is_unified(root) else None
        self._heard = -1 if self._unified else _heard_shortages(root / "memory" / place)
        self._before = self._of_slot()

    def has_killed(self) -> bool:
        """True when a process was killed, and not because all of the machine's memory was at its end."""
        if self._unified:
            killed = _table(self._unified / "memory.events").get("oom_kill", 0)
            return killed > 0 and self._of_slot() > self._before
        with suppress(OSError):
            return self._heard >= 0 and os.eventfd_read(self._heard) > 0
        return False

    def close(self) -> None:
        """Listen no more."""
        if self._heard >= 0:
            os.close(self._heard)
        self._heard = -1

    def _of_slot(self) -> int:
        return _table(self._unified.parent / "memory.events").get("oom", 0) if self._unified else 0


def _heard_shortages(memory: Path) -> int:
    """A handle that counts how often a group's memory was at its end; -1 where the kernel does not tell."""
    handle = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
    try:
        with (memory / "memory.oom_control").open() as control:
            (memory / "cgroup.event_control").write_text(f"{handle} {control.fileno()}")
    except OSError:
        os.close(handle)
        return -1
    return handle


class SlotCgroups:
    """The groups of one slot of a runner, below one that holds them all to the slot's limits. Safe across threads.

    `is_usable` is False where there are none, as far as is known yet.
    """

    def __init__(self, runner: str, slot: int, limits: Limits, driver: str, root: Path = ROOT) -> None:
        self._root = root
        self._place = f"{_place_of(runner)}/{slot}"
        self._limits = limits
        self.is_usable = driver == DRIVER
        self._is_held = False
        self._lock = threading.Lock()

    def make(self) -> Cgroup | None:
        """A group for one container; None where there can be none. Raises StillAlive for what a dead runner left."""
        if not self.is_usable:
            return None
        place = f"{self._place}/{secrets.token_hex(4)}"
        try:
            with self._lock:
                self._hold()
            for folder in self._folders(place):
                folder.mkdir(exist_ok=True)
            self._limit_one(place)
        except OSError as error:
            logger.warning("There are no control groups for containers: %s.", error.strerror)
            self.is_usable = False
            return None
        return Cgroup(self._root, f"/{place}")

    def doubt(self) -> None:
        """A container has run, and its group knows nothing of it: the engine is on another machine."""
        self.is_usable = False

    def remove(self) -> None:
        """Remove the slot's group with all in it, and the runner's when it was the last. Raises StillAlive."""
        self._is_held = False
        _remove_below(self._root, self._place)

    def _hold(self) -> None:
        """Make the slot's group, with its limits, once. A dead runner may have left one with others."""
        if self._is_held:
            return
        self.remove()
        folders = self._folders(self._place)
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        self._limit(folders)
        self._is_held = True

    def _limit(self, folders: Sequence[Path]) -> None:
        quota = math.ceil(self._limits.cpus * _PERIOD_MICROSECONDS)
        memory_bytes = self._limits.memory_bytes + _WAITING_BYTES
        if _is_unified(self._root):
            self._delegate()
            (folders[0] / "memory.max").write_text(f"{memory_bytes}")
            (folders[0] / "memory.swap.max").write_text("0")
            (folders[0] / "cpu.max").write_text(f"{quota} {_PERIOD_MICROSECONDS}")
            return
        memory, cpu, _ = folders
        (memory / "memory.limit_in_bytes").write_text(f"{memory_bytes}")
        with suppress(OSError):  # Kernels that do not count swap lack it.
            (memory / "memory.memsw.limit_in_bytes").write_text(f"{memory_bytes}")
        (cpu / "cpu.cfs_period_us").write_text(f"{_PERIOD_MICROSECONDS}")
        (cpu / "cpu.cfs_quota_us").write_text(f"{quota}")

    def _limit_one(self, place: str) -> None:
        """Docker's limit of the container is a page more, so that it is this one that is met, and told of."""
        if not _is_unified(self._root):
            pages = self._limits.memory_bytes // _PAGE_BYTES - 1
            _tell(self._root / "memory" / place / "memory.limit_in_bytes", pages * _PAGE_BYTES)

    def _delegate(self) -> None:
        """In the one hierarchy of cgroup v2 each group says what those below it may control."""
        folder = self._root
        for part in ("", *self._place.split("/")):
            folder = folder / part
            (folder / "cgroup.subtree_control").write_text("+memory +cpu")

    def _folders(self, place: str) -> list[Path]:
        if _is_unified(self._root):
            return [self._root / place]
        return [self._root / controller / place for controller in ("memory", "cpu", "cpuacct")]


def remove_of(runner: str, root: Path = ROOT) -> None:
    """Kill and remove what a dead runner left, of however many slots it had. Raises StillAlive."""
    slots = {slot.name for hierarchy in _hierarchies(root) for slot in (hierarchy / _place_of(runner)).glob("*/")}
    for slot in sorted(slots):
        _remove_below(root, f"{_place_of(runner)}/{slot}")


@contextmanager
def made(groups: SlotCgroups) -> Iterator[Cgroup | None]:
    """A group while inside. Raises StillAlive when it cannot be removed then."""
    group = groups.make()
    try:
        yield group
    finally:
        if group:
            group.remove()


def _place_of(runner: str) -> str:
    return f"{_TOP}/{hashlib.sha256(runner.encode()).hexdigest()[:16]}"


def _remove_below(root: Path, slot: str) -> None:
    """Remove a slot's group with all in it, and those above it when they are empty."""
    Cgroup(root, f"/{slot}").remove()
    for hierarchy in _hierarchies(root):
        for folder in (hierarchy / slot).parents[:2]:
            with suppress(OSError):
                folder.rmdir()


def _tree(folder: Path) -> list[Path]:
    """A group and all below it, each before those below. One that its engine removes meanwhile is passed over."""
    return [Path(place) for place, _, _ in os.walk(folder)]


def _processes(folder: Path) -> list[int]:
    """Those of a group and of all below it."""
    found = []
    for member in _tree(folder):
        with suppress(OSError):
            found += [int(line) for line in (member / "cgroup.procs").read_text().split()]
    # 0 is one that another namespace has.
    return [process for process in found if process]


def _is_removed(folder: Path) -> bool:
    """True when a group is gone, with those below it."""
    for member in reversed(_tree(folder)):
        with suppress(OSError):
            member.rmdir()
    return not folder.exists()


def _is_unified(root: Path) -> bool:
    return (root / "cgroup.controllers").exists()


def _hierarchies(root: Path) -> list[Path]:
    return [root] if _is_unified(root) else [path for path in root.glob("*/") if not path.is_symlink()]


def _tell(file: Path, value: int) -> None:
    """Set something where the kernel has it."""
    with suppress(OSError):
        handle = os.open(file, os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(handle, str(value).encode())
        finally:
            os.close(handle)


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _table(path: Path) -> dict[str, int]:
    """A file of lines such as "usage_usec 123"; empty when it is not there."""
    with suppress(OSError, ValueError):
        return {name: int(value) for name, value in (line.split() for line in path.read_text().splitlines())}
    return {}
