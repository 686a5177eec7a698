"""How times, sizes, statuses and scores are written for people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agon import api_types as api

#: What each status looks like, as a rich style.
STYLES = {
    **dict.fromkeys(("Finished", "open", "approved", "published", "alive", "active", "ready", "same"), "green"),
    **dict.fromkeys(("Failed", "denied", "excluded", "differs"), "red"),
    **dict.fromkeys(("Submitted", "Preparing", "Running", "Scoring", "pending", "upcoming"), "yellow"),
    **dict.fromkeys(("Cancelled", "closed", "draft", "gone", "removed", "withdrawn"), "dim"),
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


def count(number: int, what: str) -> str:
    """1 error, 2 errors."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def size(count: int) -> str:
    """Bytes, as people say them."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def since(stamp: str) -> str:
    """How long ago an ISO 8601 time was, in its largest whole unit."""
    seconds = max(0, int((datetime.now(UTC) - datetime.fromisoformat(stamp)).total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"


def runners(alive: int) -> str:
    """How many runners are there."""
    return "no runner is alive" if not alive else f"{alive} runner{'' if alive == 1 else 's'} alive"


def standing(submission: api.Submission) -> str:
    """How a submission that waits stands; nothing for one that does not."""
    queue = submission.get("queue")
    if not queue:
        return ""
    if not queue["runners_alive"]:
        return "No runner that can do it is alive. The organizers must start one."
    return f"{ordinal(queue['place'])} in the queue, {runners(queue['runners_alive'])}"


def limits(phase: api.Phase) -> str:
    """How often one may submit to a phase."""
    per_day, in_all = phase["max_submissions_per_day"], phase["max_submissions"]
    said = ([f"{per_day} a day"] if per_day is not None else []) + ([f"{in_all} in all"] if in_all is not None else [])
    return ", ".join(said) or "no limit"


def fault(submission: api.Submission) -> str:
    """Whose a failure was, and whether it cost an attempt."""
    return _FAULTS.get(submission["fault"] or "", "")


def score(value: float | None, column: api.Column) -> str:
    """A score with its column's own precision."""
    if value is None:
        return "–"
    digits = column.get("precision")
    return f"{value:.{_FINEST_DIGITS if digits is None else digits}f}"


def heading(column: api.Column) -> str:
    """A column's title, with an arrow that says which way is better."""
    return f"{column['title']} {'↓' if column['sorting'] == 'asc' else '↑'}"


def board_heading(column: api.Column, board: api.Leaderboard) -> str:
    """A column's heading on a board, below its group's or its task's."""
    groups: dict[str | None, str] = {group["key"]: group["title"] for group in board.get("groups", ())}
    tasks: dict[int | None, str] = {task["index"]: task["name"] for task in board.get("tasks", ())}
    above = [groups.get(column.get("group")), tasks.get(column.get("task"))]
    if tasks and column.get("task") is None:
        above.append("all tasks")
    return "\n".join([*filter(None, above), heading(column)])


def maker(submission: api.Submission) -> str:
    """Who handed a submission in, and for which team."""
    who, team = str(submission["participant"]), submission.get("team")
    return f"{who} for {team}" if team else who


def board_name(row: api.Row) -> str:
    """Whose row it is, and what organizers say of it."""
    marks = [mark for mark in ("team", "baseline", "verified", "edited") if row.get(mark)]
    name = f"{row['participant']} · {row['name']}" if row.get("name") else row["participant"]
    own = " ◀ you" if row.get("mine") else ""
    return f"{name} ({', '.join(marks)}){own}" if marks else f"{name}{own}"


def answer(given: str | bool | None) -> str:
    """An answer to a question of a fact sheet, on one line."""
    if given is None:
        return "–"
    return ("yes" if given else "no") if isinstance(given, bool) else " ".join(given.split())


def board_notices(board: api.Leaderboard) -> list[str]:
    """What to know before reading a board."""
    found = []
    if board.get("frozen_at"):
        found.append(f"Frozen: the board stands as it was on {time(board['frozen_at'])}, until the phase ends.")
    if board.get("final"):
        found.append("This is the final ranking.")
    if board.get("anonymous"):
        found.append("The organizers hide names on this board.")
    return found
