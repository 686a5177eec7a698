"""Rates of posting: one account may post so many times a minute, and so many a day, in all forums together."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.contract import limits
from chalicelib.errors import QuotaExceeded, say


@dataclass(frozen=True)
class Rate:
    """Posts of an account in a minute and on a day (of UTC), which are named by their beginnings."""

    minute: str = ""
    in_minute: int = 0
    day: str = ""
    in_day: int = 0


def counted(rate: Rate, now: datetime) -> Rate:
    """The rate with one post more. Raises QuotaExceeded, saying when it may be tried again."""
    at = now.astimezone(UTC)
    minute, day = f"{at:%Y-%m-%dT%H:%M}", f"{at:%Y-%m-%d}"
    in_minute = rate.in_minute if rate.minute == minute else 0
    in_day = rate.in_day if rate.day == day else 0
    if in_day >= limits.MAX_POSTS_A_DAY:
        tomorrow = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        raise QuotaExceeded(
            say("posts_a_day", "You may post {most} times a day. Go on tomorrow (UTC).", most=limits.MAX_POSTS_A_DAY),
            tomorrow,
        )
    if in_minute >= limits.MAX_POSTS_A_MINUTE:
        soon = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
        raise QuotaExceeded(
            say(
                "posts_a_minute",
                "You may post {most} times a minute. Wait a moment, then try again.",
                most=limits.MAX_POSTS_A_MINUTE,
            ),
            soon,
        )
    return Rate(minute, in_minute + 1, day, in_day + 1)
