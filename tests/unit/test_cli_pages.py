"""`agon competitions pages`: what a competition's pages say, at a terminal and to programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import CommandLine, competition
from tests.unit.test_cli_output import on_a_terminal

PAGES = [
    {"index": 0, "title": "Overview", "participants_only": False},
    {"index": 1, "title": "Rules", "participants_only": True},
]
TEXT = "# How\n\nRead [the *rules*](https://elsewhere.test/x) \x1b[2J and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition() | {"pages": PAGES, "contact": "olga@example.org"})
        page = {"index": 1, "title": "Rules", "format": "markdown", "content": TEXT, "assets": {}}
        api.on("GET", "/competitions/c/pages/1", page)
        yield CommandLine(tmp_path, api)


def test_pages_are_listed_and_told_of_with_whom_to_ask(agon):
    listed = agon("competitions", "pages", "c", "--format", "csv").out.splitlines()
    assert listed == ["index,title,participants_only", "0,Overview,false", "1,Rules,true"]
    shown = agon("competitions", "show", "c")
    assert "Questions go to: olga@example.org" in shown.out and "Pages: Overview, Rules." in shown.said


@pytest.mark.parametrize("named", ["1", "rules", "Rules"])
def test_a_page_is_read_by_its_number_or_its_title_as_it_is_written(agon, named):
    ran = agon("competitions", "pages", "c", named)
    assert ran.code == 0, ran.err
    assert "# How\n\nRead [the *rules*](https://elsewhere.test/x)" in ran.out and "| 1 | 2 |" in ran.out
    assert "\x1b[2J" not in ran.out


def test_a_page_that_is_not_there_is_told_with_those_that_are(agon):
    ran = agon("competitions", "pages", "c", "Terms")
    assert (ran.code, "There are: Overview, Rules." in ran.said) == (1, True)


def test_at_a_terminal_a_page_is_set_and_an_address_is_shown_as_it_is(agon):
    shown = on_a_terminal(80, "competitions", "pages", "c", "1", AGON_API=agon.api.url, AGON_CONFIG=str(agon.home))
    assert "https://elsewhere.test/x" in shown and "\x1b]8;" not in shown, "No address hides behind other words."
    assert "\x1b[2J" not in shown and "|---|" not in shown
