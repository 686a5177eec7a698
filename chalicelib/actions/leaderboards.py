"""Leaderboards: rebuilt into a snapshot after changes, read from it at constant cost."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from chalicelib import answers, settings, telemetry
from chalicelib.actions.competitions import check_visible, columns_of, is_organizer, leaderboard_of
from chalicelib.aws import objects
from chalicelib.domain import ranking, ranks
from chalicelib.domain.accounts import Account
from chalicelib.domain.bundle.model import Leaderboard
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.store import competitions, leaderboards, table
from chalicelib.store.competitions import Competition, Phase
from chalicelib.store.leaderboards import Board, BoardRow

ROWS_PER_PAGE = 500
_NO_PHASE = "There is no such phase. Look at the competition for its phases."


def rebuild(phase_id: str, now: datetime) -> bool:
    """Make a new snapshot when the board is dirty. False when there was nothing to do.

    The mark is cleared before the rows are read: a row written meanwhile marks the board again, so none is lost.
    """
    board = leaderboards.clear_dirty(phase_id)
    if board is None:
        return False
    key = competitions.key(competitions.competition_of(phase_id))
    competition = table.fetch(key).get(key)
    if not isinstance(competition, Competition):
        return False
    version = int(board.version or 0) + 1
    pages = _pages(leaderboards.rows(phase_id), leaderboard_of(competition))
    contents = [_compressed(rows) for rows in pages]
    for number, content in enumerate(contents, start=1):
        objects.write(settings.get().runs_bucket, _page_key(phase_id, version, number), content, "application/json")
    etag = hashlib.sha256(b"".join(contents)).hexdigest()[:32]
    count = sum(len(rows) for rows in pages)
    published = leaderboards.publish(board, count, len(pages), etag, now)
    if published:
        _remove_old(phase_id, version - 2, int(board.pages or 0))
    leaderboards.rest(board)
    telemetry.count("LeaderboardRebuilt")
    return published


def read(
    phase_id: str, page: int, known_etag: str | None, account: Account | None
) -> tuple[answers.Leaderboard | None, str]:
    """One page and its ETag, by two calls; None in its place, by one call, when the caller has it already.

    Raises NotFound, and NotAllowed for a hidden board.
    """
    competition_key = competitions.key(competitions.competition_of(phase_id))
    phase_key, board_key = competitions.phase_key(phase_id), leaderboards.key(phase_id)
    found = table.fetch(competition_key, phase_key, board_key)
    competition = check_visible(found.get(competition_key), account)
    if not isinstance(found.get(phase_key), Phase):
        raise NotFound(_NO_PHASE)
    setup = leaderboard_of(competition)
    if setup.hidden and not is_organizer(competition, account):
        raise NotAllowed("The organizers keep this leaderboard to themselves.")
    board = found.get(board_key)
    snapshot = board if isinstance(board, Board) and board.version else None
    etag = _etag(snapshot, setup, page)
    if known_etag is not None and etag in known_etag:
        return None, etag
    return _answer(phase_id, setup, snapshot, page), etag


def _pages(rows: Sequence[BoardRow], setup: Leaderboard) -> list[list[dict[str, Any]]]:
    scores = ranks.fill([row.scores for row in rows], setup.columns)
    entries = [
        ranking.Entry(row.username, row.submission, row.submitted_at, its) for row, its in zip(rows, scores, strict=True)
    ]
    ranked = ranking.rank(entries, setup.columns, setup.primary_index, setup.tie_break_indexes)
    shown = [column.key for column in columns_of(setup)]
    lines = [_line(row, shown) for row in ranked]
    return [lines[start : start + ROWS_PER_PAGE] for start in range(0, len(lines), ROWS_PER_PAGE)]


def _line(row: ranking.Ranked, shown: Sequence[str]) -> dict[str, Any]:
    entry = row.entry
    return {
        "rank": row.rank,
        "participant": entry.participant,
        "submission": entry.submission,
        "scores": {key: entry.scores.get(key) for key in shown},
        "submitted_at": entry.submitted_at.isoformat(),
    }


def _compressed(rows: Sequence[dict[str, Any]]) -> bytes:
    # mtime 0: the same rows give the same bytes, and so the same ETag.
    return gzip.compress(json.dumps(rows, separators=(",", ":")).encode(), compresslevel=6, mtime=0)


def _page_key(phase_id: str, version: int, page: int) -> str:
    return f"boards/{phase_id}/{version}/{page}.json.gz"


def _remove_old(phase_id: str, version: int, pages: int) -> None:
    """The snapshot before the last one goes. The last one stays, for who has just read that it is the newest."""
    if version > 0:
        keys: Iterator[str] = (_page_key(phase_id, version, page) for page in range(1, pages + 2))
        objects.delete(settings.get().runs_bucket, *keys)


def _etag(board: Board | None, setup: Leaderboard, page: int) -> str:
    """Changes with the rows, and with how the board is set up."""
    text = f"{board.etag if board else ''}|{page}|{setup!r}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _answer(phase_id: str, setup: Leaderboard, board: Board | None, page: int) -> answers.Leaderboard:
    pages = max(1, int(board.pages)) if board else 1
    if not 1 <= page <= pages:
        raise NotFound(f"This leaderboard has {pages} page(s). Ask for page 1 to {pages}.")
    rows: list[answers.Row] = []
    if board is not None and board.pages:
        key = _page_key(phase_id, int(board.version), page)
        rows = json.loads(gzip.decompress(objects.read(settings.get().runs_bucket, key)))
    return answers.Leaderboard(
        phase=phase_id,
        title=setup.title,
        columns=columns_of(setup),
        rows=rows,
        count=int(board.count) if board else 0,
        page=page,
        pages=pages,
        rebuilt_at=board.rebuilt_at if board else None,
    )
