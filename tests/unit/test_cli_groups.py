"""`agon groups`, and what other commands say of groups."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition, submission, takes_uploads

GROUPS, SETTINGS = "/competitions/c/groups", "/competitions/c/settings"
LIMITS = {"phase": None, "max_submissions_per_day": 5, "max_submissions_per_month": None, "max_submissions": None}
STUDENTS = {
    "key": "students",
    "title": "Students [1]",
    "board": True,
    "queue": "q1",
    "phases": [0, 2],
    "limits": [LIMITS],
    "addresses": ["uni.example"],
    "question": "work",
    "answers": ["university"],
}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def job(**more: Any) -> dict[str, Any]:
    facts = {"id": "g", "work": "rules", "status": "Running", "done": 200, "changed": 3, "reason": "", "created_at": NOW}
    return facts | more


def settings(*groups: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"revision": 4, "settings": {"title": "Iris", "agon": {"groups": list(groups)}}, **more}


def people(*names: str) -> dict[str, Any]:
    facts = {"status": "approved", "reason": "", "joined_at": NOW, "team": None, "groups": ["students"], "attempts": 0}
    rows = [{"user": f"u{name}", "username": name, "last_submission_at": None, "score": None, **facts} for name in names]
    return {"participants": rows, "phase": "c-0", "column": "Accuracy", "next": None}


def test_the_list_tells_what_each_group_has_and_what_goes_on(agon):
    agon.api.on("GET", GROUPS, {"groups": [STUDENTS], "jobs": [job(), job(status="Failed", reason="It broke off.")]})
    ran = agon("groups", "list", "c")
    for told in ("Students [1]", "q1", "0, 2", "5 a day", "uni.example", "200 participants looked at", "It broke off."):
        assert told in ran.out


def test_a_group_is_added_to_those_there_are_after_its_effects_are_told(agon):
    effect = {"phase": "c-0", "name": "Final", "rows": 9, "appear": 0, "disappear": 1, "change": 0, "lost": []}
    effect |= {"is_complete": True, "unscored": 0}
    there = {"key": "industry", "title": "Industry"}
    agon.api.on("GET", SETTINGS, settings(there))
    agon.api.on("PATCH", SETTINGS, settings(effects=[effect | {"is_complete": True, "unscored": 0}])).on(
        "PATCH", SETTINGS, settings()
    )
    agon.api.on("GET", GROUPS, {"groups": [STUDENTS], "jobs": []})
    said = ("--title", "Students", "--board", "--phase", "0", "--per-day", "5", "--address", "uni.example", "--yes")
    ran = agon("groups", "add", "c", "students", *said)
    preview, change = agon.api.asked("PATCH", SETTINGS)
    new = {"key": "students", "title": "Students", "board": True, "phases": [0], "addresses": ["uni.example"]}
    new["limits"] = [{"max_submissions_per_day": 5}]
    assert preview.body == change.body == {"agon": {"groups": [there, new]}}
    assert ("preview=true" in preview.query, "students is added" in ran.out, "Final" in ran.said) == (True, True, True)


def test_what_is_not_said_of_a_group_that_is_there_stays_as_it_is(agon):
    there = {"key": "students", "title": "Students", "board": True, "limits": [{"max_submissions": 1}, {"phase": 1}]}
    agon.api.on("GET", SETTINGS, settings(there)).on("PATCH", SETTINGS, settings()).on("PATCH", SETTINGS, settings())
    agon.api.on("GET", GROUPS, {"groups": [STUDENTS], "jobs": []})
    ran = agon("groups", "add", "c", "students", "--no-board", "--in-all", "3")
    changed = there | {"board": False, "limits": [{"max_submissions": 3}, {"phase": 1}]}
    assert agon.api.asked("PATCH", SETTINGS)[1].body == {"agon": {"groups": [changed]}}
    assert "students is changed" in ran.out


def test_the_last_group_that_is_removed_leaves_the_default(agon):
    agon.api.on("GET", SETTINGS, settings(STUDENTS)).on("PATCH", SETTINGS, settings()).on("PATCH", SETTINGS, settings())
    agon.api.on("GET", GROUPS, {"groups": [], "jobs": []})
    assert "is removed" in agon("groups", "remove", "c", "students").out
    assert agon.api.asked("PATCH", SETTINGS)[1].body == {"agon": {"groups": None}}


def test_a_group_that_there_is_not_is_not_removed(agon):
    agon.api.on("GET", SETTINGS, settings(STUDENTS))
    ran = agon("groups", "remove", "c", "staff")
    assert (ran.code, "There is no group staff" in ran.said) == (1, True)


def test_people_are_assigned_by_name_and_from_a_file_and_who_could_not_be_is_told(agon, tmp_path):
    agon.api.on("GET", "/competitions/c/participants", people("ada", "bob", "eve"))
    agon.api.on("POST", f"{GROUPS}/assign", {"done": ["uada", "ueve"], "refused": {"ubob": "Try again."}})
    (tmp_path / "names.txt").write_text("BOB\neve\n")
    said = ("ada", "--file", str(tmp_path / "names.txt"), "--remove", "--reason", "They left.")
    ran = agon("groups", "assign", "c", "students", *said)
    (asked,) = agon.api.asked("POST", f"{GROUPS}/assign")
    expected = {"group": "students", "participants": ["uada", "ubob", "ueve"], "remove": True, "reason": "They left."}
    assert asked.body == expected
    assert (ran.code, "ada is no more in students." in ran.out, "bob: Try again." in ran.said) == (1, True, True)


def test_rules_are_applied(agon):
    agon.api.on("POST", f"{GROUPS}/apply", job(), 202)
    assert agon("groups", "apply", "c", "--json").json["work"] == "rules"


def test_participants_are_listed_by_group(agon):
    agon.api.on("GET", "/competitions/c/participants", people("ada"))
    ran = agon("participants", "list", "c", "--group", "students")
    (asked,) = agon.api.asked("GET", "/competitions/c/participants")
    assert ("group=students" in asked.query, "students" in ran.out) == (True, True)


def test_a_group_is_chosen_at_submit_and_told_with_the_submission(agon, tmp_path):
    takes_uploads(agon.api)
    agon.api.on("GET", "/competitions/c", competition())
    agon.api.on("POST", "/phases/c-0/submissions", submission("Submitted", group="students"), 201)
    (tmp_path / "a.csv").write_text("1")
    ran = agon("submit", "c-0", str(tmp_path / "a.csv"), "--group", "students")
    (asked,) = agon.api.asked("POST", "/phases/c-0/submissions")
    assert (asked.body["group"], "For the group students." in ran.out) == ("students", True)


def test_a_groups_board_says_whose_it_is_and_the_common_one_tells_groups(agon):
    row = {"rank": 1, "participant": "ada", "team": None, "submission": "s", "name": None, "scores": {}}
    row |= {"submitted_at": NOW, "mine": False, "disqualified": None, "fact_sheet": {}, "group": "Students"}
    row |= dict.fromkeys(("baseline", "verified", "edited"), False)
    board = {"title": "Results", "columns": [], "rows": [row], "count": 1, "page": 1, "pages": 1, "grouped": True}
    own = {"group": {"key": "students", "title": "Students", "board": True}}
    agon.api.on("GET", "/phases/c-0/leaderboard", board | own)
    ran = agon("leaderboard", "c-0", "--group", "students")
    (asked,) = agon.api.asked("GET", "/phases/c-0/leaderboard")
    assert "group=students" in asked.query
    assert "Results: Students" in ran.out and "Group" in ran.out
