"""A leaderboard's rebuild at three sizes, beside a plain sort of the same rows in the same run, and what reading it costs.

A rebuild is timed from the rows as DynamoDB sends them to the snapshot's compressed objects: that is what it does itself.
Reads are counted on moto, of boards with that many rows.
"""

import gzip
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from benchmarks.report import show
from chalicelib import ids
from chalicelib.actions.leaderboards import reading, rebuilding, rendering, snapshots
from chalicelib.actions.leaderboards.snapshots import BoardOrder
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.aws import object_keys
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.bundle.model import Phase
from chalicelib.store.leaderboards import boards

SIZES = (1_000, 10_000, 100_000)
#: The issue's limits, in seconds, for what the sizes take.
LIMITS = {1_000: 0.05, 10_000: 0.4, 100_000: 4.0}
READ_SIZES = (10, 100_000)
MOST_CALLS, MOST_BYTES = 2, 120
TRIES = 3
START = datetime(2026, 1, 1, tzinfo=UTC)
SOURCES = tuple(Column(f"score_{at}", f"Score {at}", at) for at in range(4))
AVERAGE = Column("average", "Average rank", 4, "asc", computation="avg_rank", computation_indexes=(0, 1, 2, 3))
BOARD = Leaderboard(0, "Results", "main", primary_index=4, columns=(*SOURCES, AVERAGE))
SETUP = BoardSetup(Phase(0, "Final", START, tasks=(0,)), (BOARD,), False, False, {0: "Task"}, judged={})


def main() -> None:
    """Measure, show, and stop with an error when a limit is exceeded."""
    rows = _items(SIZES[-1])
    seconds = {size: min(_seconds(_rebuild, rows[:size]) for _ in range(TRIES)) for size in SIZES}
    plain = {size: min(_seconds(_plain_sort, rows[:size]) for _ in range(TRIES)) for size in SIZES}
    calls, bytes_per_row = _reads(rows)
    result = {
        "rebuild_seconds": {str(size): round(seconds[size], 3) for size in SIZES},
        "plain_sort_seconds": {str(size): round(plain[size], 3) for size in SIZES},
        "read_calls": {str(size): calls[size] for size in READ_SIZES},
        "bytes_per_row": round(bytes_per_row, 1),
    }
    table = [(f"rebuild of {size:,} rows (s)", seconds[size], LIMITS[size], plain[size]) for size in SIZES]
    table += [(f"calls of a read, {size:,} rows", calls[size], MOST_CALLS, "") for size in READ_SIZES]
    table.append(("bytes a row, compressed", bytes_per_row, MOST_BYTES, ""))
    show("A leaderboard of 5 columns with average rank", ("", "Agon", "at most", "a plain sort"), table, result)
    over = [str(size) for size in SIZES if seconds[size] > LIMITS[size]]
    if over or max(calls.values()) > MOST_CALLS or bytes_per_row > MOST_BYTES:
        raise SystemExit(f"Over the limit: {', '.join(over) or 'reads'}")


def _items(size: int) -> list[dict[str, Any]]:
    """Rows as DynamoDB sends them."""
    chance = random.Random(1)
    return [_item(at, chance) for at in range(size)]


def _item(at: int, chance: random.Random) -> dict[str, Any]:
    submitted = START + timedelta(seconds=at)
    return {
        "user": {"S": f"{chance.getrandbits(128):032x}"},
        "username": {"S": f"participant-{at}"},
        "submission": {"S": ids.new(submitted)},
        "submitted_at": {"S": submitted.isoformat()},
        "scores": {"S": json.dumps({column.key: chance.random() for column in SOURCES})},
    }


def _seconds(verb: Any, items: Sequence[dict[str, Any]]) -> float:
    began = time.perf_counter()
    verb(items)
    return time.perf_counter() - began


def _rebuild(items: Sequence[dict[str, Any]]) -> dict[str, bytes]:
    with rendering.undisturbed():
        return rendering.build(list(map(boards.plain_row, items)), SETUP, BoardOrder(0))


def _plain_sort(items: Sequence[dict[str, Any]]) -> list[float]:
    """What cannot be left out: the rows' JSON read, one column sorted."""
    return sorted((json.loads(item["scores"]["S"])["score_0"] for item in items), reverse=True)


def _reads(items: Sequence[dict[str, Any]]) -> tuple[dict[int, int], float]:
    """The AWS calls of a read, by the board's size, and the bytes of an answer's row as API Gateway compresses it."""
    calls, answer = {}, b""
    with _site() as published:
        for size in READ_SIZES:
            phase = published(items[:size])
            calls[size], answer = _read(phase)
    return calls, len(gzip.compress(answer)) / snapshots.ROWS_PER_PAGE


def _read(phase: str) -> tuple[int, bytes]:
    from benchmarks.counting import Counter
    from chalicelib.answers import dumps

    with Counter().counting() as count:
        page, _ = reading.read(phase, reading.Which(), 1, False, None, None, START + timedelta(days=1))
        return count.calls, dumps(page).encode()


@contextmanager
def _site() -> Iterator[Any]:
    """A site on moto, in this process, and the function that publishes a board's snapshot there."""
    from moto import mock_aws

    from tests.api import conftest, phases

    machine = {**conftest._machine_environment(""), "POWERTOOLS_LOG_LEVEL": "ERROR"}
    os.environ.update({name: value for name, value in machine.items() if name != "AWS_ENDPOINT_URL"})
    os.environ.pop("AWS_ENDPOINT_URL", None)
    with mock_aws():
        os.environ.update(conftest._function_environment(conftest._deploy()))

        def published(items: Sequence[dict[str, Any]]) -> str:
            organizer = SimpleNamespace(id="olga", username="olga")
            phase = phases.competition(organizer, BOARD, phases=[phases.phase(start=START)])  # type: ignore[arg-type]
            rebuilding._write(object_keys.snapshot(phase, 1), _rebuild(items))
            pages = -(-len(items) // snapshots.ROWS_PER_PAGE)
            snapshot = boards.Snapshot(1, len(items), pages, "etag", START, ("0",))
            boards.publish(boards.state(phase)[0], snapshot, {}, None, None)
            return phase

        yield published


if __name__ == "__main__":
    main()
