"""Submissions that people alone judge: no program scores them, and no runner is needed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from chalicelib.actions.background.sweep import sweep
from tests import builders, judged
from tests.api.conftest import Person, Site, sender
from tests.api.test_judging import BEST, WORST, Contest, text_of


@pytest.fixture
def contest(site: Site, organizer: Person, admin: Person) -> Contest:
    return Contest(site, organizer, admin, alone=True)


def hand_in(contest: Contest, person: Person, content: bytes | None = None) -> str:
    person.join(contest.competition)
    return str(person.submit(contest.competition, content or judged.story(f"By {person.username}.")).body["id"])


def state(person: Person, submission: str) -> dict[str, Any]:
    return person.call("GET", f"/submissions/{submission}").body


def test_it_is_taken_without_a_runner_and_waits_for_the_jury(contest: Contest, site: Site, ada: Person) -> None:
    submission = hand_in(contest, ada)
    assert site.messages("JobsQueueUrl") == []
    assert site.claim(submission, contest.runner).status == 404
    contest.work()
    taken = state(ada, submission)
    assert (taken["status"], taken["scores"]) == ("Finished", {})
    assert taken["notes"] == ["`quality` comes from jurors, whose judgements are awaited."]
    [row] = site.call("GET", f"/phases/{contest.phase}/leaderboard").body["rows"]
    assert (row["participant"], row["rank"], row["scores"]) == ("ada", None, {"quality": None})


def test_the_jury_ranks(contest: Contest, site: Site, ada: Person) -> None:
    for person in (ada, site.person("grace")):
        hand_in(contest, person)
    contest.work()
    for juror in (contest.juror("juno"), contest.juror("jack")):
        for _ in range(2):
            case = contest.case(juror)
            marks = BEST if text_of(case) == "By grace." else WORST
            assert juror.call("POST", f"/judging/{case['id']}", {"marks": marks}).status == 200
    contest.work()
    rows = site.call("GET", f"/phases/{contest.phase}/leaderboard").body["rows"]
    assert [(row["rank"], row["participant"], row["scores"]["quality"]) for row in rows] == [(1, "grace", 1), (2, "ada", 0)]


def test_an_archive_that_is_none_fails_by_the_participants_fault(contest: Contest, ada: Person) -> None:
    submission = hand_in(contest, ada, builders.archive({"../evil.txt": "x"}))
    contest.work()
    failed = state(ada, submission)
    assert (failed["status"], failed["fault"]) == ("Failed", "participant") and "outside" in failed["reason"]


def test_it_can_be_cancelled_before_it_is_taken(contest: Contest, site: Site, ada: Person) -> None:
    submission = hand_in(contest, ada)
    assert ada.call("POST", f"/submissions/{submission}/cancel").body["status"] == "Cancelled"
    contest.work()
    assert state(ada, submission)["status"] == "Cancelled"
    assert not [row for row in site.rows() if row["pk"] == "QUEUE#none"]


def test_a_lost_message_is_sent_again(contest: Contest, site: Site, ada: Person) -> None:
    submission = hand_in(contest, ada)
    site.messages()
    sweep(datetime.now(UTC) + timedelta(minutes=5))
    contest.work()
    assert state(ada, submission)["status"] == "Finished"


def test_of_several_tasks_each_may_be_judged(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    whole = yaml.safe_load(judged.manifest(alone=True))
    whole["tasks"].append(whole["tasks"][0] | {"index": 1, "name": "Draw"})
    whole["phases"][0]["tasks"] = [0, 1]
    contest = Contest(site, organizer, admin)
    contest.competition = organizer.competition(files={"competition.yaml": yaml.safe_dump(whole)})
    contest.phase = contest.competition["phases"][0]["id"]
    hand_in(contest, ada)
    contest.work()
    juno, jack = contest.juror("juno"), contest.juror("jack")
    for juror in (juno, jack):
        seen = set()
        for _ in range(2):
            case = contest.case(juror)
            seen.add(case["task"])
            marks = BEST if case["task"] == "Draw" else WORST
            assert juror.call("POST", f"/judging/{case['id']}", {"marks": marks}).status == 200
        assert seen == {"Write", "Draw"}
    assert contest.scores() == {"ada": 0.5}


def test_a_runner_runs_code_and_people_judge_what_it_predicted(
    site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    whole = yaml.safe_load(judged.manifest(alone=True))
    whole["phases"][0]["accepts_only_result_submissions"] = False
    contest = Contest(site, organizer, admin)
    contest.competition = organizer.competition(files={"competition.yaml": yaml.safe_dump(whole)})
    contest.phase = contest.competition["phases"][0]["id"]
    submission = hand_in(contest, ada, builders.archive({"model.py": "…"}))
    job = site.claim(submission, contest.runner).body
    assert [step["name"] for step in job["steps"]] == ["submission"]
    form = job["uploads"]["prediction_output"]
    predicted = judged.story("It was predicted.")
    sender().post(form["url"], data=form["fields"], files={"file": predicted}).raise_for_status()
    assert site.finish(job, {}, uploaded=["prediction_output"], notes=["Odd."]).body["status"] == "Finished"
    contest.work()
    assert text_of(contest.case(contest.juror("juno"))) == "It was predicted."
    notes = ["`quality` comes from jurors, whose judgements are awaited.", "Odd."]
    assert state(ada, submission)["notes"] == notes


def test_code_that_fails_is_not_judged(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    whole = yaml.safe_load(judged.manifest(alone=True))
    whole["phases"][0]["accepts_only_result_submissions"] = False
    contest = Contest(site, organizer, admin)
    contest.competition = organizer.competition(files={"competition.yaml": yaml.safe_dump(whole)})
    contest.phase = contest.competition["phases"][0]["id"]
    job = site.claim(hand_in(contest, ada), contest.runner).body
    assert site.finish(job, {}, fault="participant", reason="It broke.").body["status"] == "Failed"
    contest.work()
    assert contest.case(contest.juror("juno")) is None


def test_a_solution_cannot_be_run_where_nothing_is(site: Site, organizer: Person) -> None:
    whole = yaml.safe_load(judged.manifest(alone=True))
    whole["solutions"] = [{"index": 0, "tasks": [0], "path": "solution.zip"}]
    files = {"competition.yaml": yaml.safe_dump(whole), "solution.zip": judged.story()}
    competition = organizer.competition(files=files)
    refused = organizer.call("POST", f"/competitions/{competition['id']}/solutions/0/run")
    assert refused.status == 409 and "people alone" in refused.body["detail"]


def test_where_organizers_start_submissions_it_is_taken_when_they_do(
    site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    whole = yaml.safe_load(judged.manifest(alone=True)) | {"auto_run_submissions": False}
    contest = Contest(site, organizer, admin)
    contest.competition = organizer.competition(files={"competition.yaml": yaml.safe_dump(whole)})
    contest.phase = contest.competition["phases"][0]["id"]
    submission = hand_in(contest, ada)
    contest.work()
    assert state(ada, submission)["status"] == "Submitting"
    assert organizer.call("POST", f"/submissions/{submission}/start").status == 200
    contest.work()
    assert state(ada, submission)["status"] == "Finished"
    assert not [row for row in site.rows() if row["pk"] == "QUEUE#none" or row.get("waiting_pk") == "QUEUE#none"]
