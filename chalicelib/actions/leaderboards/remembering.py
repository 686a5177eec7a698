"""The rows that a snapshot is of, kept beside it, so that the next rebuild reads those that have changed since (ADR 59).

Whoever changes rows counts that, and says which they are where there is room. So what changed since a snapshot is known
where as many changes were named as were counted. Otherwise, and for all else that is not as it should be, every row is read:
the rows that are kept are a help, and nothing depends on them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson

from chalicelib import settings
from chalicelib.actions.leaderboards import snapshots
from chalicelib.aws import object_keys, objects
from chalicelib.store.leaderboards import rows as stored_rows
from chalicelib.store.leaderboards.boards import Board, BoardCounter, Snapshot
from chalicelib.store.leaderboards.rows import Rows

#: Of fewer rows it costs more to keep them than to read them all.
FEWEST = 2_000
#: After so long all rows are read once more, whatever was counted.
MOST_AGE = timedelta(days=1)
#: Changes when rows are kept in another way.
_SHAPE = 1


def read(board: Board, counters: Iterable[BoardCounter], now: datetime) -> tuple[Rows, datetime]:
    """A phase's rows as they are now or were a moment ago, and when all of them were read last. Raises Busy.

    `counters` were read before. What changes from then on counts on, and is in the next.
    """
    kept = _kept(board) if int(board.rows or 0) >= FEWEST else None
    changed = changed_since(kept["counts"], counters) if kept else None
    if kept is None or changed is None or now > (whole_at := datetime.fromisoformat(kept["whole_at"])) + MOST_AGE:
        return stored_rows.read(board.phase), now
    rows = Rows.of_stored(kept["rows"])
    return rows.updated(changed, stored_rows.read_some(board.phase, changed)) if changed else rows, whole_at


def keep(phase: str, snapshot: Snapshot, counters: Iterable[BoardCounter], rows: Rows, whole_at: datetime) -> None:
    """Keep the rows that a snapshot is of, once it is published: so nobody else keeps any for it."""
    if snapshot.count < FEWEST:
        return
    of, counts = _of(snapshot.etag, snapshot.rebuilt_at), counts_of(counters)
    content = {"of": of, "counts": counts, "whole_at": whole_at, "rows": rows.stored()}
    objects.write(settings.get().runs_bucket, _key(phase, snapshot.version), orjson.dumps(content), "application/json")


def _kept(board: Board) -> Mapping[str, Any] | None:
    """What was kept of the newest snapshot; None where that broke off before, or was in another shape."""
    try:
        found = objects.newer(settings.get().runs_bucket, _key(board.phase, int(board.version)), None)
    except LookupError:
        return None
    kept: Mapping[str, Any] | None = orjson.loads(found.content) if found else None
    # A table that was put back to a former moment has versions again that there were.
    return kept if kept and kept["of"] == _of(board.etag, board.rebuilt_at) else None


def counts_of(counters: Iterable[BoardCounter]) -> dict[str, list[int]]:
    """The counts of changes as they are kept with what was read after them."""
    return {counter.sk: [int(counter.changes), int(counter.named)] for counter in counters}


def changed_since(counts: Mapping[str, Sequence[int]], counters: Iterable[BoardCounter]) -> set[str] | None:
    """The keys of the rows that changed since there were these `counts`; None where some change was not named."""
    changed: set[str] = set()
    for counter in counters:
        changes, named = counts.get(counter.sk, (0, 0))
        if counter.changes - changes != counter.named - named:
            return None
        changed |= counter.rows or set()
    return changed


def _of(etag: str | None, rebuilt_at: datetime | None) -> list[Any]:
    return [_SHAPE, etag, rebuilt_at.isoformat() if rebuilt_at else None]


def _key(phase: str, version: int) -> str:
    return f"{object_keys.snapshot(phase, version)}/{snapshots.ROWS}"
