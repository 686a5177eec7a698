"""Watching the lines of jobs: once a sweep, what waits for runners is looked at and told as metrics (ADR 46)."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib import telemetry
from chalicelib.store.background import sweep_reports
from chalicelib.store.background.sweep_reports import Line
from chalicelib.store.queues import queues
from chalicelib.store.runs import waiting_list

#: How much of a line is looked through, and how many lines are, each minute.
MOST, MOST_LINES = 1000, 100


def report(looked_at: int, seen: Iterable[str], now: datetime) -> None:
    """Look at the site's own queue, at those that were `seen` to have something waiting, and at those of the last sweep on
    which something waited, store what was found and tell it.

    A submission that nobody claims is due within two minutes, so a queue is missed for no longer.
    """
    former = sweep_reports.last()
    watched = {queue for queue, line in former.lines_by_queue().items() if line.waiting} if former else set[str]()
    # The site's own first: it must not be the one that is too many.
    others = sorted((watched | set(seen)) - {queues.DEFAULT, queues.NONE})[: MOST_LINES - 1]
    lines = {queue: _look(queue, now) for queue in (queues.DEFAULT, *others)}
    sweep_reports.put(looked_at, lines, now)
    _tell(list(lines.values()), now)


def _look(queue: str, now: datetime) -> Line:
    line, runners = waiting_list.facts(queue, MOST), queues.runners_of(queue)
    since = min((submission.waits_since for submission in line), default=None)
    return Line(len(line), since, sum(queues.is_alive(runner, now) for runner in runners))


def _tell(lines: list[Line], now: datetime) -> None:
    oldest = max((now - line.since).total_seconds() if line.since else 0.0 for line in lines)
    telemetry.gauge("OldestJobMinutes", max(0.0, oldest / 60))
    telemetry.gauge("JobsWaiting", sum(line.waiting for line in lines))
    telemetry.gauge("JobsWithoutRunner", sum(line.waiting for line in lines if not line.runners))
    telemetry.gauge("RunnersAlive", sum(line.runners for line in lines))
