"""The writing of times, sizes, statuses and scores are written for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.leaderboards import rounding

if TYPE_CHECKING:
    from agon import api_types as api

#: What each status looks like, as a rich style.
STYLES = {
    **dict.fromkeys(("Finished", "open", "approved", "accepted", "published", "alive", "active", "ready", "same"), "green"),
    **dict.fromkeys(("Failed", "denied", "excluded", "differs"), "red"),
    **dict.fromkeys(("Submitted", "Preparing", "Running", "Scoring", "pending", "upcoming", "waiting"), "yellow"),
    **dict.fromkeys(("Cancelled", "closed", "draft", "gone", "removed", "withdrawn", "revoked", "expired"), "dim"),
}
_FAULTS = {
    "participant": "The cause lies in the submission. The attempt counts.",
    "organizer": "The cause lies in the organizer's program, not in the submission. The attempt does not count.",
    "platform": "The cause lies in the site, not in the submission. The attempt does not count.",
}
_FINEST_DIGITS = 6
#: From so many days on, hours are not told; from so many minutes on, minutes are not.
_FAR_DAYS = 3
_LONG_MINUTES = 180
_MOVES = {"appear": "appear", "disappear": "disappear", "change": "get another submission or other scores"}


def time(stamp: str | None, otherwise: str = "–") -> str:
    """An ISO 8601 time, in this machine's time zone, which is named, and to the minute."""
    at = datetime.fromisoformat(stamp).astimezone() if stamp else None
    return f"{at:%Y-%m-%d %H:%M} {_zone(at)}" if at else otherwise


def deadline(stamp: str | None, is_end: bool = False) -> str:
    """An instant that decides something, in this machine's zone and in UTC: 2026-12-01 08:00 UTC+8 (00:00 UTC).

    As an end, midnight belongs to the day that is over: 2026-11-30 24:00 UTC.
    """
    if stamp is None:
        return "never"
    at = datetime.fromisoformat(stamp).astimezone()
    own, utc = _clock(at), at.astimezone(UTC)
    if is_end and own == "00:00":
        said = f"{at - timedelta(seconds=1):%Y-%m-%d} 24:00 {_zone(at)}"
    else:
        said = f"{at:%Y-%m-%d} {own} {_zone(at)}"
    if at.utcoffset() == timedelta():
        return said
    day = "" if utc.date() == at.date() else f"{utc:%Y-%m-%d} "
    return f"{said} ({day}{_clock(utc)} UTC)"


