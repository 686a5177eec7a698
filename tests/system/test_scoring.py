"""A submission's whole journey: packaged stack, real runner, real Docker."""

import io
import zipfile
from typing import Any

import httpx
import pytest

from agon.client import Client
from agon.local.demo import EXAMPLE
from tests import builders
from tests.stack import DeployedStack


@pytest.fixture
def phase(ada: Client, finished_demo: str) -> str:
    return ada.competition(finished_demo)["phases"][0]["id"]


def finished(participant: Client, phase: str) -> dict[str, Any]:
    """The one submission that was scored."""
    (submission,) = [one for one in participant.submissions(phase) if one["status"] == "Finished"]
    return dict(submission)


def test_a_submission_is_scored(ada: Client, phase: str) -> None:
    submission = finished(ada, phase)
    assert submission["scores"]["accuracy"] == pytest.approx(0.983333)
    assert [step["name"] for step in submission["steps"]] == ["scoring"]
    assert submission["attempt"] == 1


def test_the_better_submission_stands_first(ada: Client, phase: str) -> None:
    board = ada.leaderboard(phase)
    assert [(row["rank"], row["participant"]) for row in board["rows"]] == [(1, "ada"), (2, "grace")]
    accuracies = [row["scores"]["accuracy"] for row in board["rows"]]
    assert accuracies == sorted(accuracies, reverse=True)


def test_an_unchanged_leaderboard_is_not_sent_again(stack: DeployedStack, phase: str) -> None:
    address = f"{stack.api_url}/v1/phases/{phase}/leaderboard"
    first = httpx.get(address, timeout=35)
    again = httpx.get(address, headers={"If-None-Match": first.headers["ETag"]}, timeout=35)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_what_the_run_left_can_be_downloaded_by_its_participant(ada: Client, phase: str) -> None:
    submission = finished(ada, phase)
    files = ada.submission_files(submission["id"])
    output = httpx.get(files["output"], timeout=35)
    assert output.status_code == 200
    assert output.content.startswith(b"PK")
    assert httpx.get(files["submission"], timeout=35).status_code == 200


def test_a_signed_address_for_one_file_opens_no_other(ada: Client, grace: Client, phase: str) -> None:
    mine, hers = finished(ada, phase), finished(grace, phase)
    address = ada.submission_files(mine["id"])["output"]
    assert mine["id"] in address
    assert httpx.get(address.replace(mine["id"], hers["id"]), timeout=35).status_code == 403


def test_a_submission_that_cannot_be_scored_is_failed_with_a_reason(ada: Client, phase: str, send) -> None:
    made = ada.submit(phase, send(ada, builders.archive({"../evil": "x"})))
    done = ada.wait_for_submission(made["id"], timeout_seconds=120)
    assert done["status"] == "Failed"
    assert done["reason"]
    assert done["scores"] == {}
    assert "Traceback" not in str(done)


def test_the_example_has_a_sample_for_everybody() -> None:
    assert len([path for path in (EXAMPLE / "submissions").iterdir() if path.is_dir()]) >= 2


def test_everything_that_was_submitted_is_packed_into_one_zip(organizer: Client, phase: str) -> None:
    packed = organizer.pack(phase, timeout_seconds=120)
    assert packed["status"] == "Finished", packed
    (one,) = packed["zips"]
    with zipfile.ZipFile(io.BytesIO(httpx.get(one["url"], timeout=35).content)) as archive:
        names = archive.namelist()
    assert len([name for name in names if name.endswith("/submission.zip")]) == packed["submissions"] >= 2
    assert any(name.endswith("/logs/scoring_stdout.txt") for name in names) and "submissions.csv" in names


def test_the_best_come_to_the_same_scores_again(organizer: Client, ada: Client, phase: str) -> None:
    organizer.check_determinism(phase, 2)
    done = organizer.wait_for_determinism(phase, timeout_seconds=120)
    assert [(one["status"], one["same"], one["same_images"]) for one in done["repeated"]] == [("Finished", True, True)] * 2
    row = ada.leaderboard(phase)["rows"][0]
    assert (row["rank"], row["participant"], row["scores"]["accuracy"]) == (1, "ada", pytest.approx(0.983333))
