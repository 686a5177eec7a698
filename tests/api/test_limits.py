"""How often and how much may be submitted, pauses, and what is told of it: GET /phases/{phase}/quota."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.conftest import Answer, Person, Site


def compete(organizer: Person, person: Person, **settings: Any) -> dict[str, Any]:
    competition = organizer.competition(**settings)
    person.join(competition)
    return competition


def quota(person: Person, competition: dict[str, Any]) -> Any:
    return person.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body


def counters(site: Site) -> dict[str, dict[str, Any]]:
    return {row["sk"].split("#")[0]: row for row in site.rows() if row["kind"] == "quota"}


def settings(person: Person, competition: dict[str, Any], changes: dict[str, Any], part: str = "") -> Answer:
    path = f"/competitions/{competition['id']}/settings{part}"
    revision = person.call("GET", f"/competitions/{competition['id']}/settings").body["revision"]
    return person.call("PATCH", path, changes, If_Match=f'"{revision}"')


def test_what_is_left_is_told_before_and_after(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada, per_day=5, in_all=10)
    ada.submit(competition)
    left = quota(ada, competition)
    assert (left["today"], left["in_all"], left["this_month"]) == ({"limit": 5, "left": 4}, {"limit": 10, "left": 9}, None)
    assert datetime.fromisoformat(left["opens_at"]) <= datetime.now(UTC)
    assert left["reason"] == ""


def test_a_refused_submission_is_told_what_is_left(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada, per_day=1, in_all=10)
    ada.submit(competition)
    refused = ada.submit(competition)
    assert (refused.status, refused.body["left"]["today"], refused.body["left"]["in_all"]) == (429, 0, 9)
    assert quota(ada, competition)["opens_at"] == refused.body["next_attempt_at"]


def test_a_month_has_a_limit_of_its_own(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada, phase_extra="agon: {max_submissions_per_month: 1}")
    assert ada.submit(competition).status == 201
    refused = ada.submit(competition)
    assert (refused.status, "this month" in refused.body["detail"]) == (429, True)
    assert datetime.fromisoformat(refused.body["next_attempt_at"]).day == 1


def test_an_interval_lies_between_two_submissions(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada, phase_extra="agon: {min_interval_seconds: 3600}")
    assert ada.submit(competition).status == 201
    refused = ada.submit(competition)
    opens_at = datetime.fromisoformat(refused.body["next_attempt_at"])
    assert refused.status == 429
    assert timedelta(minutes=59) < opens_at - datetime.now(UTC) <= timedelta(hours=1)


def test_what_is_in_progress_is_limited_until_it_ends(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    competition = compete(organizer, ada, phase_extra="agon: {max_concurrent_submissions: 1}")
    first = ada.submit(competition).body["id"]
    assert "in progress" in ada.submit(competition).body["detail"]
    site.finish(site.claim(first, site.runner_token(admin)).body, {"accuracy": 0.5})
    second = ada.submit(competition)
    assert second.status == 201
    ada.call("POST", f"/submissions/{second.body['id']}/cancel")
    assert ada.submit(competition).status == 201
    assert counters(site)["TOTAL"]["in_progress"] == 1


def test_a_submission_and_all_of_them_together_have_a_largest_size(site: Site, organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada, phase_extra="agon: {max_submission_bytes: 100, max_participant_bytes: 150}")
    small, large = b"PK\x05\x06" + bytes(18) + b"", b"PK\x05\x06" + bytes(16) + b"\x64\x00" + bytes(100)
    assert ada.submit(competition, large).status == 413
    for _ in range(6):
        assert ada.submit(competition, small).status in (201, 429)
    assert counters(site)["TOTAL"]["stored_bytes"] <= 150
    assert quota(ada, competition)["bytes"]["left"] < len(small) or quota(ada, competition)["today"]["left"] == 0


@pytest.mark.parametrize("extra", ["agon: {paused: true}"])
def test_a_paused_competition_takes_nothing(organizer: Person, ada: Person, extra: str) -> None:
    competition = compete(organizer, ada, extra=extra)
    refused = ada.submit(competition)
    assert (refused.status, "paused" in refused.body["detail"]) == (409, True)
    assert (quota(ada, competition)["opens_at"], "paused" in quota(ada, competition)["reason"]) == (None, True)


def test_an_organizer_pauses_a_phase_and_lets_it_go_on(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada)
    assert settings(organizer, competition, {"agon": {"paused": True}}, "/phases/0").status == 200
    assert ada.submit(competition).status == 409
    settings(organizer, competition, {"agon": {"paused": None}}, "/phases/0")
    assert ada.submit(competition).status == 201


def test_an_administrator_pauses_the_whole_site(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    competition = compete(organizer, ada)
    assert organizer.call("PATCH", "/site", {"paused": True}).status == 403
    assert admin.call("PATCH", "/site", {"paused": True, "message": "We move to a new house."}).status == 200
    assert site.call("GET", "/site").body == {"paused": True, "message": "We move to a new house.", "approval": False}
    assert ada.submit(competition).body["detail"] == "We move to a new house."
    admin.call("PATCH", "/site", {"paused": False})
    assert ada.submit(competition).status == 201


def test_days_are_those_of_the_competitions_time_zone(site: Site, organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada, per_day=1, extra="agon: {timezone: Pacific/Kiritimati}")
    ada.submit(competition)
    there = datetime.now(UTC) + timedelta(hours=14)
    assert counters(site)["DAY"]["sk"] == f"DAY#{there.date().isoformat()}"
    opens_at = datetime.fromisoformat(ada.submit(competition).body["next_attempt_at"])
    assert (opens_at + timedelta(hours=14)).hour == 0
    assert quota(ada, competition)["timezone"] == "Pacific/Kiritimati"


def test_a_stranger_has_no_quota(organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    assert ada.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").status == 403


def test_where_organizers_start_submissions_they_wait_for_that(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    competition = compete(organizer, ada, extra="auto_run_submissions: false")
    made = ada.submit(competition).body
    assert (made["status"], site.messages("JobsQueueUrl")) == ("Submitting", [])
    runner = site.runner_token(admin)
    assert site.claim(made["id"], runner).status == 404
    assert ada.call("POST", f"/submissions/{made['id']}/start").status == 403
    assert organizer.call("POST", f"/submissions/{made['id']}/start").body["status"] == "Submitted"
    assert site.claim(made["id"], runner).status == 200
    assert organizer.call("POST", f"/submissions/{made['id']}/start").status == 409


def test_a_submission_of_several_tasks_is_started_as_a_whole(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    competition = compete(organizer, ada, extra="auto_run_submissions: false", tasks=("Cats", "Dogs"))
    made = ada.submit(competition).body["id"]
    organizer.call("POST", f"/submissions/{made}/start")
    runner = site.runner_token(admin)
    assert [site.claim(made, runner).body["submission"] for _ in range(2)] == [f"{made}-0", f"{made}-1"]


def test_what_was_never_started_is_cancelled_without_a_charge(site: Site, organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada, extra="auto_run_submissions: false", in_all=1)
    made = ada.submit(competition).body["id"]
    assert ada.call("POST", f"/submissions/{made}/cancel").body["status"] == "Cancelled"
    assert ada.submit(competition).status == 201
