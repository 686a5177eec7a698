"""What stays on the runners of a sealed queue, and how its owner lets it out."""

from typing import Any

import pytest
import yaml

from tests import builders, judged
from tests.api.conftest import Answer, Person, Site, sender
from tests.api.test_judging import Contest, text_of
from tests.api.test_queues import competition, make, tell, token


@pytest.fixture
def stranger(site: Site) -> Person:
    return site.person("stranger")


@pytest.fixture
def sealed(organizer: Person) -> str:
    return make(organizer, sealed=True)["id"]


@pytest.fixture
def runner(organizer: Person, sealed: str) -> str:
    return token(organizer, sealed)


@pytest.fixture
def finished(site: Site, organizer: Person, ada: Person, sealed: str, runner: str) -> str:
    """Ada's submission, scored by the runner that the fake site calls "host"."""
    job = site.claim(ada.submit(competition(organizer, ada, sealed)).body["id"], runner).body
    assert site.finish(job, {"accuracy": 0.5}).status == 200
    return str(job["submission"])


def release(person: Person, submission: str) -> Answer:
    return person.call("POST", f"/submissions/{submission}/release")


def send(site: Site, submission: str, its_token: str, call: str = "release", **said: Any) -> Answer:
    return site.call("POST", f"/runner/jobs/{submission}/{call}", {"runner": "host", "attempt": 1, **said}, token=its_token)


def test_a_released_submission_is_asked_of_its_runner_until_it_was_sent(
    site: Site, organizer: Person, ada: Person, runner: str, finished: str
) -> None:
    assert tell(site, runner, runner="host").body["release"] == []
    assert release(organizer, finished).status == 200
    assert tell(site, runner, runner="host").body["release"] == [finished]
    assert tell(site, runner, runner="another").body["release"] == []
    uploads = send(site, finished, runner).body["uploads"]
    assert uploads["output"]["fields"]["key"] == f"runs/{finished}/1/output.zip"
    assert send(site, finished, runner, "released", uploaded=["output", "scoring_stdout"]).status == 200
    assert tell(site, runner, runner="host").body["release"] == []
    files = ada.call("GET", f"/submissions/{finished}/files").body
    assert files["output"] and files["scoring_stdout"] and not files["scoring_stderr"]


def test_who_neither_organizes_nor_owns_the_queue_releases_nothing(
    site: Site, organizer: Person, ada: Person, stranger: Person, runner: str, finished: str, sealed: str
) -> None:
    assert (release(ada, finished).status, release(stranger, finished).status) == (403, 404)
    assert tell(site, runner, runner="host").body["release"] == []


def test_an_organizer_who_uses_somebody_elses_sealed_queue_releases_nothing(
    site: Site, organizer: Person, ada: Person, stranger: Person
) -> None:
    foreign = make(stranger, sealed=True, visibility="public")["id"]
    runner = token(stranger, foreign)
    job = site.claim(ada.submit(competition(organizer, ada, foreign)).body["id"], runner).body
    site.finish(job, {"accuracy": 0.5})
    assert release(organizer, job["submission"]).status == 403


def test_what_was_not_sealed_or_did_not_run_cannot_be_released(
    site: Site, organizer: Person, ada: Person, sealed: str, runner: str
) -> None:
    made = competition(organizer, ada, sealed)
    waiting = ada.submit(made).body["id"]
    assert release(organizer, waiting).status == 409
    organizer.call("PATCH", f"/queues/{sealed}", {"sealed": False})
    job = site.claim(waiting, runner).body
    site.finish(job, {"accuracy": 0.5})
    assert release(organizer, waiting).status == 409


def test_a_runner_sends_nothing_that_nobody_released(site: Site, organizer: Person, runner: str, finished: str) -> None:
    for call in ("release", "released"):
        assert send(site, finished, runner, call).status == 404
    release(organizer, finished)
    assert send(site, finished, "agonr_invented").status == 401
    assert send(site, finished, runner, runner="another").status == 404
    foreign = token(organizer, make(organizer)["id"])
    assert send(site, finished, foreign).status == 404


def test_of_a_submission_that_ran_again_the_old_attempt_is_not_sent(
    site: Site, organizer: Person, runner: str, finished: str
) -> None:
    release(organizer, finished)
    assert send(site, finished, runner, attempt=2).status == 404
    assert tell(site, runner, runner="host").body["release"] == [], "it is not asked for again"


@pytest.fixture
def contest(site: Site, organizer: Person, admin: Person, sealed: str, runner: str) -> Contest:
    """A jury judges what code predicts on a sealed queue."""
    whole = yaml.safe_load(judged.manifest(alone=True)) | {"queue": sealed}
    whole["phases"][0]["accepts_only_result_submissions"] = False
    contest = Contest(site, organizer, admin)
    contest.competition = organizer.competition(files={"competition.yaml": yaml.safe_dump(whole)})
    contest.phase, contest.runner = contest.competition["phases"][0]["id"], runner
    return contest


def ran(contest: Contest, ada: Person) -> str:
    """Ada's code, run; what it printed and predicted stayed on the runner."""
    ada.join(contest.competition)
    sent = ada.submit(contest.competition, builders.archive({"model.py": "print('mine')"}))
    job = contest.site.claim(sent.body["id"], contest.runner).body
    step = {"name": "submission", "exit_code": 0, "seconds": 1.0}
    assert contest.site.finish(job, {}, steps=[step]).body["status"] == "Finished"
    contest.work()
    return str(job["submission"])


def test_of_a_sealed_job_jurors_see_what_was_predicted_once_it_is_released_and_never_the_code(
    contest: Contest, site: Site, organizer: Person, ada: Person
) -> None:
    submission, juno = ran(contest, ada), contest.juror("juno")
    assert contest.case(juno) is None
    [shown] = contest.progress()["submissions"]
    assert shown["state"] == "broken" and "agon submissions release" in shown["problem"]
    release(organizer, submission)
    form = send(site, submission, contest.runner).body["uploads"]["prediction_output"]
    predicted = judged.story("It was predicted.")
    sender().post(form["url"], data=form["fields"], files={"file": predicted}).raise_for_status()
    assert send(site, submission, contest.runner, "released", uploaded=["prediction_output"]).status == 200
    contest.work()
    assert text_of(contest.case(juno)) == "It was predicted."
    assert contest.progress()["submissions"][0]["problem"] == ""


def test_what_participants_predicted_elsewhere_was_handed_in_and_is_shown_from_a_sealed_queue_too(
    contest: Contest, site: Site, ada: Person
) -> None:
    ada.join(contest.competition)
    sent = ada.submit(contest.competition, judged.story("Made at home."))
    site.finish(site.claim(sent.body["id"], contest.runner).body, {})
    contest.work()
    assert text_of(contest.case(contest.juror("juno"))) == "Made at home."
