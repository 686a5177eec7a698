"""Usage over time: what happened on the site, day by day."""

from calendar import monthrange
from collections import Counter
from datetime import UTC, date, datetime

from chalicelib import responses
from chalicelib.errors import Complaint, Invalid, say
from chalicelib.store.metering import activity
from chalicelib.store.metering.activity import COUNTS


def show(month: str | None, now: datetime) -> responses.SiteUsage:
    """A month's days up to today, by one query. Raises Invalid for what is no month."""
    first = _first_day(month, now)
    sums: dict[str, Counter[str]] = {}
    stored: dict[str, int] = {}
    for part in activity.of_month(first):
        sums.setdefault(part.day, Counter()).update({name: int(getattr(part, name)) for name in COUNTS})
        if part.stored_bytes is not None:
            stored[part.day] = int(part.stored_bytes)
    days = [day.isoformat() for day in _days(first) if day <= now.date()]
    return responses.SiteUsage(f"{first:%Y-%m}", [_day(day, sums.get(day, Counter()), stored.get(day)) for day in days])


def _first_day(month: str | None, now: datetime) -> date:
    if month is None:
        return now.date().replace(day=1)
    try:
        return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise Invalid(
            say("no_month", "There is no such month."), [Complaint("month", say("month_shape", "Write it like 2026-11."))]
        ) from error


def _days(first: date) -> list[date]:
    return [first.replace(day=number) for number in range(1, monthrange(first.year, first.month)[1] + 1)]


def _day(day: str, counts: Counter[str], stored: int | None) -> responses.UsageDay:
    return responses.UsageDay(day=day, stored_bytes=stored, **{name: counts[name] for name in COUNTS})
