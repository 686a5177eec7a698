"""A phase's boards: the rows, counters of their changes, and where the snapshot lies that people read.

Whoever changes a row counts the change in the same transaction. A snapshot states the counts that were read before its
rows were, so it is behind as long as the counts differ, whatever broke off in between. There are several counters a
phase, because transactions that meet on one item refuse each other (docs/adr/0004).
"""

import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, ConditionFailed, Transaction

#: A rebuild whose message was lost is asked for again after this time.
REBUILD_OVERDUE = timedelta(minutes=1)
COUNTERS = 8
#: So many rows' keys are kept with a counter, which then has some 2 kB: a change of more rows is counted without them.
MOST_NAMED = 32


class Board(table.Item, discriminator="board"):
    """The place of the newest snapshot, and the one that participants see while the board is frozen.

    `version` 0 means that there is none yet. `seen` has the counts that the snapshot is of, by counter. `folders`, `former`
    (the snapshot before) and `frozen` say what to remove one day; `frozen` also `since` when the board is frozen. `groups`
    has how many rows are of each group that has boards of its own. `told` is the version of which people have their results.
    One whose results are behind is due.
    """

    phase = UnicodeAttribute()
    version = NumberAttribute(default=0)
    rows = NumberAttribute(default=0, attr_name="count")
    pages = NumberAttribute(default=0)
    etag = UnicodeAttribute(null=True)
    rebuilt_at = UTCDateTimeAttribute(null=True)
    folders = JSONAttribute(null=True, attr_name="parts")
    seen = JSONAttribute(null=True)
    former = JSONAttribute(null=True)
    frozen = JSONAttribute(null=True)
    groups = JSONAttribute(null=True)
    told = NumberAttribute(null=True)

    @classmethod
    def at(cls, phase: str) -> Place["Board"]:
        """The place of a phase's board."""
        return Place(cls, partition(phase), "BOARD")


class BoardCounter(table.Item, discriminator="board_counter"):
    """The number of changes of a phase's rows, of those changes that fell to this counter.

    `named` is the number of those that said which rows, and `rows` has these rows' keys since a snapshot took them along.
    """

    phase = UnicodeAttribute()
    changes = NumberAttribute(default=0)
    named = NumberAttribute(default=0)
    rows = UnicodeSetAttribute(null=True)

    @classmethod
    def at(cls, phase: str, number: int) -> Place["BoardCounter"]:
        """The place of one of a phase's counters."""
        return Place(cls, partition(phase), f"COUNTER#{number}")

    @classmethod
    def of(cls, phase: str, changed: str) -> Place["BoardCounter"]:
        """The place of the counter to which the changes of `changed`, mostly a participant's or a team's id, fall."""
        return cls.at(phase, zlib.crc32(changed.encode()) % COUNTERS)


class BoardRow(table.Item, discriminator="board_row"):
    """One line of a phase's boards, before ranking. `name` is the submission's, where a participant has several rows.

    Of a `team` the id and the name stand in place of a user's; `group` is the key of the group that it is of. `marks` are
    those of the submission (`domain.leaderboards.policy.Marks`), `edited` is true when a score was set by hand,
    `brought` when another site has scored it.
    `fact_sheet` has the answers that boards tell. `artifacts` has the ids of what jurors see of it, by the tasks that they
    judge.
    """

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    submission = UnicodeAttribute()
    submitted_at = UTCDateTimeAttribute()
    scores = JSONAttribute()
    team = BooleanAttribute(null=True)
    group = UnicodeAttribute(null=True)
    name = UnicodeAttribute(null=True)
    marks = JSONAttribute(null=True)
    edited = BooleanAttribute(null=True)
    brought = BooleanAttribute(null=True)
    fact_sheet = JSONAttribute(null=True)
    organization = JSONAttribute(null=True)
    artifacts = JSONAttribute(null=True, attr_name="exhibits")

    @classmethod
    def at(cls, phase: str, competitor: str, submission: str | None = None, group: str | None = None) -> Place["BoardRow"]:
        """The place of the row of a participant or a team, of the one of a `group` where they compete in one.

        With `submission` one that takes nobody's place: on boards where a participant may have several, and beside them.
        """
        apart = f"#{submission}" if submission else f"#@{group}" if group else ""
        return Place(cls, partition(phase), f"ROW#{competitor}{apart}")


