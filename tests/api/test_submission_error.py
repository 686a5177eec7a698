"""What a scoring program says of a submission: an outcome of its participant's fault, which counts, and which they read."""

from typing import Any

import pytest

from chalicelib.aws.clients import client
from tests.api.conftest import Person, Site
from tests.api.test_editor import edit

SENTENCE = "Row 17 has *no* prediction."


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def failed(site: Site, person: Person, competition: dict[str, Any], runner: str, **outcome: Any) -> str:
    made = str(person.submit(competition).body["id"])
    for job in iter(lambda: site.claim(made, runner), None):
        if job.status != 200:
            return made
        assert site.finish(job.body, fault="participant", reason=SENTENCE, **outcome).body == {"status": "Failed"}
    return made


def test_the_participant_is_told_and_the_attempt_counts(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = organizer.competition()
    ada.join(competition)
    told = ada.call("GET", f"/submissions/{failed(site, ada, competition, runner)}").body
    assert (told["status"], told["fault"], told["reason"], told["scores"]) == ("Failed", "participant", SENTENCE, {})
    assert ada.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body["in_all"]["left"] == 9


def test_the_sentence_stands_in_the_letter_as_plain_text(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = organizer.competition()
    ada.join(competition)
    failed(site, ada, competition, runner)
    (letter,) = [row for row in site.rows() if row["kind"] == "mail" and "has failed" in row["subject"]]
    assert r"This is wrong with it: Row 17 has \*no\* prediction\." in letter["text"]


@pytest.mark.parametrize("kept_back", [{"hide_output": True}, {"agon": {"is_blind": True}}])
def test_it_is_told_also_where_outputs_and_scores_are_not(
    site: Site, organizer: Person, ada: Person, runner: str, kept_back: dict[str, Any]
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    assert edit(organizer, competition, "/phases/0", kept_back).status == 200
    made = str(ada.submit(competition).body["id"])
    job = site.claim(made, runner).body
    assert (job["tells_errors"], job["tells_predictions"]) == (False, False)
    site.finish(job, fault="participant", reason=SENTENCE)
    assert ada.call("GET", f"/submissions/{made}").body["reason"] == SENTENCE


def test_what_an_ingestion_program_says_is_told_of_tasks_whose_outputs_participants_may_have(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = organizer.competition(
        tasks=("A", "B"), end="2090-01-01", phase_extra="agon: {final_board_from: {task: 1}}"
    )
    ada.join(competition)
    made = ada.submit(competition).body["id"]
    jobs = [site.claim(f"{made}-{task}", runner).body for task in "01"]
    assert [(job["tells_errors"], job["tells_predictions"]) for job in jobs] == [(False, True), (False, False)]


def test_the_page_of_a_submission_at_fault_is_shown(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = organizer.competition(extra="enable_detailed_results: true")
    ada.join(competition)
    made = str(ada.submit(competition).body["id"])
    job = site.claim(made, runner).body
    client("s3").put_object(
        Bucket=site.outputs["RunsBucket"], Key=f"runs/{made}/1/detailed_results.html", Body=b"<p>row 17</p>"
    )
    site.finish(job, fault="participant", reason=SENTENCE, uploaded=["detailed_results"])
    assert ada.call("GET", f"/submissions/{made}/files").body["detailed_results"]


def test_of_several_tasks_each_is_named_with_its_sentence(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = organizer.competition(tasks=("Cats", "Dogs"))
    ada.join(competition)
    told = ada.call("GET", f"/submissions/{failed(site, ada, competition, runner)}").body
    assert told["fault"] == "participant"
    assert told["reason"] == f"Task 0 “Cats”: {SENTENCE} Task 1 “Dogs”: {SENTENCE}"
