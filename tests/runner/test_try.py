"""`agon try`: the runner's execution on this machine's Docker, with no site and no account."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from docker import APIClient
from typer.testing import CliRunner, Result

from agon.tree import app
from runner import images, machine_code
from tests import builders
from tests.runner.job_builders import IMAGE, OWN_IMAGES, make_zip

TEMPLATES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.usefixtures("docker")


WRITES_A_SCORE = "open('/app/output/scores.json', 'w').write('{\"accuracy\": 0.5}')"


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, ["try", *map(str, words)], env={"AGON_CONFIG": "/nonexistent", "NO_COLOR": "1"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def told(result: Result) -> dict[str, Any]:
    """The last line that was printed."""
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    assert set(found) == {"status", "scores", "error", "steps"}
    assert all(set(step) == {"name", "exit_code", "seconds", "peak_memory_bytes"} for step in found["steps"])
    return found


@pytest.fixture
def scored_by(tmp_path: Path) -> Any:
    """Tries a submission with a scoring program of this text: its result."""

    def scored_by(script: str, *words: str | Path) -> Result:
        bundle, submission = tmp_path / "bundle.zip", tmp_path / "answer.txt"
        bundle.write_bytes(builders.bundle({"scoring_program/score.py": script}))
        submission.write_text("1")
        return run(bundle, submission, *words)

    return scored_by


def test_a_result_submission_is_scored_from_folders() -> None:
    folder = TEMPLATES / "results_only"
    result = run(folder / "bundle", folder / "sample_submission", "--json")
    found = told(result)
    assert result.exit_code == 0
    assert (found["status"], found["error"]) == ("Finished", None)
    assert found["scores"]["mean_error"] == pytest.approx(0.352819)
    assert [step["name"] for step in found["steps"]] == ["scoring"]


def test_a_zip_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answer.zip").write_bytes(make_zip({"answer.txt": "1"}))
    (tmp_path / "bundle.zip").write_bytes(builders.bundle({"scoring_program/score.py": WRITES_A_SCORE}))
    monkeypatch.chdir(tmp_path)
    assert told(run("bundle.zip", "answer.zip", "--json"))["status"] == "Finished"


def test_a_code_submission_goes_through_ingestion_and_scoring() -> None:
    folder = TEMPLATES / "code_submission"
    found = told(run(folder / "bundle", folder / "sample_submission", "--json"))
    assert found["scores"] == {"accuracy": 0.99}
    assert [(step["name"], step["exit_code"]) for step in found["steps"]] == [("ingestion", 0), ("scoring", 0)]


WAITED = "import json, os; json.dump({'accuracy': os.path.exists('/.agon/gate')}, open('/app/output/scores.json', 'w'))"


@pytest.mark.skipif(os.geteuid() != 0 or not machine_code.is_here(), reason="Only root's containers are made ahead.")
def test_a_container_is_made_while_files_are_unpacked_and_nothing_of_it_is_left(
    scored_by: Any, docker: APIClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Somebody else may try something on this machine at the same time.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with_groups = docker.info()["CgroupDriver"] == "cgroupfs"
    assert told(scored_by(WAITED, "--json"))["scores"] == {"accuracy": float(with_groups)}
    assert not [one for one in docker.containers(all=True) if str(tmp_path) in str(one["Labels"])]


def test_several_tasks_are_tried_and_their_mean_is_told() -> None:
    folder = TEMPLATES / "several_tasks"
    scores = told(run(folder / "bundle", folder / "sample_submission", "--json"))["scores"]
    assert scores["agreement"] == pytest.approx((scores["0/agreement"] + scores["1/agreement"] + scores["2/agreement"]) / 3)


def test_a_person_sees_logs_steps_scores_and_notes(scored_by: Any) -> None:
    script = "import json; print('I read', open('/app/input/res/answer.txt').read())\n"
    script += "json.dump({'accuracy': 0.5, 'seconds': float('nan')}, open('/app/output/scores.json', 'w'))"
    result = scored_by(script)
    assert result.exit_code == 0
    for shown in ("I read 1", "scoring", "accuracy", "0.5", "Finished"):
        assert shown in result.stdout
    assert "no finite number" in result.stderr


def test_a_program_that_breaks_ends_as_failed_with_its_traceback(scored_by: Any) -> None:
    result = scored_by("raise SystemExit('I cannot')", "--json")
    assert result.exit_code == 1
    found = told(result)
    assert (found["status"], found["scores"]) == ("Failed", {})
    assert "exit code 1" in found["error"]
    assert "I cannot" in scored_by("raise SystemExit('I cannot')").stdout


def test_a_report_without_a_number_is_told_with_the_keys_that_were_wanted(scored_by: Any) -> None:
    found = told(scored_by("open('/app/output/scores.json', 'w').write('{}')", "--json"))
    assert found["status"] == "Failed"
    assert "accuracy, seconds" in found["error"]


def test_a_number_for_any_leaderboard_counts_and_one_for_none_is_finished_with_a_note(tmp_path: Path) -> None:
    second = "  - {title: Second, key: second, columns: [{title: Loss, key: loss, index: 0, sorting: asc}]}\n"
    bundle, submission = tmp_path / "bundle.zip", tmp_path / "answer.txt"
    submission.write_text("1")
    for key, scores in (("loss", {"loss": 0.5}), ("auc", {})):
        script = f"open('/app/output/scores.json', 'w').write('{{\"{key}\": 0.5}}')"
        files = {"competition.yaml": builders.manifest() + second, "scoring_program/score.py": script}
        bundle.write_bytes(builders.bundle(files))
        found = told(result := run(bundle, submission, "--json"))
        assert (result.exit_code, found["status"], found["scores"]) == (0, "Finished", scores)
    assert "no leaderboard: auc." in run(bundle, submission).stderr


def test_outputs_logs_and_pages_can_be_kept(scored_by: Any, tmp_path: Path) -> None:
    script = "open('/app/output/scores.json', 'w').write('{\"accuracy\": 1}'); print('hello')\n"
    script += "open('/app/output/detailed_results.html', 'w').write('<p>Well done.')"
    assert scored_by(script, "--keep", tmp_path / "kept").exit_code == 0
    assert (tmp_path / "kept/scoring_stdout.txt").read_text() == "hello\n"
    assert (tmp_path / "kept/detailed_results.html").read_text() == "<p>Well done."
    assert (tmp_path / "kept/output.zip").exists()


def test_confidential_data_are_mounted_where_the_competition_says_so(scored_by: Any, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/answer.txt").write_text("0.25")
    script = "open('/app/output/scores.txt', 'w').write('accuracy: ' + open('/app/data/answer.txt').read())"
    assert told(scored_by(script, "--data", tmp_path / "secret", "--json"))["scores"]["accuracy"] == 0.25


def test_an_image_that_there_is_not_is_told_by_its_name(scored_by: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_PAUSE_SECONDS", 0.01)
    result = scored_by("", "--image", "no.such.registry.invalid/image:1", "--json")
    assert result.exit_code == 1
    assert "no.such.registry.invalid/image:1" in result.stderr


def test_an_image_that_was_made_here_and_not_pushed_yet_can_be_tried(tmp_path: Path, docker: Any) -> None:
    docker.tag(IMAGE, f"{OWN_IMAGES}/unpushed", "1")
    script = "open('/app/output/scores.txt', 'w').write('accuracy: 1')"
    bundle, submission = tmp_path / "bundle.zip", tmp_path / "answer.txt"
    bundle.write_bytes(builders.bundle({"scoring_program/score.py": script}, extra=f"docker_image: {OWN_IMAGES}/unpushed:1"))
    submission.write_text("1")
    try:
        assert told(run(bundle, submission, "--json"))["status"] == "Finished"
    finally:
        docker.remove_image(f"{OWN_IMAGES}/unpushed:1")


def test_nothing_is_left_behind(scored_by: Any, docker: Any) -> None:
    scored_by("open('/app/output/scores.json', 'w').write('{\"accuracy\": 1}')")
    labels = [item["Labels"] for item in docker.containers(all=True, filters={"label": "agon.submission"})]
    # Somebody else may try something on this machine at the same time.
    assert not [one for one in labels if one["agon.submission"].startswith(f"trial-{os.getpid()}-")]


@pytest.mark.parametrize("image", ["Foo/Bar", "127.0.0.1:5000/x", "https://ghcr.io/lab/tool"])
def test_an_image_whose_name_nobody_reads_is_refused_with_what_to_write(scored_by: Any, image: str) -> None:
    result = scored_by(WRITES_A_SCORE, "--image", image)
    said = " ".join(result.stderr.replace("│", " ").split())
    assert result.exit_code == 1 and f"`{image}` is no image that can be tried. It" in said


def test_a_submission_that_is_not_as_the_bundle_expects_fails_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "predictions.csv").write_text("hour,height\n264,1\n")
    result = run(TEMPLATES / "results_only/bundle", tmp_path / "predictions.csv", "--json")
    found = told(result)
    assert result.exit_code == 1 and (found["status"], found["steps"]) == ("Failed", [])
    assert found["error"].startswith(
        "The submission is not as expected. predictions.csv, line 1, height_m: There is no such column. There are: hour, he"
    )


def test_a_plain_file_is_tried_as_it_is_and_what_is_wrong_with_it_is_told(tmp_path: Path) -> None:
    bundle, file = TEMPLATES / "plain_csv" / "bundle", tmp_path / "Mine.CSV"
    sample = (TEMPLATES / "plain_csv" / "sample_submission" / "predictions.csv").read_text()
    file.write_text(sample)
    done = told(run(bundle, file, "--json"))
    assert (done["status"], done["scores"]) == ("Finished", {"mean_error": 0.79})
    file.write_text("".join(sample.splitlines(keepends=True)[:-1]))
    failed = told(run(bundle, file, "--json"))
    assert (failed["status"], failed["error"]) == ("Failed", "1 of 20 beds have no prediction, such as bed 60.")
    shown = run(bundle, file)
    assert shown.exit_code == 1 and "1 of 20 beds have no prediction, such as bed 60." in shown.output
    other = run(bundle, TEMPLATES / "README.md")
    assert other.exit_code == 1 and "This phase takes one file, .csv, as it is. Yours is called README.md." in other.output
