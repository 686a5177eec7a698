"""A phase's boards: the rows, counters of their changes, and where the snapshot lies that people read.

Whoever changes a row counts the change in the same transaction. A snapshot states the counts that were read before its
rows were, so it is behind as long as the counts differ, whatever broke off in between. There are several counters a
phase, because transactions that meet on one item refuse each other (docs/adr/0004).
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson
from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.store import table

#: A rebuild whose message was lost is asked for again after this time.
REBUILD_OVERDUE = timedelta(minutes=1)
COUNTERS = 8


class Board(table.Item, discriminator="board"):
    """Where the newest snapshot lies, and the one that participants see while the board is frozen.

    `version` 0 means that there is none yet. `seen` has the counts that the snapshot is of, by counter. `parts`, `former`
    (the snapshot before) and `frozen` say what to remove one day; `frozen` also `since` when the board is frozen.
    """

    phase = UnicodeAttribute()
    version = NumberAttribute(default=0)
    count = NumberAttribute(default=0)
    pages = NumberAttribute(default=0)
    etag = UnicodeAttribute(null=True)
    rebuilt_at = UTCDateTimeAttribute(null=True)
    parts = JSONAttribute(null=True)
    seen = JSONAttribute(null=True)
    former = JSONAttribute(null=True)
    frozen = JSONAttribute(null=True)


class BoardCounter(table.Item, discriminator="board_counter"):
    """How often rows of a phase were changed, of those changes that fell to this counter."""

    phase = UnicodeAttribute()
    changes = NumberAttribute(default=0)


class BoardRow(table.Item, discriminator="board_row"):
    """One line of a phase's boards, before ranking. `name` is the submission's, where a participant has several rows.

    Of a `team` the id and the name stand in place of a user's. `marks` are those of the submission
    (`domain.boards.Marks`), `edited` is true when a score was set by hand. `fact_sheet` has the answers that boards tell.
    `exhibits` has what jurors see of it, by the tasks that they judge.
    """

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    submission = UnicodeAttribute()
    submitted_at = UTCDateTimeAttribute()
    scores = JSONAttribute()
    team = BooleanAttribute(null=True)
    name = UnicodeAttribute(null=True)
    marks = JSONAttribute(null=True)
    edited = BooleanAttribute(null=True)
    fact_sheet = JSONAttribute(null=True)
    exhibits = JSONAttribute(null=True)


class Line(NamedTuple):
    """A row as a rebuild reads it: 100,000 of them, without what a model's instance costs."""

    user: str
    username: str
    submission: str
    submitted_at: datetime
    scores: Mapping[str, float]
    name: str | None = None
    marks: Mapping[str, Any] | None = None
    edited: bool = False
    team: bool = False
    fact_sheet: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Snapshot:
    """What readers of a snapshot need to know of it. `parts` are the folders of its orders."""

    version: int
    count: int
    pages: int
    etag: str
    rebuilt_at: datetime | None
    parts: tuple[str, ...] = ()


NO_SNAPSHOT = Snapshot(0, 0, 0, "", None)


def key(phase: str) -> table.Key:
    return f"BOARD#{phase}", "BOARD"


def counter_key(phase: str, changed: str) -> table.Key:
    """Of the counter to which the changes of `changed`, a participant's or a team's id, fall."""
    return f"BOARD#{phase}", f"COUNTER#{zlib.crc32(changed.encode()) % COUNTERS}"


def row_key(phase: str, competitor: str, submission: str | None = None) -> table.Key:
    """`submission` for a row that takes nobody's place: on boards where a participant may have several, and beside them."""
    return f"BOARD#{phase}", f"ROW#{competitor}#{submission}" if submission else f"ROW#{competitor}"


def putting(write: TransactWrite, row: BoardRow, former: BoardRow | None) -> None:
    """Within a transaction: store a row, on condition that the one it was compared with is still there."""
    same = BoardRow.submission == former.submission if former else BoardRow.pk.does_not_exist()
    write.save(row, condition=same)


def answering(write: TransactWrite, keys: Iterable[table.Key], rows: Iterable[BoardRow], submission: str, said: Any) -> None:
    """Within a transaction: what a submission's row tells of its answers, on condition that it stands where it was read.

    `keys` are those where it may stand, `rows` what was read there.
    """
    there = {(row.pk, row.sk) for row in rows if row.submission == submission}
    for key_ in keys:
        if key_ in there:
            action = BoardRow.fact_sheet.set(said) if said else BoardRow.fact_sheet.remove()
            write.update(BoardRow(*key_), actions=[action], condition=BoardRow.submission == submission)
        else:
            elsewhere = BoardRow.pk.does_not_exist() | (BoardRow.submission != submission)
            write.condition_check(BoardRow, *key_, elsewhere)


def removing(write: TransactWrite, row: BoardRow) -> None:
    """Within a transaction: take a row off, on condition that it is still there."""
    write.delete(row, condition=BoardRow.submission == row.submission)


