"""A team competes on the deployed stack; then its organizers pack everything, and run the best once more."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from agon.client import Client
from tests import builders
from tests.stack import eventually
from tests.system.test_bundles import SCORING


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


def test_two_teams_become_one_with_what_both_have_submitted(
    runner: Any, ada: Client, grace: Client, send: Callable[..., str], competition: dict[str, Any]
) -> None:
    id_, phase = competition["id"], competition["phases"][0]["id"]
    engines, looms = ada.make_team(id_, "Difference Engines"), grace.make_team(id_, "Looms")
    before = ada.http.call("GET", f"/phases/{phase}/quota")["in_all"]["left"]
    made = [one.submit(phase, send(one, builders.submission()))["id"] for one in (ada, grace)]
    assert [ada.wait_for_submission(made[0])["status"], grace.wait_for_submission(made[1])["status"]] == ["Finished"] * 2
    offered = ada.offer_merger(id_, engines["id"], {"name": looms["name"].upper()})
    assert [one["id"] for one in grace.team_invitations(id_, looms["id"])] == [offered["id"]]
    grace.accept_invitation(offered["id"])
    assert [one["username"] for one in ada.team(id_, engines["id"])["members"]] == ["ada", "grace"]
    assert grace.team(id_, looms["id"])["merged_into"] == engines["id"]
    assert before - ada.http.call("GET", f"/phases/{phase}/quota")["in_all"]["left"] == 2
    # A job carries what the other team has submitted: there is one row, and all of it is everybody's.
    rows = eventually(lambda: ada.leaderboard(phase)["rows"], lambda rows: [one["team"] for one in rows] == [engines["id"]])
    assert rows[0]["participant"] == "Difference Engines"
    seen = [one["id"] for one in ada.http.call("GET", f"/phases/{phase}/submissions")["submissions"]]
    assert sorted(seen) == sorted(made)
    # The former name is taken for good.
    ada.leave_team(id_, engines["id"], ada.me()["id"])
    assert [one["username"] for one in grace.team(id_, engines["id"])["members"]] == ["grace"]
