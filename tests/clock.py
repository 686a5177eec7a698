"""The clock by which quotas and mails count."""

import time
from datetime import timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def within_one(span: timedelta, seconds: float = 30) -> None:
    """Begin where at least `seconds` are left of an hour or a day of UTC, and so of a month: wait for the next one else."""
    left = span.total_seconds() - time.time() % span.total_seconds()
    if left < seconds:
        time.sleep(left)
