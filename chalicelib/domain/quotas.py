"""How often a participant may submit. Days are those of the competition's time zone."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from chalicelib.errors import QuotaExceeded


def day(now: datetime, tz: str = "UTC") -> str:
    """The day that an attempt made now counts for, as YYYY-MM-DD. Raises ZoneInfoNotFoundError for an unknown zone."""
    return now.astimezone(_zone(tz)).date().isoformat()


def next_day(now: datetime, tz: str = "UTC") -> datetime:
    """The instant, in UTC, at which the next day begins."""
    tomorrow = now.astimezone(_zone(tz)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), _zone(tz)).astimezone(UTC)


def check(used_today: int, used_total: int, per_day: int | None, in_all: int | None, now: datetime, tz: str = "UTC") -> None:
    """Raise QuotaExceeded when no attempt is left. A limit of None is no limit; 0 allows none.

    The error says when the next attempt opens: None when the total is used up, because then none does.
    """
    if per_day == 0 or in_all == 0:
        raise QuotaExceeded("This phase takes no submissions.", None)
    if in_all is not None and used_total >= in_all:
        raise QuotaExceeded(f"{_used(in_all)} in this phase. There is none left.", None)
    if per_day is not None and used_today >= per_day:
        opens = next_day(now, tz)
        raise QuotaExceeded(f"{_used(per_day)} today. The next one opens at {opens:%Y-%m-%d %H:%M} UTC.", opens)


def _used(limit: int) -> str:
    return "You have used the one attempt" if limit == 1 else f"You have used all {limit} attempts"


def _zone(tz: str) -> tzinfo:
    # The zone database is absent on some machines; UTC must not need it.
    return UTC if tz == "UTC" else ZoneInfo(tz)
