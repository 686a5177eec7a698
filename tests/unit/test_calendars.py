"""Calendars of strangers' texts: a text is one property, whatever a program takes for the end of a line."""

import pytest
from icalendar import Calendar

from chalicelib.domain.discovery.calendars import Deadline, calendar
from tests.unit.test_feeds import NOW


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_no_text_begins_another_property(end: str) -> None:
    text = f"Finals{end}ATTENDEE:mailto:ada@example.org"
    made = calendar(text, [Deadline("a", text, text, NOW, NOW, 1, "https://agon.example")])
    assert not [line for line in made.splitlines() if line.startswith("ATTENDEE")]


def test_a_text_of_several_lines_is_read_as_it_was_written() -> None:
    made = calendar("Guess", [Deadline("a", "Ends", "First; of two,\r\nlines.", NOW, NOW, 1, None)])
    (event,) = Calendar.from_ical(made).events
    assert str(event["description"]) == "First; of two,\nlines."
