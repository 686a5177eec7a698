"""Why a submission failed, as its participant is told: no word of what the organizers keep to themselves today."""

from typing import Any

import pytest

from chalicelib.contract import reasons
from tests.api.conftest import Person, Site
from tests.api.test_editor import edit

QUOTE = reasons.quoting("KeyError: 'row 17'")
ENDED = "The submission ended with exit code 1."


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


def failed(site: Site, ada: Person, admin: Person, competition: dict[str, Any], **outcome: Any) -> str:
    submission = str(ada.submit(competition).body["id"])
    job = site.claim(submission, site.runner_token(admin)).body
    assert site.finish(job, **outcome).body["status"] == "Failed"
    return submission


def reason(person: Person, submission: str) -> str:
    return str(person.call("GET", f"/submissions/{submission}").body["reason"])


def test_a_hidden_column_is_named_to_its_organizers_alone(
    site: Site, organizer: Person, admin: Person, ada: Person, competition: dict[str, Any]
) -> None:
    submission = failed(site, ada, admin, competition, scores={})
    everything = "It should report: accuracy, seconds. It reported: nothing."
    assert reason(ada, submission).endswith(everything)
    assert edit(organizer, competition, "/leaderboards/0/columns/1", {"hidden": True}).status == 200
    assert reason(ada, submission).endswith("It should report: accuracy. It reported: nothing.")
    assert reason(organizer, submission).endswith(everything)
    listed = ada.call("GET", f"/phases/{competition['phases'][0]['id']}/submissions").body["submissions"]
    assert "seconds" not in listed[0]["reason"]


def test_output_that_is_hidden_later_is_quoted_no_more(
    site: Site, organizer: Person, admin: Person, ada: Person, competition: dict[str, Any]
) -> None:
    submission = failed(site, ada, admin, competition, fault="participant", reason=f"{ENDED} {QUOTE}")
    assert reason(ada, submission) == f"{ENDED} {QUOTE}"
    assert edit(organizer, competition, "/phases/0", {"hide_output": True}).status == 200
    assert (reason(ada, submission), reason(organizer, submission)) == (ENDED, f"{ENDED} {QUOTE}")
    assert organizer.call("POST", f"/submissions/{submission}/rerun").status == 200
    site.finish(site.claim(submission, site.runner_token(admin)).body, {"accuracy": 1.0})
    told = [person.call("GET", f"/submissions/{submission}/attempts").body["attempts"] for person in (ada, organizer)]
    assert [attempts[0]["reason"] for attempts in told] == [ENDED, f"{ENDED} {QUOTE}"]
    assert edit(organizer, competition, "/phases/0", {"hide_output": False}).status == 200
    assert ada.call("GET", f"/submissions/{submission}/attempts").body["attempts"][0]["reason"] == f"{ENDED} {QUOTE}"
