"""The time in which a phase takes submissions. Its end is exclusive; times are aware datetimes."""

from datetime import datetime, timedelta
from typing import Literal

from chalicelib.errors import Sentence, say

#: So long before its end a phase ends soon.
SOON = timedelta(days=1)
PhaseState = Literal["upcoming", "open", "closed"]


def state(starts_at: datetime, ends_at: datetime | None, now: datetime) -> PhaseState:
    """True when the phase is yet to begin, takes submissions, or is over. `ends_at` None means that it never ends."""
    if now < starts_at:
        return "upcoming"
    return "open" if ends_at is None or now < ends_at else "closed"


def closed(name: str, starts_at: datetime, ends_at: datetime | None, now: datetime) -> Sentence | None:
    """The reason why the phase takes no submissions now, with the time that decides; None when it does."""
    current = state(starts_at, ends_at, now)
    if current == "upcoming":
        return say(
            "phase_to_come",
            "The phase “{phase}” has not begun. It takes submissions from {at:%Y-%m-%d %H:%M UTC}.",
            phase=name,
            at=starts_at,
        )
    if current == "closed" and ends_at is not None:
        return say(
            "phase_over",
            "The phase “{phase}” ended on {at:%Y-%m-%d %H:%M UTC} and takes no more submissions.",
            phase=name,
            at=ends_at,
        )
    return None


def ends_soon_at(starts_at: datetime, ends_at: datetime | None) -> datetime | None:
    """The time a day before a phase ends; None when it has no end, or is no longer than that."""
    return ends_at - SOON if ends_at is not None and ends_at - SOON > starts_at else None


def next_change(starts_at: datetime, ends_at: datetime | None, now: datetime) -> datetime | None:
    """The time at which a phase begins, is about to end or ends next; None when nothing of that is to come."""
    times = (starts_at, ends_soon_at(starts_at, ends_at), ends_at)
    return min((at for at in times if at is not None and at > now), default=None)
