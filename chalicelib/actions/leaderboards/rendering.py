"""A board's rows in order, cut into the pages and the index of a snapshot."""

import gc
import gzip
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import orjson

from chalicelib.actions.leaderboards import snapshots
from chalicelib.actions.leaderboards.board_pages import FLAGS, TOLD, flags_of, told_of
from chalicelib.actions.leaderboards.snapshots import BoardOrder
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.leaderboards import rank_columns, ranking, scores
from chalicelib.domain.leaderboards.ranking import picked
from chalicelib.store.leaderboards.packing import packed
from chalicelib.store.leaderboards.rows import PlainRow, Rows, mappings_of

Column = Sequence[float | None]


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


def of_today(rows: Rows, setup: BoardSetup) -> Rows:
    """Rows under the keys that columns have today, whenever they were stored."""
    return rows.rescored(partial(scores.renamed, today=setup.todays_keys)) if setup.todays_keys else rows


def build(rows: Rows, setup: BoardSetup, order: BoardOrder) -> dict[str, bytes]:
    """The objects of one order, by their names below the snapshot's folder. The same rows give the same bytes."""
    board = next(one for one in setup.boards if one.index == order.board)
    rows = rows.of_group(order.group)
    out = sorted(rows.disqualified, key=rows.submissions.__getitem__)
    counted = rows.without(out)
    placed, columns = _placed(counted, setup, board, order.is_final)
    places, ranks = [at for _, at in placed], [rank for rank, _ in placed]
    shown = {key: picked(places, column) for key, column in _shown(columns, counted, setup, board).items()}
    in_order = counted.unscored().taken(places)
    objects = {}
    for number, start in enumerate(range(0, max(1, len(ranks)), snapshots.ROWS_PER_PAGE), start=1):
        page = {"rows": _page(in_order, ranks, shown, range(len(ranks))[start : start + snapshots.ROWS_PER_PAGE])}
        if number == 1:
            page["out"] = _out(rows.taken(out), setup, board)
        objects[snapshots.page_name(order, number)] = _packed(page)
    for number, bucket in enumerate(_index(in_order, ranks)):
        objects[snapshots.bucket_name(order, number)] = _packed(bucket)
    return objects


def ranked(
    rows: Rows, setup: BoardSetup, board: Leaderboard, is_final: bool = False
) -> list[tuple[int | None, PlainRow, Mapping[str, float]]]:
    """The rows of a board in order, each with its rank and the scores that it is ranked by; without who is disqualified."""
    counted = rows.without(rows.disqualified)
    placed, columns = _placed(counted, setup, board, is_final)
    scored = list(mappings_of(columns, len(counted)))
    return [(rank, counted.row(at), scored[at]) for rank, at in placed]


def count(rows: Rows) -> int:
    """The number of rows in the ranking."""
    return len(rows) - len(rows.disqualified)


def _placed(
    counted: Rows, setup: BoardSetup, board: Leaderboard, is_final: bool
) -> tuple[list[tuple[int | None, int]], dict[str, Sequence[float | None]]]:
    """The places of rows in order with their ranks, and the scores of the rows, as they were given, by columns' keys."""
    if setup.final_task is not None:
        counted = counted.rescored(setup.final if is_final else setup.ranking)
    columns = rank_columns.columns_of(counted.scores, board.columns, len(counted))
    return ranking.rank(columns, counted.age, board.columns, board.primary_index, board.tie_break_indexes), columns


def _shown(columns: Mapping[str, Column], rows: Rows, setup: BoardSetup, board: Leaderboard) -> dict[str, Column]:
    """The scores of rows that pages have: the columns', and with several tasks those of each task."""
    tasks, nothing = setup.phase.tasks if setup.has_several_tasks else (), [None] * len(rows)
    keys = [column.key for column in board.columns]
    of_tasks = [scores.task_key(task, key) for task in tasks for key in keys]
    return {key: columns.get(key, nothing) for key in keys} | {key: rows.column(key) for key in of_tasks}


def _page(rows: Rows, ranks: Sequence[int | None], shown: Mapping[str, Column], places: range) -> dict[str, Any]:
    """So many of the rows, as a page has them (`board_pages.BoardPage`)."""
    start, end = places.start, places.stop
    page: dict[str, Any] = {
        "rank": ranks[start:end],
        "participant": rows.usernames[start:end],
        "submission": rows.submissions[start:end],
        "submitted_at": [moment // 1_000_000 for moment in rows.submitted[start:end]],
        "scores": {key: packed(column[start:end]) for key, column in shown.items()},
    }
    more = [_more(rows.users[at], rows.more[at]) if at in rows.more else {} for at in places] if rows.more else []
    if any(more):
        page["flags"] = flags_of((name, [at for at, one in enumerate(more) if name in one]) for name in FLAGS)
        page["told"] = told_of((name, [one.get(name, without) for one in more]) for name, without in TOLD.items())
    return page


def _more(user: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What else is to be told of a row."""
    marks = stored.get("marks", {})
    of_marks = {name: marks[name] for name in ("baseline", "verified", "disqualified") if marks.get(name)}
    team = {"team": user} if stored.get("team") else {}
    return {name: value for name, value in stored.items() if name not in ("marks", "team")} | of_marks | team


def _out(out: Rows, setup: BoardSetup, board: Leaderboard) -> dict[str, Any]:
    """Who is out of the ranking."""
    columns = out.rescored(setup.ranking).scores
    return _page(out, [None] * len(out), _shown(columns, out, setup, board), range(len(out)))


def _index(rows: Rows, ranks: Sequence[int | None]) -> list[list[Any]]:
    """Of each row in order the key of its participant or team, their id, the name as written, submission, rank and place."""
    keys = list(map(snapshots.participant_key, rows.usernames))
    for at, more in rows.more.items():
        if more.get("team"):
            keys[at] = snapshots.team_key(rows.users[at])
    size = snapshots.buckets(len(rows))
    found: list[list[int]] = [[] for _ in range(size)]
    for place, number in enumerate(snapshots.buckets_of(keys, size)):
        found[number].append(place)
    columns = (keys, rows.users, rows.usernames, rows.submissions, ranks)
    return [[*(picked(places, column) for column in columns), places] for places in found]


def _packed(value: Any) -> bytes:
    # mtime 0: the same rows give the same bytes, and so the same ETag. Level 0: a page has some 60 kB, which S3 gives as
    # quickly as half of it, and to compress took as long as to rank.
    return gzip.compress(orjson.dumps(value), compresslevel=0, mtime=0)
