"""From POST of a submission to its score readable, beside the same scoring program by bare `docker run`, in the same run."""

import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agon import archive
from agon.client import Client
from benchmarks import local
from benchmarks.report import quantile, show

RUNS = 20
IMAGE = "agon.internal/competition:1"
SUBMISSION = local.EXAMPLE / "submissions" / "nearest_centroid"
_POLL_SECONDS = 0.02
_PATIENCE_SECONDS = 60


def main() -> None:
    """Alternate between the two, so that whatever else the machine does hits both."""
    with local.stack() as stack, _bare_folders() as folders:
        organizer, ada = stack.client(local.ORGANIZER, "organizer"), stack.client("ada")
        competition = local.competition(organizer)
        stack.start_runner(organizer)
        _measure_agon(ada, competition)
        _measure_bare(folders)
        pairs = [(_measure_agon(ada, competition), _measure_bare(folders)) for _ in range(RUNS)]
    ours, bare = (list(column) for column in zip(*pairs, strict=True))
    result = {
        "p50_seconds": round(quantile(ours, 0.5), 3),
        "p95_seconds": round(quantile(ours, 0.95), 3),
        "bare_p50_seconds": round(quantile(bare, 0.5), 3),
    }
    rows = [
        ("p50 (s)", quantile(ours, 0.5), quantile(bare, 0.5), quantile(ours, 0.5) - quantile(bare, 0.5)),
        ("p95 (s)", quantile(ours, 0.95), quantile(bare, 0.95), quantile(ours, 0.95) - quantile(bare, 0.95)),
    ]
    show(f"Submission to score, {RUNS} in a row", ("", "Agon", "bare docker run", "difference"), rows, result)


def _measure_agon(client: Client, competition: dict[str, Any]) -> float:
    if client.competition(competition["id"])["my_status"] is None:
        client.join(competition["id"])
    with archive.packed(SUBMISSION) as predictions:
        upload = client.upload(predictions, "submission")
    began = time.perf_counter()
    submission = client.submit(competition["phases"][0]["id"], upload["id"], "benchmark")["id"]
    while time.perf_counter() - began < _PATIENCE_SECONDS:
        state = client.submission(submission)
        if state["status"] == "Finished":
            return time.perf_counter() - began
        if state["status"] == "Failed":
            raise SystemExit(f"The submission failed: {state['reason']}")
        time.sleep(_POLL_SECONDS)
    raise SystemExit("The submission was not scored. Is the image there? See `python -m runner check`.")


@contextmanager
def _bare_folders() -> Iterator[Path]:
    """What the container sees in Agon, as plain folders."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, source in {
            "program": local.EXAMPLE / "scoring_program",
            "input/ref": local.EXAMPLE / "reference_data",
            "input/res": SUBMISSION,
        }.items():
            with archive.packed(source) as packed, zipfile.ZipFile(packed) as zipped:
                zipped.extractall(root / name)
        (root / "output").mkdir()
        yield root


def _measure_bare(root: Path) -> float:
    mounts = [f"--volume={root / name}:/app/{name}" for name in ("program", "input", "output")]
    command = ["python3", "/app/program/score.py", "/app/input", "/app/output"]
    began = time.perf_counter()
    words = ["docker", "run", "--rm", "--network=none", "--workdir=/app/program", *mounts, IMAGE, *command]
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
