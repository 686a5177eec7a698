"""Deadlines of functions: when one must stop, so that another goes on."""

from datetime import UTC, datetime, timedelta

#: A function stops this long before its time runs out, to say where it stopped.
MARGIN = timedelta(seconds=30)


class OutOfTime(Exception):
    """The function's time runs out; everything that was copied is remembered."""


def is_late(deadline: datetime) -> bool:
    """True when a function must stop, so that another goes on."""
    return datetime.now(UTC) > deadline - MARGIN
