"""A phase's leaderboard: one row per participant (or per submission), a dirty mark, and where the snapshot lies."""

from datetime import datetime, timedelta

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.store import table

#: A rebuild whose message was lost is asked for again after this time.
REBUILD_OVERDUE = timedelta(minutes=1)


class Board(table.Item, discriminator="board"):
    """`version` 0 means that no snapshot was built yet. `dirty` means that a rebuild is under way or asked for."""

    phase = UnicodeAttribute()
    dirty = BooleanAttribute(default=False)
    version = NumberAttribute(default=0)
    count = NumberAttribute(default=0)
    pages = NumberAttribute(default=0)
    etag = UnicodeAttribute(null=True)
    rebuilt_at = UTCDateTimeAttribute(null=True)


class BoardRow(table.Item, discriminator="board_row"):
    """One line of a board, before ranking."""

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    submission = UnicodeAttribute()
    submitted_at = UTCDateTimeAttribute()
    scores = JSONAttribute()


def key(phase: str) -> table.Key:
    return f"BOARD#{phase}", "BOARD"


def row_key(phase: str, user: str, submission: str | None = None) -> table.Key:
    """`submission` only on boards where a participant may have several rows."""
    return f"BOARD#{phase}", f"ROW#{user}#{submission}" if submission else f"ROW#{user}"


def putting(write: TransactWrite, row: BoardRow, former: BoardRow | None) -> None:
    """Within a transaction: store a row, on condition that the one it was compared with is still there."""
    same = BoardRow.submission == former.submission if former else BoardRow.pk.does_not_exist()
    write.save(row, condition=same)


def marking_dirty(write: TransactWrite, phase: str, now: datetime) -> None:
    """Within a transaction: ask for a rebuild. The sweeper sends the message again if it gets lost."""
    board = Board(*key(phase))
    write.update(
        board,
        actions=[
            Board.kind.set(Board),
            Board.phase.set(phase),
            Board.dirty.set(True),
            *Board.waking_at(now + REBUILD_OVERDUE),
        ],
    )


def clear_dirty(phase: str) -> Board | None:
    """Take the dirty mark off, before the rows are read, so that no change is lost. None when it was off already."""
    board = Board(*key(phase))
    try:
        board.update(actions=[Board.dirty.set(False)], condition=Board.dirty == True)  # noqa: E712
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return None
    return board


def rows(phase: str) -> list[BoardRow]:
    """All rows of a board, consistently."""
    pk, _ = key(phase)
    return list(BoardRow.query(pk, BoardRow.sk.startswith("ROW#"), consistent_read=True))


def publish(board: Board, count: int, pages: int, etag: str, now: datetime) -> bool:
    """Point the board to its new snapshot. False when another rebuild published first: its rows are as fresh."""
    try:
        board.update(
            actions=[
                Board.version.set(board.version + 1),
                Board.count.set(count),
                Board.pages.set(pages),
                Board.etag.set(etag),
                Board.rebuilt_at.set(now),
            ],
            condition=(Board.version == board.version) | Board.version.does_not_exist(),
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def rest(board: Board) -> None:
    """Take a board that is clean out of the sweeper's sight. A dirty one stays."""
    try:
        board.update(actions=Board.asleep(), condition=Board.dirty == False)  # noqa: E712
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
