"""Competitions of other platforms, small and whole: EvalAI's and Kaggle's, as mappings of files."""

import copy
import io
import json
from collections.abc import Mapping
from typing import Any

import yaml

from chalicelib.domain.bundle.archive import Contents
from chalicelib.domain.bundle.check import bundle_of_archive, opened
from chalicelib.domain.bundle.model import Bundle
from chalicelib.domain.bundle.reading import Reading
from tests.builders import archive

Files = dict[str, str | bytes]

MAIN = """
import json


def evaluate(test_annotation_file, user_submission_file, phase_codename, **kwargs):
    truth, guess = (json.load(open(path)) for path in (test_annotation_file, user_submission_file))
    right = sum(a == b for a, b in zip(truth, guess)) / len(truth)
    rows = [{"train_split": {"Accuracy": right, "Error rate": 1 - right}}]
    if phase_codename != "dev":
        rows.append({"test_split": {"Accuracy": right, "Error rate": 1 - right}})
    return {"result": rows, "submission_result": rows[0]}
"""
CONFIG: dict[str, Any] = {
    "title": "Letters",
    "short_description": "Guess the letters.",
    "description": "templates/description.html",
    "evaluation_details": "templates/evaluation.html",
    "terms_and_conditions": "templates/terms.html",
    "submission_guidelines": "templates/guidelines.html",
    "image": "logo.png",
    "evaluation_script": "evaluation_script.zip",
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2099-12-31 23:59:59",
    "leaderboard": [{"id": 1, "schema": {"labels": ["Accuracy", "Error rate"], "default_order_by": "Accuracy"}}],
    "challenge_phases": [
        {
            "id": 1,
            "name": "Dev",
            "codename": "dev",
            "description": "templates/phase.html",
            "is_public": True,
            "start_date": "2026-01-01 00:00:00",
            "end_date": "2026-06-30 23:59:59",
            "test_annotation_file": "annotations/dev.json",
            "allowed_submission_file_types": ".json, .zip",
        },
        {
            "id": 2,
            "name": "Test",
            "codename": "test",
            "description": "templates/phase.html",
            "is_public": True,
            "start_date": "2026-07-01 00:00:00",
            "end_date": "2099-12-31 23:59:59",
            "test_annotation_file": "annotations/test.json",
            "allowed_submission_file_types": ".json",
        },
    ],
    "dataset_splits": [
        {"id": 1, "name": "Train split", "codename": "train_split"},
        {"id": 2, "name": "Test split", "codename": "test_split"},
    ],
    "challenge_phase_splits": [
        {"challenge_phase_id": phase, "leaderboard_id": 1, "dataset_split_id": split, "visibility": visibility}
        | {"leaderboard_decimal_precision": 3, "is_leaderboard_order_descending": True}
        for phase, split, visibility in ((1, 1, 3), (2, 1, 3), (2, 2, 1))
    ],
}
METRIC = """
import pandas as pd


class ParticipantVisibleError(Exception):
    pass


def score(solution: pd.DataFrame, submission: pd.DataFrame, row_id_column_name: str, power: int = 1) -> float:
    del solution[row_id_column_name], submission[row_id_column_name]
    if (submission["target"] < 0).any():
        raise ParticipantVisibleError("Targets are not negative.")
    return float((abs(solution["target"] - submission["target"]) ** power).mean())
"""
SOLUTION = "id,target,Usage\n1,1.0,Public\n2,2.0,Public\n3,3.0,Private\n4,9.0,Ignored\n"
SAMPLE = "id,target\n1,0.0\n2,0.0\n3,0.0\n4,0.0\n"


def challenge(without: tuple[str, ...] = (), /, **changes: Any) -> Files:
    """The files of an EvalAI challenge, with other keys than it has, and without some of its files."""
    written = {key: value for key, value in {**copy.deepcopy(CONFIG), **changes}.items() if value is not ...}
    pages = ("description", "evaluation", "terms", "guidelines", "phase")
    files: Files = {
        "challenge_config.yaml": yaml.safe_dump(written, sort_keys=False),
        **{f"templates/{name}.html": f"<h1>{name}</h1><p>It is <b>so</b>.</p>" for name in pages},
        "logo.png": b"\x89PNG",
        "annotations/dev.json": '["a", "b"]',
        "annotations/test.json": '["a", "b", "c"]',
        "evaluation_script/__init__.py": "from .main import evaluate\n",
        "evaluation_script/main.py": MAIN,
    }
    return {name: content for name, content in files.items() if not name.startswith(without)} if without else files


def phases(**changes: Any) -> list[dict[str, Any]]:
    """The challenge's phases, with other keys."""
    return [{**phase, **changes} for phase in copy.deepcopy(CONFIG["challenge_phases"])]


def schema(**changes: Any) -> list[dict[str, Any]]:
    """The challenge's one leaderboard, with other keys of its schema."""
    return [{"id": 1, "schema": {**copy.deepcopy(CONFIG["leaderboard"][0]["schema"]), **changes}}]


def phase_splits(**changes: Any) -> list[dict[str, Any]]:
    """The challenge's boards, with other keys."""
    return [
        {key: value for key, value in {**one, **changes}.items() if value is not ...}
        for one in CONFIG["challenge_phase_splits"]
    ]


def kaggle(without: tuple[str, ...] = (), /, **said: Any) -> Files:
    """The files of a Kaggle-style competition, with what agon.yaml says, and without some of its files."""
    written = {"title": "Targets", "lower_is_better": True, **said}
    files: Files = {
        "agon.yaml": yaml.safe_dump({key: value for key, value in written.items() if value is not ...}),
        "metric.py": METRIC,
        "solution.csv": SOLUTION,
        "sample_submission.csv": SAMPLE,
    }
    return {name: content for name, content in files.items() if name not in without}


def read(files: Mapping[str, str | bytes]) -> Reading:
    """What the check says of a zip of these files."""
    return bundle_of_archive(io.BytesIO(archive(files)))


def taken(files: Mapping[str, str | bytes]) -> Bundle:
    """The competition that these files become."""
    reading = read(files)
    assert reading.bundle is not None, reading.errors
    return reading.bundle


def errors(files: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    """The place and the sentence of each error."""
    return [(one.key, one.message) for one in read(files).errors]


def warnings(files: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    """The place and the sentence of each warning."""
    return [(one.key, one.message) for one in read(files).warnings]


def unpacked(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files of the bundle that these become."""
    contents = contents_of(files)
    assert contents.archive is not None
    return {name: contents.archive.open(name).read() for name in contents.names}


def contents_of(files: Mapping[str, str | bytes]) -> Contents:
    """The bundle that these become, opened."""
    return opened(io.BytesIO(archive(files)))


def settings_of(files: Mapping[str, str | bytes], path: str) -> Any:
    """What an adapter is told."""
    return json.loads(unpacked(files)[path])
