"""A small RAMP kit, the part of ramp-workflow that it needs, and both of its programs, run side by side."""

import io
import os
import shutil
import signal
import subprocess
import sysconfig
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from tests.unit.adapting import Ran, ended
from tests.unit.challenges import Files, unpacked
from tests.unit.forks import Program

STAND_IN = Path(__file__).parent / "ramp_stand_in"
WHEEL = "wheels/ramp_workflow-0.7.0-py3-none-any.whl"
PROBLEM = """
import csv
import os

import numpy as np
import rampwf as rw


class CloseBy(rw.score_types.BaseScoreType):
    is_lower_the_better = False
    minimum, maximum = 0.0, 1.0

    def __init__(self, name="close by", precision=2):
        self.name, self.precision = name, precision

    def __call__(self, y_true, y_pred):
        return np.mean(np.abs(y_true - y_pred) < 0.5)


problem_title = "Slopes"
Predictions = rw.prediction_types.make_regression()
workflow = rw.workflows.Estimator()
score_types = [rw.score_types.RMSE(name="rmse", precision=3), CloseBy()]


def get_cv(X, y):
    even = np.arange(len(y)) % 2 == 0
    yield np.flatnonzero(even), np.flatnonzero(~even)
    yield np.flatnonzero(~even), np.flatnonzero(even)


def _read(path, name):
    with open(os.path.join(path, "data", name)) as table:
        rows = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(table)]
    return np.array([[x] for x, _ in rows]), np.array([y for _, y in rows])


def get_train_data(path="."):
    return _read(path, "train.csv")


def get_test_data(path="."):
    return _read(path, "test.csv")
"""
ESTIMATOR = """
class Line:
    def fit(self, X, y):
        self.slope = (X[:, 0] @ y) / (X[:, 0] @ X[:, 0])
        return self

    def predict(self, X):
        return self.slope * X[:, 0]


def get_estimator():
    return Line()
"""


def kit(without: tuple[str, ...] = (), /, problem: str = PROBLEM, **said: Any) -> Files:
    """The files of a kit, with what agon.yaml says, and without some of its files."""
    written = {"end": "2099-01-01", **said}
    files: Files = {
        "agon.yaml": yaml.safe_dump({key: value for key, value in written.items() if value is not ...}),
        "problem.py": problem,
        "README.md": "# Slopes\n",
        "slopes_starting_kit.ipynb": "{}",
        WHEEL: wheel(),
        "data/train.csv": "x,y\n1,2\n2,4\n3,6\n4,9\n",
        "data/test.csv": "x,y\n5,10\n6,13\n",
        "submissions/starting_kit/estimator.py": ESTIMATOR,
    }
    return {name: content for name, content in files.items() if not name.startswith(without)} if without else files


def wheel() -> bytes:
    """The stand-in as a wheel: a zip that Python imports from."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        for path in sorted(STAND_IN.rglob("*.py")):
            zipped.writestr(zipfile.ZipInfo(path.relative_to(STAND_IN).as_posix()), path.read_text())
    return target.getvalue()


def real_wheels() -> Files:
    """The ramp-workflow that is installed here, with what it needs beside scikit-learn, as wheels."""
    wheels: Files = {}
    for package in ("rampwf", "cloudpickle", "click"):
        source = Path(sysconfig.get_path("purelib")) / package
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as zipped:
            for path in sorted(source.rglob("*.py")):
                zipped.write(path, path.relative_to(source.parent))
        wheels[f"wheels/{package}-1-py3-none-any.whl"] = target.getvalue()
    return wheels


def run(files: Files, submission: Mapping[str, str | bytes], room: Path) -> Ran:
    """Train, predict and score a submission with the competition that a kit becomes, as two containers do it."""
    shutil.rmtree(room, ignore_errors=True)
    placed: dict[str, str | bytes] = {f"submission/{name}": content for name, content in submission.items()} | {
        **unpacked(files)
    }
    for name, content in placed.items():
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    shared, output, predictions = (room / name for name in ("shared", "output", "predictions"))
    for folder in (room / "submission", shared, output, predictions):
        folder.mkdir(parents=True, exist_ok=True)
    code = [room / "ingestion_program/adapter.py", "code", room / "submission", room / "input_data/kit", shared, predictions]
    truth = [room / "scoring_program/adapter.py", "truth", room / "reference_data", shared, output]
    # The real one is installed here, and would go before a wheel.
    begin = str(STAND_IN) if WHEEL in files else ""
    one, other = (Program([str(word) for word in words], room, begin) for words in (code, truth))
    try:
        # A runner stops the one where the other has failed.
        while other.poll() is None and one.poll() in (None, 0):
            _wait_a_little(other, 0.02)
        _wait_a_little(one, 1.0 if other.poll() == 0 else 0.0)
        codes = [one.poll() or 0, other.poll() or 0]
    finally:
        for process in (one, other):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    said = [process.communicate() for process in (one, other)]
    if (predictions / "submission_error.txt").exists():
        shutil.copy(predictions / "submission_error.txt", output)
    return ended(max(codes), output, "".join(text for text, _ in said), "".join(text for _, text in said))


def _wait_a_little(process: Program, seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
