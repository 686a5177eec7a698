"""`agon use`: a competition that need not be typed any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import CommandLine

IRIS = {"id": "01iris", "slug": "iris-2027", "title": "Iris", "my_status": "pending", "phases": []}
HANDOUTS = {"competition": "01iris", "files": [], "next": None}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/competitions/iris-2027", IRIS).on("GET", "/competitions/01iris", IRIS)
        api.on("GET", "/competitions/iris-2027/organizers", {"organizers": []})
        api.on("GET", "/competitions/other/organizers", {"organizers": []})
        api.on("DELETE", "/competitions/iris-2027/link", {})
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_what_is_used_stands_where_none_is_typed(agon):
    assert "that you type" in agon("use").out
    assert "about iris-2027 where you type none" in agon("use", "01iris").out
    ran = agon("organizers", "list", "--json")
    assert (ran.code, "For iris-2027:" in ran.err) == (0, True)
    assert agon("organizers", "list", "other").code == 0
    assert [len(agon.api.asked("GET", f"/competitions/{name}/organizers")) for name in ("iris-2027", "other")] == [1, 1]


def test_it_is_used_no_more_and_at_no_other_site(agon):
    agon("use", "iris-2027")
    assert agon("organizers", "list", AGON_API="http://127.0.0.1:9/api").code == 2
    assert agon("use", "--none", "--json").json == {"competition": None}
    assert agon("organizers", "list").code == 2


def test_a_competition_that_is_not_there_is_not_used(agon):
    agon.api.on("GET", "/competitions/iris", {"title": "Not found", "status": 404, "detail": "There is none."}, 404)
    assert agon("use", "iris").code == 1
    assert agon("use", "--json").json == {"competition": None}


def test_of_a_command_that_needs_more_no_word_is_taken_for_another(agon):
    agon("use", "iris-2027")
    assert "Missing argument" in agon("organizers", "add").said
    assert "--help" not in agon("organizers", "list", "--help").err
    assert agon("organizers", "list", "--help").code == 0


def test_a_word_before_an_option_is_no_competition_where_a_command_needs_two(agon, tmp_path):
    agon("use", "iris-2027")
    (tmp_path / "predictions.csv").write_text("1")
    ran = agon("submit", str(tmp_path / "predictions.csv"), "--wait")
    assert "Missing argument" not in ran.said and "For iris-2027:" in ran.err
