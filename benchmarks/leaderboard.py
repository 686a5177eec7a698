"""A leaderboard's rebuild at three sizes, beside bare boto3 that reads the same rows and sorts them in the same run, and
beside a former build's at the largest.

A rebuild is timed from the pages that DynamoDB sends, as bytes, to the snapshot's objects: all but the network and DynamoDB.
CPU and not the clock, the least of several alternating runs. Reads are counted on moto, of boards with that many rows.
"""

import gzip
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import boto3
from botocore.awsrequest import AWSResponse
from botocore.httpsession import URLLib3Session

from agon import config
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
#: The last build that ranked a mapping a row and compressed what it wrote; and the most that is allowed of its time.
FORMER, MOST_OF_FORMER = "5f9e830", 0.55
_ALONE = "--alone"
START = datetime(2026, 1, 1, tzinfo=UTC)
SOURCES = tuple(Column(f"score_{at}", f"Score {at}", at) for at in range(4))
AVERAGE = Column("average", "Average rank", 4, "asc", computation="avg_rank", computation_indexes=(0, 1, 2, 3))
BOARD = Leaderboard(0, "Results", "main", primary_index=4, columns=(*SOURCES, AVERAGE))
_SETTINGS: dict[str, Any] = {"phase": Phase(0, "Final", START, tasks=(0,)), "boards": (BOARD,), "is_over": False}
_SETTINGS |= {"is_anonymous": False, "task_names": {0: "Task"}, "judged": {}}
#: A former build has not all of them.
SETUP = BoardSetup(**{one.name: _SETTINGS[one.name] for one in fields(BoardSetup) if one.name in _SETTINGS})


def main() -> None:
    """Measure, show, and stop with an error when a limit is exceeded."""
    rows = _items(SIZES[-1])
    # First, for it makes the site whose settings the rebuilds read.
    calls, bytes_per_row = _reads(rows)
    seconds, plain = _both(rows)
    largest, former = SIZES[-1], _former()
    result = {
        "rebuild_seconds": {str(size): round(seconds[size], 3) for size in SIZES},
        "plain_sort_seconds": {str(size): round(plain[size], 3) for size in SIZES},
        "ratio": {str(size): round(seconds[size] / plain[size], 3) for size in SIZES},
        "former_seconds": former and round(former, 3),
        "read_calls": {str(size): calls[size] for size in READ_SIZES},
        "bytes_per_row": round(bytes_per_row, 1),
    }
    table: list[tuple[object, ...]] = [
        (f"read and rebuild of {size:,} rows (s of CPU)", ours, LIMITS[size], plain[size], ours / plain[size])
        for size, ours in seconds.items()
    ]
    if former:
        most, ratio = MOST_OF_FORMER * former, seconds[largest] / former
        table.append((f"the same beside build {FORMER} (s of CPU)", seconds[largest], most, former, ratio))
    table += [(f"calls of a read, {size:,} rows", calls[size], MOST_CALLS, "", "") for size in READ_SIZES]
    table.append(("bytes a row, compressed", bytes_per_row, MOST_BYTES, "", ""))
    columns = ("", "Agon", "at most", "boto3 and a sort; former", "ratio")
    show("A leaderboard of 5 columns with average rank", columns, table, result)
    over = [str(size) for size in SIZES if seconds[size] > LIMITS[size]]
    over += ["beside the former build"] if former and seconds[largest] > MOST_OF_FORMER * former else []
    if over or max(calls.values()) > MOST_CALLS or bytes_per_row > MOST_BYTES:
        raise SystemExit(f"Over the limit: {', '.join(over) or 'reads'}")


def _both(rows: Sequence[dict[str, Any]]) -> tuple[dict[int, float], dict[int, float]]:
    """Seconds of CPU by sizes: of a rebuild, and of bare boto3 with a sort; the least of alternating runs."""
    seconds, plain = dict[int, float](), dict[int, float]()
    with _canned() as send:
        for size in SIZES:
            send(rows[:size])
            runs = [(_seconds(_rebuild), _seconds(_plain_sort)) for _ in range(TRIES)]
            seconds[size], plain[size] = min(ours for ours, _ in runs), min(theirs for _, theirs in runs)
    return seconds, plain


