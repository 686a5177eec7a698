"""What each suite of tests costs: its cases, its seconds of CPU and of wall clock, the CPU beside that of a former build.

It runs them as they lie in the current directory, one after the other and each in one process, and so measures any build;
`vitest` are the console's own. `together` is `make test`, all of them beside each other, which is run only when it is asked
for, since it is as long as all else:

    python -m benchmarks.suite [SUITE …] [--json]

CPU is that of the suite and of all that it started and waited for; what the Docker engine and its containers use is not in
it. Idle is what the machine's processors did not compute meanwhile, whoever else did: what a better order could save.
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

SUITES = ("unit", "api", "house", "runner", "system", "console", "vitest")
TOGETHER = "together"


@dataclass(frozen=True)
class Cost:
    """What a suite took. `idle_seconds` is of all processors, None where nobody counts it; `passed` says whether all did."""

    cases: int
    cpu_seconds: float
    wall_seconds: float
    idle_seconds: float | None = None
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
        cpu, idle, began = _cpu_seconds(), _idle_seconds(), time.monotonic()
        done = subprocess.run(_command(suite, report), stdout=sys.stderr, env={**os.environ, "PYTHONPATH": os.getcwd()})
        wall_seconds, cpu_seconds, idle_after = time.monotonic() - began, _cpu_seconds() - cpu, _idle_seconds()
        waited = None if idle is None or idle_after is None else round(idle_after - idle, 1)
        return Cost(_cases(report), round(cpu_seconds, 1), round(wall_seconds, 1), waited, done.returncode == 0)


def _command(suite: str, report: Path) -> list[str]:
    if suite == TOGETHER:
        return ["make", "test", f"ARGS=-q --junitxml={report}"]
    if suite == "vitest":
        return ["npm", "--prefix", "console", "test", "--", "--reporter=dot", "--reporter=junit"] + [
            f"--outputFile={report}"
        ]
    return [sys.executable, "-m", "pytest", f"tests/{suite}", "-n", "0", "-q", f"--junitxml={report}"]


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _idle_seconds() -> float | None:
    """What all processors have not computed since the machine began (proc_stat(5): idle and iowait)."""
    try:
        counted = Path("/proc/stat").read_text().partition("\n")[0].split()
    except OSError:
        return None
    return (int(counted[4]) + int(counted[5])) / os.sysconf("SC_CLK_TCK")


def _cases(report: Path) -> int:
    return len(ElementTree.parse(report).findall(".//testcase"))


def _row(suite: str, cost: Cost) -> list[object]:
    before = BASELINE.get(suite)
    ratio = f"{cost.cpu_seconds / before.cpu_seconds:.2f}" if before else ""
    former = (before.cases, before.cpu_seconds) if before else ("", "")
    idle = "" if cost.idle_seconds is None else cost.idle_seconds
    return [suite, cost.cases, cost.cpu_seconds, cost.wall_seconds, idle, *former, ratio]


def main(asked: Sequence[str]) -> int:
    """Print the table. 1 when a test of a suite failed."""
    costs = {suite: measured(suite) for suite in asked or SUITES}
    result = {suite: asdict(cost) for suite, cost in costs.items()}
    columns = ["suite", "cases", "CPU s", "wall s", "idle s", "cases then", "CPU s then", "CPU ratio"]
    show("What each suite of tests costs", columns, [_row(*item) for item in costs.items()], result)
    return 0 if all(cost.passed for cost in costs.values()) else 1


if __name__ == "__main__":
    sys.exit(main([word for word in sys.argv[1:] if word in (*SUITES, TOGETHER)]))
