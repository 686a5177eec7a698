"""Metrics in the shapes that Kaggle's hosts write them in: each is taken by the check, and scores or refuses as there."""

import math
from pathlib import Path

import pytest

from tests.unit.adapting import run
from tests.unit.challenges import Files, kaggle, read

#: Rows of several classes, under ids that are texts, whose rows sum up to one once they are scaled.
LOG_LOSS = '''
"""Multi-class logarithmic loss over rows that need not sum up to one."""
from typing import Sequence

import numpy as np
import pandas as pd
import pandas.api.types


class ParticipantVisibleError(Exception):
    pass


def score(solution: pd.DataFrame, submission: pd.DataFrame, row_id_column_name: str, epsilon: float = 1e-15) -> float:
    """
    >>> score(pd.DataFrame({"id": [0], "cat": [1]}), pd.DataFrame({"id": [0], "cat": [1.0]}), "id")
    0.0
    """
    solution, submission = solution.drop(columns=row_id_column_name), submission.drop(columns=row_id_column_name)
    if list(solution.columns) != list(submission.columns):
        raise ParticipantVisibleError(f"The columns must be {list(solution.columns)}")
    for column in submission.columns:
        if not pandas.api.types.is_numeric_dtype(submission[column]):
            raise ParticipantVisibleError(f"Submission column {column} must be a number")
    if submission.min().min() < 0:
        raise ParticipantVisibleError("All predictions must be at least zero")
    chances = submission.to_numpy(float)
    chances = np.clip(chances / chances.sum(axis=1, keepdims=True), epsilon, 1)
    return float(-(solution.to_numpy() * np.log(chances)).sum(axis=1).mean())
'''
#: A column of the solution that no submission has tells groups apart, and another weighs rows.
GROUPED = """
import pandas as pd


class ParticipantVisibleError(Exception):
    pass


class HostVisibleError(Exception):
    pass


def _of_group(rows: pd.DataFrame) -> float:
    return float((rows["weight"] * (rows["y"] - rows["y_pred"]).abs()).sum() / rows["weight"].sum())


def score(
    solution: pd.DataFrame,
    submission: pd.DataFrame,
    row_id_column_name: str,
    group_column: str = "store",
    worst_only: bool = False,
    quantiles: list[float] | None = None,
) -> float:
    if solution["weight"].min() <= 0:
        raise HostVisibleError("weights must be positive")
    if submission["y"].isna().any():
        raise ParticipantVisibleError("Predictions must not be empty")
    both = solution.merge(submission.rename(columns={"y": "y_pred"}), on=row_id_column_name, validate="1:1")
    groups = [_of_group(rows) for _, rows in both.groupby(group_column, sort=True)]
    return max(groups) if worst_only else sum(groups) / len(groups)
"""
#: Predictions that are lists within a field, each of texts.
RANKED = """
import pandas as pd


class ParticipantVisibleError(Exception):
    pass


def average_precision(truth: str, guesses: list[str], k: int) -> float:
    if len(set(guesses)) < len(guesses):
        raise ParticipantVisibleError("A label is predicted twice in one row")
    return 1 / (guesses.index(truth) + 1) if truth in guesses[:k] else 0.0


def score(solution: pd.DataFrame, submission: pd.DataFrame, row_id_column_name: str, k: int = 3) -> float:
    if len(submission.columns) != 2:
        raise ParticipantVisibleError(f"There are {len(submission.columns)} columns, and not 2")
    rows = zip(solution["label"], submission["label"].str.split())
    return sum(average_precision(truth, guesses, k) for truth, guesses in rows) / len(solution)
"""
#: Kaggle's own helper beside scikit-learn, with times as the ids of rows.
AREA = """
import kaggle_metric_utilities
import pandas as pd
import sklearn.metrics


class ParticipantVisibleError(Exception):
    pass


def score(solution: pd.DataFrame, submission: pd.DataFrame, row_id_column_name: str, weights_column_name: str = None):
    del solution[row_id_column_name]
    del submission[row_id_column_name]
    weights = None
    if weights_column_name:
        if weights_column_name not in solution.columns:
            raise ValueError(f"The solution weights column {weights_column_name} is not found")
        weights = solution.pop(weights_column_name).values
    return kaggle_metric_utilities.safe_call_score(
        sklearn.metrics.roc_auc_score, solution.values, submission.values, sample_weight=weights
    )
"""


def competition(metric: str, solution: str, sample: str, **said: object) -> Files:
    return {
        **kaggle(end="2027-01-31", **said),
        "metric.py": metric,
        "solution.csv": solution,
        "sample_submission.csv": sample,
    }


