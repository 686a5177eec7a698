"""The start of the command line: processor time, and time by the clock, of what imports no client and of a noun's help.

Processor time, user and system of the process, is what is held to a limit: what else the machine does counts little then.
It stands beside a Python that does nothing. Nothing is written.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from agon import config
from benchmarks.report import show

RUNS = 11
#: Half of the 0.9 s that `agon --version` took while it imported all commands. Seconds of the processor.
MOST_SECONDS = 0.45
_RUN = "import sys; sys.argv = ['agon', *sys.argv[1:]]; from agon.main import app; app()"
_ASKED: dict[str, tuple[str, ...]] = {
    "agon --version": ("-c", _RUN, "--version"),
    "agon --help": ("-c", _RUN, "--help"),
    "agon competitions --help": ("-c", _RUN, "competitions", "--help"),
}
_NOTHING = ("-c", "pass")


def main() -> None:
    """Alternate between all, so that whatever else the machine does hits each, and stop with an error over the limit."""
    rounds = [{name: _seconds(*words) for name, words in {**_ASKED, "nothing": _NOTHING}.items()} for _ in range(RUNS + 1)]
    # The first round also reads all files from the disk.
    processor, clock = (
        {name: statistics.median(one[name][at] for one in rounds[1:]) for name in rounds[0]} for at in (0, 1)
    )
    bare = processor["nothing"]
    rows = [(name, processor[name], MOST_SECONDS, bare, clock[name], clock["nothing"]) for name in _ASKED]
    result = {name: {"seconds": processor[name], "by_the_clock": clock[name]} for name in processor}
    columns = ("", "CPU, s", "at most", "bare Python", "by the clock, s", "bare Python")
    show(f"Command line, median of {RUNS}", columns, rows, result)
    if over := [name for name in _ASKED if processor[name] > MOST_SECONDS]:
        sys.exit(f"Over the limit: {', '.join(over)}")


def _seconds(*words: str) -> tuple[float, float]:
    """Processor time and time by the clock of a Python."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(config.SOURCE)}
    # Elsewhere than in a checkout: Python would take modules from there first.
    command = [sys.executable, *words]
    subprocess.run(command, env=environment, cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL, check=True)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, took


if __name__ == "__main__":
    main()
