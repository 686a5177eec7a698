"""`agon sites`: competitions of other sites, and which of them are trusted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine

KEY = "ab" * 32
SITE: dict[str, Any] = {"id": "s", "url": "https://far.example/api", "name": None, "key": KEY, "trusted_by": "root"}
SITE |= {"trusted_at": NOW, "heard_at": None, "problem": "Odd \x1b[31m", "silent": False}
FOUND: dict[str, Any] = {"id": "c", "title": "Far tides", "organizer": "mary", "site": "s", "site_name": "Far", "tags": []}
FOUND |= {"site_url": "", "description": "", "reward": None, "url": "https://far.example/c", "silent": True}
FOUND |= {"participants": 0, "starts_at": NOW, "ends_at": None}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_x"})


def test_a_site_is_trusted_with_the_key_that_was_told(agon):
    agon.api.on("POST", "/federation/sites", SITE, 201)
    assert agon("sites", "trust", "https://far.example/api", "--key", KEY).code == 0
    assert agon.api.asked("POST", "/federation/sites")[0].body == {"url": SITE["url"], "key": KEY}


def test_without_one_the_site_is_asked_and_the_administrator_compares(agon):
    agon.api.on("POST", "/federation/sites", SITE, 201)
    with fake_api.running() as far:
        far.on("GET", "/federation/key", {"key": KEY})
        refused = agon("sites", "trust", far.url, stdin="n\n")
        assert refused.code == 1 and KEY in refused.said and agon.api.asked("POST", "/federation/sites") == []
        assert agon("sites", "trust", far.url, stdin="y\n").code == 0
        # The other site learns nothing of who asks.
        assert all("authorization" not in asked.headers for asked in far.requests)
    assert agon.api.asked("POST", "/federation/sites")[0].body == {"url": far.url, "key": KEY}


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api", "{}/nowhere"])
def test_a_site_that_is_not_there_is_named_and_not_ones_own(agon, address):
    with fake_api.running() as far:
        far.on("GET", "/federation/key", {"title": "Not found"}, 404)
        url = address.format(far.url)
        ran = agon("sites", "trust", url)
    assert ran.code == 1 and f"{url} tells no key" in " ".join(ran.said.replace("│", " ").split())
    assert "agon up" not in ran.said and agon.api.asked("POST", "/federation/sites") == []


def test_what_other_sites_say_cannot_steer_the_terminal(agon):
    agon.api.on("GET", "/federation/sites", {"sites": [SITE]})
    ran = agon("sites", "list")
    assert "Odd" in ran.out and "\x1b[31m" not in ran.out


def test_competitions_of_other_sites_are_searched_and_silent_sites_are_marked(agon):
    agon.api.on("GET", "/federation/entries", {"competitions": [FOUND], "count": 1})
    ran = agon("sites", "search", "far", "tides")
    assert "Far tides" in ran.out and "Far (silent)" in ran.out
    assert agon.api.asked("GET", "/federation/entries")[0].query == "search=far+tides"


def test_where_no_other_site_has_one_that_is_said(agon):
    agon.api.on("GET", "/federation/entries", {"competitions": [], "count": 0})
    assert "No other site" in agon("sites", "search").said
