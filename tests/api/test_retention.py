"""Phases that keep a participant's best and last submissions only."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import dispatch, sweep
from chalicelib.store.background.jobs import MAX_ATTEMPTS
from chalicelib.store.submissions.retention import RetentionRequest
from tests.api.conftest import Person, Site, client
from tests.api.test_rerun import board, run, used

KEEPS = "agon: {keeps_best_and_last_only: true}"


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def compete(organizer: Person, ada: Person, **settings: Any) -> dict[str, Any]:
    made = organizer.competition(**{"phase_extra": KEEPS, **settings})
    ada.join(made)
    return made


def scored(site: Site, person: Person, competition: dict[str, Any], runner: str, *accuracies: float) -> list[str]:
    made = []
    for accuracy in accuracies:
        made.append(str(person.submit(competition).body["id"]))
        run(site, made[-1], runner, accuracy)
    return made


def kept(person: Person, competition: dict[str, Any]) -> list[str]:
    listed = person.call("GET", f"/phases/{competition['phases'][0]['id']}/submissions").body["submissions"]
    return [one["id"] for one in listed][::-1]


def test_the_best_and_the_last_are_kept_and_nothing_is_left_of_the_others(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = compete(organizer, ada)
    assert competition["phases"][0]["keeps_best_and_last_only"] is True
    first, best, worse, last = scored(site, ada, competition, runner, 0.5, 0.9, 0.1, 0.4)
    failed = str(ada.submit(competition).body["id"])
    run(site, failed, runner, fault="participant", reason="It broke.")
    messages = [message for message in site.messages() if message["task"] == "clear"]
    for message in (*messages, *messages):
        site.run(message)
    assert kept(ada, competition) == [best, last, failed]
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=5))
    rows = {row["pk"] for row in site.rows() if row["pk"].startswith("SUBMISSION#")}
    assert rows == {f"SUBMISSION#{one}" for one in (best, last, failed)}
    assert used(site) == 5


def test_what_is_on_the_board_public_or_marked_is_kept(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = compete(organizer, ada, rule="Add", per_day=9)
    shown, public, marked, plain, best = scored(site, ada, competition, runner, 0.1, 0.2, 0.3, 0.4, 0.5)
    site.messages()
    ada.call("POST", f"/submissions/{shown}/leaderboard")
    ada.call("PATCH", f"/submissions/{public}", {"public": True, "licence": "MIT"})
    organizer.call("PATCH", f"/submissions/{marked}/marks", {"verified": True})
    (last,) = scored(site, ada, competition, runner, 0.05)
    assert board(site, competition) == [0.1]
    assert kept(ada, competition) == [shown, public, marked, best, last]


def test_of_others_and_of_other_phases_nothing_is_deleted(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition, grace = compete(organizer, ada), site.person("grace")
    grace.join(competition)
    theirs = scored(site, grace, competition, runner, 0.3, 0.2, 0.1)
    site.messages()
    scored(site, ada, competition, runner, 0.5, 0.4, 0.3)
    site.work()
    assert (len(kept(ada, competition)), kept(grace, competition)) == (2, theirs)
    keeping_all = organizer.competition(title="Another")
    ada.join(keeping_all)
    made = scored(site, ada, keeping_all, runner, 0.5, 0.4, 0.3)
    assert not [message for message in site.messages() if message["task"] == "clear"]
    site.run({"version": 1, "task": "clear", "id": f"{keeping_all['phases'][0]['id']}/{ada.id}"})
    assert kept(ada, keeping_all) == made


def test_the_sweeper_has_cleared_away_what_a_lost_message_was_about(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = compete(organizer, ada)
    _, best, last = scored(site, ada, competition, runner, 0.5, 0.9, 0.4)
    site.messages()
    later = datetime.now(UTC) + timedelta(minutes=2)
    sweep.sweep(later)
    (message,) = [message for message in site.messages() if message["task"] == "clear"]
    site.run(message)
    assert kept(ada, competition) == [best, last]
    sweep.sweep(later + timedelta(minutes=2))
    assert not [message for message in site.messages() if message["task"] == "clear"], "it is done"


def retention_of(person: Person, competition: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.call("GET", f"/phases/{competition['phases'][0]['id']}/jobs").body["retention"]
    return found


def write_scores(site: Site, submission: str, text: str) -> str:
    """Write what stands for a submission's scores, which may be what nobody can read. What stood there."""
    key = {"pk": {"S": f"SUBMISSION#{submission}"}, "sk": {"S": "SUBMISSION"}}
    update = {"UpdateExpression": "SET scores = :text", "ExpressionAttributeValues": {":text": {"S": text}}}
    former = client("dynamodb").update_item(TableName=site.outputs["TableName"], Key=key, **update, ReturnValues="ALL_OLD")
    return str(former["Attributes"]["scores"]["S"])


def test_organizers_read_what_is_to_be_done_and_nothing_of_what_is_done(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = compete(organizer, ada)
    scored(site, ada, competition, runner, 0.5, 0.9, 0.4)
    (request,) = retention_of(organizer, competition)
    assert (request["competitor"], request["status"], request["reason"]) == ("ada", "Waiting", "")
    site.work()
    assert retention_of(organizer, competition) == []
    assert ada.call("GET", f"/phases/{competition['phases'][0]['id']}/jobs").status == 403


def test_what_breaks_off_again_and_again_is_given_up_with_a_reason_until_the_next_submission_ends(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = compete(organizer, ada)
    first, *_ = scored(site, ada, competition, runner, 0.5, 0.9, 0.4)
    (message, *_) = [message for message in site.messages() if message["task"] == "clear"]
    later = datetime.now(UTC)
    readable = write_scores(site, first, "{")
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(json.JSONDecodeError):
            site.run(message)
        later += timedelta(minutes=20)
        sweep.sweep(later)
    write_scores(site, first, readable)
    (request,) = retention_of(organizer, competition)
    assert request["status"] == "Failed" and "broke off three times" in request["reason"]
    scored(site, ada, competition, runner, 0.3)
    assert [one["status"] for one in retention_of(organizer, competition)] == ["Waiting"]
    site.work()
    assert (len(kept(ada, competition)), retention_of(organizer, competition)) == (2, [])


def test_out_of_time_it_goes_on_in_another_function(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = compete(organizer, ada)
    _, best, last = scored(site, ada, competition, runner, 0.5, 0.9, 0.4)
    (message, *_) = [message for message in site.messages() if message["task"] == "clear"]
    dispatch.perform({"body": json.dumps(message)}, datetime.now(UTC), datetime.now(UTC))
    assert len(kept(ada, competition)) == 3
    assert [one["status"] for one in retention_of(organizer, competition)] == ["Waiting"]
    site.work()
    assert kept(ada, competition) == [best, last]


def test_what_a_former_build_asked_for_is_done(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = compete(organizer, ada)
    _, best, last = scored(site, ada, competition, runner, 0.5, 0.9, 0.4)
    site.messages()
    request = RetentionRequest(*RetentionRequest.at(competition["phases"][0]["id"], ada.id))
    new = ("id", "status", "attempt", "created_at", "competitor_name", "owner_pk", "owner_sk")
    request.update([getattr(RetentionRequest, name).remove() for name in new])
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=2))
    site.work()
    assert kept(ada, competition) == [best, last]
