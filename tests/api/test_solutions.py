"""Solutions of a competition, added to it, changed and taken out by its settings."""

from typing import Any

import pytest

from tests import builders
from tests.api.conftest import Person
from tests.api.test_editor import edit, errors, settings
from tests.api.test_library import SOLVED


def solution(person: Person, answer: str = "42") -> str:
    """A dataset of a person's with this answer: its id."""
    upload = person.upload(builders.submission(answer), "dataset")
    made = person.call("POST", "/datasets", {"upload": upload, "type": "solution", "name": f"Answer {answer}"})
    assert made.status == 201, made.body
    return str(made.body["id"])


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition()


def test_a_solution_is_added_run_changed_and_taken_out(organizer: Person, competition: dict[str, Any]) -> None:
    first, second = solution(organizer), solution(organizer, "43")
    added = edit(organizer, competition, "/solutions", {"name": "Mine", "tasks": [0], "key": first}, "POST")
    assert added.status == 200, added.body
    assert settings(organizer, competition)["solutions"] == [{"index": 0, "tasks": [0], "name": "Mine", "key": first}]
    run = organizer.call("POST", f"/competitions/{competition['id']}/solutions/0/run")
    assert [one["name"] for one in run.body["submissions"]] == ["Solution 0: Mine"]
    changed = edit(organizer, competition, "/solutions/0", {"description": "It knows.", "key": second})
    assert changed.status == 200, changed.body
    [kept] = settings(organizer, competition)["solutions"]
    assert (kept["name"], kept["description"], kept["key"]) == ("Mine", "It knows.", second)
    assert edit(organizer, competition, "/solutions/0", None, "DELETE").status == 200
    assert "solutions" not in settings(organizer, competition)


def test_one_without_a_file_is_refused_and_not_passed_over(organizer: Person, competition: dict[str, Any]) -> None:
    added = edit(organizer, competition, "/solutions", {"name": "Mine", "tasks": [0]}, "POST")
    assert errors(added) == {"solutions[0].key"}
    named = edit(organizer, competition, "/solutions", {"name": "Mine", "tasks": [0], "path": "solution.zip"}, "POST")
    assert errors(named) == {"solutions[0].key"}
    assert "solutions" not in settings(organizer, competition)


def test_the_file_of_one_is_not_taken_away(organizer: Person) -> None:
    files = {"competition.yaml": SOLVED, "solution.zip": builders.submission("42")}
    competition = organizer.competition(files=files)
    assert errors(edit(organizer, competition, "/solutions/0", {"key": None})) == {"solutions[0].key"}
    assert [one["name"] for one in settings(organizer, competition)["solutions"]] == ["Mine"]


def test_somebody_elses_is_not_taken_nor_one_for_a_task_that_there_is_not(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    hers = edit(organizer, competition, "/solutions", {"name": "Hers", "tasks": [0], "key": solution(ada)}, "POST")
    assert errors(hers) == {"solutions[0].key"}
    mine = {"name": "Mine", "tasks": [7], "key": solution(organizer)}
    assert errors(edit(organizer, competition, "/solutions", mine, "POST")) == {"solutions[0].tasks"}
