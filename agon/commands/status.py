"""`agon admin status`: how the site does, on one screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agon import screen, sign_in, words

if TYPE_CHECKING:
    from agon import api_types as api

#: The parts of the site, as the API names them and as people do.
PARTS = {
    "table": "table",
    "files": "bucket of files",
    "runs": "bucket of runs",
    "tasks": "tasks queue",
    "accounts": "user pool",
}
#: A sweep each minute; an alarm rings after five without one.
LATE_SECONDS = 300


def show(json: screen.Json = False) -> None:
    """How the site does: whether each part answers, what waits and who serves it, what failed."""
    with sign_in.client() as client:
        found = client.site_status()
    screen.answer(found, json, lambda: _show(found))


def _show(found: api.SiteStatus) -> None:
    health = found["health"]
    silent = [name for part, name in PARTS.items() if not health[part]]  # type: ignore[literal-required]
    if silent:
        screen.show(f"Does not answer: {', '.join(silent)}.", style="red")
    else:
        screen.show("Every part of the site answers.", style="green")
    screen.show(*_sweep(found))
    tasks = found["tasks_waiting"]
    waiting = "unknown, the queue does not answer" if tasks is None else f"{tasks:,} waiting"
    screen.show(f"Background tasks: {waiting} · functions of version {found['version']}")
    screen.show(*_failures(found))
    rows = [_line(one) for one in found["lines"]]
    columns = ["Queue", "Name", "Waiting", "Oldest", "Runners"]
    screen.table("At the last sweep", columns, rows, right=["Waiting", "Runners"])
    ended = [(_day(one["day"]), one["finished"], one["failed"], one["cancelled"]) for one in found["days"]]
    columns = ["Submissions", "Finished", "Failed", "Cancelled"]
    screen.table("", columns, ended, right=columns[1:])


def _sweep(found: api.SiteStatus) -> tuple[str, str]:
    """When the last sweep was, and the style of that."""
    seconds = found["health"]["seconds_since_sweep"]
    if seconds is None or found["swept_at"] is None:
        return "No sweep has ended yet. There is one each minute.", "yellow"
    told = f"Last sweep {words.since(found['swept_at'])} ago, of {found['looked_at']:,} due"
    late = seconds > LATE_SECONDS
    return f"{told}{'. There should be one each minute: look at the log of the function Sweep' if late else ''}.", (
        "red" if late else ""
    )


def _failures(found: api.SiteStatus) -> tuple[str, str]:
    if not found["failures"]:
        return "Nothing in the background fails.", ""
    told = f"In the background {found['failures']} fail, of which {found['given_up']} are given up: agon admin failures"
    return told, "red" if found["given_up"] else "yellow"


def _line(one: api.QueueLine) -> tuple[str, str, str, str, str]:
    oldest = words.since(one["since"]) if one["since"] else "–"
    return one["queue"], one["name"] or "The site's own", f"{one['waiting']:,}", oldest, f"{one['runners_alive']} alive"


def _day(day: str) -> str:
    return "Today" if day == f"{datetime.now(UTC):%Y-%m-%d}" else day
