"""The Iris example reads without a complaint, and its scoring program gives the numbers that its README promises."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.domain.bundle.check import check, find_manifest
from chalicelib.domain.bundle.leaderboard import SubmissionRule

IRIS = Path(__file__).parents[2] / "examples" / "iris"
TEST_IDS = [line.split(",")[0] for line in (IRIS / "public_data" / "test.csv").read_text().splitlines()[1:]]


def names() -> list[str]:
    return [path.relative_to(IRIS).as_posix() for path in IRIS.rglob("*") if path.is_file()]


def score(predictions: bytes | None, folder: Path) -> tuple[dict[str, float], str, str]:
    """The scores, the detailed results and stderr, run as the runner runs it but without a container."""
    (folder / "input" / "res").mkdir(parents=True)
    (folder / "output").mkdir()
    shutil.copytree(IRIS / "reference_data", folder / "input" / "ref")
    if predictions is not None:
        (folder / "input" / "res" / "predictions.csv").write_bytes(predictions)
    program = IRIS / "scoring_program" / "score.py"
    command = [sys.executable, "-B", str(program), str(folder / "input"), str(folder / "output")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    scores = json.loads((folder / "output" / "scores.json").read_text())
    return scores, (folder / "output" / "detailed_results.html").read_text(encoding="utf-8"), done.stderr


def test_the_bundle_has_neither_error_nor_warning():
    path, prefix, complaints = find_manifest(names())
    assert (path, prefix, complaints) == ("competition.yaml", "", ())
    reading = check((IRIS / "competition.yaml").read_bytes(), names())
    assert reading.errors == () and reading.warnings == ()
    assert reading.bundle is not None
    board = reading.bundle.leaderboards[0]
    assert board.submission_rule is SubmissionRule.FORCE_BEST
    assert [column.key for column in board.columns] == ["accuracy", "balanced_accuracy"]
    phase = reading.bundle.phases[0]
    assert (phase.max_submissions_per_day, phase.max_submissions, phase.end) == (20, 100, None)


@pytest.mark.parametrize(
    ("method", "accuracy"), [("majority", 0.333333), ("petal_rule", 0.866667), ("nearest_centroid", 0.983333)]
)
def test_a_baseline_gets_the_score_that_the_readme_promises(method, accuracy, tmp_path):
    scores, page, stderr = score((IRIS / "submissions" / method / "predictions.csv").read_bytes(), tmp_path)
    assert scores == {"accuracy": accuracy, "balanced_accuracy": accuracy}
    assert stderr == "" and f"{accuracy:.4f}" in page
    assert f"| {accuracy:.4f} |" in (IRIS / "starting_kit" / "README.md").read_text()


@pytest.mark.parametrize("method", ["majority", "petal_rule", "nearest_centroid"])
def test_the_starting_kit_writes_the_sample_submissions(method, tmp_path):
    out = tmp_path / "predictions.csv"
    program = IRIS / "starting_kit" / "baselines.py"
    command = [sys.executable, "-B", str(program), method, "--data", str(IRIS / "public_data"), "--out", str(out)]
    subprocess.run(command, timeout=60, check=True)
    assert out.read_bytes() == (IRIS / "submissions" / method / "predictions.csv").read_bytes()


def test_the_split_is_stratified_and_keeps_test_labels_out_of_the_public_data():
    train = [line.split(",") for line in (IRIS / "public_data" / "train.csv").read_text().splitlines()[1:]]
    labels = [line.split(",") for line in (IRIS / "reference_data" / "labels.csv").read_text().splitlines()[1:]]
    assert sorted({row[-1] for row in train}) == ["setosa", "versicolor", "virginica"]
    assert all(sum(row[-1] == species for row in train) == 30 for species in ("setosa", "versicolor", "virginica"))
    assert all(sum(row[-1] == species for row in labels) == 20 for species in ("setosa", "versicolor", "virginica"))
    assert [row[0] for row in labels] == TEST_IDS
    assert not {row[0] for row in train} & set(TEST_IDS)


@pytest.mark.parametrize(
    ("predictions", "told"),
    [
        (None, "There is no predictions.csv"),
        (b"", "first line must be `id,species`"),
        (b"flower,kind\nx,y\n", "missing: id, species"),
        (b"id,species\niris-001,rose\n", "none of setosa, versicolor, virginica"),
        (b"id,species\nrose-1,setosa\n", "rose-1: no such id"),
        (b"id,species\niris-001\n", "iris-001: &#x27;&#x27; is none of"),
        (b"id,species\n\xff\xfe\n", "cannot be read"),
        (b"id,species\n" + b"iris-001,virginica\n" * 2, "more than once, counts as wrong"),
        (b"id,species\n<script>alert(1)</script>,setosa\n", "&lt;script&gt;"),
        (b"id,species\n" + b"a" * 200_000, "cannot be read"),
        (b"x" * 1_000_001, "larger than"),
    ],
)
def test_what_cannot_be_used_costs_points_and_is_told_but_never_fails_the_program(predictions, told, tmp_path):
    scores, page, stderr = score(predictions, tmp_path)
    assert scores == {"accuracy": 0.0, "balanced_accuracy": 0.0}
    assert told in page and "<script" not in page
    assert stderr


def test_a_missing_row_counts_as_wrong(tmp_path):
    rows = (IRIS / "reference_data" / "labels.csv").read_text().splitlines()
    scores, page, stderr = score("\n".join(rows[:-6]).encode(), tmp_path)
    assert scores["accuracy"] == 0.9
    assert stderr.count("no row, counts as wrong") == 6


def test_rows_in_another_order_with_a_mark_and_in_capitals_are_read(tmp_path):
    header, *rows = (IRIS / "reference_data" / "labels.csv").read_text().upper().replace("IRIS-", "iris-").splitlines()
    text = "\r\n".join([header.lower(), *sorted(rows, reverse=True)])
    scores, _, stderr = score(text.encode("utf-8-sig"), tmp_path)
    assert scores == {"accuracy": 1.0, "balanced_accuracy": 1.0} and stderr == ""
