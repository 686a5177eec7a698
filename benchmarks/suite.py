"""What each suite of tests costs: its cases, its seconds of CPU and of wall clock, the CPU beside that of a former build.

It runs them as they lie in the current directory, one after the other and each in one process, and so measures any build:

    python -m benchmarks.suite [SUITE …] [--json]

CPU is that of pytest and of all that it started and waited for; what the Docker engine and its containers use is not in it.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.report import show

SUITES = ("unit", "api", "house", "runner", "system", "console")


@dataclass(frozen=True)
class Cost:
    """What a suite took. `passed` tells whether all of it did."""

    cases: int
    cpu_seconds: float
    wall_seconds: float
    passed: bool = True


#: Suites of 88b0040, on two cores of an Intel Xeon with other work beside them: seconds of CPU are a little high for that,
#: those of the wall clock say nothing.
BASELINE = {
    "unit": Cost(1205, 44.7, 114.7),
    "api": Cost(2019, 605.8, 1901.2),
    "house": Cost(2079, 14.2, 27.6),
}


def measured(suite: str) -> Cost:
    """Run a suite's tests."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        command = [sys.executable, "-m", "pytest", f"tests/{suite}", "-n", "0", "-q", f"--junitxml={report}"]
        cpu, began = _cpu_seconds(), time.monotonic()
        done = subprocess.run(command, stdout=sys.stderr, env={**os.environ, "PYTHONPATH": os.getcwd()})
        wall_seconds, cpu_seconds = time.monotonic() - began, _cpu_seconds() - cpu
        return Cost(_cases(report), round(cpu_seconds, 1), round(wall_seconds, 1), done.returncode == 0)


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cases(report: Path) -> int:
    return len(ElementTree.parse(report).findall(".//testcase"))


def _row(suite: str, cost: Cost) -> list[object]:
    before = BASELINE.get(suite)
    ratio = f"{cost.cpu_seconds / before.cpu_seconds:.2f}" if before else ""
    former = (before.cases, before.cpu_seconds) if before else ("", "")
    return [suite, cost.cases, cost.cpu_seconds, cost.wall_seconds, *former, ratio]


def main(asked: Sequence[str]) -> int:
    """Print the table. 1 when a test of a suite failed."""
    costs = {suite: measured(suite) for suite in asked or SUITES}
    result = {suite: asdict(cost) for suite, cost in costs.items()}
    columns = ["suite", "cases", "CPU s", "wall s", "cases then", "CPU s then", "CPU ratio"]
    show("What each suite of tests costs", columns, [_row(*item) for item in costs.items()], result)
    return 0 if all(cost.passed for cost in costs.values()) else 1


if __name__ == "__main__":
    sys.exit(main([word for word in sys.argv[1:] if word in SUITES]))