@dataclass(frozen=True)
class Snapshot:
    """The facts that readers of a snapshot need to know of it. `folders` are those of its orders, `groups` has the counts
    of rows by group.
    """

    version: int
    count: int
    pages: int
    etag: str
    rebuilt_at: datetime | None
    folders: tuple[str, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict)


NO_SNAPSHOT = Snapshot(0, 0, 0, "", None)


def partition(phase: str) -> str:
    """Under which all is that a phase's boards have."""
    return f"BOARD#{phase}"


def putting(write: Transaction, row: BoardRow, former: BoardRow | None) -> None:
    """Within a transaction: store a row, on condition that the one it was compared with is still there."""
    same = BoardRow.submission == former.submission if former else BoardRow.pk.does_not_exist()
    write.save(row, condition=same)


def answering(
    write: Transaction, places: Iterable[Place[BoardRow]], rows: Iterable[BoardRow], submission: str, answers: Any
) -> None:
    """Within a transaction: what a submission's row tells of its answers, on condition that it stands where it was read.

    `places` are those where it may stand, `rows` what was read there.
    """
    there = {(row.pk, row.sk) for row in rows if row.submission == submission}
    for place in places:
        if place in there:
            action: Action = BoardRow.fact_sheet.set(answers) if answers else BoardRow.fact_sheet.remove()
            write.update(BoardRow(*place), actions=[action], condition=BoardRow.submission == submission)
        else:
            elsewhere = BoardRow.pk.does_not_exist() | (BoardRow.submission != submission)
            write.condition_check(BoardRow, *place, elsewhere)


def removing(write: Transaction, row: BoardRow) -> None:
    """Within a transaction: take a row off, on condition that it is still there."""
    write.delete(row, condition=BoardRow.submission == row.submission)


def counting(write: Transaction, phase: str, changed: str, now: datetime, rows: Collection[str] = ()) -> None:
    """Within a transaction: count a change of what `changed` is the id of, a participant, a team or the competition.

    `rows` has the keys of all rows that it changes; without them a rebuild reads every row of the phase (ADR 59).
    The sweeper has the snapshot rebuilt when nobody else does.
    """
    named = [BoardCounter.named.add(1), BoardCounter.rows.add(set(rows))] if rows else []
    actions = [
        BoardCounter.kind.set(BoardCounter),
        BoardCounter.phase.set(phase),
        BoardCounter.changes.add(1),
        *named,
        *BoardCounter.waking_at(now + REBUILD_OVERDUE),
    ]
    write.update(BoardCounter(*BoardCounter.of(phase, changed)), actions=actions)


def has_room(counter: BoardCounter | None) -> bool:
    """True where the next change may say which rows it changes."""
    return counter is None or len(counter.rows or ()) < MOST_NAMED


def is_current(board: Board | None, counter: BoardCounter | None) -> bool:
    """False when a rebuild is asked for already, as far as this counter tells."""
    seen = (board.seen if board else None) or {}
    return counter is None or int(counter.changes) == int(seen.get(counter.sk, 0))


def state(phase: str) -> tuple[Board, list[BoardCounter]]:
    """A phase's board, a new one when there is none, and its counters: one call."""
    place, numbered = Board.at(phase), [BoardCounter.at(phase, number) for number in range(COUNTERS)]
    found = table.read_all([place, *numbered])
    counters = [counter for one in numbered if (counter := found.get(one)) is not None]
    return found.get(place) or Board(*place, phase=phase, version=0), counters


_IS_ROW = BoardRow.sk.startswith("ROW#")


def all_rows(phase: str, most: int | None = None) -> list[BoardRow]:
    """All rows of a phase by whose they are, or the first `most`, consistently, to be changed."""
    return patiently(lambda: list(BoardRow.query(partition(phase), _IS_ROW, consistent_read=True, limit=most)))


def rows_of(phase: str, competitor: str) -> list[BoardRow]:
    """The rows of one participant or team, consistently."""
    pk, sk = BoardRow.at(phase, competitor)
    theirs = BoardRow.sk.between(sk, f"{sk}#~")
    rows = patiently(lambda: list(BoardRow.query(pk, theirs, consistent_read=True)))
    return [row for row in rows if row.user == competitor]


