"""The start of the command line: the CPU of `agon --version` and `agon --help`, beside a former build that imported all.

CPU and not the clock, user and system of the process: what else the machine does counts little then. Nothing is written.
"""

import io
import os
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from agon import config
from benchmarks.report import show

RUNS = 11
#: The last build whose command line imported every command.
FORMER = "776cdc4"
#: The most of the former build's CPU that is allowed.
MOST_RATIO = 0.5
_RUN = "import sys; sys.argv = ['agon', *sys.argv[1:]]; from agon.main import app; app()"
_ASKED = ("--version", "--help")


def main() -> None:
    """Alternate between both, so that whatever else the machine does hits each."""
    with tempfile.TemporaryDirectory() as folder:
        if not (former := _checked_out(Path(folder))):
            sys.exit(f"Nothing to compare with: git has no build {FORMER} here.")
        rounds = [
            {(asked, place): _seconds(place, asked) for asked in _ASKED for place in (config.SOURCE, former)}
            for _ in range(RUNS + 1)
        ]
        # The first round also reads all files from the disk.
        median = {key: statistics.median(one[key] for one in rounds[1:]) for key in rounds[0]}
    pairs = {asked: (median[asked, config.SOURCE], median[asked, former]) for asked in _ASKED}
    rows = [(f"agon {asked} (s of CPU)", ours, was, f"{ours / was:.2f}") for asked, (ours, was) in pairs.items()]
    result = {asked: {"ours": ours, "former": was, "ratio": ours / was} for asked, (ours, was) in pairs.items()}
    show(f"Command line, median of {RUNS}, beside build {FORMER}", ("", "Agon", "baseline", "ratio"), rows, result)
    if any(ours > MOST_RATIO * was for ours, was in pairs.values()):
        sys.exit(f"More than {MOST_RATIO} of the former build's.")


def _checked_out(folder: Path) -> Path | None:
    command = ["git", "-C", str(config.SOURCE), "archive", FORMER, "agon", "chalicelib"]
    archived = subprocess.run(command, capture_output=True)
    if archived.returncode:
        return None
    with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _seconds(place: Path, asked: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(place)}
    command = [sys.executable, "-c", _RUN, asked]
    # Elsewhere than in a checkout: Python would take modules from there first.
    subprocess.run(command, env=environment, cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
