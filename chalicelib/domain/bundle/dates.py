"""Dates as organizers write them, to instants (FORMATS 0 and 1.2): time of day and offset count, naive means UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone

#: What a complaint tells to write.
ADVICE = "Write a date such as 2026-05-29 13:45 or 2026-05-29T13:45:00+02:00"

_MONTHS: tuple[str, ...] = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAY = re.compile(
    r"(?:(?P<year>\d{4})(?P<parting>[-/.])(?P<month>\d{1,2})(?P=parting)(?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})(?P<separator>[-/.])(?P<second>\d{1,2})(?P=separator)(?P<last_year>\d{4})"
    r"|(?P<day_before>\d{1,2})(?:st|nd|rd|th)?[ -](?P<name_after>[A-Za-z]{3,9})\.?,?[ -](?P<year_after>\d{4})"
    r"|(?P<name_before>[A-Za-z]{3,9})\.? (?P<day_after>\d{1,2})(?:st|nd|rd|th)?,? (?P<year_behind>\d{4}))",
    re.ASCII,
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?",
    re.ASCII,
)


def parse(text: str) -> datetime:
    """The instant, aware and in UTC. Raises ValueError for what is no date that exists."""
    text = text.strip()
    day = _DAY.match(text)
    if day is None or len(text) > 60:
        raise ValueError("no date")
    year, month, day_of_month = _day_numbers(day)
    rest = text[day.end() :]
    moment = datetime(year, month, day_of_month, tzinfo=UTC)
    if rest == "":
        return moment
    clock = _TIME.fullmatch(re.sub(r"^([Tt]|\s*,?\s+)", "", rest)) if rest[0] in "Tt, \t" else None
    if clock is None or (clock["minute"] is None and clock["half"] is None):
        raise ValueError("no time of day")
    return _on(moment, clock)


def other_reading(text: str) -> str:
    """The day that a date would be whose numbers somebody swapped, such as 2026-06-05 for 05/06/2026; "" for others.

    `text` is a date that `parse` takes.
    """
    day = _DAY.match(text.strip())
    if day is None or day["last_year"] is None:
        return ""
    first, second = int(day["first"]), int(day["second"])
    return f"{day['last_year']}-{second:02}-{first:02}" if first != second and max(first, second) <= len(_MONTHS) else ""


def readable(moment: datetime) -> str:
    """An aware instant as a sentence tells it: in UTC, with its hour."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _day_numbers(day: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day. Month first, as Codabench reads it: 8-7-2019 is the seventh of August, where that can be."""
    if day["year"]:
        return int(day["year"]), int(day["month"]), int(day["day"])
    if day["last_year"]:
        first, second = int(day["first"]), int(day["second"])
        month, day_of_month = (first, second) if first <= len(_MONTHS) else (second, first)
        return int(day["last_year"]), month, day_of_month
    if day["name_after"]:
        return int(day["year_after"]), _month(day["name_after"]), int(day["day_before"])
    return int(day["year_behind"]), _month(day["name_before"]), int(day["day_after"])


def _month(name: str) -> int:
    """The number of a month by its English name, also cut. Raises ValueError."""
    found = [number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower())]
    if not found:
        raise ValueError("no month")
    return found[0]


def _on(moment: datetime, clock: re.Match[str]) -> datetime:
    local = moment.replace(
        hour=_hour(int(clock["hour"]), clock["half"]),
        minute=int(clock["minute"] or 0),
        second=int(clock["second"] or 0),
        microsecond=int((clock["fraction"] or "0").ljust(6, "0")[:6]),
        tzinfo=_zone(clock["zone"]),
    )
    try:
        return local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no date that exists") from error


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("no hour of twelve")
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _zone(text: str | None) -> timezone:
    if text is None or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
