"""A board's rows in order, cut into pages that are read one at a time, and an index that finds a participant's.

Everything is in it, also what only organizers see: who reads a page takes out what its reader may not know.
"""

import gc
import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.leaderboards import rank_columns, ranking, scores
from chalicelib.store.leaderboards.boards import Line, Snapshot

ROWS_PER_PAGE = 500
NAMES_PER_BUCKET = 2000
_FLAGS = {"baseline": 1, "verified": 2, "edited": 4}


@dataclass(frozen=True)
class Part:
    """One order of a phase's rows: that of a board, until the phase's end or at last."""

    board: int
    is_final: bool = False

    @property
    def folder(self) -> str:
        """Where its objects lie below the snapshot's."""
        return f"{self.board}-final" if self.is_final else str(self.board)

    @staticmethod
    def of(folder: str) -> "Part":
        """The inverse of `folder`."""
        board, _, final = folder.partition("-")
        return Part(int(board), bool(final))


@dataclass(frozen=True)
class Place:
    """Where a row of a participant stands. `page` counts from 1."""

    rank: int | None
    page: int
    submission: str


@dataclass(frozen=True)
class Found:
    """A participant or a team on a board: its id and name."""

    competitor: str
    name: str
    places: list[Place]


def parts_of(setup: BoardSetup) -> list[Part]:
    """The orders that a phase has."""
    finals = (False, True) if setup.final_task is not None else (False,)
    return [Part(at, is_final) for at in range(len(setup.boards)) for is_final in finals]


def page_name(part: Part, page: int) -> str:
    """The name of a page below the snapshot's folder."""
    return f"{part.folder}/{page}.json.gz"


def participant_key(username: str) -> str:
    """What the index has a participant under."""
    return username.lower()


def team_key(team: str) -> str:
    """What the index has a team under: no user name is like it, whatever teams call themselves."""
    return f"#{team}"


def bucket_name(part: Part, snapshot: Snapshot, key: str) -> str:
    """The name of the part of the index where a participant or a team is, if on the board."""
    return f"{part.folder}/names-{_bucket(key, buckets(snapshot.count))}.json.gz"


def names(parts: Sequence[Part], count: int, pages: int) -> Iterator[str]:
    """The names of everything that a snapshot of `count` rows has. At least one page, for those out of the ranking."""
    for part in parts:
        yield from (page_name(part, page) for page in range(1, max(1, pages) + 1))
        yield from (f"{part.folder}/names-{number}.json.gz" for number in range(buckets(count)))


