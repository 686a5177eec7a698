"""Leaderboards made anew: a snapshot of all rows of a phase after they have changed."""

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from chalicelib import settings
from chalicelib.actions.events import outbox
from chalicelib.actions.leaderboards import leaders, remembering, rendering, snapshots, visibility
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.aws import messages, object_keys, objects
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.leaderboards import policy
from chalicelib.store import table
from chalicelib.store.competitions.competitions import places_of_phase
from chalicelib.store.events.events import recording
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import Board, BoardCounter, Snapshot

#: Objects are written side by side: one takes S3 some 20 ms, and 100,000 rows have 250.
_WRITERS = 16


def rebuild(phase_id: str, now: datetime) -> bool:
    """Make a new snapshot when rows have changed. False when there was nothing to do.

    The counters are read before the rows: a row that is written meanwhile counts on, so the snapshot is behind again.
    """
    board, counters = boards.state(phase_id)
    before, seen = board.seen or {}, {counter.sk: int(counter.changes) for counter in counters}
    if seen == before or _comes_again(board, now):
        return False
    competition, phase = table.read(*places_of_phase(phase_id))
    if competition is None or phase is None:
        _rest(phase_id, counters, {})
        return False
    setup = visibility.setup_of(competition, phase, now)
    orders = rendering.orders_of(setup)
    with rendering.undisturbed():
        stored, whole_at = remembering.read(board, counters, now)
        rows = rendering.of_today(stored, setup)
        contents = {name: content for one in orders for name, content in rendering.build(rows, setup, one).items()}
    gathered = leaders.gather(board, counters, contents, rows, setup)
    version, count = int(board.version or 0) + 1, rendering.count(rows)
    _write(object_keys.snapshot(phase_id, version), contents)
    etag = hashlib.sha256(b"".join((*contents.values(), leaders.told_by(gathered)))).hexdigest()[:32]
    pages, folders = snapshots.pages_of(count), tuple(order.folder for order in orders)
    groups = {key: rendering.count(rows.of_group(key)) for key in setup.grouped}
    snapshot = Snapshot(version, count, pages, etag, now, folders, groups)
    leaders.keep(phase_id, snapshot, counters, gathered)
    frozen = _frozen(board, setup, now)
    _remove_old(phase_id, board, frozen)
    told = outbox.of(competition, EventKind.LEADERBOARD_CHANGED, now, phase=phase_id)
    also = partial(recording, events=told)
    due_at = now + boards.REBUILD_OVERDUE if policy.is_over(setup.phase, now) else None
    if not boards.publish(board, snapshot, seen, frozen, setup.phase.freeze_board_at, also, due_at):
        return rebuild(phase_id, now)
    outbox.announce(told)
    if due_at:
        messages.send_results(phase_id)
    _rest(phase_id, counters, before)
    remembering.keep(phase_id, snapshot, counters, stored, whole_at)
    return True


def _comes_again(board: Board, now: datetime) -> bool:
    """True within the delay after a rebuild: what has changed since then has a message that is still to come."""
    delay = timedelta(seconds=settings.get().board_delay_seconds)
    return board.rebuilt_at is not None and now < board.rebuilt_at + delay


def _rest(phase_id: str, counters: Iterable[BoardCounter], seen: Mapping[str, int]) -> None:
    """What the snapshot is of needs nobody's look any more. What counted on while it was made is asked for again."""
    changed = [counter for counter in counters if int(counter.changes) != seen.get(counter.sk) or counter.rows]
    rested = [boards.rest(counter) for counter in changed]
    if not all(rested):
        messages.send_rebuild(phase_id)


def _write(folder: str, contents: Mapping[str, bytes]) -> None:
    bucket = settings.get().runs_bucket

    def write(name: str) -> None:
        objects.write(bucket, f"{folder}/{name}", contents[name], "application/json")

    with ThreadPoolExecutor(_WRITERS) as pool:
        # The first error is raised here, and nothing is published.
        list(pool.map(write, contents))


def _frozen(board: Board, setup: BoardSetup, now: datetime) -> Snapshot | None:
    """What participants see while the board is frozen: the newest snapshot from before."""
    if not policy.is_frozen(setup.phase, now):
        return None
    return boards.frozen(board, setup.phase.freeze_board_at) or boards.newest(board)


def _remove_old(phase_id: str, board: Board, frozen: Snapshot | None) -> None:
    """Remove what nobody reads: all but the newest snapshot, which somebody may just have found, and the frozen one."""
    kept = {int(board.version or 0), frozen.version if frozen else 0}
    gone = {old.version: old for old in boards.former(board) if old.version not in kept}
    for snapshot in gone.values():
        folder = object_keys.snapshot(phase_id, snapshot.version)
        keys = [f"{folder}/{name}" for name in snapshots.object_names(snapshot)]
        objects.delete(settings.get().runs_bucket, *keys)
