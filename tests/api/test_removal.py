"""Marking submissions as failed, withdrawing and deleting them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from tests.api.conftest import Person, Site
from tests.api.test_rerun import board, run, show, used


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(in_all=3)
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def test_a_participant_deletes_a_submission_with_all_that_is_of_it(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    files = site.object_keys("FilesBucket")
    first, second = (ada.submit(competition).body["id"] for _ in range(2))
    run(site, first, runner, 0.5)
    run(site, second, runner, 0.9)
    organizer.call("POST", f"/submissions/{second}/rerun")
    run(site, second, runner, 0.8)
    assert ada.call("DELETE", f"/submissions/{second}").status == 200
    assert (ada.call("GET", f"/submissions/{second}").status, board(site, competition)) == (404, [0.5])
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    assert [one["id"] for one in ada.call("GET", path).body["submissions"]] == [first]
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=5))
    assert not [row for row in site.rows() if row["pk"] == f"SUBMISSION#{second}"]
    assert len(site.object_keys("FilesBucket")) == len(files) + 1
    assert used(site) == 2


def test_what_is_in_progress_is_not_deleted(ada: Person, competition: dict[str, Any]) -> None:
    made = ada.submit(competition).body["id"]
    answer = ada.call("DELETE", f"/submissions/{made}")
    assert (answer.status, "Cancel it first" in answer.body["detail"]) == (409, True)


def test_an_organizer_withdraws_a_submission_and_takes_that_back(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    made = ada.submit(competition).body["id"]
    run(site, made, runner, 0.5)
    assert site.person("grace").call("DELETE", f"/submissions/{made}").status == 404
    assert organizer.call("DELETE", f"/submissions/{made}").status == 200
    assert (show(ada, made)["removed_at"] is not None, board(site, competition)) == (True, [])
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 409
    assert organizer.call("POST", f"/submissions/{made}/restore").body["removed_at"] is None
    assert board(site, competition) == [0.5]


@pytest.mark.parametrize("state", ["Submitted", "Preparing", "Finished", "again"])
def test_an_organizer_marks_a_submission_as_failed_whatever_it_is(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str, state: str
) -> None:
    made = ada.submit(competition).body["id"]
    if state == "Preparing":
        site.claim(made, runner)
    if state in ("Finished", "again"):
        run(site, made, runner, 0.5)
    if state == "again":
        organizer.call("POST", f"/submissions/{made}/rerun")
    assert ada.call("POST", f"/submissions/{made}/fail", {}).status == 403
    failed = organizer.call("POST", f"/submissions/{made}/fail", {"reason": "The data was wrong."}).body
    assert (failed["status"], failed["fault"], failed["reason"]) == ("Failed", "organizer", "The data was wrong.")
    assert (board(site, competition), used(site)) == ([], 0)
