"""A large last minute on tables that throttle: 10,000 submissions of 2,000 participants, with simulated runners.

As `benchmarks/rush`, on an emulator whose partitions refuse what is too much (`benchmarks/throttled_ministack.py`): that of
the default queue is full at half of what this machine does otherwise. What is refused must be sent again by who sent it, and
nothing may be lost, done twice or told wrongly. Beside it stands the same on tables that refuse nothing.

    python -m benchmarks.throttled [--participants N]
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from agon import archive
from agon.client import Client
from agon.errors import ProblemError
from agon.local import ministack
from agon.local.stack import Stack
from benchmarks import joining, local, rush
from benchmarks.report import show
from chalicelib import ids

#: In the emulator's working folder: it throttles to the units written a second that the first says, and tells in the other
#: how often partitions of each kind refused something.
SWITCH, TOLD = "throttle", "throttled.json"
PARTICIPANTS = 2000
EACH = 5
#: Of the participants so many make the baseline, of whom nothing is refused.
BASELINE = 10
#: Units that a submission writes to its queue's partition (docs/scale.md), and the share of the calm rate that this takes.
QUEUE_UNITS, SHARE = 4, 0.5
#: The board shows the last finish within so many seconds.
BOARD_SECONDS = 10.0
_PATIENCE_SECONDS = 1800
_WRITTEN_AT_ONCE = 25


@dataclass(frozen=True)
class Rush:
    """What a rush came to: submissions, seconds until all were taken and scored and until the board showed all of it."""

    submissions: int
    taken: float
    scored: float
    board: float
    again: int
    wrong: tuple[str, ...]

    @property
    def per_second(self) -> float:
        """Submissions scored a second."""
        return self.submissions / self.scored


def main() -> None:
    """A small rush that nothing refuses, and the large one; stop with an error when something is not as it was told."""
    people = int(sys.argv[sys.argv.index("--participants") + 1]) if "--participants" in sys.argv else PARTICIPANTS
    ministack._PROGRAM = "benchmarks.throttled_ministack"
    with local.stack() as stack:
        organizer = stack.client(local.ORGANIZER, "organizer")
        everybody = [client for _, client in joining.crowd(stack, people)]
        calm = _rush(stack, organizer, _ready(stack, organizer, everybody[: max(20, people // BASELINE)]))
        ready = _ready(stack, organizer, everybody)
        with _throttling(stack, QUEUE_UNITS * SHARE * calm.per_second) as refused:
            rushed = _rush(stack, organizer, ready)
    _report(people, calm, rushed, refused)


@dataclass(frozen=True)
class Ready:
    """A phase that is open, whoever takes part with their account's id, and what they are to hand in."""

    phase: str
    people: tuple[tuple[Client, str], ...]
    uploads: list[tuple[Client, str]]


@contextmanager
def _throttling(stack: Stack, write_units: float) -> Iterator[Counter[str]]:
    """A block whose calls meet partitions that are full; afterwards what they refused, by kinds of partitions."""
    switch, refused = stack.state.root / SWITCH, Counter[str]()
    switch.write_text(str(write_units))
    yield refused
    switch.unlink()
    told = stack.state.root / TOLD
    refused.update(json.loads(told.read_text()) if told.exists() else {})


def _ready(stack: Stack, organizer: Client, people: Sequence[Client]) -> Ready:
    """A competition with its participants, and of each the uploads that are to be handed in."""
    competition = local.competition(organizer)
    with ThreadPoolExecutor(joining.MAKERS) as executor:
        list(executor.map(lambda person: person.join(competition["id"]), people))
        accounts = list(executor.map(lambda person: str(person.me()["id"]), people))
    pairs = tuple(zip(people, accounts, strict=True))
    return Ready(competition["phases"][0]["id"], pairs, _uploads(stack, pairs))


def _uploads(stack: Stack, people: Sequence[tuple[Client, str]]) -> list[tuple[Client, str]]:
    """Committed uploads, in the order in which a crowd would come: the first one's, and copies of its row."""
    database, name = stack.aws.client("dynamodb"), stack.outputs["TableName"]
    with archive.packed(rush.SUBMISSION) as packed:
        first = str(people[0][0].upload(packed, "submission")["id"])
    row = database.get_item(TableName=name, Key={"pk": {"S": f"UPLOAD#{first}"}, "sk": {"S": "UPLOAD"}})["Item"]
    now, uploads, rows = datetime.now(UTC), list[tuple[Client, str]](), list[dict[str, Any]]()
    for person, account in people:
        for _ in range(EACH):
            id_ = ids.new(now)
            uploads.append((person, id_))
            copied = {key: value for key, value in row.items() if key not in ("counted", "due_pk", "due_at")}
            rows.append({**copied, "pk": {"S": f"UPLOAD#{id_}"}, "id": {"S": id_}, "owner": {"S": account}})
    for start in range(0, len(rows), _WRITTEN_AT_ONCE):
        puts = [{"PutRequest": {"Item": one}} for one in rows[start : start + _WRITTEN_AT_ONCE]]
        database.batch_write_item(RequestItems={name: puts})
    random.Random(1).shuffle(uploads)
    return uploads


