"""A change says what is to be another: what is left out stays, and null is no value for what must be there."""

import pytest

from tests import builders
from tests.api.conftest import Person, Site


@pytest.fixture
def places(organizer: Person, admin: Person, site: Site) -> dict[str, tuple[Person, str]]:
    """Who may change what, by what it is, and where."""
    upload = organizer.upload(builders.bundle({"data.csv": "1"}), "dataset")
    dataset = organizer.call("POST", "/datasets", {"upload": upload, "type": "reference_data", "name": "truth"}).body
    program = organizer.upload(builders.bundle({"score.py": ""}), "dataset")
    scoring = organizer.call("POST", "/datasets", {"upload": program, "type": "scoring_program", "name": "score"}).body
    task = organizer.call("POST", "/tasks", {"name": "task", "files": {"scoring_program": scoring["id"]}}).body
    queue = organizer.call("POST", "/queues", {"name": "queue"}).body
    competition = organizer.competition()
    ada = site.person("ada")
    ada.join(competition)
    submission = ada.submit(competition).body
    return {
        "dataset": (organizer, f"/datasets/{dataset['id']}"),
        "task": (organizer, f"/tasks/{task['id']}"),
        "queue": (organizer, f"/queues/{queue['id']}"),
        "default queue": (admin, "/queues/default"),
        "submission": (ada, f"/submissions/{submission['id']}"),
    }


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("dataset", ("name", "description", "licence", "visibility", "shared_with")),
        ("task", ("name", "description", "visibility", "shared_with", "files", "settings")),
        ("queue", ("name", "description", "visibility", "shared_with", "sealed")),
        ("default queue", ("name", "description", "sealed")),
        ("submission", ("name", "description", "method", "fact_sheet", "public", "licence")),
    ],
)
def test_null_is_refused_where_something_must_be(
    what: str, fields: tuple[str, ...], places: dict[str, tuple[Person, str]]
) -> None:
    who, path = places[what]
    before = who.call("GET", path).body
    for field in fields:
        refused = who.call("PATCH", path, {field: None})
        assert (refused.status, [one["place"] for one in refused.body["errors"]]) == (422, [field])
    assert who.call("GET", path).body == before
    assert who.call("PATCH", path, {"name": "another"}).status == 200


@pytest.mark.parametrize("what", ["dataset", "task", "queue", "default queue", "submission"])
def test_a_change_of_nothing_changes_nothing(what: str, places: dict[str, tuple[Person, str]]) -> None:
    who, path = places[what]
    before = who.call("GET", path).body
    assert who.call("PATCH", path, {}).status == 200
    after = who.call("GET", path).body
    assert {key: one for key, one in after.items() if key not in ("updated_at", "queue")} == {
        key: one for key, one in before.items() if key not in ("updated_at", "queue")
    }


def test_marks_are_yes_or_no(organizer: Person, places: dict[str, tuple[Person, str]]) -> None:
    _, path = places["submission"]
    for mark in ("baseline", "verified", "disqualified"):
        assert organizer.call("PATCH", f"{path}/marks", {mark: None}).status == 422
