"""Phases that keep the best and last submissions only (FORMATS 3.6), each one's: the others are deleted as by their owner.

What is on the board, public, marked by organizers or withdrawn stays, and so does what is in progress. Done twice, or while
another submission ends, it comes to the same: it follows from what is there. When its message is lost, the sweeper sends
another.
"""

from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions.leaderboards import moderation, placement, visibility
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.actions.submissions import removal
from chalicelib.contract import Status
from chalicelib.domain.leaderboards import ranking
from chalicelib.domain.leaderboards.policy import Marks
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.leaderboards import boards
from chalicelib.store.submissions import retention, submissions
from chalicelib.store.submissions.retention import RetentionRequest
from chalicelib.store.submissions.submissions import Submission


def clear(phase_and_competitor: str, now: datetime) -> None:
    """Delete what `{phase}/{competitor}` has beyond the best and the last, if the phase wants that."""
    phase_id, _, competitor = phase_and_competitor.partition("/")
    competition, phase, request = table.read(
        Competition.at(competitions.competition_of(phase_id)), Phase.at(phase_id), RetentionRequest.at(phase_id, competitor)
    )
    if competition is not None and phase is not None:
        _clear(competition, phase, competitor, now)
    if request is not None:
        retention.end(request)


def _clear(competition: Competition, phase: Phase, competitor: str, now: datetime) -> None:
    setup = visibility.setup_of(competition, phase)
    if not setup.phase.keeps_best_and_last_only:
        return
    for submission in _superfluous(setup, placement.newest_of(competitor, phase.id, submissions.MANY)):
        owner = Account(submission.user, submission.username, False, "task")
        audience = visibility.audience_of(setup, competition, owner, now)
        case = moderation.Case(submission, setup, boards.rows_of(phase.id, competitor), owner, audience, is_own=True)
        try:
            if case.row is None:
                removal.purge(case, now)
        except Conflict:
            # It is run again or was put on the board meanwhile: it is looked at once more when that has ended.
            telemetry.logger.info("submission not cleared away", submission=submission.id)


def _superfluous(setup: BoardSetup, mine: list[Submission]) -> list[Submission]:
    finished = [one for one in mine if one.status == Status.FINISHED and one.solution is None and not one.purged]
    entries = [placement.entry(one, setup) for one in finished if one.removed_at is None]
    board = setup.main
    kept = ranking.best_and_last(entries, board.columns, board.primary_index, board.tie_break_indexes)
    return [one for one in finished if one.id not in kept and not _is_wanted(one)]


def _is_wanted(submission: Submission) -> bool:
    """Somebody has said something about it."""
    return bool(submission.public or submission.removed_at is not None or placement.marks_of(submission) != Marks())
