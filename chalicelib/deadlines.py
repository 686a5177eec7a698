"""Deadlines of functions: when one must stop, so that another goes on."""

from datetime import UTC, datetime, timedelta

from chalicelib.errors import say

NO_TIME_LEFT = say("no_time_left", "There was no time left for it. Send those that are left again.")
#: A function stops this long before its time runs out, to say where it stopped.
MARGIN = timedelta(seconds=30)


class OutOfTime(Exception):
    """The function's time runs out; everything that was copied is remembered."""


def is_late(deadline: datetime) -> bool:
    """True when a function must stop, so that another goes on."""
    return datetime.now(UTC) > deadline - MARGIN