def buckets(count: int) -> int:
    """Into how many objects the index of `count` rows is cut."""
    return max(1, -(-count // NAMES_PER_BUCKET))


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage is collected meanwhile: rows make no cycles, and to look for some takes as long as to rank them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def build(lines: Sequence[Line], setup: BoardSetup, part: Part) -> dict[str, bytes]:
    """The objects of one order, by their names below the snapshot's folder. The same rows give the same bytes."""
    board = setup.boards[part.board]
    fields = _fields(setup, board)
    keys = fields.plain + fields.of_tasks
    counted = [line for line in lines if not _is_out(line)]
    ordered = _ordered(counted, setup, board, part.is_final)
    found = {}
    # A page at a time: 100,000 lists that are alive at once keep the garbage collector busy for longer than the ranking.
    for number, start in enumerate(range(0, max(1, len(ordered)), ROWS_PER_PAGE), start=1):
        rows = [_row(row.rank, line, row.entry.scores, fields) for row, line in ordered[start : start + ROWS_PER_PAGE]]
        page: dict[str, Any] = {"fields": keys, "rows": rows}
        if number == 1:
            page["out"] = [_out(line, setup, fields) for line in sorted(lines, key=_submission) if _is_out(line)]
        found[page_name(part, number)] = _compressed(page)
    for number, bucket in enumerate(_index(ordered)):
        found[f"{part.folder}/names-{number}.json.gz"] = _compressed(bucket)
    return found


def count(lines: Sequence[Line]) -> int:
    """How many rows are in the ranking."""
    return sum(not _is_out(line) for line in lines)


def read_page(content: bytes) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a page, and those out of the ranking, with the keys of `answers.Row` and all of their scores."""
    page = orjson.loads(gzip.decompress(content))
    fields = page["fields"]
    return [_told(row, fields) for row in page["rows"]], [_told(row, fields) for row in page.get("out", ())]


def find(content: bytes, key: str) -> Found | None:
    """A participant or a team in a part of the index."""
    found = orjson.loads(gzip.decompress(content)).get(key)
    return found and Found(found[0], found[1], [Place(*place) for place in found[2]])


def _ordered(
    lines: Sequence[Line], setup: BoardSetup, board: Leaderboard, is_final: bool
) -> list[tuple[ranking.Ranked, Line]]:
    view = setup.final if is_final else setup.ranking
    filled = rank_columns.fill([view(line.scores) for line in lines], board.columns)
    entries = [
        ranking.Entry(line.username, line.submission, line.submitted_at, its)
        for line, its in zip(lines, filled, strict=True)
    ]
    by_submission = {line.submission: line for line in lines}
    ranked = ranking.rank(entries, board.columns, board.primary_index, board.tie_break_indexes)
    return [(row, by_submission[row.entry.submission]) for row in ranked]


def _row(rank: int | None, line: Line, shown: Mapping[str, float], fields: "_Fields") -> list[Any]:
    values = [*map(shown.get, fields.plain), *map(line.scores.get, fields.of_tasks)]
    # Few rows have any.
    flags = _flags(line) if line.marks or line.edited else 0
    row = [rank, line.username, line.submission, int(line.submitted_at.timestamp()), flags, line.name, values]
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
    return sum(bit for mark, bit in _FLAGS.items() if marks.get(mark))


@dataclass(frozen=True)
class _Fields:
    """The keys of a row's scores: the columns', and with several tasks those of each task."""

    plain: list[str]
    of_tasks: list[str]


def _fields(setup: BoardSetup, board: Leaderboard) -> _Fields:
    plain = [column.key for column in board.columns]
    tasks = setup.phase.tasks if setup.has_several_tasks else ()
    return _Fields(plain, [scores.task_key(task, key) for task in tasks for key in plain])


def _told(row: Sequence[Any], fields: Sequence[str]) -> dict[str, Any]:
    rank, username, submission, submitted_at, flags, name, values, *more = row
    reason, team, fact_sheet = (*more, None, None, None)[:3]
    return {
        "rank": rank,
        "participant": username,
        "team": team,
        "submission": submission,
        "name": name,
        "scores": dict(zip(fields, values, strict=True)),
        "submitted_at": datetime.fromtimestamp(submitted_at, UTC),
        **{mark: bool(flags & bit) for mark, bit in _FLAGS.items()},
        "disqualified": reason,
        "fact_sheet": fact_sheet or {},
    }


def _index(ordered: Sequence[tuple[ranking.Ranked, Line]]) -> Iterator[dict[str, Any]]:
    """By their keys: the id of each participant or team, the name as written, and where each row stands."""
    size = buckets(len(ordered))
    positions: list[list[tuple[str, int]]] = [[] for _ in range(size)]
    for position, (_, line) in enumerate(ordered):
        key = _key(line)
        positions[_bucket(key, size)].append((key, position))
    for bucket in positions:
        names: dict[str, Any] = {}
        for key, position in bucket:
            row, line = ordered[position]
            entry = names.setdefault(key, [line.user, line.username, []])
            entry[2].append([row.rank, 1 + position // ROWS_PER_PAGE, line.submission])
        yield names


def _key(line: Line) -> str:
    return team_key(line.user) if line.team else participant_key(line.username)


def _bucket(key: str, size: int) -> int:
    return zlib.crc32(key.encode()) % size


def _is_out(line: Line) -> bool:
    return bool(line.marks and line.marks.get("disqualified"))


def _out(line: Line, setup: BoardSetup, fields: _Fields) -> list[Any]:
    return _row(None, line, setup.ranking(line.scores), fields)


def _submission(line: Line) -> str:
    return line.submission


def _compressed(value: Any) -> bytes:
    # mtime 0: the same rows give the same bytes, and so the same ETag. Level 1: a tenth larger, in a quarter of the time.
    return gzip.compress(orjson.dumps(value), compresslevel=1, mtime=0)
