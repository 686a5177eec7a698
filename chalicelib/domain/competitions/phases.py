"""When a phase takes submissions. Its end is exclusive; times are aware datetimes."""

from datetime import UTC, datetime
from typing import Literal

PhaseState = Literal["upcoming", "open", "closed"]


def state(starts_at: datetime, ends_at: datetime | None, now: datetime) -> PhaseState:
    """Whether the phase is yet to begin, takes submissions, or is over. `ends_at` None means that it never ends."""
    if now < starts_at:
        return "upcoming"
    return "open" if ends_at is None or now < ends_at else "closed"


def closed(name: str, starts_at: datetime, ends_at: datetime | None, now: datetime) -> str:
    """Why the phase takes no submissions now, with the time that decides; empty when it does."""
    current = state(starts_at, ends_at, now)
    if current == "upcoming":
        return f"The phase “{name}” has not begun. It takes submissions from {_readable(starts_at)}."
    if current == "closed" and ends_at is not None:
        return f"The phase “{name}” ended on {_readable(ends_at)} and takes no more submissions."
    return ""


def _readable(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
