"""A board's rows in order, cut into the pages and the index of a snapshot."""

import gc
import gzip
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
    keys = fields.plain + fields.of_tasks
    counted = [plain for plain in plain_rows if not _is_disqualified(plain)]
    ordered = _ordered(counted, setup, board, order.is_final)
    objects = {}
    # A page at a time: 100,000 lists that are alive at once keep the garbage collector busy for longer than the ranking.
    for number, start in enumerate(range(0, max(1, len(ordered)), snapshots.ROWS_PER_PAGE), start=1):
        rows = [
            _row(row.rank, plain, row.entry.scores, fields)
            for row, plain in ordered[start : start + snapshots.ROWS_PER_PAGE]
        ]
        page: dict[str, Any] = {"fields": keys, "rows": rows}
        if number == 1:
            page["out"] = [
                _unranked(plain, setup, fields) for plain in sorted(plain_rows, key=_submission) if _is_disqualified(plain)
            ]
        objects[snapshots.page_name(order, number)] = _compressed(page)
    for number, bucket in enumerate(_index(ordered)):
        objects[snapshots.bucket_name(order, number)] = _compressed(bucket)
    return objects


def of_group(plain_rows: Sequence[PlainRow], group: str | None) -> Sequence[PlainRow]:
    """The rows of a group; of none, all."""
    return plain_rows if group is None else [plain for plain in plain_rows if plain.group == group]


def ranked(
    plain_rows: Sequence[PlainRow], setup: BoardSetup, board: Leaderboard, is_final: bool = False
) -> list[tuple[int | None, PlainRow, Mapping[str, float]]]:
    """The rows of a board in order, each with its rank and the scores that it is ranked by; without who is disqualified."""
    counted = [plain for plain in plain_rows if not _is_disqualified(plain)]
    return [(row.rank, plain, row.entry.scores) for row, plain in _ordered(counted, setup, board, is_final)]


def count(plain_rows: Sequence[PlainRow]) -> int:
    """The number of rows in the ranking."""
    return sum(not _is_disqualified(plain) for plain in plain_rows)


def _ordered(
    plain_rows: Sequence[PlainRow], setup: BoardSetup, board: Leaderboard, is_final: bool
) -> list[tuple[ranking.Ranked, PlainRow]]:
    view = setup.final if is_final else setup.ranking
    filled = rank_columns.fill([view(plain.scores) for plain in plain_rows], board.columns)
    entries = [
        ranking.Entry(plain.username, plain.submission, plain.submitted_at, ranked_by)
        for plain, ranked_by in zip(plain_rows, filled, strict=True)
    ]
    by_submission = {plain.submission: plain for plain in plain_rows}
    ranked = ranking.rank(entries, board.columns, board.primary_index, board.tie_break_indexes)
    return [(row, by_submission[row.entry.submission]) for row in ranked]


def _row(rank: int | None, plain: PlainRow, shown: Mapping[str, float], fields: "_Fields") -> list[Any]:
    values = [*map(shown.get, fields.plain), *map(plain.scores.get, fields.of_tasks)]
    # Few rows have any.
    flags = _flags(plain) if plain.marks or plain.edited or plain.brought else 0
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


def _index(ordered: Sequence[tuple[ranking.Ranked, PlainRow]]) -> Iterator[dict[str, Any]]:
    """By their keys: the id of each participant or team, the name as written, and where each row stands."""
    size = snapshots.buckets(len(ordered))
    positions: list[list[tuple[str, int]]] = [[] for _ in range(size)]
    for position, (_, plain) in enumerate(ordered):
        key = _key(plain)
        positions[snapshots.bucket_of(key, size)].append((key, position))
    for bucket in positions:
        names: dict[str, Any] = {}
        for key, position in bucket:
            row, plain = ordered[position]
            entry = names.setdefault(key, [plain.user, plain.username, []])
            entry[2].append([row.rank, 1 + position // snapshots.ROWS_PER_PAGE, plain.submission])
        yield names


def _key(plain: PlainRow) -> str:
    return snapshots.team_key(plain.user) if plain.team else snapshots.participant_key(plain.username)


def _is_disqualified(plain: PlainRow) -> bool:
    return bool(plain.marks and plain.marks.get("disqualified"))


def _unranked(plain: PlainRow, setup: BoardSetup, fields: _Fields) -> list[Any]:
    return _row(None, plain, setup.ranking(plain.scores), fields)


def _submission(plain: PlainRow) -> str:
    return plain.submission


def _compressed(value: Any) -> bytes:
    # mtime 0: the same rows give the same bytes, and so the same ETag. Level 1: a tenth larger, in a quarter of the time.
    return gzip.compress(orjson.dumps(value), compresslevel=1, mtime=0)
