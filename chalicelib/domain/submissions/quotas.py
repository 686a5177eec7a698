"""Quotas: how often and how much a participant may submit. Days and months are those of the competition's time zone.

Limits are a participant's in one phase, and a team's. Of a limit that is None there is none; 0 allows nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from chalicelib.domain.zones import zone
from chalicelib.errors import QuotaExceeded, TooLarge


@dataclass(frozen=True)
class Limits:
    """The limits that a phase sets a participant. `interval_seconds` lie between two submissions, `at_once` may be
    in progress."""

    per_day: int | None = None
    per_month: int | None = None
    in_all: int | None = None
    interval_seconds: int | None = None
    at_once: int | None = None
    submission_bytes: int | None = None
    participant_bytes: int | None = None


@dataclass(frozen=True)
class Used:
    """The use that a participant has made of the limits. `last_at` is when the latest submission was taken,
    `stored_bytes` what all weigh.

    `with_team`: what the team has used up is in it. Attempts that organizers gave beside the limits are taken off what is
    used up, so that a number may be below 0; `extra_…` says how many those were.
    """

    today: int = 0
    this_month: int = 0
    in_all: int = 0
    in_progress: int = 0
    last_at: datetime | None = None
    stored_bytes: int = 0
    extra_today: int = 0
    extra_this_month: int = 0
    extra_in_all: int = 0
    with_team: bool = False


def most(*used: Used) -> Used:
    """The use that decides for who is counted several times: the most of each."""
    times = [one.last_at for one in used if one.last_at]
    return Used(
        today=max(one.today for one in used),
        this_month=max(one.this_month for one in used),
        in_all=max(one.in_all for one in used),
        in_progress=max(one.in_progress for one in used),
        last_at=max(times, default=None),
        stored_bytes=max(one.stored_bytes for one in used),
        extra_today=min(one.extra_today for one in used),
        extra_this_month=min(one.extra_this_month for one in used),
        extra_in_all=min(one.extra_in_all for one in used),
        with_team=any(one.with_team for one in used),
    )


@dataclass(frozen=True)
class Left:
    """The attempts and bytes that are left. A number of None is without a limit; `opens_at` of None means that no
    time opens another attempt.

    `reason` says what stands in the way, and is empty when nothing does.
    """

    today: int | None
    this_month: int | None
    in_all: int | None
    at_once: int | None
    bytes: int | None
    opens_at: datetime | None
    reason: str


def day(now: datetime, tz: str = "UTC") -> str:
    """The day that an attempt made now counts for, as YYYY-MM-DD. Raises ZoneInfoNotFoundError for an unknown zone."""
    return now.astimezone(zone(tz)).date().isoformat()


def possible_days(now: datetime) -> tuple[str, ...]:
    """The days that `day` can be in any time zone, for who has yet to learn which one holds: from UTC-12 to UTC+14."""
    moments = (now - timedelta(hours=12), now, now + timedelta(hours=14))
    return tuple(dict.fromkeys(moment.astimezone(UTC).date().isoformat() for moment in moments))


def month(day: str) -> str:
    """The month of a day, as YYYY-MM."""
    return day[:7]


def next_day(now: datetime, tz: str = "UTC") -> datetime:
    """The instant, in UTC, at which the next day begins."""
    tomorrow = now.astimezone(zone(tz)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone(tz)).astimezone(UTC)


def next_month(now: datetime, tz: str = "UTC") -> datetime:
    """The instant, in UTC, at which the next month begins."""
    today = now.astimezone(zone(tz)).date()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(), zone(tz)).astimezone(UTC)


def left(limits: Limits, used: Used, now: datetime, tz: str = "UTC") -> Left:
    """The rest of each limit, and when the next attempt opens: `now` when that is already."""
    blocks = [*_blocks(limits, used, now, tz)]
    times = [opens_at for opens_at, _ in blocks]
    return Left(
        today=_rest(limits.per_day, used.today),
        this_month=_rest(limits.per_month, used.this_month),
        in_all=_rest(limits.in_all, used.in_all),
        at_once=_rest(limits.at_once, used.in_progress),
        bytes=_rest(limits.participant_bytes, used.stored_bytes),
        opens_at=None if None in times else max([now, *(one for one in times if one)]),
        reason=_deciding(blocks)[1] if blocks else "",
    )


def check(limits: Limits, used: Used, size_bytes: int, now: datetime, tz: str = "UTC") -> None:
    """Raise QuotaExceeded when no attempt is left, and TooLarge for a file that no attempt would help.

    The error says when the next attempt opens: None when no time opens it.
    """
    blocks = [*_blocks(limits, used, now, tz)]
    if blocks:
        opens_at, reason = _deciding(blocks)
        raise QuotaExceeded(reason, opens_at, _numbers(left(limits, used, now, tz)))
    if limits.submission_bytes is not None and size_bytes > limits.submission_bytes:
        raise TooLarge(f"A submission to this phase may have {limits.submission_bytes:,} bytes; yours has {size_bytes:,}.")
    room = _rest(limits.participant_bytes, used.stored_bytes)
    if room is not None and size_bytes > room:
        sizes = f"{limits.participant_bytes:,} bytes together; {room:,} are left, and this one has {size_bytes:,}"
        reason = f"Your submissions to this phase may have {sizes}. Delete some of them."
        raise QuotaExceeded(reason, None, _numbers(left(limits, used, now, tz)))


def _blocks(limits: Limits, used: Used, now: datetime, tz: str) -> list[tuple[datetime | None, str]]:
    """Each limit that is reached: when it opens again, and what to say of it."""
    if 0 in (limits.per_day, limits.per_month, limits.in_all, limits.at_once):
        return [(None, "This phase takes no submissions.")]
    who = "You or your team have" if used.with_team else "You have"
    found: list[tuple[datetime | None, str]] = []
    if limits.in_all is not None and used.in_all >= limits.in_all:
        found.append((None, f"{who} {_spent(limits.in_all + used.extra_in_all)} in this phase. There is none left."))
    if limits.per_month is not None and used.this_month >= limits.per_month:
        opens = next_month(now, tz)
        found.append((opens, f"{who} {_spent(limits.per_month + used.extra_this_month)} this month. {_opening(opens)}"))
    if limits.per_day is not None and used.today >= limits.per_day:
        opens = next_day(now, tz)
        found.append((opens, f"{who} {_spent(limits.per_day + used.extra_today)} today. {_opening(opens)}"))
    if limits.interval_seconds and used.last_at and now < (opens := _after(used.last_at, limits.interval_seconds)):
        found.append((opens, f"There must be {limits.interval_seconds:,} s between your submissions. {_opening(opens)}"))
    if limits.at_once is not None and used.in_progress >= limits.at_once:
        number = "a submission" if limits.at_once == 1 else f"{limits.at_once} submissions"
        found.append((None, f"{who} {number} in progress, which is the limit. Wait for one to end, or cancel one."))
    return found


def _deciding(blocks: list[tuple[datetime | None, str]]) -> tuple[datetime | None, str]:
    """What opens last, or never."""
    never = [block for block in blocks if block[0] is None]
    return never[0] if never else max(blocks, key=lambda block: block[0] or datetime.max.replace(tzinfo=UTC))


def _numbers(found: Left) -> dict[str, int | None]:
    return {name: getattr(found, name) for name in ("today", "this_month", "in_all", "at_once", "bytes")}


def _after(at: datetime, seconds: int) -> datetime:
    return at + timedelta(seconds=seconds)


def _rest(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


def _spent(limit: int) -> str:
    return "used the one attempt" if limit == 1 else f"used all {limit} attempts"


def _opening(at: datetime) -> str:
    seconds = f":{at:%S}" if at.second else ""
    return f"The next one opens at {at:%Y-%m-%d %H:%M}{seconds} UTC."
