"""A board's rows in order, cut into the pages and the index of a snapshot."""

import gc
import gzip
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

import orjson

from chalicelib.actions.leaderboards import snapshots
from chalicelib.actions.leaderboards.snapshots import FLAGS, BoardOrder
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.leaderboards import rank_columns, ranking, scores
from chalicelib.store.leaderboards.boards import PlainRow


def orders_of(setup: BoardSetup) -> list[BoardOrder]:
    """The orders that a phase has."""
    finals = (False, True) if setup.final_task is not None else (False,)
    return [
        BoardOrder(board.index, is_final, group)
        for group in (None, *setup.grouped)
        for board in setup.boards
        for is_final in finals
    ]


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage is collected meanwhile: rows make no cycles, and to look for some takes as long as to rank them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def of_today(row: PlainRow, setup: BoardSetup) -> PlainRow:
    """A row under the keys that columns have today, whenever it was stored."""
    return row._replace(scores=scores.renamed(row.scores, setup.todays_keys)) if setup.todays_keys else row


def build(plain_rows: Sequence[PlainRow], setup: BoardSetup, order: BoardOrder) -> dict[str, bytes]:
    """The objects of one order, by their names below the snapshot's folder. The same rows give the same bytes."""
    board = next(one for one in setup.boards if one.index == order.board)
    plain_rows = of_group(plain_rows, order.group)
    fields = _fields(setup, board)
    counted = [plain for plain in plain_rows if not _is_disqualified(plain)]
    placed, columns = _placed(counted, setup, board, order.is_final)
    out = sorted((plain for plain in plain_rows if _is_disqualified(plain)), key=_submission)
    rows = _rows(placed, counted, columns, fields)
    objects = {}
    for number, start in enumerate(range(0, max(1, len(rows)), snapshots.ROWS_PER_PAGE), start=1):
        page: dict[str, Any] = {
            "fields": fields.plain + fields.of_tasks,
            "rows": rows[start : start + snapshots.ROWS_PER_PAGE],
        }
        if number == 1:
            page["out"] = [_unranked(plain, setup, fields) for plain in out]
        objects[snapshots.page_name(order, number)] = _packed(page)
    for number, bucket in enumerate(_index(placed, counted)):
        objects[snapshots.bucket_name(order, number)] = _packed(bucket)
    return objects


def of_group(plain_rows: Sequence[PlainRow], group: str | None) -> Sequence[PlainRow]:
    """The rows of a group; of none, all."""
    return plain_rows if group is None else [plain for plain in plain_rows if plain.group == group]


def ranked(
    plain_rows: Sequence[PlainRow], setup: BoardSetup, board: Leaderboard, is_final: bool = False
) -> list[tuple[int | None, PlainRow, Mapping[str, float]]]:
    """The rows of a board in order, each with its rank and the scores that it is ranked by; without who is disqualified."""
    counted = [plain for plain in plain_rows if not _is_disqualified(plain)]
    placed, columns = _placed(counted, setup, board, is_final)
    return [
        (rank, counted[at], {key: value for key, column in columns.items() if (value := column[at]) is not None})
        for rank, at in placed
    ]


def count(plain_rows: Sequence[PlainRow]) -> int:
    """The number of rows in the ranking."""
    return sum(not _is_disqualified(plain) for plain in plain_rows)


def _placed(
    counted: Sequence[PlainRow], setup: BoardSetup, board: Leaderboard, is_final: bool
) -> tuple[list[tuple[int | None, int]], dict[str, list[float | None]]]:
    """The places of rows in order with their ranks, and the scores of the rows, as they were given, by columns' keys."""
    view = setup.final if is_final else setup.ranking
    columns = rank_columns.columns_of([view(plain.scores) for plain in counted], board.columns)

    def age(at: int) -> tuple[datetime, str]:
        return counted[at].submitted_at, counted[at].submission

    return ranking.rank(columns, age, board.columns, board.primary_index, board.tie_break_indexes), columns


