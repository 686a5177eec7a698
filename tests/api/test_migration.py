"""Submissions that go along into the next phase: at its start, by the sweeper, or by an organizer's order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.actions.background import jobs, sweep
from chalicelib.store.background.phase_jobs import PhaseJob
from tests.api.conftest import Person, Site

SECOND = """
  - index: 1
    name: Second
    start: 2090-01-01
    auto_migrate_to_this_phase: true
    max_submissions: 1
    tasks: {tasks}
    agon: {{migrate: {rule}}}
"""
SHEET = """
fact_sheet:
  model: {key: model, type: text, title: Model, selection: "", is_required: "false", is_on_leaderboard: "true"}
"""
START = datetime(2090, 1, 1, tzinfo=UTC)


def compete(organizer: Person, *people: Person, rule: str = "last", **settings: Any) -> dict[str, Any]:
    tasks = list(range(len(settings.get("tasks", ("Guess",)))))
    second = SECOND.format(rule=rule, tasks=tasks)
    competition = organizer.competition(end="2090-01-01", more_phases=second, **settings)
    for person in people:
        person.join(competition)
    return competition


def score(site: Site, admin: Person, person: Person, competition: dict[str, Any], accuracy: float) -> str:
    made = person.submit(competition).body["id"]
    runner = site.runner_token(admin)
    while (job := site.claim(made, runner)).status == 200:
        site.finish(job.body, {"accuracy": accuracy, "seconds": 1.0})
    return str(made)


def second(person: Person, competition: dict[str, Any], everyone: bool = False) -> list[dict[str, Any]]:
    path = f"/phases/{competition['phases'][1]['id']}/submissions"
    return person.call("GET", path + "?everyone=true" * everyone).body["submissions"]


def preview(organizer: Person, competition: dict[str, Any], query: str = "") -> Any:
    return organizer.call("GET", f"/phases/{competition['phases'][1]['id']}/migration{query}").body


def order(site: Site, organizer: Person, competition: dict[str, Any], **body: Any) -> str:
    """An organizer's order, done: the id of the work."""
    path = f"/phases/{competition['phases'][1]['id']}/migration"
    assert organizer.call("POST", path, body).status == 202
    site.work()
    return f"{competition['phases'][1]['id']}-migration"


def begin(site: Site, now: datetime = START) -> None:
    """The sweeper's and the tasks function's turn at a phase's start."""
    sweep.sweep(now)
    site.work()


