"""`agon people`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import CommandLine

EVE = {
    **{"username": "eve", "display_name": "Eve [E.]", "affiliation": "Night House", "site": "https://eve.example"},
    **{"description": "I look at stars.", "competitions": [{"id": "c1", "slug": "stars", "title": "Stars"}]},
    "organizations": [{"id": "o1", "name": "Night House"}],
    "results": [
        {
            **{"title": "Storms", "phase_name": "Final", "rank": 2, "entries": 1057, "team_name": "Owls"},
            "columns": [
                {"key": "f1", "primary": False, "precision": 1},
                {"key": "accuracy", "primary": True, "precision": 3},
            ],
            "scores": {"f1": 0.5, "accuracy": 0.91449},
        }
    ],
    "code": [
        {"submission": "s1", "name": "", "competition": "c2", "title": "Tides", "licence": "MIT"} | {"team_name": "Crabs"}
    ],
}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/people/eve", EVE).on("PATCH", "/me", EVE)
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_a_page_is_shown_to_who_is_not_signed_in(agon):
    shown = agon("people", "show", "eve", AGON_TOKEN="").out
    assert all(
        word in shown
        for word in ("Eve [E.]", "eve", "Night House", "https://eve.example", "stars", "o1", "s1", "Tides", "MIT", "Crabs")
    )
    assert all(word in shown for word in ("2nd", "1,057", "Storms", "Final", "0.914", "Owls"))
    assert agon("people", "show", "eve", "--json").json == EVE


def test_results_are_kept_off_ones_page_and_put_there_again(agon):
    for said, shown in (("--no-results", False), ("--results", True)):
        agon("people", "describe", said)
        assert agon.api.asked("PATCH", "/me")[-1].body == {"shows_results": shown}


def test_ones_own_page_says_what_one_writes_and_nothing_where_one_writes_that(agon):
    assert "Eve [E.]" in agon("people", "describe", "--name", "Eve [E.]", "--about", "").out
    assert agon.api.asked("PATCH", "/me")[0].body == {"display_name": "Eve [E.]", "description": ""}
    assert "nothing to change" in agon("people", "describe").said
