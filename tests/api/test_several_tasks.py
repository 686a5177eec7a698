"""Submissions to a phase with several tasks: one parent, one child a task."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.actions.background import sweep
from tests.api.conftest import Answer, Person, Site


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(tasks=("Cats", "Dogs"), in_all=1)
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def submit(person: Person, competition: dict[str, Any], **body: Any) -> Answer:
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    return person.call("POST", path, {"upload": person.upload(b"PK\x05\x06" + bytes(18)), **body})


def show(person: Person, submission: str) -> Any:
    return person.call("GET", f"/submissions/{submission}").body


def board(site: Site, competition: dict[str, Any]) -> list[dict[str, Any]]:
    site.work()
    return site.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body["rows"]


def claim_both(site: Site, made: str, runner: str) -> list[dict[str, Any]]:
    """The jobs of both tasks, in the order of the tasks."""
    jobs = [site.claim(made, runner).body for _ in range(2)]
    assert [job["submission"] for job in jobs] == [f"{made}-0", f"{made}-1"]
    return jobs


def abort(site: Site, job: dict[str, Any]) -> Answer:
    path = f"/runner/jobs/{job['submission']}/abort"
    return site.call("POST", path, {"reason": "The disk is full."}, token=job["token"])


def test_each_task_is_queued_and_the_attempt_is_charged_once(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    made = submit(ada, competition).body
    assert [message["submission"] for message in site.messages("JobsQueueUrl")] == [f"{made['id']}-0", f"{made['id']}-1"]
    assert submit(ada, competition).status == 429
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    assert [one["id"] for one in ada.call("GET", path).body["submissions"]] == [made["id"]]
    assert [(one["task"], one["name"]) for one in show(ada, made["id"])["tasks"]] == [("0", "Cats"), ("1", "Dogs")]


def test_the_last_task_to_end_settles_the_whole_and_puts_it_on_the_board(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition).body["id"]
    first, second = claim_both(site, made, runner)
    assert show(ada, made)["status"] == "Running"
    assert site.finish(second, {"accuracy": 1.0, "seconds": 4.0}).body == {"status": "Finished"}
    assert (show(ada, made)["status"], board(site, competition)) == ("Running", [])
    site.finish(first, {"accuracy": 0.5, "seconds": 2.0})
    ended = show(ada, made)
    means, each = {"accuracy": 0.75, "seconds": 3.0}, {"0/accuracy": 0.5, "0/seconds": 2.0, "1/accuracy": 1.0}
    assert (ended["status"], ended["scores"]) == ("Finished", means | each | {"1/seconds": 4.0})
    assert [(one["status"], one["scores"]["accuracy"]) for one in ended["tasks"]] == [("Finished", 0.5), ("Finished", 1.0)]
    assert [(row["rank"], row["submission"], row["scores"]["accuracy"]) for row in board(site, competition)] == [
        (1, made, 0.75)
    ]


def test_the_whole_fails_when_one_task_does_and_says_which(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition).body["id"]
    first, second = claim_both(site, made, runner)
    site.finish(second, fault="participant", reason="It broke.")
    site.finish(first, {"accuracy": 0.5})
    ended = show(ada, made)
    assert (ended["status"], ended["fault"], ended["reason"]) == ("Failed", "participant", "Task 1 “Dogs”: It broke.")
    assert board(site, competition) == []
    assert submit(ada, competition).status == 429


def test_one_fault_of_the_organizer_gives_the_attempt_back(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition).body["id"]
    site.finish(site.claim(made, runner).body, fault="participant", reason="It broke.")
    site.finish(site.claim(made, runner).body, fault="organizer", reason="The scoring program broke.")
    assert show(ada, made)["fault"] == "organizer"
    assert submit(ada, competition).status == 201


def test_the_third_abort_of_a_task_settles_the_whole_too(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition).body["id"]
    site.finish(site.claim(made, runner).body, {"accuracy": 0.5})
    for _ in range(3):
        abort(site, site.claim(made, runner).body)
    assert (show(ada, made)["status"], show(ada, made)["fault"]) == ("Failed", "platform")
    assert submit(ada, competition).status == 201


def test_a_lost_lease_of_a_task_settles_the_whole_too(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition).body["id"]
    site.finish(site.claim(made, runner).body, {"accuracy": 0.5})
    for _ in range(3):
        site.claim(made, runner)
        sweep.sweep(datetime.now(UTC) + timedelta(seconds=61))
    assert "stopped answering" in show(ada, made)["reason"]


def test_tasks_can_be_chosen_but_who_leaves_one_out_has_no_mean(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition, tasks=[1]).body["id"]
    assert [message["submission"] for message in site.messages("JobsQueueUrl")] == [f"{made}-1"]
    site.finish(site.claim(made, runner).body, {"accuracy": 0.5})
    assert (show(ada, made)["status"], show(ada, made)["scores"]) == ("Finished", {"1/accuracy": 0.5})


def test_a_task_of_nowhere_cannot_be_chosen(ada: Person, competition: dict[str, Any]) -> None:
    answer = submit(ada, competition, tasks=[0, 7])
    assert (answer.status, answer.body["errors"][0]["place"]) == (422, "tasks")


def test_a_cancel_before_any_claim_is_refunded_and_ends_all_tasks(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition).body["id"]
    assert ada.call("POST", f"/submissions/{made}/cancel").body["status"] == "Cancelled"
    assert {one["status"] for one in show(ada, made)["tasks"]} == {"Cancelled"}
    assert site.claim(made, runner).status == 404
    assert submit(ada, competition).status == 201


def test_a_cancel_after_a_claim_stops_that_task_and_is_charged(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submit(ada, competition).body["id"]
    job = site.claim(made, runner).body
    ada.call("POST", f"/submissions/{made}/cancel")
    path = f"/runner/jobs/{made}-0/heartbeat"
    assert site.call("POST", path, {"step": "scoring"}, token=job["token"]).body["go_on"] is False
    assert (site.finish(job, {"accuracy": 1.0}).status, site.claim(made, runner).status) == (409, 404)
    assert submit(ada, competition).status == 429


def test_the_parent_itself_is_no_job(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> None:
    made = submit(ada, competition).body["id"]
    assert {job["submission"] for job in claim_both(site, made, runner)} == {f"{made}-0", f"{made}-1"}
    assert site.claim(made, runner).status == 404


def test_one_task_alone_cannot_be_cancelled(ada: Person, competition: dict[str, Any]) -> None:
    made = submit(ada, competition).body["id"]
    answer = ada.call("POST", f"/submissions/{made}-0/cancel")
    assert (answer.status, made in answer.body["detail"]) == (409, True)


def test_a_child_is_its_owners_and_the_organizers_to_see(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any]
) -> None:
    made = submit(ada, competition).body["id"]
    seen = [person.call("GET", f"/submissions/{made}-0").status for person in (ada, organizer, site.person("grace"))]
    assert seen == [200, 200, 404]


def test_two_tasks_that_end_at_the_same_moment_settle_the_whole_once(
    site: Site, ada: Person, competition: dict[str, Any], runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = submit(ada, competition).body["id"]
    first, second = claim_both(site, made, runner)
    real, others = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        # Between the first one's read and its write, the second one ends: each sees the other still pending.
        if operation == "TransactWriteItems" and not others:
            others.append(None)
            others[0] = site.finish(second, {"accuracy": 0.5, "seconds": 1.0})
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    assert site.finish(first, {"accuracy": 1.0, "seconds": 1.0}).body == {"status": "Finished"}
    assert others[0].body == {"status": "Finished"}
    assert show(ada, made)["scores"]["accuracy"] == 0.75
    assert [row["scores"]["accuracy"] for row in board(site, competition)] == [0.75]
