"""The runner protocol: claim, heartbeat, finish, abort."""

from typing import Any

import pytest
from botocore.client import BaseClient

from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.congestion import congest


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def beat(site: Site, job: dict[str, Any], step: str = "scoring") -> Answer:
    return site.call("POST", f"/runner/jobs/{job['submission']}/heartbeat", {"step": step}, token=job["token"])


def abort(site: Site, job: dict[str, Any]) -> Answer:
    body = {"reason": "The disk is full."}
    return site.call("POST", f"/runner/jobs/{job['submission']}/abort", body, token=job["token"])


def board(site: Site, competition: dict[str, Any]) -> list[dict[str, Any]]:
    site.work()
    return site.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body["rows"]


def test_a_claim_answers_the_job_of_the_protocol(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> None:
    submission = ada.submit(competition).body
    job = site.claim(submission["id"], runner).body
    assert job["attempt"] == 1
    assert [step["name"] for step in job["steps"]] == ["submission", "scoring"]
    assert [mount["path"] for mount in job["steps"][1]["mounts"]] == ["/app/input/ref", "/app/input/res", "/app/data"]
    assert ada.call("GET", f"/submissions/{submission['id']}").body["status"] == "Preparing"


def test_a_second_runner_cannot_claim_it(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> None:
    submission = ada.submit(competition).body
    site.claim(submission["id"], runner)
    assert site.claim(submission["id"], runner).status == 404


def test_a_heartbeat_moves_the_status(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> None:
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert beat(site, job).body["go_on"] is True
    assert ada.call("GET", f"/submissions/{job['submission']}").body["status"] == "Scoring"


def test_a_finish_scores_the_submission_and_puts_it_on_the_board(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert site.finish(job, {"accuracy": 0.5, "seconds": 2.0}).body == {"status": "Finished"}
    submission = ada.call("GET", f"/submissions/{job['submission']}").body
    assert (submission["status"], submission["scores"]) == ("Finished", {"accuracy": 0.5, "seconds": 2.0})
    rows = board(site, competition)
    assert [(row["rank"], row["participant"], row["scores"]["accuracy"]) for row in rows] == [(1, "ada", 0.5)]


def test_a_finish_sent_twice_answers_the_same_and_changes_nothing(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    job = site.claim(ada.submit(competition).body["id"], runner).body
    site.finish(job, {"accuracy": 0.5})
    assert site.finish(job, {"accuracy": 0.9}).body == {"status": "Finished"}
    assert ada.call("GET", f"/submissions/{job['submission']}").body["scores"] == {"accuracy": 0.5}


def test_an_old_attempts_token_changes_nothing(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> None:
    submission = ada.submit(competition).body
    old = site.claim(submission["id"], runner).body
    assert abort(site, old).body == {"status": "Submitted"}
    new = site.claim(submission["id"], runner).body
    assert new["attempt"] == 2
    for answer in (beat(site, old), site.finish(old, {"accuracy": 1.0}), abort(site, old)):
        assert answer.status == 409
        assert "Stop it" in answer.body["detail"]
    assert ada.call("GET", f"/submissions/{submission['id']}").body["scores"] == {}


def test_a_better_submission_takes_the_place_of_a_worse_one(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    for accuracy in (0.5, 0.9, 0.7):
        job = site.claim(ada.submit(competition).body["id"], runner).body
        site.finish(job, {"accuracy": accuracy})
    assert [row["scores"]["accuracy"] for row in board(site, competition)] == [0.9]


def test_the_third_abort_fails_the_submission_and_refunds_the_attempt(
    site: Site, ada: Person, organizer: Person, runner: str
) -> None:
    competition = organizer.competition(in_all=1)
    ada.join(competition)
    submission = ada.submit(competition).body
    statuses = [abort(site, site.claim(submission["id"], runner).body).body["status"] for _ in range(3)]
    assert statuses == ["Submitted", "Submitted", "Failed"]
    ended = ada.call("GET", f"/submissions/{submission['id']}").body
    assert (ended["fault"], ended["reason"]) == ("platform", "The disk is full.")
    assert ada.submit(competition).status == 201


@pytest.mark.parametrize(("fault", "next_status"), [("organizer", 201), ("participant", 429)])
def test_a_fault_is_charged_to_who_made_it(
    site: Site, ada: Person, organizer: Person, runner: str, fault: str, next_status: int
) -> None:
    competition = organizer.competition(in_all=1)
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert site.finish(job, fault=fault, reason="It broke.").body == {"status": "Failed"}
    assert board(site, competition) == []
    assert ada.submit(competition).status == next_status


@pytest.mark.parametrize("scores", [{}, {"accuracy": None}])
def test_a_report_without_a_number_is_the_organizers_fault_and_lists_what_was_reported(
    site: Site, ada: Person, competition: dict[str, Any], runner: str, scores: dict[str, Any]
) -> None:
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert site.finish(job, scores).body == {"status": "Failed"}
    ended = ada.call("GET", f"/submissions/{job['submission']}").body
    assert ended["fault"] == "organizer"
    assert "It should report: accuracy, seconds. It reported: " + (", ".join(scores) or "nothing") in ended["reason"]


@pytest.mark.parametrize("rule", ["Force_Best", "Force_Last", "Force_Latest_Multiple"])
def test_numbers_that_no_column_takes_are_finished_without_a_row_and_with_a_note(
    site: Site, ada: Person, organizer: Person, runner: str, rule: str
) -> None:
    competition = organizer.competition(rule=rule)
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert site.finish(job, {"f1": 0.5}).body == {"status": "Finished"}
    ended = ada.call("GET", f"/submissions/{job['submission']}").body
    assert (ended["status"], ended["fault"], ended["scores"]) == ("Finished", None, {})
    assert "no leaderboard: f1." in ended["notes"][0] and "accuracy, seconds" in ended["notes"][0]
    assert board(site, competition) == []
    organizer.call("PATCH", f"/submissions/{job['submission']}/marks", {"verified": True})
    assert board(site, competition) == []


def test_a_cancelled_job_is_told_to_stop(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> None:
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert ada.call("POST", f"/submissions/{job['submission']}/cancel").body["status"] == "Cancelled"
    assert beat(site, job).body["go_on"] is False
    assert site.finish(job, {"accuracy": 1.0}).status == 409


def test_a_cancel_before_the_claim_is_refunded(site: Site, ada: Person, organizer: Person, runner: str) -> None:
    competition = organizer.competition(in_all=1)
    ada.join(competition)
    submission = ada.submit(competition).body
    ada.call("POST", f"/submissions/{submission['id']}/cancel")
    assert site.claim(submission["id"], runner).status == 404
    assert ada.submit(competition).status == 201


def test_a_runner_gets_credentials_for_its_queue(site: Site, runner: str) -> None:
    body = {"protocol": 1, "runner": "host", "version": "0.1.0"}
    session = site.call("POST", "/runner/session", body, token=runner)
    assert session.status == 200, session
    assert session.body["queue_url"] == site.outputs["JobsQueueUrl"]
    assert session.body["credentials"]["session_token"]


def test_a_revoked_runner_token_is_refused(site: Site, admin: Person, runner: str) -> None:
    tokens = admin.call("GET", "/queues/default/tokens").body["tokens"]
    admin.call("DELETE", f"/queues/default/tokens/{tokens[0]['id']}")
    body = {"protocol": 1, "runner": "host"}
    assert site.call("POST", "/runner/session", body, token=runner).status == 401


def test_the_uploads_of_a_run_can_be_asked_for_again(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    job = site.claim(ada.submit(competition).body["id"], runner).body
    fresh = site.call("POST", f"/runner/jobs/{job['submission']}/uploads", token=job["token"]).body["uploads"]
    assert {name: form["fields"]["key"] for name, form in fresh.items()} == {
        name: form["fields"]["key"] for name, form in job["uploads"].items()
    }


def test_two_finishes_of_one_participant_at_the_same_moment_both_count(
    site: Site, ada: Person, competition: dict[str, Any], runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (site.claim(ada.submit(competition).body["id"], runner).body for _ in range(2))
    real, answers_ = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        # Between the first one's read and its write, the second one's row gets onto the board.
        if operation == "TransactWriteItems" and not answers_:
            answers_.append(None)
            answers_[0] = site.finish(second, {"accuracy": 0.7, "seconds": 1.0})
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    assert site.finish(first, {"accuracy": 0.9, "seconds": 1.0}).body == {"status": "Finished"}
    assert answers_[0].body == {"status": "Finished"}
    assert [row["scores"]["accuracy"] for row in board(site, competition)] == [0.9]


OTHER_PHASE = """\
  - index: 1
    name: Other
    start: 2026-01-01
    end: 2091-01-01
    execution_time_limit: 90
    tasks: [1]
"""


def test_each_phase_runs_its_own_programs_within_its_own_limits(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    """Both are open at once, and each submission is run as its phase says."""
    manifest = builders.manifest(end="2090-01-01", more_phases=OTHER_PHASE).replace(
        "phases:\n", "  - {index: 1, name: Other, scoring_program: other/, reference_data: reference.zip}\nphases:\n", 1
    )
    other = {"other/metadata.yaml": "command: python3 $program/other.py", "other/other.py": "print('other')"}
    competition = organizer.competition(files={"competition.yaml": manifest, **other})
    ada.join(competition)
    token, jobs = site.runner_token(admin), []
    for phase in competition["phases"]:
        upload = ada.upload(builders.submission())
        submission = ada.call("POST", f"/phases/{phase['id']}/submissions", {"upload": upload}).body["id"]
        jobs.append(site.claim(submission, token).body)
    programs = [job["steps"][-1]["program"]["sha256"] for job in jobs]
    assert len(set(programs)) == 2 and [job["steps"][-1]["time_limit_seconds"] for job in jobs] == [60, 90], jobs


def test_a_runner_and_a_participant_are_told_of_a_busy_table_and_not_to_stop(
    site: Site, ada: Person, competition: dict[str, Any], runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = site.claim(ada.submit(competition).body["id"], runner).body
    with monkeypatch.context() as patch:
        congest(patch)
        assert (site.finish(job, {"accuracy": 0.5}).status, abort(site, job).status) == (503, 503)
        assert ada.call("POST", f"/submissions/{job['submission']}/cancel").status == 503
    assert site.finish(job, {"accuracy": 0.5}).body == {"status": "Finished"}