def _former() -> float | None:
    """Seconds of CPU that the largest rebuild takes the former build, by this very file; None where git has it not."""
    archived = subprocess.run(["git", "-C", str(config.SOURCE), "archive", FORMER], capture_output=True)
    if archived.returncode:
        return None
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        archive.extractall(folder, filter="data")
        shutil.copy(__file__, f"{folder}/benchmarks/leaderboard.py")
        command = [sys.executable, "-m", "benchmarks.leaderboard", _ALONE]
        done = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": folder}, stdout=subprocess.PIPE)
        return float(done.stdout.splitlines()[-1])


def alone() -> None:
    """Print the seconds of CPU of the largest rebuild."""
    rows = _items(SIZES[-1])
    # What answers afterwards is not the site, whose settings stay.
    with _site():
        pass
    with _canned() as send:
        send(rows)
        print(min(_seconds(_rebuild) for _ in range(TRIES)))


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


def _seconds(verb: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    verb()
    return time.process_time() - began


def _rebuild() -> dict[str, bytes]:
    with rendering.undisturbed():
        return rendering.build(list(boards.plain_rows("phase")), SETUP, BoardOrder(0))


def _plain_sort() -> list[float]:
    """What cannot be left out: the pages read by bare boto3, the rows' JSON too, one column sorted."""
    pages = boto3.client("dynamodb").get_paginator("query")
    asked = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "BOARD"}}}
    with rendering.undisturbed():
        items = [item for page in pages.paginate(TableName="table", ConsistentRead=True, **asked) for item in page["Items"]]
        return sorted((json.loads(item["scores"]["S"])["score_0"] for item in items), reverse=True)


class _Body(io.BytesIO):
    """The body of an answer as urllib3 gives it."""

    def stream(self, amount: int = 2**16, **_: Any) -> Iterator[bytes]:
        yield from iter(lambda: self.read(amount), b"")


@contextmanager
def _canned() -> Iterator[Callable[[Sequence[dict[str, Any]]], None]]:
    """A block in which every query of DynamoDB is answered from memory with the next page of the rows that were given."""
    pages: list[bytes] = []

    def give(items: Sequence[dict[str, Any]]) -> None:
        pages[:] = _pages(items)

    def send(self: Any, request: Any) -> AWSResponse:
        start = re.search(rb'"ExclusiveStartKey": ?\{"pk": ?\{"S": ?"(\d+)"', request.body)
        return AWSResponse(request.url, 200, {}, _Body(pages[int(start[1]) if start else 0]))

    with mock.patch.object(URLLib3Session, "send", send):
        yield give


def _pages(items: Sequence[dict[str, Any]]) -> list[bytes]:
    """Answers to a query, of 1 MB each as DynamoDB cuts them."""
    per_page = max(1, 1_000_000 // len(json.dumps(items[0])))
    chunks = [items[start : start + per_page] for start in range(0, len(items), per_page)]
    answers = [{"Items": chunk, "Count": len(chunk), "ScannedCount": len(chunk)} for chunk in chunks]
    for number, answer in enumerate(answers[:-1], start=1):
        answer["LastEvaluatedKey"] = {"pk": {"S": str(number)}, "sk": {"S": "ROW"}}
    return [json.dumps(answer).encode() for answer in answers]


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

    # Addresses of its own are for tests, whose moto answers there.
    machine = {name: value for name, value in conftest._machine_environment(0).items() if not re.search("ENDPOINT", name)}
    os.environ.update({**machine, "POWERTOOLS_LOG_LEVEL": "ERROR"})
    os.environ.pop("AWS_ENDPOINT_URL", None)
    with mock_aws():
        os.environ.update(conftest._function_environment(conftest._deploy()))

        def published(items: Sequence[dict[str, Any]]) -> str:
            organizer = SimpleNamespace(id="olga", username="olga")
            phase = phases.competition(organizer, BOARD, phases=[phases.phase(start=START)])  # type: ignore[arg-type]
            rebuilding._write(
                object_keys.snapshot(phase, 1), rendering.build(list(map(boards.plain_row, items)), SETUP, BoardOrder(0))
            )
            pages = -(-len(items) // snapshots.ROWS_PER_PAGE)
            snapshot = boards.Snapshot(1, len(items), pages, "etag", START, ("0",))
            boards.publish(boards.state(phase)[0], snapshot, {}, None, None)
            return phase

        yield published


if __name__ == "__main__":
    alone() if _ALONE in sys.argv else main()