def left(stamp: str | None, now: datetime | None = None) -> str:
    """The time left until an instant: 2 days 3 h, 5 h, 12 min; nothing when it is over or never comes."""
    if stamp is None:
        return ""
    minutes = -(((now or datetime.now(UTC)) - datetime.fromisoformat(stamp)) // timedelta(minutes=1))
    if minutes <= 0:
        return ""
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return count(days, "day") + (f" {hours} h" if hours and days < _FAR_DAYS else "")
    return f"{hours} h" if minutes >= _LONG_MINUTES else f"{minutes} min"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _zone(at: datetime) -> str:
    """UTC, UTC+8, UTC-3:30: abbreviations such as CST are several zones'."""
    minutes = (at.utcoffset() or timedelta()) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")


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
    """The time since an ISO 8601 time, in its largest whole unit."""
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
    """The number of runners."""
    return "no runner is alive" if not alive else f"{alive} runner{'' if alive == 1 else 's'} alive"


def standing(submission: api.Submission) -> str:
    """The place in line of a submission that waits; nothing for one that does not."""
    queue = submission.get("queue")
    if not queue:
        return ""
    if not queue["runners_alive"]:
        return "No runner that can do it is alive. The organizers must start one."
    return f"{ordinal(queue['place'])} in the queue, {runners(queue['runners_alive'])}"


def limits(phase: api.Phase) -> str:
    """The limits of how often one may submit to a phase."""
    per_day, in_all = phase["max_submissions_per_day"], phase["max_submissions"]
    said = ([f"{per_day} a day"] if per_day is not None else []) + ([f"{in_all} in all"] if in_all is not None else [])
    return ", ".join(said) or "no limit"


def fault(submission: api.Submission) -> str:
    """The party whose a failure was, and whether it cost an attempt."""
    return _FAULTS.get(submission["fault"] or "", "")


def score(value: float | None, column: api.Column) -> str:
    """A score with its column's own precision."""
    if value is None:
        return "–"
    digits = column.get("precision")
    return rounding.shown(value, _FINEST_DIGITS if digits is None else digits)


def score_with_error(scores: Mapping[str, float | None], column: api.Column, columns: Sequence[api.Column]) -> str:
    """A score of a row, with its error where it has one, such as 0.85 ± 0.02."""
    text = score(scores.get(column["key"]), column)
    error = next((one for one in columns if one.get("error_of") == column["key"]), None)
    bar = scores.get(error["key"]) if error else None
    return text if error is None or bar is None else f"{text} ± {score(bar, error)}"


def scores_of(columns: Sequence[api.Column]) -> list[api.Column]:
    """The columns that scores stand in: an error stands behind its score, and in none of its own."""
    return [column for column in columns if not column.get("error_of")]


def effects(found: Sequence[api.BoardEffect]) -> list[str]:
    """The effects that a change of a competition has on its boards: a sentence for each phase, and for each column
    that goes."""
    return [sentence for one in found for sentence in (_moves(one), _unscored(one), *_losses(one)) if sentence]


def ranking(found: api.RankedPreview) -> list[str]:
    """The first rows of a board as a change would rank them: a line for each."""
    lines = [f"The first rows of “{found['name']}” would be, with {', '.join(one['title'] for one in found['columns'])}:"]
    for row in found["rows"]:
        scores = (row["scores"].get(one["key"]) for one in found["columns"])
        told = ", ".join("–" if score is None else f"{score:g}" for score in scores)
        was = f", now {row['was']}" if row["was"] not in (None, row["rank"]) else ""
        lines.append(f"  {row['rank'] or '–'}  {row['participant']}  {told}{was}")
    more = found["count"] - len(found["rows"])
    return [*lines, f"  and {count(more, 'row')} more"] if more else lines


def _moves(effect: api.BoardEffect) -> str:
    moved = [f"{effect[key]:,} {verb}" for key, verb in _MOVES.items() if effect[key]]  # type: ignore[literal-required]
    most = "" if effect["is_complete"] else " There are too many to look at: more rows may change."
    if not moved and not most:
        return ""
    rows = count(effect["rows"], "row")
    return f"On the boards of “{effect['name']}”, which have {rows}: {', '.join(moved) or 'none changes'}.{most}"


def _unscored(effect: api.BoardEffect) -> str:
    if not effect["unscored"]:
        return ""
    submissions = count(effect["unscored"], "submission")
    return f"In “{effect['name']}” {submissions} did not run on a task that is new there: no mean until handed in again."


def _losses(effect: api.BoardEffect) -> list[str]:
    return [
        f"In “{effect['name']}” {count(one['submissions'], 'submission')} have scores in `{one['key']}`, "
        "which no board shows any more. They are kept."
        for one in effect["lost"]
    ]


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


def role(name: str | None) -> str:
    """A role as it is said of somebody: there is one owner, and there may be several of the others."""
    return {"owner": "the owner", "organizer": "an organizer", "viewer": "a viewer"}.get(name or "", name or "")


def maker(submission: api.Submission) -> str:
    """The participant who handed a submission in, and for which team."""
    who, team = str(submission["participant"]), submission.get("team")
    return f"{who} for {team}" if team else who


def board_name(row: api.Row) -> str:
    """The name of whose row it is, and what organizers say of it."""
    marks = [mark for mark in ("team", "baseline", "verified", "edited", "brought") if row.get(mark)]
    name = f"{row['participant']} · {row['name']}" if row.get("name") else row["participant"]
    if house := row.get("organization"):
        name = f"{name}, {house['name']}"
    own = " ◀ you" if row.get("mine") else ""
    return f"{name} ({', '.join(marks)}){own}" if marks else f"{name}{own}"


def answer(given: str | bool | None) -> str:
    """An answer to a question of a fact sheet, on one line."""
    if given is None:
        return "–"
    return ("yes" if given else "no") if isinstance(given, bool) else " ".join(given.split())


def board_notices(board: api.Leaderboard) -> list[str]:
    """The notices to know before reading a board."""
    found = []
    if board.get("frozen_at"):
        found.append(f"Frozen: the board stands as it was on {deadline(board['frozen_at'])}, until the phase ends.")
    if board.get("final"):
        found.append("This is the final ranking.")
    if board.get("anonymous"):
        found.append("The organizers hide names on this board.")
    return found


def called(competition: api.CompetitionCard | api.Competition) -> str:
    """The word that a competition goes by in commands: its slug; a site of a former version tells its id alone."""
    return competition.get("slug") or competition["id"]
