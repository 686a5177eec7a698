"""Calendars of deadlines (RFC 5545): when phases begin and end, in UTC, which each calendar shows in its own zone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vUri

from chalicelib.contract import texts

#: How often a calendar is to be fetched again, for the programs that ask.
_REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Deadline:
    """A moment. `id` is the same for ever; `revision` counts what was changed, so that calendars move it."""

    id: str
    title: str
    text: str
    at: datetime
    made_at: datetime
    revision: int
    link: str | None


def calendar(title: str, deadlines: Iterable[Deadline]) -> str:
    """The text of a calendar, as text/calendar."""
    made = Calendar()
    made.add("prodid", "-//Agon//Deadlines//EN")
    made.add("version", "2.0")
    name, _ = texts.line(title)
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        made.add_component(_event(deadline))
    content: bytes = made.to_ical()
    return content.decode()


def _event(deadline: Deadline) -> Event:
    event = Event()
    event.add("uid", deadline.id)
    event.add("dtstamp", deadline.made_at.astimezone(UTC))
    event.add("dtstart", deadline.at.astimezone(UTC))
    # What some programs take for the end of a line stands in no text: behind it they would read another property.
    event.add("summary", texts.line(deadline.title)[0])
    event.add("sequence", deadline.revision)
    # It takes no time of anybody's day.
    event.add("transp", "TRANSPARENT")
    if deadline.text:
        event.add("description", texts.plain(re.sub("\r\n?", "\n", deadline.text)))
    if deadline.link:
        event.add("url", vUri(deadline.link))
    return event