def _rows(
    placed: Sequence[tuple[int | None, int]],
    counted: Sequence[PlainRow],
    columns: Mapping[str, Sequence[float | None]],
    fields: "_Fields",
) -> list[Any]:
    """Rows as pages have them (`_row`), in order: 100,000 of them, so a column at a time."""
    plain = [counted[at] for _, at in placed]
    shown = [[columns[key][at] for _, at in placed] for key in fields.plain]
    shown += [[row.scores.get(key) for row in plain] for key in fields.of_tasks]
    rows: list[Any] = list(
        zip(
            [rank for rank, _ in placed],
            [row.username for row in plain],
            [row.submission for row in plain],
            [int(row.submitted_at.timestamp()) for row in plain],
            repeat(0),
            [row.name for row in plain],
            zip(*shown, strict=True) if shown else repeat(()),
            # strict would have the two that repeat end.
            strict=False,
        )
    )
    for place, row in enumerate(plain):
        # Few rows have any.
        if row.marks or row.edited or row.brought or row.team or row.fact_sheet or row.group or row.organization:
            rank, *_, values = rows[place]
            rows[place] = _row(rank, row, values)
    return rows


def _row(rank: int | None, plain: PlainRow, values: Sequence[float | None]) -> list[Any]:
    flags = _flags(plain)
    row: list[Any] = [rank, plain.username, plain.submission, int(plain.submitted_at.timestamp()), flags, plain.name, values]
    reason = plain.marks.get("disqualified") if plain.marks else None
    if plain.group or plain.organization:
        team = plain.user if plain.team else None
        row += (reason or None, team, plain.fact_sheet, plain.group, plain.organization)
    elif plain.fact_sheet:
        row += (reason or None, plain.user if plain.team else None, plain.fact_sheet)
    elif plain.team:
        row += (reason or None, plain.user)
    elif reason:
        row.append(reason)
    return row


def _flags(plain: PlainRow) -> int:
    marks = {**(plain.marks or {}), "edited": plain.edited, "brought": plain.brought}
    return sum(bit for mark, bit in FLAGS.items() if marks.get(mark))


@dataclass(frozen=True)
class _Fields:
    """The keys of a row's scores: the columns', and with several tasks those of each task."""

    plain: list[str]
    of_tasks: list[str]


def _fields(setup: BoardSetup, board: Leaderboard) -> _Fields:
    plain = [column.key for column in board.columns]
    tasks = setup.phase.tasks if setup.has_several_tasks else ()
    return _Fields(plain, [scores.task_key(task, key) for task in tasks for key in plain])


def _index(placed: Sequence[tuple[int | None, int]], counted: Sequence[PlainRow]) -> list[dict[str, Any]]:
    """By their keys: the id of each participant or team, the name as written, and where each row stands."""
    size = snapshots.buckets(len(placed))
    found: list[dict[str, Any]] = [{} for _ in range(size)]
    keys = list(map(_key, counted))
    numbers = snapshots.buckets_of(keys, size)
    for place, (rank, at) in enumerate(placed):
        plain, key, bucket = counted[at], keys[at], found[numbers[at]]
        position = [rank, 1 + place // snapshots.ROWS_PER_PAGE, plain.submission]
        if key in bucket:
            bucket[key][2].append(position)
        else:
            bucket[key] = [plain.user, plain.username, [position]]
    return found


def _key(plain: PlainRow) -> str:
    return snapshots.team_key(plain.user) if plain.team else snapshots.participant_key(plain.username)


def _is_disqualified(plain: PlainRow) -> bool:
    return bool(plain.marks and plain.marks.get("disqualified"))


def _unranked(plain: PlainRow, setup: BoardSetup, fields: _Fields) -> list[Any]:
    shown = setup.ranking(plain.scores)
    return _row(None, plain, [*map(shown.get, fields.plain), *map(plain.scores.get, fields.of_tasks)])


def _submission(plain: PlainRow) -> str:
    return plain.submission


def _packed(value: Any) -> bytes:
    # mtime 0: the same rows give the same bytes, and so the same ETag. Level 0: a page has some 60 kB, which S3 gives as
    # quickly as half of it, and to compress took as long as to rank.
    return gzip.compress(orjson.dumps(value), compresslevel=0, mtime=0)
