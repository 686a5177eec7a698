"""The templates: each can be imported without a remark, and its sample submission scores what its README says.

The programs run as plain processes, started by the words of their own metadata files with paths of this machine.
"""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from agon import archive
from agon.commands import new
from agon.commands.bundle import read
from chalicelib.contract import programs
from chalicelib.domain.bundle.check import check
from chalicelib.domain.bundle.model import Bundle, Task

ROOT = new.TEMPLATES
#: The scores of each template's sample submission, by task.
SCORES = {
    "results_only": [{"mean_error": 0.3528}],
    "code_submission": [{"accuracy": 0.99}],
    "benchmark": [{"mean": 0.6875, "line": 0.375, "neighbour": 0.0}],
    "version_1": [{"NORTH": 2.24, "SOUTH": 2.238}, None],
    "two_phases": None,
    "multi_score": None,
    "several_tasks": None,
    "reinforcement_learning": None,
    "non_python_scoring": None,
}
TEMPLATES = pytest.mark.parametrize("template", sorted(SCORES))


def bundle_of(template: str) -> Bundle:
    folder = ROOT / template / "bundle"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    reading = check((folder / "competition.yaml").read_bytes(), names)
    assert reading.bundle is not None
    return reading.bundle


def test_every_template_is_known_here() -> None:
    assert {path.parent.name for path in ROOT.glob("*/README.md")} == {*SCORES, "iris"}


@TEMPLATES
def test_it_is_imported_without_a_remark(template: str) -> None:
    told = read(ROOT / template / "bundle")
    assert (told["errors"], told["warnings"]) == ([], [])


@TEMPLATES
def test_it_has_a_readme_a_starting_kit_and_a_sample_submission(template: str) -> None:
    folder = ROOT / template
    readme = (folder / "README.md").read_text()
    assert readme.startswith(f"# {template}: ") and "**It shows**" in readme and "## Make it yours" in readme
    assert f"[{template}]({template})" in (ROOT / "README.md").read_text()
    assert any(phase.starting_kit for phase in bundle_of(template).phases)
    with archive.packed(folder / "sample_submission") as zipped, zipfile.ZipFile(zipped) as members:
        assert members.namelist()


@TEMPLATES
def test_its_sample_submission_scores_what_the_readme_says(template: str, tmp_path: Path) -> None:
    bundle, readme = bundle_of(template), (ROOT / template / "README.md").read_text()
    for position, task in enumerate(bundle.tasks):
        scores = run(template, task, tmp_path / str(task.index))
        keys = {column.key for board in bundle.leaderboards for column in board.columns if not column.computation}
        assert keys <= scores.keys()
        expected = (SCORES[template] or [None] * len(bundle.tasks))[position]
        if expected is not None:
            assert {key: scores[key] for key in expected} == pytest.approx(expected, abs=1e-4)
        if position == 0:
            written = {f"{value:.{decimals}f}" for value in scores.values() for decimals in (2, 3, 4)}
            assert any(number in readme for number in written), scores


def run(template: str, task: Task, folder: Path) -> dict[str, float]:
    """The scores of the sample submission, by the steps of FORMATS 2.3 without containers."""
    given, output, predictions = folder / "input", folder / "output", folder / "input" / "res"
    output.mkdir(parents=True)
    submission = ROOT / template / "sample_submission"
    if task.ingestion_program:
        predictions.mkdir(parents=True)
        data = unpacked(template, task.input_data, folder / "data") if task.input_data else folder
        start(unpacked(template, task.ingestion_program, folder / "ingestion"), data, predictions, submission)
    else:
        shutil.copytree(submission, predictions)
    if task.reference_data:
        unpacked(template, task.reference_data, given / "ref")
    assert task.scoring_program
    start(unpacked(template, task.scoring_program, folder / "program"), given, output, submission)
    return scores_of(output)


def start(program: Path, given: Path, output: Path, submission: Path) -> None:
    metadata = next(path for name in ("metadata.yaml", "metadata") if (path := program / name).is_file())
    (words,) = programs.commands(
        yaml.safe_load(metadata.read_text()),
        {
            "$submission_program": str(submission),
            "$ingestion_program": str(program),
            "$program": str(program),
            "$input": str(given),
            "$output": str(output),
        },
    )
    words = [sys.executable if word == "python3" else word for word in words]
    done = subprocess.run(words, cwd=program, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def scores_of(output: Path) -> dict[str, float]:
    if (output / "scores.json").is_file():
        found: dict[str, float] = json.loads((output / "scores.json").read_text())
        return found
    lines = (output / "scores.txt").read_text().splitlines()
    return {line.partition(":")[0]: float(line.partition(":")[2]) for line in lines if line}


def unpacked(template: str, path: str, target: Path) -> Path:
    source = ROOT / template / "bundle" / path
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        with zipfile.ZipFile(source) as packed:
            packed.extractall(target)
    return target