def _rush(stack: Stack, organizer: Client, ready: Ready) -> Rush:
    """Everybody hands in at once."""
    tally, token = rush.Tally(), organizer.create_runner_token("default", ready.phase)["token"]
    with rush.runners(stack, token, tally):
        began = time.perf_counter()
        with ThreadPoolExecutor(rush.SENDERS) as executor:
            list(executor.map(lambda pair: rush.send(*pair, ready.phase, tally), ready.uploads))
        taken = time.perf_counter() - began
        rush.wait(tally, _PATIENCE_SECONDS)
        scored = time.perf_counter() - began
        board = _board_seconds(organizer, ready)
    return Rush(len(ready.uploads), taken, scored, board, tally.refused, tuple(_wrong(stack, organizer, ready, tally)))


def _board_seconds(organizer: Client, ready: Ready) -> float:
    """Until the board has everybody on it, and of nobody a submission that is no more the one that counts."""
    began, expected = time.perf_counter(), None
    while time.perf_counter() - began < 10 * BOARD_SECONDS:
        with suppress(ProblemError):
            board = organizer.leaderboard(ready.phase)
            if board["count"] == len(ready.people) and board["rebuilt_at"] == expected:
                return time.perf_counter() - began
            expected = board["rebuilt_at"]
        time.sleep(0.5)
    return time.perf_counter() - began


def _wrong(stack: Stack, organizer: Client, ready: Ready, tally: rush.Tally) -> Iterator[str]:
    """What is lost, there twice, or not as somebody was told."""
    there = {one["id"]: one["status"] for one in organizer.submissions(ready.phase, everyone=True)}
    yield from (f"{id_} was taken, and is not there" for id_ in tally.sent if id_ not in there)
    yield from (f"{id_} is there, and nobody was told so" for id_ in there if id_ not in tally.sent)
    yield from (f"{id_} is {status}" for id_, status in there.items() if status != "Finished")
    yield from (f"{id_} was finished {often} times" for id_, often in tally.finished.items() if often != 1)
    if len(tally.sent) != len(ready.uploads):
        yield f"{len(ready.uploads) - len(tally.sent)} were never taken"
    for _, account in ready.people:
        used = rush.number(stack, f"QUOTA#{ready.phase}#{account}", "TOTAL", "used")
        if used != EACH:
            yield f"{account} is counted {used} submissions"


def _report(people: int, calm: Rush, rushed: Rush, refused: Counter[str]) -> None:
    result = {
        "submissions": rushed.submissions,
        "wrong": len(rushed.wrong) + len(calm.wrong),
        "seconds": round(rushed.scored, 1),
        "per_second": round(rushed.per_second, 2),
        "calm_per_second": round(calm.per_second, 2),
        "board_seconds": round(rushed.board, 1),
        "sent_again": rushed.again,
        "refused_by_partitions": dict(refused.most_common()),
    }
    rows = [
        ("submissions", calm.submissions, rushed.submissions, ""),
        ("until all are taken (s)", calm.taken, rushed.taken, ""),
        ("until all are scored (s)", calm.scored, rushed.scored, ""),
        ("scored a second", calm.per_second, rushed.per_second, ""),
        ("the board after the last (s)", calm.board, rushed.board, f"{BOARD_SECONDS:g} s"),
        ("sent again by people", calm.again, rushed.again, ""),
        ("refused by partitions", 0, sum(refused.values()), ""),
        ("lost, twice or told wrongly", len(calm.wrong), len(rushed.wrong), "0"),
    ]
    show(f"{rushed.submissions:,} submissions of {people:,} people", ("", "calm", "throttled", "at most"), rows, result)
    for sentence in [*calm.wrong, *rushed.wrong][:20]:
        print(sentence)
    if result["wrong"] or rushed.board > BOARD_SECONDS:
        raise SystemExit("Something was lost, done twice, told wrongly, or shown late.")
    if not refused:
        raise SystemExit("No partition was ever full, so nothing is shown.")


if __name__ == "__main__":
    main()
