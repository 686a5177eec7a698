"""A leaderboard's rebuild at three sizes, beside bare boto3 that reads the same rows and sorts them in the same run, and
beside a former build's at the largest; and what a row takes as it is sent, by columns beside by rows.

A rebuild is timed from the bytes that DynamoDB and S3 send to the snapshot's objects, and to the rows that are kept for the
next: all but the network, DynamoDB and S3. The first reads every row; the next reads what the former kept, and the rows that
changed. CPU and not the clock, the medians of alternating runs. Reads are counted on moto, of boards with that many rows.
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
from contextlib import contextmanager, nullcontext
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from types import SimpleNamespace
from typing import Any
from unittest import mock

import boto3
from botocore.awsrequest import AWSResponse
from botocore.httpsession import URLLib3Session

from agon import config
from benchmarks.report import show
from chalicelib import ids, settings
from chalicelib.actions.leaderboards import reading, rebuilding, rendering, snapshots
from chalicelib.actions.leaderboards.snapshots import BoardOrder
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.aws import object_keys
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.bundle.model import Phase
from chalicelib.store.leaderboards import boards

try:
    from chalicelib.actions.leaderboards import remembering
    from chalicelib.store.leaderboards import rows as stored_rows
except ImportError:
    # A former build keeps no rows.
    remembering = stored_rows = None  # type: ignore[assignment]

SIZES = (1_000, 10_000, 100_000)
#: The issue's limits, in seconds, for what the sizes take.
LIMITS = {1_000: 0.05, 10_000: 0.4, 100_000: 4.0}
READ_SIZES = (10, 100_000)
MOST_CALLS, MOST_BYTES = 2, 120
TRIES = 5
#: So many rows have changed since the former rebuild.
CHANGED = 20
#: The last build that ranked a mapping a row and compressed what it wrote; and the most that is allowed of its time, for the
#: first rebuild of a board and for the next.
FORMER, MOST_OF_FORMER, MOST_OF_NEXT = "5f9e830", 0.5, 0.25
_ALONE = "--alone"
#: What a verb reads of a row beside what a rebuild does.
_CHANGED = {"pk": {"S": "BOARD#phase"}, "kind": {"S": "board_row"}}
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
    calls, by_columns, by_rows = _reads(rows)
    largest = SIZES[-1]
    taken = {size: _taken(rows[:size], size == largest) for size in SIZES}
    former, following = taken[largest].get("former"), taken[largest]["next"]
    result = {
        "rebuild_seconds": {str(size): round(one["first"], 3) for size, one in taken.items()},
        "next_rebuild_seconds": round(following, 3),
        "plain_sort_seconds": {str(size): round(one["plain"], 3) for size, one in taken.items()},
        "ratio": {str(size): round(one["first"] / one["plain"], 3) for size, one in taken.items()},
        "former_seconds": former and round(former, 3),
        "read_calls": {str(size): calls[size] for size in READ_SIZES},
        "bytes_per_row": {"columns": by_columns, "rows": by_rows},
    }
    table: list[tuple[object, ...]] = [
        (
            f"read and rebuild of {size:,} rows (s of CPU)",
            one["first"],
            LIMITS[size],
            one["plain"],
            one["first"] / one["plain"],
        )
        for size, one in taken.items()
    ]
    if former:
        first = taken[largest]["first"]
        table.append((f"the same beside build {FORMER} (s of CPU)", first, MOST_OF_FORMER * former, former, first / former))
        next_of = f"the next, {CHANGED} rows having changed, beside it (s of CPU)"
        table.append((next_of, following, MOST_OF_NEXT * former, former, following / former))
    table += [(f"calls of a read, {size:,} rows", calls[size], MOST_CALLS, "", "") for size in READ_SIZES]
    for what, limit in (("plain", MOST_BYTES), ("compressed", "")):
        columns, plain = by_columns[what], by_rows[what]
        table.append((f"bytes a row, by columns beside by rows, {what}", columns, limit, plain, columns / plain))
    titles = ("", "Agon", "at most", "boto3 and a sort; former; rows", "ratio")
    show("A leaderboard of 5 columns with average rank", titles, table, result)
    over = [str(size) for size in SIZES if taken[size]["first"] > LIMITS[size]]
    over += ["beside the former build"] if former and taken[largest]["first"] > MOST_OF_FORMER * former else []
    over += ["the next beside the former build"] if former and following > MOST_OF_NEXT * former else []
    over += ["bytes"] if by_columns["plain"] > MOST_BYTES else []
    if over or max(calls.values()) > MOST_CALLS:
        raise SystemExit(f"Over the limit: {', '.join(over) or 'reads'}")


def _taken(rows: Sequence[dict[str, Any]], beside_former: bool) -> dict[str, float]:
    """Seconds of CPU, the medians of alternating runs: of the first rebuild and of the next, of bare boto3 with a sort, and
    of the former build where that is asked for and git has it."""
    with _former() if beside_former else nullcontext() as former, _canned() as site:
        site.rows = rows
        runs: list[dict[str, float]] = []
        for _ in range(TRIES):
            one = {
                "first": _seconds(_rebuild),
                "next": _seconds(partial(_rebuild_again, site)),
                "plain": _seconds(_plain_sort),
            }
            runs.append(one | ({"former": former()} if former else {}))
        return {name: median(run[name] for run in runs) for name in runs[0]}


@contextmanager
def _former() -> Iterator[Callable[[], float] | None]:
    """What tells how many seconds of CPU the largest rebuild takes the former build, by this very file, each time that it is
    asked; None where git has it not."""
    archived = subprocess.run(["git", "-C", str(config.SOURCE), "archive", FORMER], capture_output=True)
    if archived.returncode:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        archive.extractall(folder, filter="data")
        shutil.copy(__file__, f"{folder}/benchmarks/leaderboard.py")
        command = [sys.executable, "-m", "benchmarks.leaderboard", _ALONE]
        environment = {**os.environ, "PYTHONPATH": folder}
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin and process.stdout
            told, asked = process.stdout, process.stdin

            def ask() -> float:
                print(file=asked, flush=True)
                return float(told.readline())

            told.readline()
            yield ask
            asked.close()


def alone() -> None:
    """Print the seconds of CPU of the largest rebuild for each line that is read."""
    rows = _items(SIZES[-1])
    # What answers afterwards is not the site, whose settings stay.
    with _site():
        pass
    with _canned() as site:
        site.rows = rows
        print("ready", flush=True)
        for _ in sys.stdin:
            print(_seconds(_rebuild), flush=True)


def _items(size: int) -> list[dict[str, Any]]:
    """Rows as DynamoDB sends them."""
    chance = random.Random(1)
    return [_item(at, chance) for at in range(size)]


def _item(at: int, chance: random.Random) -> dict[str, Any]:
    submitted, user = START + timedelta(seconds=at), f"{chance.getrandbits(128):032x}"
    return {
        "sk": {"S": f"ROW#{user}"},
        "user": {"S": user},
        "username": {"S": f"participant-{at}"},
        "submission": {"S": ids.new(submitted)},
        "submitted_at": {"S": f"{submitted:%Y-%m-%dT%H:%M:%S.%f%z}"},
        "scores": {"S": json.dumps({column.key: chance.random() for column in SOURCES})},
    }


def _seconds(verb: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    verb()
    return time.process_time() - began


class _Canned:
    """A site that answers from memory: the pages of its rows, some of them by their keys, and what was stored last."""

    def __init__(self) -> None:
        self.rows: Sequence[dict[str, Any]] = ()
        self._pages, self._of, self._kept = list[bytes](), self.rows, b""

    def answer(self, request: Any) -> bytes:
        if request.method == "PUT":
            self._kept = _unchunked(request.body.read())
            return b""
        if request.method == "GET":
            return self._kept
        if "BatchGetItem" in str(request.headers["X-Amz-Target"]):
            found = [{**_CHANGED, **item} for item in self.rows[:CHANGED]]
            return json.dumps({"Responses": {settings.get().table_name: found}, "UnprocessedKeys": {}}).encode()
        if self._of is not self.rows:
            self._pages, self._of = _pages(self.rows), self.rows
        start = re.search(rb'"ExclusiveStartKey": ?\{"pk": ?\{"S": ?"(\d+)"', request.body)
        return self._pages[int(start[1]) if start else 0]


def _rebuild() -> None:
    with rendering.undisturbed():
        if stored_rows is None:
            rendering.build(list(boards.plain_rows("phase")), SETUP, BoardOrder(0))  # type: ignore[attr-defined]
            return
        rows = stored_rows.read("phase")
        rendering.build(rows, SETUP, BoardOrder(0))
        remembering.keep("phase", _snapshot(len(rows)), [], rows, START)


def _rebuild_again(site: _Canned) -> None:
    """The next, once the first has kept its rows."""
    with rendering.undisturbed():
        count = len(site.rows)
        board = boards.Board(*boards.Board.at("phase"), phase="phase", version=1, rows=count, etag="etag", rebuilt_at=START)
        keys = {item["sk"]["S"] for item in site.rows[:CHANGED]}
        counter = boards.BoardCounter(*boards.BoardCounter.at("phase", 0), changes=CHANGED, named=CHANGED, rows=keys)
        rows, whole_at = remembering.read(board, [counter], START)
        rendering.build(rows, SETUP, BoardOrder(0))
        remembering.keep("phase", _snapshot(len(rows)), [], rows, whole_at)


def _snapshot(count: int) -> boards.Snapshot:
    return boards.Snapshot(1, count, -(-count // snapshots.ROWS_PER_PAGE), "etag", START, ("0",))


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


def _unchunked(sent: bytes) -> bytes:
    """What was sent in chunks, each behind its length, before its checksum."""
    found, at = list[bytes](), 0
    while True:
        end = sent.index(b"\r\n", at)
        size, start = int(sent[at:end], 16), end + 2
        if size == 0:
            return b"".join(found)
        found.append(sent[start : start + size])
        at = start + size + 2


@contextmanager
def _canned() -> Iterator[_Canned]:
    """A block in which AWS is answered for by a site from memory, of whose rows the caller decides."""
    site = _Canned()

    def send(self: Any, request: Any) -> AWSResponse:
        return AWSResponse(request.url, 200, {"ETag": '"1"'}, _Body(site.answer(request)))

    with mock.patch.object(URLLib3Session, "send", send):
        yield site


def _pages(items: Sequence[dict[str, Any]]) -> list[bytes]:
    """Answers to a query, of 1 MB each as DynamoDB cuts them."""
    per_page = max(1, 1_000_000 // len(json.dumps(items[0])))
    chunks = [items[start : start + per_page] for start in range(0, len(items), per_page)]
    answers = [{"Items": chunk, "Count": len(chunk), "ScannedCount": len(chunk)} for chunk in chunks]
    for number, answer in enumerate(answers[:-1], start=1):
        answer["LastEvaluatedKey"] = {"pk": {"S": str(number)}, "sk": {"S": "ROW"}}
    return [json.dumps(answer).encode() for answer in answers]


def _reads(items: Sequence[dict[str, Any]]) -> tuple[dict[int, int], dict[str, float], dict[str, float]]:
    """The AWS calls of a read, by the board's size; and the bytes of a row on a page in the middle of the largest board, as
    it leaves the function and as API Gateway compresses it: by columns, which our clients ask for, and by rows."""
    calls, forms = {}, []
    with _site() as published:
        for size in READ_SIZES:
            phase = published(items[:size])
            calls[size], _ = _read(phase, 1, is_packed=True)
        for is_packed in (True, False):
            _, answer = _read(phase, max(1, size // snapshots.ROWS_PER_PAGE // 2), is_packed)
            sizes = {"plain": len(answer), "compressed": len(gzip.compress(answer))}
            forms.append({name: round(size / snapshots.ROWS_PER_PAGE, 1) for name, size in sizes.items()})
    return calls, forms[0], forms[1]


def _read(phase: str, page: int, is_packed: bool) -> tuple[int, bytes]:
    from benchmarks.counting import Counter
    from chalicelib.answers import dumps

    with Counter().counting() as count:
        told, _ = reading.read(phase, reading.Which(), page, False, None, None, START + timedelta(days=1), is_packed)
        return count.calls, dumps(told).encode()


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
            contents = rendering.build(stored_rows.of_items(items), SETUP, BoardOrder(0))
            rebuilding._write(object_keys.snapshot(phase, 1), contents)
            boards.publish(boards.state(phase)[0], _snapshot(len(items)), {}, None, None)
            return phase

        yield published


if __name__ == "__main__":
    alone() if _ALONE in sys.argv else main()
