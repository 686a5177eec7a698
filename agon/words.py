"""How times, sizes, statuses and scores are written for people."""

from datetime import datetime
from typing import Any

#: What each status looks like, as a rich style.
STYLES = {
    **dict.fromkeys(("Finished", "open", "approved", "published"), "green"),
    **dict.fromkeys(("Failed", "denied"), "red"),
    **dict.fromkeys(("Submitted", "Preparing", "Running", "Scoring", "pending", "upcoming"), "yellow"),
    **dict.fromkeys(("Cancelled", "closed", "draft"), "dim"),
}
_FAULTS = {
    "participant": "The cause lies in the submission. The attempt counts.",
    "organizer": "The cause lies in the organizer's program, not in the submission. The attempt does not count.",
    "platform": "The cause lies in the site, not in the submission. The attempt does not count.",
}
_FINEST_DIGITS = 6


def time(stamp: str | None, otherwise: str = "–") -> str:
    """An ISO 8601 time, in this machine's time zone and to the minute."""
    return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M") if stamp else otherwise


def size(count: int) -> str:
    """Bytes, as people say them."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def limits(phase: dict[str, Any]) -> str:
    """How often one may submit to a phase."""
    per_day, in_all = phase["max_submissions_per_day"], phase["max_submissions"]
    said = ([f"{per_day} a day"] if per_day is not None else []) + ([f"{in_all} in all"] if in_all is not None else [])
    return ", ".join(said) or "no limit"


def fault(submission: dict[str, Any]) -> str:
    """Whose a failure was, and whether it cost an attempt."""
    return _FAULTS.get(submission["fault"] or "", "")


def score(value: float | None, column: dict[str, Any]) -> str:
    """A score with its column's own precision."""
    if value is None:
        return "–"
    digits = column.get("precision")
    return f"{value:.{_FINEST_DIGITS if digits is None else digits}f}"


def heading(column: dict[str, Any]) -> str:
    """A column's title, with an arrow that says which way is better."""
    return f"{column['title']} {'↓' if column['sorting'] == 'asc' else '↑'}"
