"""How the command line writes instants: with their hour and zone, in UTC too, and what is left."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agon import words
from tests.unit import fake_api
from tests.unit.command_line import CommandLine, competition, phase

MIDNIGHT = "2026-12-01T00:00:00Z"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def live_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Makes this machine stand in a time zone."""

    def live_in(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield live_in
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "is_end", "said"),
    [
        ("Asia/Shanghai", False, "2026-12-01 08:00 UTC+8 (00:00 UTC)"),
        ("Asia/Shanghai", True, "2026-12-01 08:00 UTC+8 (00:00 UTC)"),
        ("America/Los_Angeles", True, "2026-11-30 16:00 UTC-8 (2026-12-01 00:00 UTC)"),
        ("America/St_Johns", False, "2026-11-30 20:30 UTC-3:30 (2026-12-01 00:00 UTC)"),
        ("UTC", False, "2026-12-01 00:00 UTC"),
        ("UTC", True, "2026-11-30 24:00 UTC"),
        ("Europe/London", True, "2026-11-30 24:00 UTC"),
    ],
)
def test_an_instant_that_decides_has_hour_zone_and_utc(live_in: Callable[[str], None], zone: str, is_end: bool, said: str):
    live_in(zone)
    assert words.deadline(MIDNIGHT, is_end) == said


def test_midnight_where_one_is_ends_the_day_before(live_in: Callable[[str], None]):
    live_in("Europe/Berlin")
    assert words.deadline("2026-12-05T23:00:00Z", is_end=True) == "2026-12-05 24:00 UTC+1 (2026-12-05 23:00 UTC)"


def test_seconds_are_told_where_there_are_any(live_in: Callable[[str], None]):
    live_in("UTC")
    assert words.deadline("2026-12-05T23:59:59Z", is_end=True) == "2026-12-05 23:59:59 UTC"
    assert words.deadline(None) == "never"


def test_every_other_time_names_its_zone(live_in: Callable[[str], None]):
    live_in("Asia/Kolkata")
    assert words.time(MIDNIGHT) == "2026-12-01 05:30 UTC+5:30"


@pytest.mark.parametrize(
    ("until", "left"),
    [
        ("2026-12-04T12:00:00Z", "11 days"),
        ("2026-11-25T15:30:00Z", "2 days 3 h"),
        ("2026-11-24T12:00:00Z", "1 day"),
        ("2026-11-23T20:00:00Z", "8 h"),
        ("2026-11-23T12:29:30Z", "30 min"),
        ("2026-11-23T12:00:00Z", ""),
        (None, ""),
    ],
)
def test_what_is_left_is_told_in_units_that_matter(until: str | None, left: str):
    assert words.left(until, NOW) == left


def test_a_competition_is_shown_with_the_hours_of_its_phases(live_in: Callable[[str], None], tmp_path: Path):
    live_in("Asia/Shanghai")
    dated = phase(0, "closed") | {"starts_at": "2020-11-01T00:00:00Z", "ends_at": "2020-12-01T00:00:00Z"}
    coming = phase(1, "upcoming") | {"starts_at": "2999-12-01T00:00:00Z", "ends_at": None}
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition(dated, coming))
        out = CommandLine(tmp_path, api)("competitions", "show", "c", COLUMNS="80").out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "Ended 2020-12-01 08:00 UTC+8 (00:00 UTC)" in lines
    assert any(line.startswith("Begins 2999-12-01 08:00 UTC+8 (00:00 UTC), in ") for line in lines)
    assert "Ends never" in lines


def test_a_competition_tells_when_boards_freeze_and_until_when_teams_merge(live_in: Callable[[str], None], tmp_path: Path):
    live_in("Asia/Shanghai")
    freezing = phase() | {"freezes_at": "2999-12-01T00:00:00Z"}
    over = phase(1, "closed") | {"freezes_at": "2020-12-01T00:00:00Z"}
    teams = {"teams": True, "team_merges": "always", "team_merge_deadline": "2999-11-30T16:00:00Z"}
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition(freezing, over) | teams)
        out = " ".join(CommandLine(tmp_path, api)("competitions", "show", "c", COLUMNS="120").out.split())
    assert "Boards freeze 2999-12-01 08:00 UTC+8 (00:00 UTC), in " in out
    assert out.count("Boards freeze") == 1
    assert "They may merge until 2999-11-30 24:00 UTC+8 (2999-11-30 16:00 UTC), in " in out


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"teams": False}, "Everybody competes alone."),
        ({"teams": True, "team_merges": "never"}, "They do not merge."),
        ({"teams": True, "team_merge_deadline": None}, "They may merge at any time."),
    ],
)
def test_a_competition_tells_whether_teams_merge(tmp_path: Path, rule: dict[str, object], said: str):
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition() | rule)
        assert said in CommandLine(tmp_path, api)("competitions", "show", "c").out


def test_a_juror_is_told_until_when_a_case_is_kept(live_in: Callable[[str], None], tmp_path: Path):
    live_in("Asia/Shanghai")
    case = {"id": "k", "task": "Write", "kind": "pairwise", "guidelines": "", "criteria": [], "outputs": []}
    case |= {"judgement": None, "held_until": "2999-12-01T00:00:00Z"}
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition(phase(judged=True)))
        api.on("GET", "/phases/c-0/judging/next", {"case": case, "done": 0, "made": 0, "wanted": 1, "ends_at": None})
        agon = CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})
        assert "It is kept for you until 2999-12-01 08:00 UTC+8 (00:00 UTC), in " in agon("judge", "c", stdin="q\n").out


def test_a_list_tells_when_competitions_end_in_both_times(live_in: Callable[[str], None], tmp_path: Path):
    live_in("America/Los_Angeles")
    cards = [competition() | {"ends_at": ends_at} for ends_at in (MIDNIGHT, None)]
    with fake_api.running() as api:
        api.on("GET", "/competitions", {"competitions": cards, "next": None})
        out = CommandLine(tmp_path, api)("competitions", "list", COLUMNS="160").out
    ends = [line.split("│")[5].strip() for line in out.splitlines() if "Iris" in line]
    assert ends == ["2026-11-30 16:00 UTC-8 (2026-12-01 00:00 UTC)", "never"]


def test_the_next_attempt_opens_in_both_times(live_in: Callable[[str], None], tmp_path: Path):
    live_in("Asia/Shanghai")
    none = dict.fromkeys(("today", "this_month", "in_all", "at_once", "bytes", "submission_bytes", "interval_seconds"))
    reason = "You have no attempt left today. The next one opens at 2026-12-01 00:00 UTC."
    quota = {**none, "today": {"limit": 5, "left": 0}, "extra": 0, "timezone": "UTC", "reason": reason}
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition()).on("GET", "/phases/c-0/quota", quota | {"opens_at": MIDNIGHT})
        agon = CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})
        assert "That is 2026-12-01 08:00 UTC+8 (00:00 UTC)." in agon("quota", "c").out
        live_in("UTC")
        assert "That is" not in agon("quota", "c").out
