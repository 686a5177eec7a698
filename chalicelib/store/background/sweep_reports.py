"""The report of the last sweep: that there was one, and what it found waiting for runners."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.table import Place


@dataclass(frozen=True)
class Line:
    """A queue's line: how much waits, counted up to a bound, since when the longest of it does, and the runners alive."""

    waiting: int
    since: datetime | None
    runners: int


class SweepReport(table.Item, discriminator="sweep_report"):
    """The last sweep: when it was, how many items it looked at, and the `lines` of the queues that it watched, by id."""

    swept_at = UTCDateTimeAttribute()
    looked_at = NumberAttribute()
    lines = JSONAttribute()

    @classmethod
    def at(cls) -> Place["SweepReport"]:
        """The place of the one that there is."""
        return Place(cls, "SWEEP", "REPORT")

    def lines_by_queue(self) -> dict[str, Line]:
        """The lines, by the ids of their queues."""
        return {queue: _line(told) for queue, told in self.lines.items()}


def last() -> SweepReport | None:
    """The report of the last sweep; None before the first."""
    (report,) = table.read(SweepReport.at())
    return report


def put(looked_at: int, lines: Mapping[str, Line], now: datetime) -> None:
    """Store the report of a sweep in place of the former one."""
    told = {queue: {**asdict(line), "since": line.since and line.since.isoformat()} for queue, line in lines.items()}
    writes.put(SweepReport(*SweepReport.at(), swept_at=now, looked_at=looked_at, lines=told))


def _line(told: Mapping[str, Any]) -> Line:
    since = datetime.fromisoformat(told["since"]) if told["since"] else None
    return Line(int(told["waiting"]), since, int(told["runners"]))
