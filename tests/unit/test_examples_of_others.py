"""The templates that are competitions of other platforms: taken without a remark, each scores what its README says."""

import re
import sys
from pathlib import Path

import pytest

from agon.commands.bundle import read
from tests.unit import ramp_kits
from tests.unit.adapting import run
from tests.unit.challenges import Files
from tests.unit.test_examples import OF_OTHERS, ROOT

COMPETITIONS = {"evalai_challenge": "challenge", "kaggle_metric": "competition", "ramp_kit": "kit"}
#: Of each row of a README's table of scores: the template, the submission, the task's folder, and the columns.
SCORED = {
    "practice, woods": ("evalai_challenge", "sample_submission/birds.json", "0", "woods__accuracy", "woods__macro_f1"),
    "final, woods": ("evalai_challenge", "final_submission/birds.json", "1", "woods__accuracy", "woods__macro_f1"),
    "final, gardens": ("evalai_challenge", "final_submission/birds.json", "1", "gardens__accuracy", "gardens__macro_f1"),
    "sample submission": ("kaggle_metric", "sample_submission/submission.csv", "", "score", "private_score"),
    "sample bread": ("ramp_kit", "sample_submission/baker.py", "", "valid_rmse", "test_rmse"),
    "starting bread": ("ramp_kit", "kit/submissions/starting_kit/baker.py", "", "valid_rmse", "test_rmse"),
    "that of the competition": ("kaggle_metric", "competition/sample_submission.csv", "", "score", "private_score"),
}


def files_of(template: str) -> Files:
    folder = ROOT / template / COMPETITIONS[template]
    paths = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def with_stand_in(files: Files) -> Files:
    """A kit with a stand-in for ramp-workflow beside it, in the place of an image that has the real one."""
    said = [line for line in str(files["agon.yaml"], "utf-8").splitlines() if not line.startswith("docker_image:")]  # type: ignore[arg-type]
    return {**files, "agon.yaml": "\n".join([*said, ""]), ramp_kits.WHEEL: ramp_kits.wheel()}


def test_these_are_all() -> None:
    assert set(COMPETITIONS) == set(OF_OTHERS) == {template for template, *_ in SCORED.values()}


@pytest.mark.parametrize("template", OF_OTHERS)
def test_it_is_taken_without_a_remark(template: str) -> None:
    told = read(ROOT / template / COMPETITIONS[template])
    assert (told["errors"], told["warnings"]) == ([], [])


@pytest.mark.parametrize("template", OF_OTHERS)
def test_what_its_readme_lists_is_there(template: str) -> None:
    readme = (ROOT / template / "README.md").read_text()
    rows = re.findall(r"^\| (`.+?) \|", readme, re.MULTILINE)
    listed = [path for row in rows for path in re.findall("`(.+?)`", row)]
    assert readme.startswith(f"# {template}: ") and "**It shows**" in readme and "## Make it yours" in readme
    assert listed and [path for path in listed if not (ROOT / template / path).exists()] == []


@pytest.mark.parametrize("row", SCORED)
def test_submissions_score_what_its_readme_says(row: str, tmp_path: Path) -> None:
    template, submission, task, *columns = SCORED[row]
    path = ROOT / template / submission
    files, submitted = files_of(template), {path.name: path.read_bytes()}
    if template == "ramp_kit":
        scores = ramp_kits.run(with_stand_in(files), submitted, tmp_path / "run").scores
    else:
        scores = run(files, submitted, tmp_path / "run", task, sys.executable).scores
    assert scores is not None
    said = " | ".join([row, *(f"{scores[column]:.4f}" for column in columns)])
    assert f"| {said} |" in (ROOT / template / "README.md").read_text()
