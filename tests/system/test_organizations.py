"""An organization on the deployed stack: made, joined by name and by address, competed for, seen and left."""

import csv
import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests import builders
from tests.stack import eventually
from tests.system.test_bundles import SCORING


@pytest.fixture
def competition(ada: Client, grace: Client, compete: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    files = {
        "competition.yaml": builders.manifest(),
        "scoring_program/metadata.yaml": "command: python3 $program/score.py $output",
        "scoring_program/score.py": SCORING,
    }
    return compete(ada, grace, files=files)


def test_people_compete_for_an_organization_that_stands_beside_their_names(
    runner: Any,
    organizer: Client,
    ada: Client,
    grace: Client,
    stranger: Client,
    send: Callable[..., str],
    competition: dict[str, Any],
) -> None:
    house, phase = ada.make_organization("Engine House", "We compute by steam.")["id"], competition["phases"][0]["id"]
    by_address = ada.invite_to_organization(house, "member", address="grace@example.org")
    by_name = ada.invite_to_organization(house, "manager", username="stranger")
    with pytest.raises(ProblemError) as refused:
        stranger.accept_invitation(by_address["id"])
    assert refused.value.status == 404
    for client, invitation in ((grace, by_address), (stranger, by_name)):
        assert invitation["id"] in [one["id"] for one in client.invitations()]
        client.accept_invitation(invitation["id"])
    roles = {one["username"]: one["role"] for one in ada.organization_members(house)}
    assert roles == {"ada": "owner", "grace": "member", "stranger": "manager"}

    upload = send(grace, builders.submission())
    submission = grace.submit(phase, upload, organization=house)["id"]
    assert grace.wait_for_submission(submission)["status"] == "Finished"
    rows = eventually(lambda: ada.leaderboard(phase)["rows"], bool)
    shown = {"id": house, "name": "Engine House"}
    assert [(row["participant"], row["organization"]) for row in rows] == [("grace", shown)]
    assert [one["competition"] for one in stranger.organization_competitions(house)] == [competition["id"]]
    file = organizer.http.call("POST", "/phases/{phase}/leaderboard/exports", {"format": "csv"}, phase=phase)
    [row] = csv.DictReader(io.StringIO(httpx.get(file["url"], timeout=35).text))
    assert row["Organization"] == "Engine House"

    offered = ada.offer_organization(house, "grace")
    grace.accept_invitation(offered["id"])
    ada.leave_organization(house, ada.me()["id"])
    grace.delete_organization(house)
    with pytest.raises(ProblemError) as gone:
        stranger.organization(house)
    assert gone.value.status == 404
    # What was handed in for it keeps its name.
    assert [row["organization"] for row in ada.leaderboard(phase)["rows"]] == [shown]
