"""Competitions of other platforms, scored by the runner's own code in real containers (ADR 57)."""

from pathlib import Path
from typing import Any

import pytest

from tests.builders import archive
from tests.runner.test_try import run, told
from tests.unit.challenges import Files, challenge, kaggle
from tests.unit.ramp_kits import ESTIMATOR, WHEEL, kit, real_wheels
from tests.unit.test_examples import ROOT
from tests.unit.test_examples_of_others import COMPETITIONS, files_of, with_stand_in

pytestmark = pytest.mark.usefixtures("docker")


@pytest.mark.parametrize(
    ("template", "submission", "phase", "scores"),
    [
        ("evalai_challenge", "sample_submission/birds.json", 0, {"woods__accuracy": 0.875}),
        ("evalai_challenge", "final_submission/birds.json", 1, {"woods__accuracy": 0.9, "gardens__accuracy": 0.85}),
        ("kaggle_metric", "sample_submission/submission.csv", 0, {"score": 0.0654278, "private_score": 0.0642211}),
    ],
)
def test_a_submission_scores_what_the_readme_says(
    template: str, submission: str, phase: int, scores: dict[str, float]
) -> None:
    folder = ROOT / template
    words = (folder / COMPETITIONS[template], folder / submission, "--phase", str(phase), "--json")
    found = told(run(*words))
    assert (found["status"], found["error"]) == ("Finished", None)
    assert {key: found["scores"][key] for key in scores} == pytest.approx(scores, abs=1e-7)


def tried(files: Files, name: str, submission: str, folder: Path) -> tuple[str, str]:
    """The status of a submission, and why it failed."""
    bundle, sent = folder / "bundle.zip", folder / name
    bundle.write_bytes(archive(files))
    sent.write_text(submission)
    found = told(run(bundle, sent, "--json"))
    return found["status"], found["error"]


def test_a_participant_is_told_what_a_script_or_a_metric_says_of_the_submission(tmp_path: Path) -> None:
    status, why = tried(challenge(), "guess.json", "{", tmp_path)
    assert status == "Failed" and "The evaluation script could not score this submission. It says: JSONDecodeError" in why
    status, why = tried(kaggle(end="2099-01-01"), "guess.csv", "id,target\n1,1\n2,2\n3,3\n", tmp_path)
    assert status == "Failed" and "1 of 4 rows are missing, with the `id` 4. Add them." in why


def test_a_script_writes_into_its_folder_and_starts_what_it_wrote(tmp_path: Path) -> None:
    script = """
import os, subprocess
def evaluate(a, b, c, **k):
    with open("tool.sh", "w") as tool:
        tool.write("#!/bin/sh\\necho 0.25\\n")
    os.chmod("tool.sh", 0o755)
    open(os.path.join(os.path.dirname(__file__), "beside"), "w").close()
    return {"result": [{"train_split": {"Accuracy": float(subprocess.check_output("./tool.sh"))}}]}
"""
    files = challenge(("evaluation_script/",)) | {"evaluation_script/__init__.py": script}
    bundle, sent = tmp_path / "bundle.zip", tmp_path / "guess.json"
    bundle.write_bytes(archive(files))
    sent.write_text("[]")
    assert told(run(bundle, sent, "--json"))["scores"] == {"train_split__accuracy": 0.25}


def ramp(files: Files, folder: Path, name: str, text: str) -> dict[str, Any]:
    """What came of a RAMP submission of one file."""
    bundle, submission = folder / "kit.zip", folder / "submission"
    bundle.write_bytes(archive(files))
    submission.mkdir(exist_ok=True)
    (submission / name).write_text(text)
    return told(run(bundle, submission, "--json"))


def test_a_ramp_kit_trains_and_scores_side_by_side(tmp_path: Path) -> None:
    baker = (ROOT / "ramp_kit/sample_submission/baker.py").read_text()
    found = ramp(with_stand_in(files_of("ramp_kit")), tmp_path, "baker.py", baker)
    assert (found["status"], found["error"]) == ("Finished", None)
    scores = {"valid_rmse": 8.5438734, "test_rmse": 6.5797736}
    assert {key: found["scores"][key] for key in scores} == pytest.approx(scores, abs=1e-6)
    assert [step["name"] for step in found["steps"]] == ["ingestion", "scoring"]


def test_a_ramp_kit_with_the_real_ramp_workflow_scores_what_its_readme_says(tmp_path: Path) -> None:
    baker = (ROOT / "ramp_kit/sample_submission/baker.py").read_text()
    files = {name: content for name, content in with_stand_in(files_of("ramp_kit")).items() if name != WHEEL}
    found = ramp(files | real_wheels(), tmp_path, "baker.py", baker)
    assert (found["status"], found["error"]) == ("Finished", None)
    scores = {"valid_rmse": 8.5438734, "test_rmse": 6.5797736}
    assert {key: found["scores"][key] for key in scores} == pytest.approx(scores, abs=1e-6)


def test_a_ramp_submission_that_lacks_an_element_or_raises_is_its_participants(tmp_path: Path) -> None:
    found = ramp(kit(), tmp_path, "model.py", ESTIMATOR)
    assert found["status"] == "Failed" and "estimator.py is missing. A submission has: estimator.py." in found["error"]
    found = ramp(kit(), tmp_path, "estimator.py", "raise OSError('no such disk')\n")
    assert "Training failed in fold 0: OSError: no such disk" in found["error"]


def test_the_code_of_a_ramp_submission_is_nowhere_near_the_truth_of_the_test_set(tmp_path: Path) -> None:
    look = (
        "import os\nseen = [os.path.join(at, one) for at, _, names in os.walk('/app') for one in names]\n"
        "assert [one for one in seen if one.endswith('test.csv') or '/ref/' in one] == [], seen\n"
        "assert '/app/input_data/kit/data/train.csv' in seen\n"
    )
    assert ramp(kit(), tmp_path, "estimator.py", look + ESTIMATOR)["status"] == "Finished"


def test_a_direction_can_be_said_on_the_command_line(tmp_path: Path) -> None:
    bundle, sent = tmp_path / "bundle.zip", tmp_path / "guess.csv"
    bundle.write_bytes(archive(kaggle(lower_is_better=..., end="2099-01-01")))
    sent.write_text("id,target\n4,0\n3,3.5\n1,1\n2,4\n")
    assert run(bundle, sent, "--json").exit_code == 1
    assert told(run(bundle, sent, "--lower-is-better", "--json"))["scores"] == {"score": 1.0, "private_score": 0.5}
