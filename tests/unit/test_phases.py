"""When a phase takes submissions."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from chalicelib.domain.competitions.phases import closed, state

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2026, 2, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "expected"), [(START - TICK, "upcoming"), (START, "open"), (END - TICK, "open"), (END, "closed")]
)
def test_the_start_belongs_to_the_phase_and_the_end_does_not(now, expected):
    assert state(START, END, now) == expected


def test_a_phase_without_an_end_stays_open():
    assert state(START, None, datetime(9999, 1, 1, tzinfo=UTC)) == "open"


def test_an_open_phase_is_not_closed():
    assert closed("Main", START, END, START) is closed("Main", START, None, END) is None


def test_a_phase_that_has_not_begun_says_when_it_does_in_utc():
    start = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    expected = "The phase “Main” has not begun. It takes submissions from 2026-01-01 00:00 UTC."
    assert closed("Main", start, END, START - TICK) == expected


def test_a_phase_that_is_over_says_when_it_ended():
    assert "ended on 2026-02-01 00:00 UTC" in closed("Main", START, END, END)
