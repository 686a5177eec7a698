"""Phases that keep the best and last submissions only (FORMATS 3.6), each one's: the others are deleted as by their owner.

What is on the board, public, marked by organizers or withdrawn stays, and so does what is in progress. Done twice, or while
another submission ends, it comes to the same: it follows from what is there. When its message is lost, the sweeper sends
another.
"""

from collections.abc import Mapping
from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions import boards, removals, rows, standings
from chalicelib.actions.boards import Setup
from chalicelib.actions.submissions import phase_keys
from chalicelib.contract import Status
from chalicelib.domain import ranking
from chalicelib.domain.accounts import Account
from chalicelib.domain.boards import Marks
from chalicelib.errors import Conflict
from chalicelib.store import clearings, leaderboards, submissions, table
from chalicelib.store.clearings import Clearing
from chalicelib.store.competitions import Competition, Phase
from chalicelib.store.submissions import Submission


def clear(phase_and_unit: str, now: datetime) -> None:
    """Delete what `{phase}/{unit}` has beyond the best and the last, if the phase wants that."""
    phase_id, _, unit = phase_and_unit.partition("/")
    asked_key = clearings.key(phase_id, unit)
    found = table.fetch(*phase_keys(phase_id), asked_key)
    _clear(phase_id, unit, found, now)
    if isinstance(asked := found.get(asked_key), Clearing):
        clearings.end(asked)


def _clear(phase_id: str, unit: str, found: Mapping[table.Key, table.Item], now: datetime) -> None:
    competition, phase = (found.get(key) for key in phase_keys(phase_id))
    if not isinstance(competition, Competition) or not isinstance(phase, Phase):
        return
    setup = boards.setup_of(competition, phase)
    if not setup.phase.keeps_best_and_last_only:
        return
    for submission in _superfluous(setup, rows.newest_of(unit, phase_id, submissions.MANY)):
        owner = Account(submission.user, submission.username, False, "task")
        sight = boards.sight(setup, competition, owner, now)
        case = standings.Case(submission, setup, leaderboards.rows_of(phase_id, unit), owner, sight, is_own=True)
        try:
            if case.row is None:
                removals.purge(case, now)
        except Conflict:
            # It is run again or was put on the board meanwhile: it is looked at once more when that has ended.
            telemetry.logger.info("submission not cleared away", submission=submission.id)


def _superfluous(setup: Setup, mine: list[Submission]) -> list[Submission]:
    finished = [one for one in mine if one.status == Status.FINISHED and one.solution is None and not one.purged]
    entries = [rows.entry(one, setup) for one in finished if one.removed_at is None]
    board = setup.main
    kept = ranking.best_and_last(entries, board.columns, board.primary_index, board.tie_break_indexes)
    return [one for one in finished if one.id not in kept and not _is_wanted(one)]


def _is_wanted(submission: Submission) -> bool:
    """Somebody has said something about it."""
    return bool(submission.public or submission.removed_at is not None or rows.marks_of(submission) != Marks())
