"""Manifests without a complaint, to be spoilt by one change at a time."""

import yaml

from chalicelib.domain.bundle.check import check
from chalicelib.domain.bundle.model import Bundle

NAMES = ["competition.yaml", "logo.png", "terms.md", "overview.md", "scoring.zip", "kit.zip", "labels.csv", "solution.zip"]
NAMES += ["reference/labels.csv", "program/metadata.yaml", "program/score.py", "bare/score.py", "public/a/b.csv"]


def manifest(**changes: object) -> dict:
    """A manifest without a complaint. A change of `...` removes its key."""
    whole = {
        "version": 2,
        "title": "T",
        "image": "logo.png",
        "terms": "terms.md",
        "pages": [{"title": "Overview", "file": "overview.md"}],
        "tasks": [task()],
        "phases": [phase()],
        "leaderboards": [board()],
    }
    return changed(whole, changes)


def task(**changes: object) -> dict:
    return changed({"index": 0, "name": "T", "scoring_program": "scoring.zip", "reference_data": "reference"}, changes)


def phase(**changes: object) -> dict:
    return changed({"name": "P", "start": "2026-01-01", "tasks": [0]}, changes)


def board(**changes: object) -> dict:
    return changed({"title": "Results", "key": "main", "columns": [column()]}, changes)


def column(**changes: object) -> dict:
    return changed({"title": "Accuracy", "key": "accuracy", "index": 0}, changes)


def changed(whole: dict, changes: dict) -> dict:
    return {key: value for key, value in (whole | changes).items() if value is not ...}


def read(content: dict):
    return check(yaml.safe_dump(content, sort_keys=False).encode(), NAMES)


def bundle(**changes: object) -> Bundle:
    reading = read(manifest(**changes))
    assert reading.errors == () and reading.bundle is not None
    return reading.bundle


def errors(**changes: object) -> list[tuple[str, str]]:
    reading = read(manifest(**changes))
    assert reading.bundle is None
    return [(complaint.key, complaint.message) for complaint in reading.errors]


def warnings(**changes: object) -> list[tuple[str, str]]:
    reading = read(manifest(**changes))
    assert reading.bundle is not None, reading.errors
    return [(complaint.key, complaint.message) for complaint in reading.warnings]
