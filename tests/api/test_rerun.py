"""POST /submissions/{submission}/rerun and its bulk forms: a new attempt of the same submission."""

from typing import Any

import pytest

from tests.api.books import meeting
from tests.api.conftest import Person, Site
from tests.api.congestion import congest


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(in_all=3)
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def run(site: Site, submission: str, runner: str, accuracy: float | None = None, **outcome: Any) -> dict[str, Any]:
    job: dict[str, Any] = site.claim(submission, runner).body
    assert job["submission"].startswith(submission), job
    site.finish(job, {"accuracy": accuracy, "seconds": 1.0} if accuracy is not None else {}, **outcome)
    return job


def show(person: Person, submission: str) -> Any:
    return person.call("GET", f"/submissions/{submission}").body


def attempts(person: Person, submission: str) -> list[dict[str, Any]]:
    return person.call("GET", f"/submissions/{submission}/attempts").body["attempts"]


def board(site: Site, competition: dict[str, Any]) -> list[float]:
    site.work()
    rows = site.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body["rows"]
    return [row["scores"]["accuracy"] for row in rows]


def used(site: Site) -> int:
    return sum(int(row["used"]) for row in site.rows() if row["kind"] == "quota" and row["sk"] == "TOTAL")


def test_the_old_result_stands_until_the_new_one_is_there_and_stays_readable(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    made = ada.submit(competition).body["id"]
    run(site, made, runner, 0.5, uploaded=["scoring_stdout"])
    assert organizer.call("POST", f"/submissions/{made}/rerun").body["status"] == "Submitted"
    shown = show(ada, made)
    assert (shown["scores"]["accuracy"], shown["shown_attempt"], board(site, competition)) == (0.5, 1, [0.5])
    job = run(site, made, runner, 0.7)
    assert job["attempt"] == 2
    shown = show(ada, made)
    assert (shown["status"], shown["scores"]["accuracy"], shown["shown_attempt"]) == ("Finished", 0.7, 2)
    assert board(site, competition) == [0.7]
    assert [(one["number"], one["status"], one["scores"]["accuracy"]) for one in attempts(ada, made)] == [
        (1, "Finished", 0.5)
    ]
    old = ada.call("GET", f"/submissions/{made}/files?attempt=1").body["scoring_stdout"]
    assert f"runs/{made}/1/" in old
    assert ada.call("GET", f"/submissions/{made}/files?attempt=9").status == 404
    assert used(site) == 1


@pytest.mark.parametrize("fault", ["organizer", "cancel", "stop", "platform"])
def test_a_re_run_that_came_to_nothing_changes_nothing(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str, fault: str
) -> None:
    made = ada.submit(competition).body["id"]
    run(site, made, runner, 0.5)
    organizer.call("POST", f"/submissions/{made}/rerun")
    if fault == "organizer":
        run(site, made, runner, fault="organizer", reason="The scoring program broke.")
    elif fault in ("cancel", "stop"):
        if fault == "stop":
            site.claim(made, runner)
        organizer.call("POST", f"/submissions/{made}/cancel")
    else:
        for _ in range(3):
            job = site.claim(made, runner).body
            site.call("POST", f"/runner/jobs/{made}/abort", {"reason": "The disk is full."}, token=job["token"])
    shown = show(ada, made)
    assert (shown["status"], shown["scores"]["accuracy"], shown["fault"], shown["shown_attempt"]) == (
        "Finished",
        0.5,
        None,
        1,
    )
    assert (board(site, competition), used(site)) == ([0.5], 1)
    expected = {"organizer": ["Finished", "Failed"], "cancel": ["Finished"], "stop": ["Finished", "Cancelled"]}
    kept = [one["status"] for one in attempts(organizer, made)]
    assert kept == expected.get(fault, ["Finished", "Aborted", "Aborted", "Failed"])


def test_a_re_run_that_ends_as_it_is_cancelled_has_ended_and_nobody_is_told_otherwise(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ada.submit(competition).body["id"]
    run(site, made, runner, 0.5)
    organizer.call("POST", f"/submissions/{made}/rerun")
    job = site.claim(made, runner).body
    with meeting(monkeypatch, lambda: site.finish(job, {"accuracy": 0.9}).status, before="TransactWriteItems") as finished:
        refused = organizer.call("POST", f"/submissions/{made}/cancel")
    assert (finished, refused.status, "moved on" in str(refused.body)) == ([200], 409, True)
    assert (show(ada, made)["status"], show(ada, made)["scores"]["accuracy"]) == ("Finished", 0.9)
    assert board(site, competition) == [0.9]
    assert acts(organizer, competition) == ["rerun"]


def test_stopping_a_re_run_stands_once_in_the_log_however_often_it_meets_another(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ada.submit(competition).body["id"]
    run(site, made, runner, 0.5)
    organizer.call("POST", f"/submissions/{made}/rerun")
    with meeting(monkeypatch, lambda: site.claim(made, runner).status, before="TransactWriteItems") as claimed:
        assert organizer.call("POST", f"/submissions/{made}/cancel").status == 200
    assert claimed == [200]
    assert acts(organizer, competition) == ["rerun", "cancelled"]
    assert (show(ada, made)["status"], show(ada, made)["scores"]["accuracy"]) == ("Finished", 0.5)


def test_a_re_run_that_cannot_be_stopped_now_is_told_as_stopped_to_nobody(
    ada: Person, organizer: Person, competition: dict[str, Any], runner: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ada.submit(competition).body["id"]
    run(site, made, runner, 0.5)
    organizer.call("POST", f"/submissions/{made}/rerun")
    with monkeypatch.context() as patch:
        congest(patch)
        assert organizer.call("POST", f"/submissions/{made}/cancel").status == 503
    assert acts(organizer, competition) == ["rerun"]


def acts(organizer: Person, competition: dict[str, Any]) -> list[str]:
    """What organizers did about a phase's submissions, the first one first."""
    deeds = organizer.call("GET", f"/phases/{competition['phases'][0]['id']}/deeds").body["deeds"]
    return [one["what"] for one in reversed(deeds)]


def test_a_re_run_that_fails_by_its_participants_doing_takes_the_result_away(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    first, second = (ada.submit(competition).body["id"] for _ in range(2))
    run(site, first, runner, 0.5)
    run(site, second, runner, 0.9)
    assert board(site, competition) == [0.9]
    organizer.call("POST", f"/submissions/{second}/rerun")
    run(site, second, runner, fault="participant", reason="It broke.")
    assert (show(ada, second)["status"], show(ada, second)["scores"]) == ("Failed", {})
    assert (board(site, competition), used(site)) == ([0.5], 2)


def test_a_re_run_that_is_worse_makes_room_for_another_submission(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    first, second = (ada.submit(competition).body["id"] for _ in range(2))
    run(site, first, runner, 0.5)
    run(site, second, runner, 0.9)
    organizer.call("POST", f"/submissions/{second}/rerun")
    run(site, second, runner, 0.1)
    assert board(site, competition) == [0.5]


def test_a_failure_of_the_organizers_is_mended_by_a_re_run_without_a_charge(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    made = ada.submit(competition).body["id"]
    run(site, made, runner, fault="organizer", reason="The scoring program broke.")
    organizer.call("POST", f"/submissions/{made}/rerun")
    run(site, made, runner, 0.5)
    assert (show(ada, made)["status"], show(ada, made)["fault"], show(ada, made)["reason"]) == ("Finished", None, "")
    assert (board(site, competition), used(site)) == ([0.5], 0)


def test_what_was_given_back_and_cancelled_can_be_run_again(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    made = ada.submit(competition).body["id"]
    job = site.claim(made, runner).body
    site.call("POST", f"/runner/jobs/{made}/abort", {"reason": "The disk is full."}, token=job["token"])
    ada.call("POST", f"/submissions/{made}/cancel")
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 200
    run(site, made, runner, 0.5)
    assert [one["status"] for one in attempts(ada, made)] == ["Aborted"]
    assert show(ada, made)["status"] == "Finished"


def test_one_attempt_at_a_time_and_organizers_only(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    made = ada.submit(competition).body["id"]
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 409
    run(site, made, runner, 0.5)
    assert ada.call("POST", f"/submissions/{made}/rerun").status == 403
    assert site.person("grace").call("POST", f"/submissions/{made}/rerun").status == 404
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 200
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 409


def test_all_tasks_are_run_again_and_a_task_that_came_to_nothing_keeps_its_result(
    site: Site, ada: Person, organizer: Person, runner: str
) -> None:
    competition = organizer.competition(tasks=("Cats", "Dogs"))
    ada.join(competition)
    made = ada.submit(competition).body["id"]
    run(site, made, runner, 0.5)
    run(site, made, runner, 1.0)
    organizer.call("POST", f"/submissions/{made}/rerun")
    assert (show(ada, made)["status"], show(ada, made)["scores"]["accuracy"]) == ("Submitted", 0.75)
    run(site, made, runner, fault="organizer", reason="The scoring program broke.")
    run(site, made, runner, 0.9)
    shown = show(ada, made)
    assert (shown["status"], shown["scores"]["0/accuracy"], shown["scores"]["1/accuracy"]) == ("Finished", 0.5, 0.9)
    assert board(site, competition) == [0.7]
    assert [one["scores"]["accuracy"] for one in attempts(ada, made)] == [0.75]
    assert [one["status"] for one in attempts(ada, f"{made}-0")] == ["Finished", "Failed"]
    assert used(site) == 1


def test_several_are_run_again_and_what_is_not_is_told_why(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    first, second = (ada.submit(competition).body["id"] for _ in range(2))
    run(site, first, runner, 0.5)
    path = f"/phases/{competition['phases'][0]['id']}/submissions/rerun"
    answer = organizer.call("POST", path, {"submissions": [first, second, "none"]})
    assert answer.body["done"] == [first]
    assert sorted(answer.body["refused"]) == sorted([second, "none"])
    assert ada.call("POST", path, {"submissions": [first]}).status == 403


def test_a_whole_phase_is_run_again_each_submission_once(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any], runner: str
) -> None:
    made = [ada.submit(competition).body["id"] for _ in range(2)]
    for submission in made:
        run(site, submission, runner, 0.5)
    waiting = ada.submit(competition).body["id"]
    assert ada.call("POST", f"/phases/{competition['phases'][0]['id']}/rerun").status == 403
    assert organizer.call("POST", f"/phases/{competition['phases'][0]['id']}/rerun").status == 202
    site.work()
    assert [show(organizer, submission)["status"] for submission in made] == ["Submitted", "Submitted"]
    # They are lined up the newest first.
    for _ in range(3):
        site.finish(site.claim(waiting, runner).body, {"accuracy": 0.6, "seconds": 1.0})
    assert site.claim(waiting, runner).status == 404
    assert [show(organizer, submission)["attempt"] for submission in (*made, waiting)] == [2, 2, 1]
