"""`agon sessions`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import CommandLine

AT = "2026-11-30T12:00:00Z"
SESSIONS = [
    {"id": "a1", "client": "Firefox", "system": "Linux", "opened_at": AT, "used_at": AT, "current": False},
    {"id": "b2", "client": "", "system": "", "opened_at": AT, "used_at": AT, "current": True},
]


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/sessions", {"sessions": SESSIONS})
        api.on("DELETE", "/sessions", {}).on("DELETE", "/sessions/a1", {})
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_each_session_is_told_with_what_it_was_opened_and_which_is_this_one(agon):
    shown = agon("sessions", "list").out
    assert all(words in shown for words in ("a1", "Firefox on Linux", "b2", "something else", "this one"))
    assert agon("sessions", "list", "--json").json == {"sessions": SESSIONS}


def test_one_is_ended_by_its_id_and_all_others_when_that_is_said(agon):
    assert "a1 is ended" in agon("sessions", "end", "a1").out
    assert "All other sessions are ended" in agon("sessions", "end", "--others").out
    assert len(agon.api.asked("DELETE", "/sessions/a1")) == len(agon.api.asked("DELETE", "/sessions")) == 1


@pytest.mark.parametrize("said", [[], ["a1", "--others"]])
def test_who_names_none_or_both_is_asked_which(agon, said):
    assert "--others" in agon("sessions", "end", *said).said
    assert not agon.api.asked("DELETE", "/sessions")


def test_the_command_line_says_what_it_is(agon):
    agon("sessions", "list")
    assert agon.api.asked("GET", "/sessions")[0].headers["user-agent"] == f"agon/1 ({sys.platform})"
