"""Dates as organizers write them, to instants (FORMATS 0 and 1.2): time of day and offset count, naive means UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone

#: What a complaint tells to write.
ADVICE = "Write a date such as 2026-05-29 13:45 or 2026-05-29T13:45:00+02:00"

_DAY = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    # Month first, as Codabench reads them: 8-7-2019 is the seventh of August.
    r"|(?P<us_month>\d{1,2})(?P<separator>[-/])(?P<us_day>\d{1,2})(?P=separator)(?P<us_year>\d{4})"
    r"|(?P<slash_year>\d{4})/(?P<slash_month>\d{1,2})/(?P<slash_day>\d{1,2}))",
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


def _day_numbers(day: re.Match[str]) -> tuple[int, int, int]:
    for prefix in ("", "us_", "slash_"):
        if day[f"{prefix}year"]:
            return int(day[f"{prefix}year"]), int(day[f"{prefix}month"]), int(day[f"{prefix}day"])
    raise ValueError("no date")


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
