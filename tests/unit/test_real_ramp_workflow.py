"""RAMP's adapter with the real ramp-workflow: what it scores is what `ramp-test` saves of the same kit (OTHERS 2.2)."""

import csv
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.unit.challenges import Files
from tests.unit.forks import Program
from tests.unit.ramp_kits import WHEEL, kit, run
from tests.unit.test_examples import ROOT
from tests.unit.test_examples_of_others import files_of

#: Three classes over a line, of which a fold sees two thirds.
CLASSES = """
import os

import numpy as np
import rampwf as rw

problem_title = "Shades"
Predictions = rw.prediction_types.make_multiclass(["dark", "grey", "light"])
workflow = rw.workflows.Classifier()
score_types = [
    rw.score_types.NegativeLogLikelihood(name="nll", precision=4),
    rw.score_types.Accuracy(name="acc", precision=3),
    rw.score_types.BalancedAccuracy(name="bac", precision=3),
]


def get_cv(X, y):
    fold = np.arange(len(y)) % 3
    return [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(3)]


def _read(path, name):
    table = np.genfromtxt(os.path.join(path, "data", name), delimiter=",", skip_header=1, dtype=str)
    return table[:, :1].astype(float), table[:, 1]


def get_train_data(path="."):
    return _read(path, "train.csv")


def get_test_data(path="."):
    return _read(path, "test.csv")
"""
NEAREST = """
import numpy as np


class Classifier:
    def fit(self, X, y):
        self.means = np.array([X[y == name].mean() for name in ("dark", "grey", "light")])

    def predict_proba(self, X):
        near = np.exp(-np.abs(X - self.means))
        return near / near.sum(axis=1, keepdims=True)
"""
NAMES = ("dark", "grey", "light")


#: Steps, and the scores of each.
Saved = list[tuple[str, dict[str, float]]]


def rows(count: int, step: int) -> str:
    return "x,shade\n" + "".join(f"{one % 9 + one % 4},{NAMES[one * step % 9 // 3]}\n" for one in range(count))


def classes(more: str = "") -> Files:
    files = kit((WHEEL, "submissions/"), problem=CLASSES + more)
    files |= {"data/train.csv": rows(30, 7), "data/test.csv": rows(12, 4)}
    return {**files, "submissions/starting_kit/classifier.py": NEAREST}


def baking() -> Files:
    files = files_of("ramp_kit")
    baker = (ROOT / "ramp_kit/sample_submission/baker.py").read_bytes()
    return {**files, "submissions/sample/baker.py": baker}


def saved(files: Files, submission: str, folder: Path) -> Saved:
    """What ramp-test saves: of each fold and of all bagged, the step and its scores."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    program = Path(sysconfig.get_path("scripts")) / "ramp-test"
    done = Program([str(program), "--submission", submission, "--save-output"], folder)
    assert done.wait(60) == 0, done.communicate()
    output = folder / "submissions" / submission / "training_output"
    found = []
    for path in (*sorted(output.glob("fold_*/scores.csv")), output / "bagged_scores.csv"):
        with path.open() as table:
            for row in csv.DictReader(table):
                kinds = {name: float(value) for name, value in row.items() if name not in ("step", "n_bag", "time", "")}
                found.append((f"{path.parent.name}/{row['step']}", kinds))
    return found


def scored(files: Files, submission: str, folder: Path) -> dict[str, float]:
    """What our adapter scores of the same."""
    begin = f"submissions/{submission}/"
    code = {name.removeprefix(begin): content for name, content in files.items() if name.startswith(begin)}
    done = run(files, code, folder)
    assert done.scores is not None, done.errors
    return done.scores


def named(step: str, scores: Mapping[str, float]) -> dict[str, float]:
    return {f"{step}_{name.replace(' ', '_')}": value for name, value in scores.items()}


@pytest.fixture(scope="module")
def shades(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """What ramp-test saves of the three classes."""
    return saved(classes(), "starting_kit", tmp_path_factory.mktemp("shades") / "kit")


def check_bagged(saved: Saved, files: Files, submission: str, folder: Path) -> None:
    last = {step.rpartition("/")[2]: scores for step, scores in saved if step.startswith("training")}
    wanted = named("valid", last["valid"]) | named("test", last["test"])
    assert scored(files, submission, folder) == pytest.approx(wanted, rel=1e-12)


def test_bagged_scores_are_those_of_ramp_test(tmp_path: Path, shades: Saved) -> None:
    check_bagged(shades, classes(), "starting_kit", tmp_path)


def test_bagged_scores_of_a_regression_are_those_of_ramp_test(tmp_path: Path) -> None:
    check_bagged(saved(baking(), "sample", tmp_path / "kit"), baking(), "sample", tmp_path / "run")


def test_means_are_those_of_ramp_tests_folds(tmp_path: Path, shades: Saved) -> None:
    files = classes("\nleaderboard_score_kind = 'mean'\n")
    folds = [(step, scores) for step, scores in shades if step.startswith("fold")]
    wanted = {}
    for step in ("valid", "test"):
        of_step = [scores for name, scores in folds if name.endswith(f"/{step}")]
        assert len(of_step) == 3
        wanted |= named(step, {name: sum(one[name] for one in of_step) / 3 for name in of_step[0]})
    assert scored(files, "starting_kit", tmp_path / "run") == pytest.approx(wanted, rel=1e-12)
