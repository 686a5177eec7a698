"""Phases that keep the best and last submissions only (FORMATS 3.6), each one's: the others are deleted as by their owner.

What is on the board, chosen, public, marked by organizers or withdrawn stays, and so does what is in progress. Done twice,
or while another submission ends, it comes to the same: it follows from what is there.
"""

from collections.abc import Collection
from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.moderation import ModeratedSubmission
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.actions.submissions import removal
from chalicelib.contract import Status
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.leaderboards import ranking
from chalicelib.domain.leaderboards.policy import Marks
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.leaderboards import boards
from chalicelib.store.submissions import retention, submissions, usage
from chalicelib.store.submissions.retention import RetentionRequest
from chalicelib.store.submissions.submissions import Submission


def work(request: RetentionRequest, now: datetime, deadline: datetime) -> None:
    """Delete what a competitor has beyond the best and the last, if the phase wants that. Raises OutOfTime."""
    competition, phase = table.read(*competitions.places_of_phase(request.phase))
    if competition is not None and phase is not None:
        _clear(request, visibility.setup_of(competition, phase, now), competition, now, deadline)
    retention.end(request)


def _clear(
    request: RetentionRequest, setup: BoardSetup, competition: Competition, now: datetime, deadline: datetime
) -> None:
    if not setup.phase.keeps_best_and_last_only:
        return
    mine = placement.newest_of(request.competitor, request.phase, submissions.MANY)
    chosen = usage.chosen(request.phase, [request.competitor]) if setup.phase.final_selection else frozenset[str]()
    for submission in _superfluous(setup, mine, chosen):
        if is_late(deadline):
            raise OutOfTime
        owner = Account(submission.user, submission.username, False, "task")
        audience = visibility.audience_of(setup, competition, owner, now)
        rows = boards.rows_of(request.phase, request.competitor)
        moderated = ModeratedSubmission(submission, competition, setup, rows, owner, audience, is_own=True)
        try:
            if moderated.row is None:
                removal.purge(moderated, now)
        except Conflict:
            # It is run again or was put on the board meanwhile: it is looked at once more when that has ended.
            telemetry.logger.info("submission not cleared away", submission=submission.id)


def _superfluous(setup: BoardSetup, mine: list[Submission], chosen: Collection[str]) -> list[Submission]:
    finished = [one for one in mine if one.status == Status.FINISHED and one.solution is None and not one.purged]
    entries = [placement.entry(one, setup) for one in finished if one.removed_at is None]
    board = setup.main
    kept = ranking.best_and_last(entries, board.columns, board.primary_index, board.tie_break_indexes)
    return [one for one in finished if one.id not in kept and one.id not in chosen and not _is_wanted(one)]


def _is_wanted(submission: Submission) -> bool:
    """Somebody has said something about it."""
    return bool(submission.public or submission.removed_at is not None or placement.marks_of(submission) != Marks())
