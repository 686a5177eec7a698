"""POST /runner/jobs/{submission}/heartbeat, and the lease that it extends: an item of its own (ADR 18)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.actions.background import sweep
from chalicelib.store import table
from chalicelib.store.submissions.leases import Lease
from chalicelib.store.submissions.submissions import Submission
from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.units import written


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


@pytest.fixture
def job(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> dict[str, Any]:
    return site.claim(ada.submit(competition).body["id"], runner).body


def beat(site: Site, job: dict[str, Any], step: str = "scoring") -> Answer:
    return site.call("POST", f"/runner/jobs/{job['submission']}/heartbeat", {"step": step}, token=job["token"])


def abort(site: Site, job: dict[str, Any]) -> Answer:
    return site.call("POST", f"/runner/jobs/{job['submission']}/abort", {"reason": "Full."}, token=job["token"])


def show(person: Person, job: dict[str, Any]) -> dict[str, Any]:
    return person.call("GET", f"/submissions/{job['submission']}").body


def leases(site: Site) -> list[dict[str, Any]]:
    return [row for row in site.rows() if row["kind"] == "lease"]


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


def claimed_by_the_former_build(job: dict[str, Any], status: str = "Running") -> None:
    """Its claims made no lease: the submission itself was due when its time was over, and had each step as its status."""
    lease, submission = table.read(Lease.at(job["submission"]), Submission.at(job["submission"]))
    assert lease and submission
    due = [Submission.due_pk.set(lease.due_pk), Submission.due_at.set(lease.due_at)]
    submission.update(actions=[*due, Submission.status.set(status)])
    lease.delete()


def test_a_heartbeat_costs_at_most_three_write_units_however_large_the_submission_is(
    site: Site, job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    large = {"log": "x" * 100_000}
    Submission(*Submission.at(job["submission"])).update(
        actions=[Submission.steps.set([large]), Submission.scores.set({f"c{number}": 0.5 for number in range(1000)})]
    )
    real, calls = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        calls.append(operation)
        return real(self, operation, arguments)

    for step in ("preparing", "prediction", "scoring", "scoring"):
        with written(site) as units, monkeypatch.context() as patch:
            patch.setattr(BaseClient, "_make_api_call", call)
            # Another second, and by lot mostly another shard, as in life.
            patch.setattr("chalicelib.actions.runs.leases.LEASE", timedelta(minutes=2 + len(calls)))
            assert beat(site, job, step).body["go_on"] is True
        assert units == [3]
    assert calls == ["UpdateItem"] * 4


def test_everybody_sees_how_far_a_runner_has_come(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], job: dict[str, Any]
) -> None:
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    for step, status in (("prediction", "Running"), ("scoring", "Scoring")):
        beat(site, job, step)
        listed = [ada.call("GET", path), organizer.call("GET", f"{path}?everyone=true")]
        assert [answer.body["submissions"][0]["status"] for answer in listed] == [status, status]
        logs = ada.call("GET", f"/submissions/{job['submission']}/logs").body
        assert (show(ada, job)["status"], logs["status"]) == (status, status)


def test_who_submits_the_same_again_sees_how_far_it_has_come(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    body = {"upload": ada.upload(builders.submission())}
    job = site.claim(ada.call("POST", path, body).body["id"], runner).body
    assert ada.call("POST", path, body).body["status"] == "Preparing"
    beat(site, job, "prediction")
    assert ada.call("POST", path, body).body["status"] == "Running"


def test_a_status_never_goes_back_when_the_attempt_ends_while_it_is_looked_at(
    site: Site, ada: Person, job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    beat(site, job, "scoring")
    real, ends = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        # After the row was read, and before the lease is.
        if "LEASE" in str(arguments.get("RequestItems")) and not ends:
            ends.append(None)
            ends[0] = site.finish(job, {"accuracy": 0.5})
        return real(self, operation, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        seen = show(ada, job)["status"]
    assert (seen, ends[0].body, show(ada, job)["status"]) == ("Scoring", {"status": "Finished"}, "Finished")


VERBS = {"heartbeat": {"step": "scoring"}, "uploads": None, "finish": {"scores": {}}, "abort": {"reason": "No."}}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("end", ["", "finish", "cancel"])
def test_to_a_token_that_is_made_up_there_is_no_submission(
    site: Site, ada: Person, job: dict[str, Any], verb: str, end: str
) -> None:
    if end == "finish":
        site.finish(job, {"accuracy": 0.5})
    elif end == "cancel":
        ada.call("POST", f"/submissions/{job['submission']}/cancel")
    begin, _, _ = job["token"].rpartition(".")
    told = []
    for submission in (job["submission"], "01m86vp9f4vk8vwkkszfrnkpp9"):
        answer = site.call("POST", f"/runner/jobs/{submission}/{verb}", VERBS[verb], token=f"{begin}.made-up")
        told.append((answer.status, answer.body))
    assert told[0] == told[1] and told[0][0] == 409


@pytest.mark.parametrize("end", ["finish", "abort", "cancel", "fail", "lapse"])
def test_no_end_leaves_a_lease(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], job: dict[str, Any], end: str
) -> None:
    assert len(leases(site)) == 1
    if end == "finish":
        site.finish(job, {"accuracy": 0.5})
    elif end == "abort":
        abort(site, job)
    elif end == "cancel":
        ada.call("POST", f"/submissions/{job['submission']}/cancel")
    elif end == "fail":
        organizer.call("POST", f"/submissions/{job['submission']}/fail", {"reason": "No."})
    else:
        sweep.sweep(later(seconds=61))
    assert leases(site) == []
    answer = beat(site, job)
    assert (answer.status, (answer.body or {}).get("go_on")) == ((200, False) if end == "cancel" else (409, None))
    assert leases(site) == []


def test_each_task_has_its_lease_and_a_cancel_takes_all_of_them(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = organizer.competition(tasks=("Cats", "Dogs"))
    ada.join(competition)
    made = ada.submit(competition).body["id"]
    first, second = (site.claim(made, runner).body for _ in range(2))
    beat(site, second)
    assert [task["status"] for task in ada.call("GET", f"/submissions/{made}").body["tasks"]] == ["Preparing", "Scoring"]
    assert {row["submission"] for row in leases(site)} == {first["submission"], second["submission"]}
    assert ada.call("POST", f"/submissions/{made}/cancel").body["status"] == "Cancelled"
    assert (leases(site), beat(site, first).body["go_on"], beat(site, second).body["go_on"]) == ([], False, False)


def test_a_heartbeat_that_comes_while_its_lease_is_looked_after_keeps_the_attempt(
    site: Site, ada: Person, job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    Lease(*Lease.at(job["submission"])).update(actions=[Lease.due_at.set(table.seconds(later(seconds=-1)))])
    real, beats = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "TransactWriteItems" and not beats:
            beats.append(None)
            beats[0] = beat(site, job)
        return real(self, operation, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        sweep.sweep(later())
    assert beats[0].body["go_on"] is True
    assert site.finish(job, {"accuracy": 0.5}).body == {"status": "Finished"}


def test_what_the_former_build_claimed_is_kept_by_its_heartbeats(site: Site, ada: Person, job: dict[str, Any]) -> None:
    claimed_by_the_former_build(job)
    assert show(ada, job)["status"] == "Running"
    assert [beat(site, job).body["go_on"] for _ in range(2)] == [True, True]
    assert (show(ada, job)["status"], len(leases(site))) == ("Scoring", 1)
    assert sweep.sweep(later(seconds=50)) == 0
    assert site.finish(job, {"accuracy": 0.5}).body == {"status": "Finished"}
    assert leases(site) == []


def test_what_the_former_build_claimed_is_finished_without_a_heartbeat(site: Site, ada: Person, job: dict[str, Any]) -> None:
    claimed_by_the_former_build(job)
    assert site.finish(job, {"accuracy": 0.5}).body == {"status": "Finished"}
    site.work()
    assert (leases(site), sweep.sweep(later(days=30))) == ([], 0)


def test_what_the_former_build_claimed_and_lost_goes_to_another_runner(site: Site, job: dict[str, Any], runner: str) -> None:
    claimed_by_the_former_build(job)
    assert sweep.sweep(later(seconds=61)) == 1
    assert beat(site, job).status == 409
    assert site.claim(job["submission"], runner).body["attempt"] == 2


def test_three_leases_that_the_former_build_lost_fail_the_submission(
    site: Site, ada: Person, job: dict[str, Any], runner: str
) -> None:
    for _ in range(2):
        claimed_by_the_former_build(job)
        sweep.sweep(later(seconds=61))
        site.claim(job["submission"], runner)
    claimed_by_the_former_build(job)
    sweep.sweep(later(seconds=61))
    assert (show(ada, job)["status"], show(ada, job)["fault"]) == ("Failed", "platform")


def test_what_the_former_build_claimed_is_told_to_stop_when_it_was_cancelled(
    site: Site, ada: Person, job: dict[str, Any]
) -> None:
    claimed_by_the_former_build(job)
    ada.call("POST", f"/submissions/{job['submission']}/cancel")
    assert beat(site, job).body["go_on"] is False


def test_a_heartbeat_that_the_former_build_still_took_does_not_end_an_attempt_with_a_lease(
    site: Site, ada: Person, job: dict[str, Any]
) -> None:
    """While a new build is deployed, functions of both answer for a moment."""
    submission = Submission(*Submission.at(job["submission"]))
    submission.update(actions=[Submission.due_pk.set("DUE#0"), Submission.due_at.set(table.seconds(later()))])
    sweep.sweep(later(seconds=1))
    assert beat(site, job).body["go_on"] is True


def test_a_lease_whose_attempt_the_former_build_ended_is_forgotten(site: Site, job: dict[str, Any]) -> None:
    (lease,) = table.read(Lease.at(job["submission"]))
    assert lease
    site.finish(job, {"accuracy": 0.5})
    lease.save()
    sweep.sweep(later(seconds=61))
    assert leases(site) == []
