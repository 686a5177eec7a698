"""A participant's or a team's scores over time: their own, or what the leaderboard has shown of somebody's."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib import answers
from chalicelib.actions import boards, leaderboards, rows
from chalicelib.actions.boards import Setup
from chalicelib.actions.leaderboards import View
from chalicelib.domain import ranks
from chalicelib.domain.accounts import Account
from chalicelib.domain.bundle.leaderboard import SubmissionRule
from chalicelib.errors import NotAllowed
from chalicelib.store import leaderboards as stored
from chalicelib.store.submissions import Submission

#: The newest so many of a participant's submissions are told.
POINTS = 1000


def tell(phase_id: str, key: str | None, whose: str, account: Account | None, now: datetime) -> answers.History:
    """Primary scores, the oldest first: of oneself and for organizers all, else those that were shown.

    `whose` is as for `leaderboards.rank`.

    Two to four calls, whatever the board's size. Raises NotFound, and NotAllowed as the leaderboard does.
    """
    view = leaderboards.look(phase_id, key, False, account, now)
    column = _column(view)
    is_self = view.is_self(whose)
    if is_self and account is not None:
        member = view.member if view.team else None
        unit, name = (member.unit, member.unit_name) if member else (account.id, account.username)
    else:
        found = leaderboards.find(view, whose)
        unit, name = found.unit, found.name
    submitted = rows.newest_of(unit, view.phase, POINTS)
    told = [one for one in reversed(submitted) if rows.is_eligible(one) and column.key in _scores(view, one)]
    if not is_self and not view.sight.is_organizer:
        told = list(_shown(view, unit, told, column))
    return answers.History(name, column, _points(view, told, column), len(submitted) == POINTS)


def _column(view: View) -> answers.Column:
    """The column that ranks, or, where it is computed from everybody's ranks, the first that it is computed from."""
    board = view.board
    by_index = {column.index: column for column in board.columns}
    primary = by_index[board.primary_index]
    wanted = [by_index[index] for index in primary.computation_indexes] if ranks.is_computed(primary) else [primary]
    for column in boards.plain_columns(board, view.sight.is_organizer):
        if column.key in [one.key for one in wanted]:
            return column
    raise NotAllowed("The organizers do not show the score that ranks.")


def _scores(view: View, submission: Submission) -> dict[str, float]:
    return dict(view.setup.ranking(submission.scores or {}))


def _shown(view: View, unit: str, told: Iterable[Submission], column: answers.Column) -> Iterable[Submission]:
    """What of somebody else's the leaderboard has shown, by its rule; nothing from after it froze, nothing disqualified."""
    limit = view.setup.phase.freeze_board_at if view.sight.is_frozen else None
    public = [one for one in told if not rows.marks_of(one).disqualified and (limit is None or _is_before(one, limit))]
    if not view.setup.rule.is_automatic:
        on_board = {row.submission for row in stored.rows_of(view.phase, unit)}
        return [one for one in public if one.id in on_board]
    if view.setup.rule is SubmissionRule.FORCE_BEST:
        return _improvements(view.setup, public, column)
    return public


def _is_before(submission: Submission, limit: datetime) -> bool:
    return submission.finished_at is not None and submission.finished_at < limit


def _improvements(setup: Setup, told: Sequence[Submission], column: answers.Column) -> Iterable[Submission]:
    best: float | None = None
    for submission in told:
        score = setup.ranking(submission.scores or {})[column.key]
        if best is None or _better(score, best, column) != best:
            best = score
            yield submission


def _points(view: View, told: Iterable[Submission], column: answers.Column) -> list[answers.Point]:
    points: list[answers.Point] = []
    for submission in told:
        score = _scores(view, submission)[column.key]
        best = _better(score, points[-1].best, column) if points else score
        points.append(answers.Point(submission.id, submission.created_at, score, best))
    return points


def _better(score: float, best: float, column: answers.Column) -> float:
    return min(score, best) if column.sorting == "asc" else max(score, best)
