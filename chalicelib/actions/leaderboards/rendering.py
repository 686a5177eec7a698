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
from chalicelib.store.leaderboards.boards import Line

ROWS_PER_PAGE = 500


def orders_of(setup: BoardSetup) -> list[BoardOrder]:
    """The orders that a phase has."""
    finals = (False, True) if setup.final_task is not None else (False,)
    return [BoardOrder(at, is_final) for at in range(len(setup.boards)) for is_final in finals]


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage is collected meanwhile: rows make no cycles, and to look for some takes as long as to rank them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def build(lines: Sequence[Line], setup: BoardSetup, order: BoardOrder) -> dict[str, bytes]:
    """The objects of one order, by their names below the snapshot's folder. The same rows give the same bytes."""
    board = setup.boards[order.board]
    fields = _fields(setup, board)
    keys = fields.plain + fields.of_tasks
    counted = [line for line in lines if not _is_disqualified(line)]
    ordered = _ordered(counted, setup, board, order.is_final)
    objects = {}
    # A page at a time: 100,000 lists that are alive at once keep the garbage collector busy for longer than the ranking.
    for number, start in enumerate(range(0, max(1, len(ordered)), ROWS_PER_PAGE), start=1):
        rows = [_row(row.rank, line, row.entry.scores, fields) for row, line in ordered[start : start + ROWS_PER_PAGE]]
        page: dict[str, Any] = {"fields": keys, "rows": rows}
        if number == 1:
            page["out"] = [
                _unranked(line, setup, fields) for line in sorted(lines, key=_submission) if _is_disqualified(line)
            ]
        objects[snapshots.page_name(order, number)] = _compressed(page)
    for number, bucket in enumerate(_index(ordered)):
        objects[snapshots.bucket_name(order, number)] = _compressed(bucket)
    return objects


def count(lines: Sequence[Line]) -> int:
    """How many rows are in the ranking."""
    return sum(not _is_disqualified(line) for line in lines)


def _ordered(
    lines: Sequence[Line], setup: BoardSetup, board: Leaderboard, is_final: bool
) -> list[tuple[ranking.Ranked, Line]]:
    view = setup.final if is_final else setup.ranking
    filled = rank_columns.fill([view(line.scores) for line in lines], board.columns)
    entries = [
        ranking.Entry(line.username, line.submission, line.submitted_at, ranked_by)
        for line, ranked_by in zip(lines, filled, strict=True)
    ]
    by_submission = {line.submission: line for line in lines}
    ranked = ranking.rank(entries, board.columns, board.primary_index, board.tie_break_indexes)
    return [(row, by_submission[row.entry.submission]) for row in ranked]


def _row(rank: int | None, line: Line, shown: Mapping[str, float], fields: "_Fields") -> list[Any]:
    values = [*map(shown.get, fields.plain), *map(line.scores.get, fields.of_tasks)]
    # Few rows have any.
    flags = _flags(line) if line.marks or line.edited else 0
    row: list[Any] = [rank, line.username, line.submission, int(line.submitted_at.timestamp()), flags, line.name, values]
    reason = line.marks.get("disqualified") if line.marks else None
    if line.fact_sheet:
        row += (reason or None, line.user if line.team else None, line.fact_sheet)
    elif line.team:
        row += (reason or None, line.user)
    elif reason:
        row.append(reason)
    return row


def _flags(line: Line) -> int:
    marks = {**(line.marks or {}), "edited": line.edited}
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


def _index(ordered: Sequence[tuple[ranking.Ranked, Line]]) -> Iterator[dict[str, Any]]:
    """By their keys: the id of each participant or team, the name as written, and where each row stands."""
    size = snapshots.buckets(len(ordered))
    positions: list[list[tuple[str, int]]] = [[] for _ in range(size)]
    for position, (_, line) in enumerate(ordered):
        key = _key(line)
        positions[snapshots.bucket_of(key, size)].append((key, position))
    for bucket in positions:
        names: dict[str, Any] = {}
        for key, position in bucket:
            row, line = ordered[position]
            entry = names.setdefault(key, [line.user, line.username, []])
            entry[2].append([row.rank, 1 + position // ROWS_PER_PAGE, line.submission])
        yield names


def _key(line: Line) -> str:
    return snapshots.team_key(line.user) if line.team else snapshots.participant_key(line.username)


def _is_disqualified(line: Line) -> bool:
    return bool(line.marks and line.marks.get("disqualified"))


def _unranked(line: Line, setup: BoardSetup, fields: _Fields) -> list[Any]:
    return _row(None, line, setup.ranking(line.scores), fields)


def _submission(line: Line) -> str:
    return line.submission


def _compressed(value: Any) -> bytes:
    # mtime 0: the same rows give the same bytes, and so the same ETag. Level 1: a tenth larger, in a quarter of the time.
    return gzip.compress(orjson.dumps(value), compresslevel=1, mtime=0)
