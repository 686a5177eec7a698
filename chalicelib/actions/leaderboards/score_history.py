"""A participant's or a team's scores over time: their own, or what the leaderboard has shown of somebody's."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions import columns
from chalicelib.actions.leaderboards import placement, reading
from chalicelib.actions.leaderboards.reading import BoardView, Which
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.domain.bundle.leaderboard import SubmissionRule
from chalicelib.domain.leaderboards import rank_columns
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed
from chalicelib.store.leaderboards import boards
from chalicelib.store.submissions.submissions import Submission

#: The newest so many of a participant's submissions are told.
POINTS = 1000


def show(phase_id: str, which: Which, whose: str, account: Account | None, now: datetime) -> responses.History:
    """Primary scores, the oldest first: of oneself and for organizers all, else those that were shown.

    `whose` is as for `reading.rank`.

    Two to four calls, whatever the board's size. Raises NotFound, and NotAllowed as the leaderboard does.
    """
    view = reading.look(phase_id, which, False, account, now)
    column = _column(view)
    is_self = view.is_self(whose)
    if is_self and account is not None:
        member = view.member if view.team else None
        competitor, name = (member.competitor, member.competitor_name) if member else (account.id, account.username)
    else:
        entry = reading.find(view, whose)
        competitor, name = entry.competitor, entry.name
    submitted = placement.newest_of(competitor, view.phase, POINTS)
    counted = [one for one in submitted if view.group is None or one.group == view.group.key]
    scored = [one for one in reversed(counted) if placement.is_eligible(one) and column.key in _scores(view, one)]
    opens = is_self or view.audience.is_organizer
    if not opens:
        scored = list(_shown(view, competitor, scored, column))
    return responses.History(name, column, _points(view, scored, column), len(submitted) == POINTS, opens)


def _column(view: BoardView) -> responses.Column:
    """The column that ranks, or, where it is computed from everybody's ranks, the first that it is computed from."""
    board = view.board
    by_index = {column.index: column for column in board.columns}
    primary = by_index[board.primary_index]
    wanted = [by_index[index] for index in primary.computation_indexes] if rank_columns.is_computed(primary) else [primary]
    for column in columns.columns_of_board(board, view.audience.is_organizer):
        if column.key in [one.key for one in wanted]:
            return column
    raise NotAllowed("The organizers do not show the score that ranks.")


def _scores(view: BoardView, submission: Submission) -> dict[str, float]:
    return dict(placement.entry(submission, view.setup).scores)


def _shown(view: BoardView, competitor: str, scored: Iterable[Submission], column: responses.Column) -> Iterable[Submission]:
    """What of somebody else's the leaderboard has shown, by its rule; nothing from after it froze, nothing disqualified."""
    limit = view.setup.phase.freeze_board_at if view.audience.is_frozen else None
    counted = [one for one in scored if not placement.marks_of(one).disqualified]
    public = [one for one in counted if limit is None or _is_before(one, limit)]
    if not view.setup.rule.is_automatic or view.board is view.setup.final_board:
        on_board = {row.submission for row in boards.rows_of(view.phase, competitor)}
        return [one for one in public if one.id in on_board]
    if view.setup.rule is SubmissionRule.FORCE_BEST:
        return _improvements(view.setup, public, column)
    return public


def _is_before(submission: Submission, limit: datetime) -> bool:
    return submission.finished_at is not None and submission.finished_at < limit


def _improvements(setup: BoardSetup, scored: Sequence[Submission], column: responses.Column) -> Iterable[Submission]:
    best: float | None = None
    for submission in scored:
        score = placement.entry(submission, setup).scores[column.key]
        if best is None or _better(score, best, column) != best:
            best = score
            yield submission


def _points(view: BoardView, scored: Iterable[Submission], column: responses.Column) -> list[responses.Point]:
    points: list[responses.Point] = []
    for submission in scored:
        score = _scores(view, submission)[column.key]
        best = _better(score, points[-1].best, column) if points else score
        points.append(responses.Point(submission.id, submission.created_at, score, best))
    return points


def _better(score: float, best: float, column: responses.Column) -> float:
    return min(score, best) if column.sorting == "asc" else max(score, best)
