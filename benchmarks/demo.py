"""`make demo` in a fresh clone, and a second time, beside the same of a former build in the same run.

    python -m benchmarks.demo [COMMIT] [--json]

What the machine has is used by both: packages of its distribution, and the engine with the image. So of a first demo it
measures what a clone installs and deploys. Without a commit the figures beside it are those of BASELINE.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agon import config
from benchmarks.report import show

#: Of 88b0040, on a fresh machine of two cores: the first installs the distribution's packages and makes the image, too.
BASELINE = {"first": 356.0, "second": 54.0}
#: What the two may take of the baseline.
LIMITS = {"first": 0.5, "second": 0.4}
PATIENCE_SECONDS = 900


def main() -> None:
    """Measure ours, and the former build where one is named."""
    former = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    ours = _demos("HEAD")
    beside = _demos(former) if former else BASELINE
    ratios = {name: ours[name] / beside[name] for name in ours}
    rows = [(f"the {name} demo (s)", ours[name], beside[name], ratios[name], LIMITS[name]) for name in ours]
    result = {name: {"seconds": round(ours[name], 1), "ratio": round(ratios[name], 3)} for name in ours}
    show(
        f"make demo, beside {former or '88b0040 as it was measured'}",
        ("", "Agon", "beside", "ratio", "at most"),
        rows,
        result,
    )
    if over := [name for name in ours if ratios[name] > LIMITS[name]]:
        raise SystemExit(f"Over the limit: the {' and the '.join(over)} demo")


def _demos(commit: str) -> dict[str, float]:
    with _clone(commit) as folder:
        return {name: _seconds(folder) for name in ("first", "second")}


@contextmanager
def _clone(commit: str) -> Iterator[Path]:
    """A checkout of nothing but what is committed, whose stack ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="agon-demo-"))
    try:
        sha = subprocess.check_output(["git", "rev-parse", commit], cwd=config.SOURCE, text=True).strip()
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(config.SOURCE), str(folder)], check=True)
        subprocess.run(["git", "checkout", "--quiet", "--detach", sha], cwd=folder, check=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _seconds(folder: Path) -> float:
    """Of one demo, which must end with two scores. Nothing of this process's own environment helps it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("AGON", "AWS", "PYTHON", "VIRTUAL"))}
    path = [part for part in own["PATH"].split(os.pathsep) if ".venv" not in part]
    began = time.monotonic()
    done = subprocess.run(
        ["make", "--silent", "demo", "ARGS=--exit --json"],
        cwd=folder,
        env=own | {"PATH": os.pathsep.join(path)},
        stdout=subprocess.PIPE,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    took = time.monotonic() - began
    leaderboard = json.loads(done.stdout.splitlines()[-1])["leaderboard"]
    if len(leaderboard) != 2:
        raise SystemExit(f"The demo's leaderboard is not what it should be: {leaderboard}")
    return took


if __name__ == "__main__":
    main()
