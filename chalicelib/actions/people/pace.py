"""Pace: how often an account may call the API at all (ADR 36).

Each process counts for itself and takes the tries afterwards, many at once. So who calls as people do costs nothing, and who
calls without an end a hundredth of a write for each call.
"""

from datetime import datetime, timedelta

from chalicelib import ids, settings
from chalicelib.errors import QuotaExceeded, say
from chalicelib.store.people import buckets
from chalicelib.store.people.buckets import Refill

#: A process lets an account call so often before it takes as many tries.
AT_ONCE = 100
#: An account that was idle may call for so long as if it had saved its calls.
SAVED = timedelta(minutes=5)
MOST_REMEMBERED = 10_000
#: How many calls of each account are not paid for, and when those may call again who had no try left.
_unpaid: dict[str, int] = {}
_closed: dict[str, datetime] = {}


def count(account: str, now: datetime) -> None:
    """Count a call of an account, by its id: one call for each hundred. Raises QuotaExceeded."""
    opens_at = _closed.get(account)
    if opens_at is not None and now < opens_at:
        wait = say("wait_until", "{why} Wait until {at:%H:%M:%S} UTC.", why=calls().told, at=opens_at)
        raise QuotaExceeded(wait, opens_at)
    number = _unpaid.get(account, 0) + 1
    if number >= AT_ONCE:
        _pay(account, number, now)
        number = 0
    if len(_unpaid) >= MOST_REMEMBERED:
        forget()
    _unpaid[account] = number


def forget() -> None:
    """Have this process count everybody's calls anew."""
    _unpaid.clear()
    _closed.clear()


def calls() -> Refill:
    """The calls that an account may make."""
    number = settings.get().calls_per_second
    burst = max(AT_ONCE, int(SAVED.total_seconds()) * number)
    told = say(
        "calls_too_often",
        "Your account has called more often than {number:,} times a second for some minutes.",
        number=number,
    )
    return Refill(burst, timedelta(seconds=1) / number, told)


def _pay(account: str, number: int, now: datetime) -> None:
    try:
        buckets.take(ids.digest(f"calls {account}"), calls(), now, number)
    except QuotaExceeded as error:
        _closed[account] = error.next_attempt_at or now
        raise
    _closed.pop(account, None)
