"""PATCH /submissions/{submission}: what participants say of their submissions."""

from typing import Any

import pytest

from tests import builders
from tests.api.conftest import Person, Site

SHEET = """
fact_sheet:
  model: {key: model, type: select, title: Model, selection: [tree, net], is_required: "true", is_on_leaderboard: "false"}
"""


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(extra=SHEET)
    ada.join(made)
    return made


def submit(person: Person, competition: dict[str, Any]) -> str:
    """The id of a submission whose fact sheet is filled in."""
    body = {"upload": person.upload(builders.submission()), "fact_sheet": {"model": "net"}}
    return str(person.call("POST", f"/phases/{competition['phases'][0]['id']}/submissions", body).body["id"])


def test_what_is_sent_is_changed_and_the_rest_stays(ada: Person, competition: dict[str, Any]) -> None:
    path = f"/submissions/{submit(ada, competition)}"
    method = {"name": "Trees", "code_url": "https://code.example/trees"}
    changed = ada.call("PATCH", path, {"name": "first", "method": method, "fact_sheet": {"model": "tree"}}).body
    assert (changed["name"], changed["method"]["code_url"]) == ("first", "https://code.example/trees")
    changed = ada.call("PATCH", path, {"description": "A try.", "public": True, "licence": "MIT"}).body
    shown = (changed["name"], changed["description"], changed["fact_sheet"], changed["public"], changed["licence"])
    assert shown == ("first", "A try.", {"model": "tree"}, True, "MIT")


@pytest.mark.parametrize(
    "body",
    [
        {"fact_sheet": {"model": "forest"}},
        {"fact_sheet": {}},
        {"method": {"code_url": "javascript:alert(1)"}},
        {"public": True},
        {"name": "answers\u202egpj.exe"},
        {"name": "first\nFinished"},
        {"name": "\x1b[2Jgone"},
        {"licence": "MIT\u200b"},
    ],
)
def test_what_does_not_fit_is_refused(ada: Person, competition: dict[str, Any], body: dict[str, Any]) -> None:
    path = f"/submissions/{submit(ada, competition)}"
    assert ada.call("PATCH", path, body).status == 422


def test_organizers_may_keep_submissions_from_being_public(organizer: Person, ada: Person) -> None:
    competition = organizer.competition(extra="can_participants_make_submissions_public: false")
    ada.join(competition)
    path = f"/submissions/{ada.submit(competition).body['id']}"
    assert ada.call("PATCH", path, {"public": True}).status == 403
    assert ada.call("PATCH", path, {"licence": "MIT"}).body["public"] is False
    assert organizer.call("PATCH", path, {"public": True, "licence": "MIT"}).body["public"] is True


def test_nobody_but_its_author_licenses_a_submission(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(extra="can_participants_make_submissions_public: true")
    ada.join(competition)
    path = f"/submissions/{ada.submit(competition).body['id']}"
    for other in (organizer, site.person("root", admin=True)):
        for body in ({"public": True, "licence": "MIT"}, {"licence": "MIT"}, {"public": True}):
            refused = other.call("PATCH", path, body)
            assert (refused.status, ada.call("GET", path).body["public"]) == (403, False)
            assert "submitted it" in refused.body["detail"]
    assert ada.call("PATCH", path, {"public": True, "licence": "CC-BY-4.0"}).status == 200
    assert organizer.call("PATCH", path, {"licence": "MIT"}).status == 403
    assert organizer.call("PATCH", path, {"public": False}).status == 200
    shared = organizer.call("PATCH", path, {"public": True}).body
    assert (shared["public"], shared["licence"]) == (True, "CC-BY-4.0")


def test_a_stranger_changes_nothing(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    path = f"/submissions/{submit(ada, competition)}"
    assert site.person("grace").call("PATCH", path, {"name": "mine"}).status == 404
