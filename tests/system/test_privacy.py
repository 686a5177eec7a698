"""Who sees what, on the deployed stack."""

import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests.stack import DeployedStack


@pytest.fixture
def adas(ada: Client, finished_demo: str) -> dict:
    phase = ada.competition(finished_demo)["phases"][0]["id"]
    return [one for one in ada.submissions(phase) if one["status"] == "Finished"][-1]


def refused(action, *arguments) -> int:
    with pytest.raises(ProblemError) as problem:
        action(*arguments)
    return problem.value.status


def test_another_participants_submission_does_not_exist_for_me(grace: Client, adas: dict) -> None:
    assert refused(grace.submission, adas["id"]) == 404
    assert refused(grace.submission_files, adas["id"]) == 404
    assert refused(grace.cancel, adas["id"]) == 404


def test_my_list_holds_my_submissions_only(grace: Client, adas: dict) -> None:
    assert {one["participant"] for one in grace.submissions(adas["phase"])} == {"grace"}
    assert refused(lambda: list(grace.submissions(adas["phase"], everyone=True))) in (403, 404)


def test_the_organizer_sees_everybodys(organizer: Client, adas: dict) -> None:
    seen = {one["participant"] for one in organizer.submissions(adas["phase"], everyone=True)}
    assert {"ada", "grace"} <= seen


def test_nobody_sees_an_unpublished_competition_but_its_organizer(organizer: Client, ada: Client, compete) -> None:
    competition = compete()
    organizer.unpublish(competition["id"])
    assert refused(ada.competition, competition["id"]) == 404
    assert competition["id"] not in {one["id"] for one in ada.competitions()}
    assert organizer.competition(competition["id"])["published"] is False


def test_only_an_administrator_makes_runner_tokens(ada: Client, organizer: Client) -> None:
    assert refused(ada.create_runner_token, "default", "mine") == 403
    assert organizer.create_runner_token("default", "ours")["token"].startswith("agonr_")


def test_somebody_elses_access_token_cannot_be_revoked(stack: DeployedStack, ada: Client, grace: Client) -> None:
    token = ada.create_token("laptop", 1)
    assert refused(grace.revoke_token, token["id"]) == 404
    assert stack.call("GET", "/me", token["token"]).json()["username"] == "ada"
