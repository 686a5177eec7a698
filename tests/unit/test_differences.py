"""What an edit of settings changed, as the audit log keeps it."""

from typing import Any

import pytest

from chalicelib.domain.bundle import differences


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": (2, 3)}),
        ({"a": 1}, {}, {"a": (1, None)}),
        ({}, {"agon": {"slug": "x"}}, {"agon.slug": (None, "x")}),
        ({"phases": [{"end": 1}]}, {"phases": [{"end": 1}, {"end": 2}]}, {"phases[1].end": (None, 2)}),
        (
            {"phases": [{"end": 1}, {"end": 2}]},
            {"phases": [{"end": 2}]},
            {"phases[0].end": (1, 2), "phases[1].end": (2, None)},
        ),
        ({"tags": ["a"]}, {"tags": ["a", "b"]}, {"tags": (["a"], ["a", "b"])}),
        ({"a": {"b": 1}}, {"a": 1}, {"a.b": (1, None)}),
        ({"same": [1]}, {"same": [1]}, {}),
    ],
)
def test_keys_that_say_something_else_are_told_by_their_places(before: Any, after: Any, told: Any) -> None:
    assert {one.place: (one.before, one.after) for one in differences.between(before, after)} == told


@pytest.mark.parametrize("key", ["allowed_addresses", "refused_addresses"])
def test_nobody_reads_an_address_in_it(key: str) -> None:
    group = {"key": "g", "title": "G", "addresses": ["ada@example.org"]}
    agon = {key: ["ada@example.org"]}
    settings = {"agon": {**agon, "groups": [group]}, "phases": [{"agon": agon}], "contact_email": "ada@example.org"}
    said = differences.told(differences.between({}, settings))
    assert "ada@" not in str(said) and said[1][f"agon.{key}"] == said[1]["agon.groups[0].addresses"] == "…"
    assert said[1][f"phases[0].agon.{key}"] == "…"


def test_a_record_has_an_end() -> None:
    many = {f"k{number}": "x" * 10_000 for number in range(200)}
    before, after = differences.told(differences.between({}, many))
    assert len(before) == len(after) == differences.MOST
    assert all(len(value) <= differences.MOST_CHARACTERS + 1 for value in after.values())