def test_nothing_goes_along_before_the_phase_begins(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    competition = compete(organizer, ada)
    score(site, admin, ada, competition, 0.5)
    begin(site, START - timedelta(seconds=2))
    assert second(ada, competition) == []


@pytest.mark.parametrize(("rule", "expected"), [("last", 2), ("best", 1)])
def test_the_last_or_the_best_submission_goes_along_and_is_run_uncharged(
    site: Site, organizer: Person, ada: Person, admin: Person, rule: str, expected: int
) -> None:
    competition = compete(organizer, ada, rule=rule, extra=SHEET)
    made = [score(site, admin, ada, competition, accuracy) for accuracy in (0.5, 0.9, 0.7)]
    said = {"fact_sheet": {"model": "net"}, "description": "A try.", "method": {"code_url": "https://code.example/a"}}
    assert ada.call("PATCH", f"/submissions/{made[expected]}", said).status == 200
    site.messages("JobsQueueUrl")
    begin(site)
    (moved,) = second(ada, competition)
    assert (moved["status"], moved["participant"], moved["migrated_from"]) == ("Submitted", "ada", made[expected])
    assert (moved["fact_sheet"], moved["description"]) == (said["fact_sheet"], "A try.")
    assert moved["method"]["code_url"] == "https://code.example/a"
    assert site.messages("JobsQueueUrl") == [{"version": 1, "submission": moved["id"]}]
    job = site.claim(moved["id"], site.runner_token(admin)).body
    assert (job["submission"], job["phase"]) == (moved["id"], competition["phases"][1]["id"])
    assert not [row for row in site.rows() if row["kind"] == "quota" and competition["phases"][1]["id"] in row["pk"]]


def test_each_participant_goes_along_once_however_often_it_is_tried(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    grace = site.person("grace")
    competition = compete(organizer, ada, grace)
    for person in (ada, grace):
        score(site, admin, person, competition, 0.5)
    for _ in range(3):
        begin(site)
    order(site, organizer, competition)
    assert sorted(one["participant"] for one in second(organizer, competition, everyone=True)) == ["ada", "grace"]
    assert sweep.sweep(START + timedelta(days=30)) == 2  # The two that wait for runners.


def test_a_failed_submission_and_who_was_turned_away_stay(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    grace = site.person("grace")
    competition = compete(organizer, ada, grace)
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    site.finish(job, fault="participant", reason="It broke.")
    score(site, admin, grace, competition, 0.5)
    organizer.call("PATCH", f"/competitions/{competition['id']}/participants/{grace.id}", {"status": "denied"})
    begin(site)
    assert second(organizer, competition, everyone=True) == []


def test_what_is_in_progress_is_waited_for_while_others_go_along(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    grace = site.person("grace")
    competition = compete(organizer, ada, grace)
    score(site, admin, grace, competition, 0.5)
    score(site, admin, ada, competition, 0.1)
    late = ada.submit(competition).body["id"]
    job = site.claim(late, site.runner_token(admin)).body
    order(site, organizer, competition)
    assert [one["participant"] for one in second(organizer, competition, everyone=True)] == ["grace"]
    assert preview(organizer, competition)["status"] == "Waiting"
    site.finish(job, {"accuracy": 0.9})
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=61))
    site.work()
    assert [one["migrated_from"] for one in second(ada, competition)] == [late]
    assert preview(organizer, competition)["status"] == "Finished"


def test_after_a_day_what_has_ended_goes_along(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    competition = compete(organizer, ada)
    ended = score(site, admin, ada, competition, 0.1)
    ada.submit(competition)
    batch = order(site, organizer, competition)
    assert second(ada, competition) == []
    jobs.run(PhaseJob, batch, datetime.now(UTC) + timedelta(hours=25), datetime.now(UTC) + timedelta(minutes=15))
    assert [one["migrated_from"] for one in second(ada, competition)] == [ended]


def test_a_submission_to_several_tasks_goes_along_as_a_whole(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    competition = compete(organizer, ada, tasks=("Cats", "Dogs"))
    score(site, admin, ada, competition, 0.5)
    begin(site)
    (moved,) = second(ada, competition)
    runner = site.runner_token(admin)
    for task in "01":
        job = site.claim(moved["id"], runner).body
        assert job["submission"] == f"{moved['id']}-{task}"
        site.finish(job, {"accuracy": 0.25})
    assert ada.call("GET", f"/submissions/{moved['id']}").body["scores"]["accuracy"] == 0.25


def test_who_migrated_may_still_submit(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    competition = compete(organizer, ada)
    score(site, admin, ada, competition, 0.5)
    order(site, organizer, competition)
    (moved,) = second(ada, competition)
    left = ada.call("GET", f"/phases/{competition['phases'][1]['id']}/quota").body["in_all"]
    assert (moved["status"], left) == ("Submitted", {"limit": 1, "left": 1})


def test_a_function_that_dies_half_way_is_gone_on_with(
    site: Site, organizer: Person, ada: Person, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    grace = site.person("grace")
    competition = compete(organizer, ada, grace)
    for person in (ada, grace):
        score(site, admin, person, competition, 0.5)
    sweep.sweep(START)
    (message,) = [one for one in site.messages() if one["task"] == "batch"]
    real, writes = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "TransactWriteItems":
            writes.append(operation)
            if len(writes) == 2:
                raise KeyboardInterrupt
        return real(self, operation, arguments)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(BaseClient, "_make_api_call", call)
        jobs.run(PhaseJob, message["id"], datetime.now(UTC), datetime.now(UTC) + timedelta(minutes=15))
    assert len(second(organizer, competition, everyone=True)) == 1
    sweep.sweep(START + timedelta(hours=1))
    site.work()
    assert len(second(organizer, competition, everyone=True)) == 2


def test_organizers_see_who_would_go_along_and_with_what(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    competition = compete(organizer, ada)
    first, last = (score(site, admin, ada, competition, accuracy) for accuracy in (0.9, 0.7))
    running = ada.submit(competition).body["id"]
    shown = preview(organizer, competition)
    assert (shown["rule"], shown["starts_by_itself"], shown["status"]) == ("last", True, None)
    line = {"participant": "ada", "submission": last, "in_progress": 1, "became": None}
    assert shown["participants"] == [line]
    assert preview(organizer, competition, "?rule=best")["participants"][0]["submission"] == first
    ada.call("POST", f"/submissions/{running}/cancel")
    order(site, organizer, competition, rule="best")
    assert preview(organizer, competition)["participants"][0]["became"] == second(ada, competition)[0]["id"]
    assert second(ada, competition)[0]["migrated_from"] == first


def test_only_organizers_look_and_order_and_only_within_their_competition(organizer: Person, ada: Person) -> None:
    competition, other = compete(organizer, ada), organizer.competition()
    path = f"/phases/{competition['phases'][1]['id']}/migration"
    assert (ada.call("GET", path).status, ada.call("POST", path, {}).status) == (403, 403)
    assert organizer.call("POST", path, {"source": other["phases"][0]["id"]}).status == 404
    first = f"/phases/{competition['phases'][0]['id']}/migration"
    assert organizer.call("POST", first, {}).status == 409
    assert organizer.call("GET", f"{path}?rule=none").status == 422


def test_a_start_that_is_moved_moves_the_migration(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    competition = compete(organizer, ada)
    score(site, admin, ada, competition, 0.5)
    revision = organizer.call("GET", f"/competitions/{competition['id']}/settings").body["revision"]
    path = f"/competitions/{competition['id']}/settings/phases/1"
    assert organizer.call("PATCH", path, {"start": "2091-01-01"}, If_Match=f'"{revision}"').status == 200
    begin(site)
    assert second(ada, competition) == []
    begin(site, datetime(2091, 1, 1, tzinfo=UTC))
    assert len(second(ada, competition)) == 1


def test_a_team_goes_along_once_with_its_best_whoever_handed_it_in(
    site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    bob = site.person("bob")
    extra = "agon: {enable_teams: true, require_team_approval: false}"
    competition = compete(organizer, ada, bob, rule="best", extra=extra)
    score(site, admin, bob, competition, 0.99)
    teams = f"/competitions/{competition['id']}/teams"
    team = ada.call("POST", teams, {"name": "Owls"}).body
    bob.call("POST", f"{teams}/join", {"code": team["code"]})
    best = [score(site, admin, person, competition, accuracy) for person, accuracy in ((ada, 0.7), (bob, 0.5))][0]
    # Bob competes in the next phase as the team, so what he did alone before stays behind.
    [line] = preview(organizer, competition)["participants"]
    assert (line["participant"], line["submission"]) == ("Owls", best)
    order(site, organizer, competition)
    [made] = second(bob, competition)
    assert (made["team"], made["migrated_from"], len(second(organizer, competition, everyone=True))) == ("Owls", best, 1)
    assert preview(organizer, competition)["done"] == 1


def test_a_team_that_was_denied_does_not_go_along(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    competition = compete(organizer, ada, extra="agon: {enable_teams: true, require_team_approval: false}")
    team = ada.call("POST", f"/competitions/{competition['id']}/teams", {"name": "Owls"}).body
    score(site, admin, ada, competition, 0.7)
    organizer.call("PATCH", f"/competitions/{competition['id']}/teams/{team['id']}", {"status": "denied"})
    assert preview(organizer, competition)["participants"] == []
    order(site, organizer, competition)
    assert second(organizer, competition, everyone=True) == []
