"""app.sweep: every non-final state has a net under it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import jobs, sweep
from chalicelib.store import table
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.library import orphans
from tests import builders
from tests.api.conftest import Person, Site


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


def test_a_submission_whose_message_was_lost_is_queued_again(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    made = ada.submit(competition).body
    site.messages("JobsQueueUrl")
    assert sweep.sweep(later(seconds=30)) == 0
    sweep.sweep(later(seconds=90))
    assert site.messages("JobsQueueUrl") == [{"version": 1, "submission": made["id"]}]


def test_a_submission_that_waits_its_turn_is_queued_ever_more_seldom(
    site: Site, ada: Person, competition: dict[str, Any]
) -> None:
    ada.submit(competition)
    for minute in range(1, 60):
        sweep.sweep(later(minutes=minute, seconds=5))
    assert len(site.messages("JobsQueueUrl")) < 8


def test_an_expired_lease_gives_the_job_to_another_runner(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    runner = site.runner_token(admin)
    lost = site.claim(ada.submit(competition).body["id"], runner).body
    site.messages("JobsQueueUrl")
    sweep.sweep(later(seconds=61))
    assert site.messages("JobsQueueUrl") == [{"version": 1, "submission": lost["submission"]}]
    assert site.claim(lost["submission"], runner).body["attempt"] == 2
    assert site.finish(lost, {"accuracy": 1.0}).status == 409


def test_a_lease_that_was_extended_is_left_alone(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    path = f"/runner/jobs/{job['submission']}/heartbeat"
    assert site.call("POST", path, {"step": "scoring"}, token=job["token"]).status == 200
    assert sweep.sweep(later(seconds=50)) == 0


def test_three_lost_leases_fail_the_submission_by_the_platforms_fault(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    runner, made = site.runner_token(admin), ada.submit(competition).body
    for _ in range(3):
        site.claim(made["id"], runner)
        sweep.sweep(later(seconds=61))
    ended = ada.call("GET", f"/submissions/{made['id']}").body
    assert (ended["status"], ended["fault"], ended["attempt"]) == ("Failed", "platform", 3)


def test_an_abandoned_upload_is_removed(site: Site, ada: Person) -> None:
    ada.upload(builders.submission(), commit=False)
    sweep.sweep(later(hours=25))
    assert site.object_keys("FilesBucket") == []
    sweep.sweep(later(hours=28))
    assert site.rows() == []


def test_a_committed_upload_that_nobody_used_is_removed_too(site: Site, ada: Person) -> None:
    ada.upload(builders.submission())
    sweep.sweep(later(hours=23))
    assert len(site.object_keys("FilesBucket")) == 1
    sweep.sweep(later(hours=25))
    assert site.object_keys("FilesBucket") == []
    sweep.sweep(later(hours=28))
    assert site.rows() == []


def test_an_upload_that_became_a_submission_stays(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    before = site.object_keys("FilesBucket")
    ada.submit(competition)
    sweep.sweep(later(hours=25))
    assert len(site.object_keys("FilesBucket")) == len(before) + 1


def test_an_import_whose_message_was_lost_is_done_all_the_same(site: Site, organizer: Person) -> None:
    upload = organizer.upload(builders.bundle(), "bundle")
    import_ = organizer.call("POST", "/competitions", {"upload": upload}).body
    site.messages()
    sweep.sweep(later(seconds=61))
    site.work()
    assert organizer.call("GET", f"/imports/{import_['id']}").body["status"] == "Finished"


def test_a_board_whose_message_was_lost_is_rebuilt_all_the_same(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    site.finish(job, {"accuracy": 0.5})
    site.messages()
    sweep.sweep(later(seconds=61))
    site.work()
    path = f"/phases/{competition['phases'][0]['id']}/leaderboard"
    assert len(site.call("GET", path).body["rows"]) == 1


def test_nothing_that_is_over_is_looked_at_again(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    site.finish(job, {"accuracy": 0.5})
    site.work()
    assert sweep.sweep(later(days=30)) == 0


def test_a_sweep_goes_on_until_nothing_is_due(site: Site) -> None:
    """A runner host that died, or an hour without the sweeper, leaves more than a page."""
    for number in range(2 * sweep.PAGE + 1):
        orphans.new(f"l{number}", later()).save()
    assert sweep.sweep(later(minutes=3)) == 2 * sweep.PAGE + 1
    assert site.rows() == []


def test_every_kind_of_job_has_one_who_does_it() -> None:
    table.know_every_model()
    assert set(BackgroundJob.__subclasses__()) == set(jobs.KINDS)