def counting(write: TransactWrite, phase: str, changed: str, now: datetime) -> None:
    """Within a transaction: count a change. The sweeper has the snapshot rebuilt when nobody else does."""
    actions = [
        BoardCounter.kind.set(BoardCounter),
        BoardCounter.phase.set(phase),
        BoardCounter.changes.add(1),
        *BoardCounter.waking_at(now + REBUILD_OVERDUE),
    ]
    write.update(BoardCounter(*counter_key(phase, changed)), actions=actions)


def is_current(board: table.Item | None, counter: table.Item | None) -> bool:
    """False when a rebuild is asked for already, as far as this counter tells."""
    changes = int(counter.changes) if isinstance(counter, BoardCounter) else 0
    seen = board.seen or {} if isinstance(board, Board) else {}
    return changes == (int(seen.get(counter.sk, 0)) if counter else 0)


def state(phase: str) -> tuple[Board, list[BoardCounter]]:
    """A phase's board, a new one when there is none, and its counters: one call."""
    pk, sk = key(phase)
    found = table.fetch((pk, sk), *((pk, f"COUNTER#{number}") for number in range(COUNTERS)))
    board = found.get((pk, sk))
    counters = [item for item in found.values() if isinstance(item, BoardCounter)]
    return board if isinstance(board, Board) else Board(pk, sk, phase=phase, version=0), counters


def lines(phase: str) -> Iterator[Line]:
    """All rows of a phase, consistently."""
    pk, _ = key(phase)
    connection, start = table.connection(), None
    while True:
        answer = connection.query(
            BoardRow.Meta.table_name, pk, BoardRow.sk.startswith("ROW#"), consistent_read=True, exclusive_start_key=start
        )
        yield from map(line, answer["Items"])
        start = answer.get("LastEvaluatedKey")
        if not start:
            return


def line(item: Mapping[str, Any]) -> Line:
    """A row as DynamoDB sends it."""
    return Line(
        user=item["user"]["S"],
        username=item["username"]["S"],
        submission=item["submission"]["S"],
        submitted_at=datetime.fromisoformat(item["submitted_at"]["S"]),
        scores=orjson.loads(item["scores"]["S"]),
        name=item["name"]["S"] if "name" in item else None,
        marks=orjson.loads(item["marks"]["S"]) if "marks" in item else None,
        edited="edited" in item and bool(item["edited"]["BOOL"]),
        team="team" in item and bool(item["team"]["BOOL"]),
        fact_sheet=orjson.loads(item["fact_sheet"]["S"]) if "fact_sheet" in item else None,
    )


def rows_of(phase: str, competitor: str) -> list[BoardRow]:
    """The rows of one participant or team, consistently."""
    pk, sk = row_key(phase, competitor)
    found = BoardRow.query(pk, BoardRow.sk.between(sk, f"{sk}#~"), consistent_read=True)
    return [row for row in found if row.user == competitor]


def publish(
    board: Board, snapshot: Snapshot, seen: Mapping[str, int], frozen: Snapshot | None, since: datetime | None
) -> bool:
    """Point a board to its new snapshot. False when another rebuild published first."""
    pinned = {**_kept(frozen), "since": since.isoformat()} if frozen and since else None
    actions = [
        Board.kind.set(Board),
        Board.phase.set(board.phase),
        Board.version.set(snapshot.version),
        Board.count.set(snapshot.count),
        Board.pages.set(snapshot.pages),
        Board.etag.set(snapshot.etag),
        Board.rebuilt_at.set(snapshot.rebuilt_at),
        Board.parts.set(list(snapshot.parts)),
        Board.seen.set(dict(seen)),
        Board.former.set(_kept(newest(board))),
        Board.frozen.set(pinned) if pinned else Board.frozen.remove(),
    ]
    return _update(board, actions, Board.version == board.version if board.version else Board.version.does_not_exist())


def rest(counter: BoardCounter) -> bool:
    """Take a counter out of the sweeper's sight. False when it has counted on."""
    return _update(counter, BoardCounter.asleep(), BoardCounter.changes == counter.changes)


def newest(board: Board) -> Snapshot:
    """A board's newest snapshot."""
    numbers = (int(board.version or 0), int(board.count or 0), int(board.pages or 0))
    return Snapshot(*numbers, board.etag or "", board.rebuilt_at, tuple(board.parts or ()))


def frozen(board: Board, since: datetime | None) -> Snapshot | None:
    """What participants see of a board that is frozen since then; None when no rebuild has come since."""
    kept = board.frozen
    return _snapshot(kept) if kept and since and kept["since"] == since.isoformat() else None


def former(board: Board) -> list[Snapshot]:
    """The snapshots before the newest that may still be there."""
    return [_snapshot(kept) for kept in (board.former, board.frozen) if kept]


def _kept(snapshot: Snapshot) -> dict[str, Any]:
    at = snapshot.rebuilt_at
    return {**asdict(snapshot), "rebuilt_at": at.isoformat() if at else None}


def _snapshot(kept: Mapping[str, Any]) -> Snapshot:
    at = kept["rebuilt_at"]
    found = {**kept, "parts": tuple(kept["parts"]), "rebuilt_at": datetime.fromisoformat(at) if at else None}
    found.pop("since", None)
    return Snapshot(**found)


def _update(item: table.Item, actions: list[Any], condition: Any) -> bool:
    try:
        item.update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True
