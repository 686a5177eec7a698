"""What processes of this machine have and use: whole families of them, found by what they were started as."""

import os
import re
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from benchmarks.containers import memory_of

_TICKS_PER_SECOND = 100


def family(process: int) -> set[int]:
    """A process, its children and theirs."""
    parents = _parents()
    found: set[int] = set()
    met = {process}
    while met:
        found |= met
        met = {one for one, parent in parents.items() if parent in met} - found
    return found


def started_as(patterns: Iterable[str]) -> set[int]:
    """Those whose command line has one of the patterns, and their families. Who asks, with its own, is not one of them."""
    found: set[int] = set()
    for process in _parents():
        with suppress(OSError):
            line = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if any(re.search(pattern, line) for pattern in patterns):
                found |= family(process)
    return found - family(os.getpid())


def cpu_seconds(processes: Iterable[int]) -> float:
    """What they have used so far, with those of their children that ended."""
    ticks = 0
    for process in processes:
        with suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / _TICKS_PER_SECOND


def mebibytes(processes: Iterable[int]) -> float:
    """The memory that they have now: what several share counts once."""
    total = 0.0
    for process in processes:
        with suppress(OSError, KeyError):
            total += memory_of(process).proportional
    return total


def _parents() -> dict[int, int]:
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
    return {int(one): int(parent) for one, parent in map(str.split, listed.splitlines())}