def publish(
    board: Board,
    snapshot: Snapshot,
    seen: Mapping[str, int],
    frozen: Snapshot | None,
    since: datetime | None,
    also: Composer = writes.nothing,
    due_at: datetime | None = None,
) -> bool:
    """Point a board to its new snapshot, and do `also` what follows. False when another rebuild published first.

    Where results follow from it, the sweeper looks at that at `due_at`.
    """
    pinned = {**_stored(frozen), "since": since.isoformat()} if frozen and since else None
    actions: list[Action] = [
        Board.kind.set(Board),
        Board.phase.set(board.phase),
        Board.version.set(snapshot.version),
        Board.rows.set(snapshot.count),
        Board.pages.set(snapshot.pages),
        Board.etag.set(snapshot.etag),
        Board.rebuilt_at.set(snapshot.rebuilt_at) if snapshot.rebuilt_at else Board.rebuilt_at.remove(),
        Board.folders.set(list(snapshot.folders)),
        Board.groups.set(dict(snapshot.groups)) if snapshot.groups else Board.groups.remove(),
        Board.seen.set(dict(seen)),
        Board.former.set(_stored(newest(board))),
        Board.frozen.set(pinned) if pinned else Board.frozen.remove(),
        *(Board.waking_at(due_at) if due_at else ()),
    ]
    same = Board.version == board.version if board.version else Board.version.does_not_exist()

    def compose(write: Transaction) -> None:
        write.update(board, actions=actions, condition=same)
        also(write)

    try:
        writes.transact(compose)
    except ConditionFailed:
        return False
    return True


def rest(counter: BoardCounter) -> bool:
    """Take a counter out of the sweeper's sight, and forget which rows changed. False when it has counted on."""
    actions = [*BoardCounter.asleep(), BoardCounter.rows.remove()]
    return writes.update_if(counter, actions, BoardCounter.changes == counter.changes)


def wait_again(counter: BoardCounter, now: datetime) -> None:
    """The sweeper asks for a rebuild whose message was lost, and later once more."""
    writes.update(counter, BoardCounter.waking_at(now + REBUILD_OVERDUE))


def await_results(board: Board, at: datetime) -> None:
    """Have the sweeper look at `at` whether people have the results of a board."""
    writes.update_if(board, Board.waking_at(at), Board.pk.exists())


def rest_of_results(board: Board) -> None:
    """Nobody waits for the results of this snapshot. Another's are asked for by who publishes it."""
    writes.update_if(board, Board.asleep(), Board.version == board.version)


def have_results(board: Board) -> None:
    """People have the results of this snapshot, unless there is another by now."""
    actions: list[Action] = [Board.told.set(board.version), *Board.asleep()]
    writes.update_if(board, actions, Board.version == board.version)


def newest(board: Board) -> Snapshot:
    """A board's newest snapshot."""
    numbers = (int(board.version or 0), int(board.rows or 0), int(board.pages or 0))
    return Snapshot(*numbers, board.etag or "", board.rebuilt_at, tuple(board.folders or ()), board.groups or {})


def frozen(board: Board, since: datetime | None) -> Snapshot | None:
    """The snapshot that participants see of a board that is frozen since then; None when no rebuild has come since."""
    pinned = board.frozen
    return _snapshot(pinned) if pinned and since and pinned["since"] == since.isoformat() else None


def former(board: Board) -> list[Snapshot]:
    """The snapshots before the newest that may still be there."""
    return [_snapshot(stored) for stored in (board.former, board.frozen) if stored]


def _stored(snapshot: Snapshot) -> dict[str, Any]:
    at = snapshot.rebuilt_at
    return {
        "version": snapshot.version,
        "count": snapshot.count,
        "pages": snapshot.pages,
        "etag": snapshot.etag,
        "rebuilt_at": at.isoformat() if at else None,
        "parts": snapshot.folders,
        "groups": dict(snapshot.groups),
    }


def _snapshot(stored: Mapping[str, Any]) -> Snapshot:
    numbers, at = (stored["version"], stored["count"], stored["pages"]), stored["rebuilt_at"]
    rebuilt_at = datetime.fromisoformat(at) if at else None
    return Snapshot(*numbers, stored["etag"], rebuilt_at, tuple(stored["parts"]), stored.get("groups", {}))