CLASSES = competition(
    LOG_LOSS,
    "image_id,cat,dog,owl,Usage\nimg_07,1,0,0,Public\nimg_08,0,1,0,Private\nimg_09,0,0,1,Ignored\n0010,0,0,1,Private\n",
    "image_id,cat,dog,owl\nimg_07,1,1,1\nimg_08,1,1,1\nimg_09,1,1,1\n0010,1,1,1\n",
)
STORES = competition(
    GROUPED,
    "row,y,store,weight,Usage\n1,10,a,1,Public\n2,20,a,3,Public\n3,5,b,1,Public\n4,7,b,1,Private\n5,8,c,2,Private\n",
    "row,y\n1,0\n2,0\n3,0\n4,0\n5,0\n",
    parameters={"worst_only": True, "quantiles": [0.1, 0.9]},
)
SOUNDS = competition(
    RANKED,
    "clip,label,Usage\nx-1,whale,Public\nx-2,seal,Public\nx-3,bat,Private\n",
    "clip,label\nx-1,whale seal bat\nx-2,whale seal bat\nx-3,whale seal bat\n",
    lower_is_better=False,
)
CLICKS = competition(
    AREA,
    "when,clicked,w,Usage\n2026-01-01 00:00,0,1,Public\n2026-01-01 01:00,1,2,Public\n2026-01-02 00:00,1,1,Private\n"
    "2026-01-02 01:00,0,1,Private\n",
    "when,clicked\n2026-01-01 00:00,0.5\n2026-01-01 01:00,0.5\n2026-01-02 00:00,0.5\n2026-01-02 01:00,0.5\n",
    lower_is_better=False,
    parameters={"weights_column_name": "w"},
)


@pytest.mark.parametrize("files", [CLASSES, STORES, SOUNDS, CLICKS], ids=["classes", "stores", "sounds", "clicks"])
def test_the_check_takes_it_and_its_sample_is_scored(files: Files, tmp_path: Path) -> None:
    reading = read(files)
    assert reading.bundle is not None and reading.errors == ()
    done = run(files, {"submission.csv": str(files["sample_submission.csv"])}, tmp_path / "run")
    assert done.exit_code == 0, done.errors
    assert done.scores is not None and set(done.scores) == {"score", "private_score"}


@pytest.mark.parametrize(
    ("files", "submission", "scores"),
    [
        (
            CLASSES,
            "image_id,cat,dog,owl\n0010,0,0,1\nimg_09,1,0,0\nimg_08,0,2,2\nimg_07,3,1,0\n",
            (-math.log(0.75), math.log(2) / 2),
        ),
        (STORES, "row,y\n5,9\n4,7\n3,9\n2,21\n1,12\n", (4.0, 1.0)),
        (SOUNDS, "clip,label\nx-3,seal whale bat\nx-1,seal whale\nx-2,seal\n", (0.75, 1 / 3)),
        (
            CLICKS,
            "when,clicked\n2026-01-01 00:00,0.1\n2026-01-01 01:00,0.9\n2026-01-02 00:00,0.2\n2026-01-02 01:00,0.7\n",
            (1.0, 0.0),
        ),
    ],
    ids=["classes", "stores", "sounds", "clicks"],
)
def test_each_board_has_the_score_of_its_rows(
    files: Files, submission: str, scores: tuple[float, float], tmp_path: Path
) -> None:
    done = run(files, {"submission.csv": submission}, tmp_path / "run")
    assert done.scores == pytest.approx({"score": scores[0], "private_score": scores[1]}), done.errors


@pytest.mark.parametrize(
    ("files", "submission", "told"),
    [
        (CLASSES, "image_id,cat,dog,owl\nimg_07,-1,0,0\nimg_08,1,1,1\nimg_09,1,1,1\n0010,1,1,1\n", "at least zero"),
        (
            CLASSES,
            "image_id,cat,dog,owl\nimg_07,a,0,0\nimg_08,1,1,1\nimg_09,1,1,1\n0010,1,1,1\n",
            "column cat must be a number",
        ),
        (CLASSES, "image_id,cat,dog\nimg_07,1,0\nimg_08,1,1\nimg_09,1,1\n0010,1,1\n", "The columns must be"),
        (
            CLASSES,
            "image_id,cat,dog,owl\nimg_07,1,1,1\nimg_08,1,1,1\nimg_09,1,1,1\n10,1,1,1\n",
            "`image_id` 10, which is none",
        ),
        (STORES, "row,y\n1,1\n2,\n3,1\n4,1\n5,1\n", "must not be empty"),
        (SOUNDS, "clip,label\nx-1,seal seal\nx-2,seal\nx-3,bat\n", "predicted twice"),
    ],
)
def test_what_a_participant_does_wrong_reaches_them(files: Files, submission: str, told: str, tmp_path: Path) -> None:
    done = run(files, {"submission.csv": submission}, tmp_path / "run")
    assert (done.exit_code, done.scores) == (1, None)
    assert done.refusal is not None and told in done.refusal


def test_what_the_host_does_wrong_is_the_hosts(tmp_path: Path) -> None:
    files = {**STORES, "solution.csv": str(STORES["solution.csv"]).replace("1,10,a,1", "1,10,a,0")}
    done = run(files, {"submission.csv": str(files["sample_submission.csv"])}, tmp_path / "run")
    assert (done.exit_code, done.refusal) == (1, None) and "weights must be positive" in done.errors
