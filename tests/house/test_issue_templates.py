"""The forms in which somebody tells of what is wrong, missing or unclear."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.house.sources import ROOT

FOLDER = ROOT / ".github/ISSUE_TEMPLATE"
FORMS = sorted(path for path in FOLDER.glob("*.yml") if path.name != "config.yml")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_has_what_github_asks_of_one(path: Path) -> None:
    form = yaml.safe_load(path.read_text())
    assert form.keys() == {"name", "description", "body"} and form["body"]
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert len({part["id"] for part in asked}) == len(asked) > 0
    assert {part["type"] for part in asked} <= {"input", "textarea", "dropdown"}
    assert all(part["attributes"]["label"] for part in asked)


def test_who_tells_of_something_wrong_reads_first_that_security_is_told_elsewhere() -> None:
    [first, *_] = yaml.safe_load((FOLDER / "wrong.yml").read_text())["body"]
    assert first["type"] == "markdown" and "(../blob/main/SECURITY.md)" in first["attributes"]["value"]
    assert (ROOT / "SECURITY.md").exists()
    assert yaml.safe_load((FOLDER / "config.yml").read_text()) == {"blank_issues_enabled": False}


def test_the_version_that_is_asked_for_can_be_told() -> None:
    assert "`agon --version`" in (FOLDER / "wrong.yml").read_text()
    told = subprocess.run([sys.executable, "-m", "agon.main", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.strip()
