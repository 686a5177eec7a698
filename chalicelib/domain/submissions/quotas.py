"""Quotas: how often and how much a participant may submit. Days and months are those of the competition's time zone.

Limits are a participant's in one phase, and a team's. Of a limit that is None there is none; 0 allows nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from chalicelib.domain.zones import zone
from chalicelib.errors import QuotaExceeded, Sentence, TooLarge, say


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


#: When a limit that is reached opens again, None for never, and what to say of it.
Block = tuple[datetime | None, Sentence]


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
        raise TooLarge(
            say(
                "submission_too_large",
                "A submission to this phase may have {most:,} bytes; yours has {size:,}.",
                most=limits.submission_bytes,
                size=size_bytes,
            )
        )
    room = _rest(limits.participant_bytes, used.stored_bytes)
    if room is not None and size_bytes > room:
        reason = say(
            "submissions_too_large",
            "Your submissions to this phase may have {most:,} bytes together; {left:,} are left, and this one has {size:,}."
            " Delete some of them.",
            most=limits.participant_bytes or 0,
            left=room,
            size=size_bytes,
        )
        raise QuotaExceeded(reason, None, _numbers(left(limits, used, now, tz)))


def _blocks(limits: Limits, used: Used, now: datetime, tz: str) -> list[Block]:
    """Each limit that is reached: when it opens again, and what to say of it."""
    if 0 in (limits.per_day, limits.per_month, limits.in_all, limits.at_once):
        return [(None, say("phase_takes_none", "This phase takes no submissions."))]
    found: list[Block] = []
    if limits.in_all is not None and used.in_all >= limits.in_all:
        spent = _spent(used, limits.in_all + used.extra_in_all)
        found.append((None, say("spent_in_all", "{spent} in this phase. There is none left.", spent=spent)))
    if limits.per_month is not None and used.this_month >= limits.per_month:
        opens = next_month(now, tz)
        spent = _spent(used, limits.per_month + used.extra_this_month)
        found.append((opens, say("spent_this_month", "{spent} this month. {next}", spent=spent, next=_opening(opens))))
    if limits.per_day is not None and used.today >= limits.per_day:
        opens = next_day(now, tz)
        spent = _spent(used, limits.per_day + used.extra_today)
        found.append((opens, say("spent_today", "{spent} today. {next}", spent=spent, next=_opening(opens))))
    if limits.interval_seconds and used.last_at and now < (opens := _after(used.last_at, limits.interval_seconds)):
        wait = say(
            "submissions_too_close",
            "There must be {seconds:,} s between your submissions. {next}",
            seconds=limits.interval_seconds,
            next=_opening(opens),
        )
        found.append((opens, wait))
    if limits.at_once is not None and used.in_progress >= limits.at_once:
        found.append((None, _in_progress(used, limits.at_once)))
    return found


def _deciding(blocks: list[Block]) -> Block:
    """What opens last, or never."""
    never = [block for block in blocks if block[0] is None]
    return never[0] if never else max(blocks, key=lambda block: block[0] or datetime.max.replace(tzinfo=UTC))


def _numbers(found: Left) -> dict[str, int | None]:
    return {name: getattr(found, name) for name in ("today", "this_month", "in_all", "at_once", "bytes")}


def _after(at: datetime, seconds: int) -> datetime:
    return at + timedelta(seconds=seconds)


def _rest(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


def _spent(used: Used, limit: int) -> Sentence:
    """How many attempts were made, as the beginning of a sentence."""
    if limit == 1:
        one = say("spent_one_by_team", "You or your team have used the one attempt")
        return one if used.with_team else say("spent_one", "You have used the one attempt")
    if used.with_team:
        return say("spent_all_by_team", "You or your team have used all {count} attempts", count=limit)
    return say("spent_all", "You have used all {count} attempts", count=limit)


def _in_progress(used: Used, limit: int) -> Sentence:
    number = say("one_submission", "a submission") if limit == 1 else say("submissions", "{count} submissions", count=limit)
    if used.with_team:
        return say(
            "team_in_progress",
            "You or your team have {number} in progress, which is the limit. Wait for one to end, or cancel one.",
            number=number,
        )
    return say(
        "in_progress",
        "You have {number} in progress, which is the limit. Wait for one to end, or cancel one.",
        number=number,
    )


def _opening(at: datetime) -> Sentence:
    if at.second:
        return say("next_opens_at_second", "The next one opens at {at:%Y-%m-%d %H:%M:%S} UTC.", at=at)
    return say("next_opens_at", "The next one opens at {at:%Y-%m-%d %H:%M} UTC.", at=at)
