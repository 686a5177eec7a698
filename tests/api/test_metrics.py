"""Metrics: what leaves with the functions' log, in CloudWatch's embedded metric format (ADR 46)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib import telemetry
from chalicelib.actions.background import sweep
from tests import builders, metrics
from tests.api.conftest import Person, Site, client

Told = Callable[[], dict[str, list[float]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Told:
    """The values of each metric that has been told since it was asked last."""
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED")
    telemetry.metrics.clear_metrics()

    def told() -> dict[str, list[float]]:
        found: dict[str, list[float]] = {}
        for datum in metrics.extracted(capfd.readouterr().out.splitlines()):
            assert (datum.namespace, datum.dimensions) == ("Agon", {"stack": "agon"})
            found.setdefault(datum.name, []).extend(datum.values)
        return found

    return told


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


def swept(site: Site, **passed: float) -> None:
    """What the sweep function does, `passed` from now, so that its metrics leave as they do there."""
    now = datetime.now(UTC) + timedelta(**passed)
    telemetry.observe(None, lambda _event: sweep.sweep(now))


def test_a_submission_is_counted_when_it_is_taken_and_by_how_it_ended(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], told: Told
) -> None:
    runner = site.runner_token(admin)
    site.finish(site.claim(ada.submit(competition).body["id"], runner).body, {"accuracy": 1.0})
    counted = told()
    assert (counted["SubmissionTaken"], counted["SubmissionFinished"]) == ([1.0], [1.0])
    assert not {name for name in counted if name.startswith("FailedBy")}


@pytest.mark.parametrize("fault", ["participant", "organizer"])
def test_a_failure_is_counted_by_whose_fault_it_is(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], told: Told, fault: str
) -> None:
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    site.finish(job, fault=fault, reason="It broke.")
    counted = told()
    assert (counted["SubmissionFailed"], counted[f"FailedBy{fault.title()}"]) == ([1.0], [1.0])


def test_what_runners_gave_back_three_times_is_the_platforms_fault(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], told: Told
) -> None:
    made, runner = ada.submit(competition).body["id"], site.runner_token(admin)
    for _ in range(3):
        job = site.claim(made, runner).body
        site.call("POST", f"/runner/jobs/{made}/abort", {"reason": "The disk is full."}, token=job["token"])
    counted = told()
    assert (counted["SubmissionFailed"], counted["FailedByPlatform"]) == ([1.0], [1.0])
    assert "ClaimLost" not in counted


def test_the_time_that_a_runner_had_a_submission_is_told_in_seconds(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], told: Told
) -> None:
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    started_at = (datetime.now(UTC) - timedelta(seconds=90)).isoformat(timespec="microseconds")
    client("dynamodb").update_item(
        TableName=site.outputs["TableName"],
        Key={"pk": {"S": f"SUBMISSION#{job['submission']}"}, "sk": {"S": "SUBMISSION"}},
        UpdateExpression="SET started_at = :then",
        ExpressionAttributeValues={":then": {"S": started_at.replace("+00:00", "+0000")}},
    )
    site.finish(job, {"accuracy": 1.0})
    (seconds,) = told()["ScoringSeconds"]
    assert 90 <= seconds < 120


def test_a_claim_whose_lease_ran_out_is_counted_as_lost(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], told: Told
) -> None:
    site.claim(ada.submit(competition).body["id"], site.runner_token(admin))
    swept(site, seconds=30)
    assert "ClaimLost" not in told()
    swept(site, seconds=61)
    assert told()["ClaimLost"] == [1.0]


def test_each_sweep_tells_that_there_was_one_and_what_waits(
    site: Site, ada: Person, competition: dict[str, Any], told: Told
) -> None:
    swept(site)
    quiet = told()
    assert [quiet[name] for name in ("Swept", "JobsWaiting", "JobsWithoutRunner", "OldestJobMinutes")] == [[0.0]] * 4
    ada.submit(competition)
    told()
    swept(site, minutes=10)
    waiting = told()
    assert (waiting["JobsWaiting"], waiting["JobsWithoutRunner"]) == ([1.0], [1.0])
    assert 10 <= waiting["OldestJobMinutes"][0] < 10.5


def test_what_waits_for_a_runner_that_is_there_is_told_apart(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], told: Told
) -> None:
    about = {"runner": "host", "version": "1", "slots": 1, "capabilities": {}, "gpus": [], "jobs": []}
    assert site.call("POST", "/runner/presence", about, token=site.runner_token(admin)).status == 200
    ada.submit(competition)
    told()
    swept(site)
    there = told()
    assert [there[name] for name in ("RunnersAlive", "JobsWaiting", "JobsWithoutRunner")] == [[1.0], [1.0], [0.0]]


def test_a_queue_of_an_organizers_own_is_watched_while_something_waits_on_it(
    site: Site, ada: Person, organizer: Person, told: Told
) -> None:
    queue = organizer.call("POST", "/queues", {"name": "mine"}).body["id"]
    made = organizer.competition(files={"competition.yaml": f"{builders.manifest()}queue: {queue}\n"})
    ada.join(made)
    ada.submit(made)
    told()
    swept(site, minutes=2)
    swept(site, minutes=3)
    assert told()["JobsWithoutRunner"] == [1.0, 1.0]


def test_a_re_run_waits_since_it_was_asked_for(
    site: Site, ada: Person, admin: Person, organizer: Person, competition: dict[str, Any], told: Told
) -> None:
    made = ada.submit(competition).body["id"]
    site.finish(site.claim(made, site.runner_token(admin)).body, {"accuracy": 1.0})
    long_ago = "2020-01-01T00:00:00.000000+0000"
    client("dynamodb").update_item(
        TableName=site.outputs["TableName"],
        Key={"pk": {"S": f"SUBMISSION#{made}"}, "sk": {"S": "SUBMISSION"}},
        UpdateExpression="SET created_at = :then",
        ExpressionAttributeValues={":then": {"S": long_ago}},
    )
    assert organizer.call("POST", f"/submissions/{made}/rerun").status < 300
    told()
    swept(site)
    counted = told()
    assert counted["JobsWaiting"] == [1.0] and counted["OldestJobMinutes"][0] < 1


def test_a_board_tells_how_long_it_was_behind(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], told: Told
) -> None:
    site.finish(site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body, {"accuracy": 1.0})
    (message,) = [one for one in site.messages() if one["task"] == "rebuild"]
    told()
    site.run(message, sent_ago=7)
    (seconds,) = told()["BoardLagSeconds"]
    assert 7 <= seconds < 30
    site.run(message, sent_ago=7)
    assert "BoardLagSeconds" not in told()


def test_a_job_that_is_given_up_is_counted(site: Site, organizer: Person, told: Told) -> None:
    body = json.dumps({"version": 1, "task": "notice", "id": "gone"})
    client("sqs").send_message(QueueUrl=site.outputs["TasksDeadQueueUrl"], MessageBody=body)
    told()
    swept(site)
    assert told()["GivenUp"] == [1.0]
