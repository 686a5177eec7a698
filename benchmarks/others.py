"""Competitions of other platforms: `agon try` beside the platform's own evaluator on the same input, and what a check reads.

The evaluators run as their platforms run them, in a process of this Python without a container around it: EvalAI's imports
a package and calls `evaluate`, Kaggle's calls `score` once a board, RAMP's is `ramp-test`. There pandas and scikit-learn are
this Python's, here they are the image's: so RAMP's, which is nearly all their import, is shown and not held to anything.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agon import archive, config
from agon.commands.bundle import read
from benchmarks.report import show
from tests.unit.ramp_kits import real_wheels

RUNS = 5
#: Seconds that a scoring step may take beyond the evaluator itself: its container, and the adapter.
MOST_SECONDS = 0.35
#: Bytes that the check of a challenge may read beside its directory and small files.
MOST_BYTES = 1_000_000
CHALLENGE_BYTES = 500 * 1024**2
_EXAMPLES = config.SOURCE / "examples"
_EVALAI, _KAGGLE, _RAMP = (_EXAMPLES / name for name in ("evalai_challenge", "kaggle_metric", "ramp_kit"))
#: With bytecode that is kept, as what is installed has it, and images have.
_KEPT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/agon-adapters"}
_OF_EVALAI = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
module = importlib.import_module("evaluation_script")
print(json.dumps(module.evaluate(*sys.argv[2:5], submission_metadata={})["result"]))
"""
_OF_KAGGLE = """
import sys
import pandas as pd
sys.path.insert(0, sys.argv[1])
import metric
solution, submission = pd.read_csv(sys.argv[2]), pd.read_csv(sys.argv[3])
for usage in ("Public", "Private"):
    rows = solution[solution["Usage"] == usage].drop(columns=["Usage"]).reset_index(drop=True)
    print(metric.score(rows, rows[["id"]].merge(submission, on="id", how="left"), "id"))
"""


def main() -> None:
    """Alternate between both, so that whatever else the machine does hits each."""
    with tempfile.TemporaryDirectory() as folder:
        _main(_kit(Path(folder) / "kit"))


def _main(kit: Path) -> None:
    challenge, competition = _EVALAI / "challenge", _KAGGLE / "competition"
    submission = _EVALAI / "final_submission/birds.json"
    predictions = _KAGGLE / "sample_submission/submission.csv"
    annotation = challenge / "annotations/final.json"
    pairs = {
        "EvalAI": (
            [challenge, submission, "--phase", "1"],
            [sys.executable, "-c", _OF_EVALAI, challenge, annotation, submission, "final"],
        ),
        "Kaggle": (
            [competition, predictions],
            [sys.executable, "-c", _OF_KAGGLE, competition, competition / "solution.csv", predictions],
        ),
        "RAMP": (
            [kit, kit / "submissions/sample"],
            [Path(sysconfig.get_path("scripts")) / "ramp-test", "--submission", "sample", "--ramp-kit-dir", kit]
            + ["--ramp-data-dir", kit, "--ramp-submission-dir", kit / "submissions"],
        ),
    }
    rows: list[tuple[object, ...]] = []
    result: dict[str, Any] = {}
    for name, (tried, evaluator) in pairs.items():
        rounds = [(_try(tried), _seconds(evaluator)) for _ in range(RUNS + 1)]
        step = statistics.median(step for (step, _), _ in rounds[1:])
        whole = statistics.median(whole for (_, whole), _ in rounds[1:])
        own = statistics.median(seconds for _, seconds in rounds[1:])
        rows.append((f"{name}: scoring step (s)", step, own, f"{step / own:.2f}"))
        rows.append((f"{name}: agon try, all of it (s)", whole, own, f"{whole / own:.2f}"))
        rows.append((f"{name}: beyond it: step, all (s)", step - own, whole - own, ""))
        result[name] = {"step": step, "try": whole, "evaluator": own, "over": step - own, "try_over": whole - own}
    # Modules that a first check imports are no part of the challenge.
    read(challenge)
    with tempfile.TemporaryDirectory() as folder:
        for kind, size, count, seconds in _check(Path(folder)):
            rows.append((f"check of a {kind} of {size / 1e6:.0f} MB (bytes read)", count, size, f"{count / size:.5f}"))
            rows.append((f"check of a {kind} of {size / 1e6:.0f} MB (s)", seconds, "", ""))
            result[f"check of a {kind}"] = {"bytes": size, "read": count, "seconds": seconds}
    show(f"Other platforms, median of {RUNS}", ("", "Agon", "itself", "ratio"), rows, result)
    most = max(found["read"] for found in result.values() if "read" in found)
    if any(result[name]["over"] > MOST_SECONDS for name in ("EvalAI", "Kaggle")) or most > MOST_BYTES:
        sys.exit(f"More than {MOST_SECONDS} s beyond the evaluator, or than {MOST_BYTES:,} bytes.")


def _try(words: list[object]) -> tuple[float, float]:
    """The seconds of the scoring step, and of the whole command."""
    command = [sys.executable, "-m", "agon.main", "try", *map(str, words), "--json"]
    began = time.perf_counter()
    done = subprocess.run(command, cwd=config.SOURCE, capture_output=True, text=True, check=True, env=_KEPT)
    whole = time.perf_counter() - began
    return max(step["seconds"] for step in json.loads(done.stdout.splitlines()[-1])["steps"]), whole


def _seconds(words: list[object]) -> float:
    """The seconds of an evaluator by itself."""
    began = time.perf_counter()
    subprocess.run([*map(str, words)], capture_output=True, check=True, env=_KEPT)
    return time.perf_counter() - began


def _kit(kit: Path) -> Path:
    """The template's kit, with the ramp-workflow of this Python as wheels in the place of an image that has it."""
    shutil.copytree(_RAMP / "kit", kit)
    said = [line for line in (kit / "agon.yaml").read_text().splitlines() if not line.startswith("docker_image:")]
    (kit / "agon.yaml").write_text("\n".join([*said, ""]))
    for name, content in real_wheels().items():
        (kit / name).parent.mkdir(exist_ok=True)
        (kit / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    shutil.copytree(_RAMP / "sample_submission", kit / "submissions/sample")
    return kit


def _check(folder: Path) -> Iterator[tuple[str, int, int, float]]:
    """Of a large challenge as a folder and as a zip: its bytes, those that its check reads, and its seconds."""
    challenge, zipped = folder / "challenge", folder / "challenge.zip"
    shutil.copytree(_EVALAI / "challenge", challenge)
    with (challenge / "evaluation_script/weights.bin").open("wb") as weights:
        for _ in range(CHALLENGE_BYTES // 1024**2):
            weights.write(bytes(1024**2))
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_STORED) as target:
        for path, name in archive.files_in(challenge):
            target.write(path, name)
    for name, path in (("folder", challenge), ("zip", zipped)):
        before, began = _read_bytes(), time.perf_counter()
        told = read(path)
        seconds, count = time.perf_counter() - began, _read_bytes() - before
        assert not told["errors"], told["errors"]
        yield name, CHALLENGE_BYTES, count, seconds


def _read_bytes() -> int:
    """The bytes that this process has read so far, from wherever."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("rchar")).split()[1])


if __name__ == "__main__":
    main()
