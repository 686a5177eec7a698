"""Leaders: who is first on each board, with the submissions by which they got there, kept beside a snapshot.

To read what ten people submitted takes ten queries. So a rebuild does that, and only for those with a submission that
has changed since the one before, and who looks at a board has all of it by one call.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson

from chalicelib import settings
from chalicelib.actions.leaderboards import placement, remembering, rendering, scored, snapshots
from chalicelib.actions.leaderboards.scored import Scored
from chalicelib.actions.leaderboards.snapshots import LEADERS, BoardOrder
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.aws import object_keys, objects
from chalicelib.store.leaderboards.boards import Board, BoardCounter, Snapshot
from chalicelib.store.leaderboards.rows import Rows, mappings_of
from chalicelib.store.submissions import submissions

#: So many of each board are kept.
MOST = 10


class Leader(NamedTuple):
    """A participant or a `team` with the rank of their best row, and what may be told of how they got there."""

    competitor: str
    name: str
    team: bool
    rank: int
    scored: Sequence[Scored]


def gather(
    board: Board, counters: Iterable[BoardCounter], contents: Mapping[str, bytes], rows: Rows, setup: BoardSetup
) -> dict[str, Any]:
    """The leaders of each order of a snapshot that is being made of `rows`, with `contents` as its objects. Raises Busy.

    `board` and `counters` are as they were read before the rows.
    """
    first = {order.folder: _first(contents[snapshots.page_name(order, 1)]) for order in rendering.orders_of(setup)}
    named = {submission for ranks in first.values() for submission in ranks}
    whose = {one: user for one, user in zip(rows.submissions, rows.users, strict=True) if one in named}
    orders = {folder: _by_competitor(ranks, whose) for folder, ranks in first.items()}
    competitors = {competitor for ranks in orders.values() for competitor, _ in ranks}
    digest = hashlib.sha256(repr(setup).encode()).hexdigest()
    known = _known(board, counters, digest)
    theirs = _rows_of(rows, competitors - known.keys())
    told = {one: _told(one, board.phase, its, setup) for one, its in theirs.items()}
    return {"setup": digest, "orders": orders, "leaders": {one: told.get(one) or known[one] for one in sorted(competitors)}}


def told_by(gathered: Mapping[str, Any]) -> bytes:
    """The part that readers are told of: the same leaders give the same bytes."""
    return orjson.dumps([gathered["orders"], gathered["leaders"]])


def keep(phase: str, snapshot: Snapshot, counters: Iterable[BoardCounter], gathered: Mapping[str, Any]) -> None:
    """Keep the leaders of a snapshot, before it is published."""
    of, counts = _of(snapshot.etag, snapshot.rebuilt_at), remembering.counts_of(counters)
    content = {"of": of, "counts": counts, **gathered}
    objects.write(settings.get().runs_bucket, _key(phase, snapshot.version), orjson.dumps(content), "application/json")


def read(phase: str, snapshot: Snapshot, order: BoardOrder) -> list[Leader]:
    """The leaders of one order of a snapshot, by one call: none where a former build has made it."""
    kept = _read(phase, snapshot.version) or {"orders": {}}
    return [
        Leader(competitor, leader["name"], leader["team"], rank, list(map(_scored, leader["scored"])))
        for competitor, rank in kept["orders"].get(order.folder, ())
        if (leader := kept["leaders"][competitor])
    ]


def _first(page: bytes) -> dict[str, int]:
    """Of the rows of a page that have a rank, and are no baselines, the ranks by their submissions, in order."""
    ranked, _ = snapshots.read_page(page)
    baselines = set(ranked.flags.get("baseline", ()))
    places = [at for at, rank in enumerate(ranked.rank) if rank is not None and at not in baselines]
    return {ranked.submission[at]: ranked.rank[at] or 0 for at in places}


def _by_competitor(ranks: Mapping[str, int], whose: Mapping[str, str]) -> list[tuple[str, int]]:
    """The first of them, each once, with the best of their ranks."""
    best: dict[str, int] = {}
    for submission, rank in ranks.items():
        best.setdefault(whose[submission], rank)
    return list(best.items())[:MOST]


def _known(board: Board, counters: Iterable[BoardCounter], digest: str) -> dict[str, Any]:
    """What was kept of leaders with the former snapshot, of whose submissions nothing has changed since."""
    kept = _read(board.phase, int(board.version or 0))
    if kept is None or kept["of"] != _of(board.etag, board.rebuilt_at) or kept["setup"] != digest:
        return {}
    changed = remembering.changed_since(kept["counts"], counters)
    if changed is None:
        return {}
    moved = {key.removeprefix("ROW#").partition("#")[0] for key in changed}
    return {competitor: leader for competitor, leader in kept["leaders"].items() if competitor not in moved}


def _rows_of(rows: Rows, competitors: Collection[str]) -> dict[str, Rows]:
    """The rows of some competitors, each with those that are not out of the ranking."""
    out = set(rows.disqualified)
    places: dict[str, list[int]] = {competitor: [] for competitor in competitors}
    for at, user in enumerate(rows.users):
        if user in places and at not in out:
            places[user].append(at)
    return {competitor: rows.taken(at) for competitor, at in places.items()}


def _told(competitor: str, phase: str, rows: Rows, setup: BoardSetup) -> dict[str, Any]:
    found = _needed(_scored_of(competitor, phase, rows, setup), setup)
    team = bool(rows.row(0).team)
    return {"name": rows.usernames[0], "team": team, "scored": [_stored(one) for one in found]}


def _scored_of(competitor: str, phase: str, rows: Rows, setup: BoardSetup) -> list[Scored]:
    """What may be told of a competitor: of all that they submitted where the board has shown more than it shows."""
    if setup.rule.is_automatic and not setup.rule.keeps_several:
        newest = placement.newest_of(competitor, phase, submissions.MANY)
        allowed = [one for one in newest if not placement.marks_of(one).disqualified]
        return scored.of_submissions(allowed, setup, rows.submissions)
    scores = mappings_of(rows.scores, len(rows))
    found = [
        Scored(
            rows.submissions[at], _moment(rows.submitted[at]), rows.more.get(at, {}).get("group"), True, setup.ranking(own)
        )
        for at, own in enumerate(scores)
    ]
    return sorted(found, key=lambda one: (one.submitted_at, one.submission))


def _needed(found: Sequence[Scored], setup: BoardSetup) -> list[Scored]:
    """Those by which somebody came further on some board, or that stand there, with the scores that this is told by."""
    columns = {(column.key, column.sorting) for board in setup.boards for column in scored.ranking_columns(board)}
    needed = {one.submission for one in found if one.on_board}
    for key, sorting in columns:
        for group in (None, *setup.grouped):
            needed |= {one.submission for one in scored.improvements(scored.in_column(found, key, group), key, sorting)}
    keys = {key for key, _ in columns}
    return [
        one._replace(scores={key: score for key, score in one.scores.items() if key in keys})
        for one in found
        if one.submission in needed
    ]


def _stored(one: Scored) -> list[Any]:
    return [one.submission, round(one.submitted_at.timestamp() * 1_000_000), one.group, one.on_board, dict(one.scores)]


def _scored(stored: Sequence[Any]) -> Scored:
    submission, submitted, group, on_board, scores = stored
    return Scored(submission, _moment(submitted), group, on_board, scores)


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)


def _read(phase: str, version: int) -> Any:
    """What is kept of a snapshot; None where nothing is."""
    if not version:
        return None
    try:
        found = objects.newer(settings.get().runs_bucket, _key(phase, version), None)
    except LookupError:
        return None
    return orjson.loads(found.content) if found else None


def _of(etag: str | None, rebuilt_at: datetime | None) -> list[Any]:
    return [etag, rebuilt_at.isoformat() if rebuilt_at else None]


def _key(phase: str, version: int) -> str:
    return f"{object_keys.snapshot(phase, version)}/{LEADERS}"
