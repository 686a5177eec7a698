"""Deadlines of functions: when one must stop, so that another goes on."""

from datetime import timedelta

#: A function stops this long before its time runs out, to say where it stopped.
MARGIN = timedelta(seconds=30)


class OutOfTime(Exception):
    """The function's time runs out; everything that was copied is remembered."""
