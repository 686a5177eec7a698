"""Retrying: when a delivery that did not get through is sent again, and when a webhook has failed for too long."""

import zlib
from datetime import datetime, timedelta

#: Pauses after the first try, the second and so on. They come to a day.
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (15, 5 * 60, 30 * 60, 2 * 3600, 4 * 3600, 6 * 3600, 11 * 3600 + 25 * 60)
)
#: A webhook that got nothing through for so long is switched off.
PATIENCE = timedelta(days=1)
#: Pauses differ by a tenth, so that what failed together does not come again together.
_SPREAD = 10


def next_try(id_: str, tries: int, now: datetime) -> datetime | None:
    """The time at which a delivery that was tried so often in vain comes again; None when it was the last time."""
    if tries > len(PAUSES):
        return None
    share = zlib.crc32(id_.encode()) % _SPREAD
    return now + PAUSES[tries - 1] * (1 + share / 100)


def is_over(failing_since: datetime | None, now: datetime) -> bool:
    """True when a webhook has failed for too long."""
    return failing_since is not None and now - failing_since >= PATIENCE
