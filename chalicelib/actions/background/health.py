"""Health: whether each part that the site stands on answers, and what an administrator sees of the site on one screen."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from chalicelib import responses, settings, telemetry
from chalicelib.aws import accounts, messages, objects
from chalicelib.contract.version import VERSION
from chalicelib.errors import Unwell, say
from chalicelib.store import table
from chalicelib.store.background import failures, sweep_reports
from chalicelib.store.background.sweep_reports import Line, SweepReport
from chalicelib.store.metering import activity
from chalicelib.store.metering.activity import Activity
from chalicelib.store.queues.queues import Queue

#: How long a part may take to answer; clients of AWS alone would wait and try again for a minute.
PATIENCE_SECONDS = 3.0
#: So long a process tells what it has seen, whoever asks.
KEPT_SECONDS = 10.0
#: Failures are counted up to so many.
MOST_FAILURES = 100


@dataclass(frozen=True)
class _Seen:
    """Parts that answered or not, and the sayings of some; `at` is of this process's monotonic clock."""

    at: float
    answered: Mapping[str, bool]
    report: SweepReport | None
    tasks_waiting: int | None


_kept: list[_Seen] = []


def show(now: datetime) -> responses.Health:
    """Tell whether each part answers, and how old the last sweep is: five calls, whose answers everybody is told for ten
    seconds. Raises Unwell when a part does not answer."""
    seen = _look()
    silent = [name for name, answered in seen.answered.items() if not answered]
    if silent:
        telemetry.logger.error("not healthy", silent=silent)
        raise Unwell(
            say(
                "site_unwell",
                "A part of the site does not answer: {silent}. Try again in a moment.",
                silent=", ".join(silent),
            ),
            silent,
        )
    return _health(seen, now)


def status(now: datetime) -> responses.SiteStatus:
    """The site as an administrator sees it: five calls, and four more."""
    seen, months = _look(), {day.month: activity.of_month(day) for day in _days(now)}
    found, _ = failures.newest(None, MOST_FAILURES)
    return responses.SiteStatus(
        health=_health(seen, now),
        version=VERSION,
        swept_at=seen.report.swept_at if seen.report else None,
        looked_at=int(seen.report.looked_at) if seen.report else 0,
        lines=_lines(seen.report.lines_by_queue()) if seen.report else [],
        tasks_waiting=seen.tasks_waiting,
        failures=len(found),
        given_up=sum(bool(failure.dead) for failure in found),
        days=[_ended(day, months[day.month]) for day in _days(now)],
    )


def forget() -> None:
    """Have this process look anew."""
    _kept.clear()


def _look() -> _Seen:
    if not _kept or time.monotonic() >= _kept[0].at + KEPT_SECONDS:
        _kept[:] = [_ask()]
    return _kept[0]


def _ask() -> _Seen:
    own = settings.get()
    asked: dict[str, Callable[[], Any]] = {
        "table": sweep_reports.last,
        "files": partial(objects.reach, own.files_bucket),
        "runs": partial(objects.reach, own.runs_bucket),
        "tasks": messages.tasks_waiting,
        "accounts": accounts.reach,
    }
    pool = ThreadPoolExecutor(len(asked))
    asking = {name: pool.submit(ask) for name, ask in asked.items()}
    wait(asking.values(), PATIENCE_SECONDS)
    # Who has not answered by now is not waited for: its thread ends when its client gives up.
    pool.shutdown(wait=False, cancel_futures=True)
    answered = {name: _has_answered(name, one) for name, one in asking.items()}
    said = {name: one.result() if answered[name] else None for name, one in asking.items()}
    return _Seen(time.monotonic(), answered, said["table"], said["tasks"])


def _has_answered(name: str, asked: "Future[Any]") -> bool:
    error = asked.exception() if asked.done() else TimeoutError(f"no answer within {PATIENCE_SECONDS:g} s")
    if error is not None:
        # For who reads the log, and nobody else: it may name what is the site's own.
        telemetry.logger.error("a part of the site does not answer", part=name, error=f"{type(error).__name__}: {error}")
    return error is None


def _health(seen: _Seen, now: datetime) -> responses.Health:
    age = (now - seen.report.swept_at).total_seconds() if seen.report else None
    return responses.Health(**seen.answered, seconds_since_sweep=None if age is None else max(0, int(age)))


def _lines(lines: dict[str, Line]) -> list[responses.QueueLine]:
    names = {str(queue.id): str(queue.name) for queue in table.read_many(Queue.at(id_) for id_ in lines)}
    return [
        responses.QueueLine(
            queue=id_,
            name=names.get(id_, ""),
            waiting=line.waiting,
            since=line.since,
            runners_alive=line.runners,
        )
        for id_, line in lines.items()
    ]


def _days(now: datetime) -> list[date]:
    """Today and yesterday, in UTC."""
    today = now.astimezone(UTC).date()
    return [today, today - timedelta(days=1)]


def _ended(day: date, parts: list[Activity]) -> responses.EndedSubmissions:
    counted = [part for part in parts if part.day == day.isoformat()]
    sums = {name: sum(int(getattr(part, name)) for part in counted) for name in ("finished", "failed", "cancelled")}
    return responses.EndedSubmissions(day=day.isoformat(), **sums)
