"""Time zones by their names."""

import re
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def is_zone(tz: str) -> bool:
    """True when this names a time zone."""
    if not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", tz):
        return False
    try:
        return bool(zone(tz))
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return False


def zone(tz: str) -> tzinfo:
    """A time zone by its name. Raises ZoneInfoNotFoundError."""
    # The zone database is absent on some machines; UTC must not need it.
    return UTC if tz == "UTC" else ZoneInfo(tz)
