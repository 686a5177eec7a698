"""Control groups above containers: what those of a slot may use together, and what each one used, also when it is gone.

They are to be had where the engine makes its groups itself ("cgroupfs"), on this machine, and the runner is root. Elsewhere
`Groups.make` gives None: then containers divide what their slot has, and what they use is only known from looking at them.
"""

import hashlib
import math
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from runner.config import Limits

ROOT = Path("/sys/fs/cgroup")
DRIVER = "cgroupfs"
_TOP = "agon"
_PERIOD_MICROSECONDS = 100_000


@dataclass(frozen=True)
class CgroupUsage:
    """What a container used in all. `peak_memory_bytes` counts no pages that the kernel keeps of files."""

    cpu_seconds: float | None = None
    peak_memory_bytes: int | None = None


class Cgroup:
    """A group of one container. `path` is what Docker calls its cgroup parent."""

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        self._root = root
        self._place = path.lstrip("/")

    def used(self) -> CgroupUsage:
        """What its container used so far, or ever: None where the kernel does not say."""
        return CgroupUsage(self._cpu_seconds(), self._peak_memory_bytes())

    def remove(self) -> None:
        """Remove it, once its container is gone. Docker makes it in every hierarchy that there is."""
        for hierarchy in _hierarchies(self._root):
            with suppress(OSError):
                (hierarchy / self._place).rmdir()

    def _cpu_seconds(self) -> float | None:
        if _is_unified(self._root):
            used, unit = _table(self._root / self._place / "cpu.stat").get("usage_usec"), 1e6
        else:
            used, unit = _number(self._root / "cpuacct" / self._place / "cpuacct.usage"), 1e9
        return None if used is None else round(used / unit, 3)

    def _peak_memory_bytes(self) -> int | None:
        """The peak less the pages of files that are left: who reads a large file does not need its size in memory."""
        if _is_unified(self._root):
            folder, name, prefix = self._root / self._place, "memory.peak", ""
        else:
            folder, name, prefix = self._root / "memory" / self._place, "memory.max_usage_in_bytes", "total_"
        peak, pages = _number(folder / name), _table(folder / "memory.stat")
        if peak is None:
            return None
        return max(0, peak - pages.get(f"{prefix}inactive_file", 0) - pages.get(f"{prefix}active_file", 0))


class SlotCgroups:
    """The groups of one slot of a runner, below one that holds them all to the slot's limits. Safe across threads."""

    def __init__(self, runner: str, slot: int, limits: Limits, driver: str, root: Path = ROOT) -> None:
        self._root = root
        self._place = f"{_place_of(runner)}/{slot}"
        self._limits = limits
        self._is_usable = driver == DRIVER
        self._is_held = False
        self._lock = threading.Lock()

    def make(self) -> Cgroup | None:
        """A group for one container; None where there can be none."""
        if not self._is_usable:
            return None
        group = Cgroup(self._root, f"/{self._place}/{secrets.token_hex(4)}")
        try:
            with self._lock:
                self._hold()
            for folder in self._folders(group.path.lstrip("/")):
                folder.mkdir(exist_ok=True)
        except OSError:
            self._is_usable = False
            return None
        return group

    def doubt(self) -> None:
        """A container has run, and its group knows nothing of it: the engine is on another machine."""
        self._is_usable = False

    def remove(self) -> None:
        """Remove the slot's group with all in it that is empty, and the runner's when it was the last."""
        for hierarchy in _hierarchies(self._root):
            _remove_empty(hierarchy / self._place)

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
        if _is_unified(self._root):
            self._delegate()
            (folders[0] / "memory.max").write_text(f"{self._limits.memory_bytes}")
            (folders[0] / "memory.swap.max").write_text("0")
            (folders[0] / "cpu.max").write_text(f"{quota} {_PERIOD_MICROSECONDS}")
            return
        memory, cpu, _ = folders
        (memory / "memory.limit_in_bytes").write_text(f"{self._limits.memory_bytes}")
        with suppress(OSError):  # Kernels that do not count swap lack it.
            (memory / "memory.memsw.limit_in_bytes").write_text(f"{self._limits.memory_bytes}")
        (cpu / "cpu.cfs_period_us").write_text(f"{_PERIOD_MICROSECONDS}")
        (cpu / "cpu.cfs_quota_us").write_text(f"{quota}")

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
    """Remove what a dead runner left, of however many slots it had. Its containers must be gone."""
    for hierarchy in _hierarchies(root):
        for slot in (hierarchy / _place_of(runner)).glob("*/"):
            _remove_empty(slot)


@contextmanager
def made(groups: SlotCgroups) -> Iterator[Cgroup | None]:
    """A group while inside."""
    group = groups.make()
    try:
        yield group
    finally:
        if group:
            group.remove()


def _place_of(runner: str) -> str:
    return f"{_TOP}/{hashlib.sha256(runner.encode()).hexdigest()[:16]}"


def _remove_empty(slot: Path) -> None:
    for folder in (*slot.glob("*/"), slot, slot.parent, slot.parent.parent):
        with suppress(OSError):
            folder.rmdir()


def _is_unified(root: Path) -> bool:
    return (root / "cgroup.controllers").exists()


def _hierarchies(root: Path) -> list[Path]:
    return [root] if _is_unified(root) else [path for path in root.glob("*/") if not path.is_symlink()]


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
