"""The templates: each can be imported without a remark, and scores what its README says.

The programs run as plain processes, started by the words of their own metadata files with paths of this machine.
"""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from agon import archive, handing_in, templates
from agon.commands.bundle import read
from chalicelib.contract import programs
from chalicelib.domain.bundle.check import check
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.bundle.model import Bundle, Task
from chalicelib.domain.leaderboards import rounding

ROOT = Path(__file__).parents[2] / "examples"
#: Competitions of other platforms: tests/unit/test_examples_of_others.py.
OF_OTHERS = ("evalai_challenge", "kaggle_metric", "ramp_kit")
#: Iris stands in one folder and has tests of its own.
NAMES = sorted(name for name in templates.listed() if name not in ("iris", *OF_OTHERS))
TEMPLATES = pytest.mark.parametrize("template", NAMES)


def bundle_of(template: str) -> Bundle:
    folder = ROOT / template / "bundle"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    reading = check((folder / "competition.yaml").read_bytes(), names)
    assert reading.bundle is not None
    return reading.bundle


def readme_of(template: str) -> str:
    return (ROOT / template / "README.md").read_text()


def test_the_table_of_templates_has_them_all() -> None:
    assert {path.parent.name for path in ROOT.glob("*/README.md")} == {*NAMES, *OF_OTHERS, "iris"}
    assert len(NAMES) >= 8


def handed_in(template: str, submission: Path, folder: Path) -> Path:
    """A submission as programs find it: of a phase that takes plain files the one file, under its name there."""
    extensions = bundle_of(template).phases[0].submission_extensions
    if not extensions:
        return submission
    (file,) = submission.iterdir()
    folder.mkdir(parents=True)
    with handing_in.ready(file, extensions) as sent:
        shutil.copy(sent.path, folder / sent.plain_name)
    return folder


@TEMPLATES
def test_it_is_imported_without_a_remark(template: str) -> None:
    told = read(ROOT / template / "bundle")
    assert (told["errors"], told["warnings"]) == ([], [])


@TEMPLATES
def test_it_has_a_readme_a_starting_kit_and_a_sample_submission(template: str) -> None:
    folder = ROOT / template
    readme = readme_of(template)
    assert readme.startswith(f"# {template}: ") and "**It shows**" in readme and "## Make it yours" in readme
    assert any(phase.starting_kit for phase in bundle_of(template).phases)
    with archive.packed(folder / "sample_submission") as zipped, zipfile.ZipFile(zipped) as members:
        assert members.namelist()


@TEMPLATES
def test_what_its_readme_lists_is_there(template: str) -> None:
    rows = re.findall(r"^\| (`.+?) \|", readme_of(template), re.MULTILINE)
    listed = [path for row in rows for path in re.findall("`(.+?)`", row)]
    assert listed and [path for path in listed if not list((ROOT / template).glob(path))] == []


@TEMPLATES
def test_sample_submission_and_starting_kit_score_what_the_readme_says(template: str, tmp_path: Path) -> None:
    bundle, said = bundle_of(template), dict(scores_said(template))
    columns = computed_by_programs(bundle)
    for name, submission in submissions(template, bundle, tmp_path):
        found = handed_in(template, submission, tmp_path / f"{name} handed in")
        scores = [run(template, task, found, tmp_path / f"{name} {task.index}") for task in bundle.tasks]
        assert said[name] == [shown(of_task, column) for of_task in scores for column in columns]


def computed_by_programs(bundle: Bundle) -> list[Column]:
    """The first board's columns that scoring programs fill: neither a computation nor a jury does."""
    judged = {task.judging.column for task in bundle.tasks if task.judging}
    return [one for one in bundle.leaderboards[0].columns if not one.computation and one.key not in judged]


def shown(scores: dict[str, float], column: Column) -> str:
    return rounding.shown(scores[column.key], column.precision)


def scores_said(template: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of the README's table of scores: each names a submission."""
    section = readme_of(template).partition("## What it scores\n")[2].partition("\n## ")[0]
    for row in re.findall(r"^\| ([a-z][^|]*?) \|(.+)\|$", section, re.MULTILINE):
        yield row[0], [cell.strip() for cell in row[1].split("|")]


def submissions(template: str, bundle: Bundle, folder: Path) -> Iterator[tuple[str, Path]]:
    """The sample submission, that of the starting kit, and the solutions."""
    yield "sample submission", ROOT / template / "sample_submission"
    phase = bundle.phases[0]
    assert phase.starting_kit
    kit = unpacked(template, phase.starting_kit, folder / "kit")
    if not (kit / "submission").is_dir():
        assert phase.public_data
        predict(kit, unpacked(template, phase.public_data, folder / "public"))
    yield "starting kit", kit / "submission"
    for solution in bundle.solutions:
        assert solution.path
        yield "solution", unpacked(template, solution.path, folder / "solution")


def predict(kit: Path, public_data: Path) -> None:
    """What the starting kit's README tells to type."""
    (kit / "submission").mkdir()
    target = kit / "submission" / "predictions.csv"
    if (kit / "baseline.sh").is_file():
        command = ["bash", kit / "baseline.sh", public_data]
        target.write_text(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)
    else:
        subprocess.run([sys.executable, kit / "baseline.py", public_data, target], timeout=60, check=True)


def run(template: str, task: Task, submission: Path, folder: Path) -> dict[str, float]:
    """The scores of a submission, by the steps of FORMATS 2.3 without containers."""
    given, output, predictions = folder / "input", folder / "output", folder / "input" / "res"
    output.mkdir(parents=True)
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
