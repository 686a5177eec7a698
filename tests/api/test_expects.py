"""What a phase expects of submissions: told to participants before they send anything, and to runners with each job."""

from typing import Any

import pytest

from chalicelib.contract.expected import expectations
from tests.api.conftest import Person, Site
from tests.api.test_determinism import begin, run, scored
from tests.api.test_editor import edit, errors, settings

EXPECTS = {
    "files": [
        {
            "path": "p.csv",
            "format": "csv",
            "rows": 3,
            "fields": [{"name": "label", "type": "number", "constraints": {"minimum": -0.5}}],
        }
    ]
}
OWN = {"files": [{"path": "masks/*.png", "count": 2}], "others": False}


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def expected(person: Person, competition: dict[str, Any]) -> Any:
    return person.call("GET", f"/competitions/{competition['id']}").body["phases"][0]["expects"]


def expect(organizer: Person, competition: dict[str, Any], part: str, expects: Any) -> None:
    answer = edit(organizer, competition, part, {"agon": {"expects": expects}})
    assert answer.status == 200, answer.body


def test_a_phase_expects_what_it_says_itself_else_what_its_competition_does(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    assert expected(ada, competition) is None
    assert site.claim(ada.submit(competition).body["id"], runner).body["expects"] is None
    for part, said in (("", EXPECTS), ("/phases/0", OWN)):
        expect(organizer, competition, part, said)
        told = expected(ada, competition)
        assert expectations.of_stored(told) == expectations.of_stored(said)
        assert site.claim(ada.submit(competition).body["id"], runner).body["expects"] == told
    expect(organizer, competition, "/phases/0", {"files": [], "others": None})
    assert expected(ada, competition)["files"][0]["fields"][0]["constraints"]["minimum"] == -0.5


def test_what_cannot_be_met_is_refused_at_its_field(organizer: Person) -> None:
    competition = organizer.competition()
    wrong = {"files": [{"path": "p.csv", "format": "csv", "fields": [{"name": "a", "type": "date"}]}]}
    answer = edit(organizer, competition, "/phases/0", {"agon": {"expects": wrong}})
    assert errors(answer) == {"phases[0].agon.expects.files[0].fields[0].type"}
    assert "expects" not in settings(organizer, competition)["phases"][0].get("agon", {})


def test_what_is_repeated_was_taken_once_whatever_is_expected_since(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = organizer.competition(rule="Force_Latest_Multiple", extra="docker_image: ghcr.io/lab/tool:1")
    ada.join(competition)
    scored(site, ada, competition, runner, 0.5)
    expect(organizer, competition, "", EXPECTS)
    assert begin(organizer, competition).status == 202
    site.work()
    assert run(site, runner, 0.5)["expects"] is None


def test_a_clone_expects_the_same(organizer: Person) -> None:
    competition = organizer.competition()
    expect(organizer, competition, "", EXPECTS)
    expect(organizer, competition, "/phases/0", OWN)
    clone = organizer.call("POST", f"/competitions/{competition['id']}/clone", {"title": "Again"}).body
    its, others = settings(organizer, clone), settings(organizer, competition)
    assert its["agon"]["expects"] == others["agon"]["expects"] == EXPECTS
    assert its["phases"][0]["agon"]["expects"] == others["phases"][0]["agon"]["expects"] == OWN
