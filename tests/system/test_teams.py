"""A team competes on the deployed stack; then its organizers pack everything, and run the best once more."""

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from agon.client import Client
from tests import builders
from tests.system.test_bundles import SCORING

DEADLINE_SECONDS = 120


def eventually(ask: Callable[[], Any], is_there: Callable[[Any], bool]) -> Any:
    """What `ask` answers once it `is_there`: tasks and runners take their time."""
    end = time.monotonic() + DEADLINE_SECONDS
    while not is_there(found := ask()) and time.monotonic() < end:
        time.sleep(0.5)
    assert is_there(found), found
    return found


@pytest.fixture
def competition(organizer: Client, ada: Client, grace: Client, compete: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    files = {
        "competition.yaml": builders.manifest() + "agon: {enable_teams: true, require_team_approval: false}\n",
        "scoring_program/metadata.yaml": "command: python3 $program/score.py $output",
        "scoring_program/score.py": SCORING,
    }
    return compete(ada, grace, files=files)


def test_a_team_is_scored_packed_and_repeated(
    runner: Any, organizer: Client, ada: Client, grace: Client, send: Callable[..., str], competition: dict[str, Any]
) -> None:
    teams, phase = f"/competitions/{competition['id']}/teams", competition["phases"][0]["id"]
    team = ada.http.call("POST", teams, {"name": "Analytical Engines"})
    grace.http.call("POST", f"{teams}/join", {"code": team["code"]})
    submission = grace.submit(phase, send(grace, builders.submission()))["id"]
    assert ada.wait_for_submission(submission)["status"] == "Finished"
    board = eventually(lambda: ada.leaderboard(phase), lambda board: bool(board["rows"]))
    assert [(row["participant"], row["team"]) for row in board["rows"]] == [("Analytical Engines", team["id"])]

    parcel = f"/phases/{phase}/parcels"
    id_ = organizer.http.call("POST", parcel, {})["id"]
    packed = eventually(
        lambda: organizer.http.call("GET", f"{parcel}/{id_}"), lambda one: one["status"] in ("Finished", "Failed")
    )
    content = httpx.get(packed["zips"][0]["url"], timeout=35).content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "submissions.csv" in names and [name for name in names if submission in name and name.endswith("output.zip")]

    check = f"/phases/{phase}/determinism"
    organizer.http.call("POST", check, {"top": 1})
    told = eventually(lambda: organizer.http.call("GET", check), lambda one: not one["in_progress"])
    assert [(one["submission"], one["same"], one["same_images"]) for one in told["repeated"]] == [(submission, True, True)]
    assert ada.submission(submission)["scores"] == {"accuracy": 1, "seconds": 1}
