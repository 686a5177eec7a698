"""Dates as organizers write them."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.bundle.dates import other_reading, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014-03-01", (2014, 3, 1)),
        ("2014-03-01 10:00:01", (2014, 3, 1, 10, 0, 1)),
        ("2014-03-01 18:15", (2014, 3, 1, 18, 15)),
        ("2024-04-10T13:00:00", (2024, 4, 10, 13)),
        ("2024-04-10T13:00:00Z", (2024, 4, 10, 13)),
        ("2024-04-10T13:00:00+02:00", (2024, 4, 10, 11)),
        ("2024-04-10 13:00:00 -0530", (2024, 4, 10, 18, 30)),
        ("2024-04-10 13:00:00 +2", (2024, 4, 10, 11)),
        ("2024-04-10 13:00 UTC", (2024, 4, 10, 13)),
        ("2024-04-10 13:00:00.25", (2024, 4, 10, 13, 0, 0, 250_000)),
        ("8-7-2019", (2019, 8, 7)),
        ("12-31-2026", (2026, 12, 31)),
        ("5/29/2019", (2019, 5, 29)),
        ("2019/5/29", (2019, 5, 29)),
        ("2019.5.29", (2019, 5, 29)),
        ("31-12-2026", (2026, 12, 31)),
        ("31.12.2026 23:59", (2026, 12, 31, 23, 59)),
        ("29/5/2019 1:45PM", (2019, 5, 29, 13, 45)),
        ("5 June 2026", (2026, 6, 5)),
        ("5-Jun-2026 12:00", (2026, 6, 5, 12)),
        ("1st Sept. 2026, 9:00", (2026, 9, 1, 9)),
        ("June 5, 2026", (2026, 6, 5)),
        ("Dec 31st 2026 23:59:59 +01:00", (2026, 12, 31, 22, 59, 59)),
        ("2019-5-29 1:45PM", (2019, 5, 29, 13, 45)),
        ("5/29/2019 1:45PM", (2019, 5, 29, 13, 45)),
        ("5/29/2019, 1:45 p.m.", (2019, 5, 29, 13, 45)),
        ("2019-5-29 12:00 AM", (2019, 5, 29)),
        ("2019-5-29 12:00 PM", (2019, 5, 29, 12)),
        ("2019-5-29 1pm", (2019, 5, 29, 13)),
        ("  2019-05-29 \n", (2019, 5, 29)),
    ],
)
def test_a_date_is_the_instant_that_was_meant(text, expected):
    assert parse(text) == datetime(*expected, tzinfo=UTC)
    assert parse(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        *(
            "not a date",
            "",
            "2024-13-01",
            "2024-02-30",
            "31-13-2026",
            "32.12.2026",
            "5 Juni 2026",
            "Jux 5, 2026",
            "June 2026",
            "5 June",
            "2024-04/10",
            "2024-04-10 25:00",
            "2024-04-10 13",
            "24-04-10",
        ),
        *("2024-04-10 13:00 PM PM", "2024-04-10 0:30 AM", "2024-04-10 13:00+99:00", "0001-01-01 00:00+01:00", "1/2-2024"),
        *("9999-12-31 23:00-02:00", "2024-04-10 13:61", "2024-04-1013:00", "٢٠٢٤-٠٤-١٠", "0000-01-01"),
        *("Jux 5, 2026", "June 2026", "5 June", "2024-04/10"),
    ],
)
def test_what_is_no_date_that_exists_is_refused(text):
    with pytest.raises(ValueError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("05/06/2026", "2026-06-05"),
        ("5-6-2026 13:45", "2026-06-05"),
        (" 1/12/2026 1:45PM", "2026-12-01"),
        ("5.6.2026", "2026-06-05"),
        ("5/13/2026", ""),
        ("13/5/2026", ""),
        ("5 June 2026", ""),
        ("5/5/2026", ""),
        ("05/5/2026", ""),
        ("2026/05/06", ""),
        ("2026-05-06", ""),
    ],
)
def test_a_date_whose_numbers_could_be_swapped_has_another_reading(text, other):
    assert other_reading(text) == other


@settings(deadline=None)
@given(st.text("0123456789-/:. TZ+apmAPM", max_size=40))
def test_any_text_is_a_date_or_refused(text):
    with contextlib.suppress(ValueError):
        assert parse(text).tzinfo is UTC


@settings(deadline=None)
@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_survives_being_written_in_iso(moment):
    assert parse(moment.isoformat()) == moment
