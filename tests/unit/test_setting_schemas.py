"""The schemas of a competition's settings, of which its forms are made."""

from dataclasses import fields

import pytest

from chalicelib.domain.bundle import fact_sheet, keys, parts

SCHEMAS = parts.schemas()


@pytest.mark.parametrize("part", parts.PARTS)
def test_each_setting_that_the_model_knows_can_be_asked_for(part: str) -> None:
    own = SCHEMAS[part]["properties"]
    for one in fields(parts.PARTS[part]):
        if one.name in parts.NOT_ASKED or one.name in parts.PARTS or one.name == "columns":
            continue
        place = own[keys.EXTENSION]["properties"] if keys.is_extension(one) else own
        assert place[keys.key_of(one)]["description"].startswith(one.metadata["meaning"])


def test_a_setting_that_does_nothing_says_so() -> None:
    color = SCHEMAS["phases"]["properties"][keys.EXTENSION]["properties"]["color"]
    assert color["description"] == "A colour for its tab. It is shown nowhere yet."


@pytest.mark.parametrize(
    ("part", "name", "needed"),
    [
        ("", "groups", ["key", "title"]),
        ("phases", "downloads", ["name"]),
        ("leaderboards", "column_groups", ["key", "title"]),
    ],
)
def test_lists_that_stand_nowhere_else_are_asked_for_entry_by_entry(part: str, name: str, needed: list[str]) -> None:
    entry = SCHEMAS[part]["properties"][keys.EXTENSION]["properties"][name]["anyOf"][0]["items"]
    assert entry["required"] == needed and "index" not in entry["properties"]


def test_a_groups_limits_are_asked_for_within_it() -> None:
    groups = SCHEMAS[""]["properties"][keys.EXTENSION]["properties"]["groups"]["anyOf"][0]["items"]["properties"]
    limits = groups["limits"]["anyOf"][0]["items"]["properties"]
    assert set(limits) == {"phase", "max_submissions_per_day", "max_submissions_per_month", "max_submissions"}


def test_what_a_runner_must_have_is_asked_for_by_its_parts() -> None:
    requires = SCHEMAS["tasks"]["properties"][keys.EXTENSION]["properties"]["requires"]["anyOf"][0]["properties"]
    assert set(requires) == {"cpus", "memory_bytes", "gpus", "labels"}


def test_a_setting_has_the_formats_default_and_null_for_it() -> None:
    limit = SCHEMAS["phases"]["properties"]["max_submissions_per_day"]
    assert limit["default"] == 5
    assert [choice["type"] for choice in limit["anyOf"]] == ["integer", "null"]


def test_what_must_be_said_is_told() -> None:
    assert SCHEMAS["phases"]["required"] == ["name", "start"]
    assert SCHEMAS["phases"]["properties"]["start"]["format"] == "date-time"


def test_a_page_is_written_where_its_file_would_be_named() -> None:
    assert SCHEMAS["pages"]["properties"]["content"]["type"] == "string"
    assert SCHEMAS["pages"]["properties"]["format"]["enum"] == ["markdown", "html"]
    assert "content" not in SCHEMAS["phases"]["properties"]


def test_a_tasks_rubric_is_asked_for_line_by_line() -> None:
    judging = SCHEMAS["tasks"]["properties"][keys.EXTENSION]["properties"]["judging"]["anyOf"][0]["properties"]
    line = judging["criteria"]["anyOf"][0]["items"]
    assert line["required"] == ["key", "title"]
    assert line["properties"]["scale"]["default"] == [1, 5]


def test_questions_are_asked_for_by_all_that_the_format_wants_of_one() -> None:
    further = SCHEMAS[""]["properties"][keys.EXTENSION]["properties"]
    asked = [SCHEMAS[""]["properties"]["fact_sheet"], further["registration_questions"]]
    questions = [one["anyOf"][0]["additionalProperties"]["properties"] for one in asked]
    assert [set(question) for question in questions] == [set(fact_sheet.KEYS), set(fact_sheet.REGISTRATION_KEYS)]
