"""Scores over time: one's own, what the leaderboard has shown of somebody's, and those of who is first on it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions import columns
from chalicelib.actions.leaderboards import leaders, placement, reading, scored, snapshots
from chalicelib.actions.leaderboards.leaders import Leader
from chalicelib.actions.leaderboards.reading import BoardView, Which
from chalicelib.actions.leaderboards.scored import Scored
from chalicelib.actions.leaderboards.visibility import NAMES_HIDDEN
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, say
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
    opens = is_self or view.audience.is_organizer
    found = _all(view, submitted) if opens else _public(view, competitor, submitted, column)
    points = _points(scored.in_column(found, column.key, view.order.group), column)
    return responses.History(name, column, points, len(submitted) == POINTS, opens)


def show_leaders(
    phase_id: str, which: Which, most: int, known_etag: str | None, account: Account | None, now: datetime
) -> tuple[responses.Leaders | None, str]:
    """The first of a board with how they got there, as it has shown, and the ETag, by two calls; None in their place, by one
    call, when the caller has it already.

    Raises NotFound, and NotAllowed as the leaderboard does, and where names are hidden.
    """
    view = reading.look(phase_id, which, False, account, now)
    column = _column(view)
    if view.hides_names:
        raise NotAllowed(NAMES_HIDDEN)
    etag = reading.etag_of(view, f"leaders {most}")
    if known_etag is not None and etag in known_etag:
        return None, etag
    found = leaders.read(view.phase, view.snapshot, view.order)
    return responses.Leaders(column, [_leader(view, one, column) for one in found[:most]]), etag


def _leader(view: BoardView, leader: Leader, column: responses.Column) -> responses.Leader:
    in_column = scored.in_column(leader.scored, column.key, view.order.group)
    public = scored.shown(in_column, view.setup, view.board, column.key, column.sorting)
    best = list(scored.improvements(public, column.key, column.sorting))
    team = leader.competitor if leader.team else None
    is_mine = view.is_self(snapshots.team_key(team) if team else snapshots.participant_key(leader.name))
    opens = is_mine or view.audience.is_organizer
    return responses.Leader(leader.rank, leader.name, team, is_mine, _points(best, column), opens)


def _column(view: BoardView) -> responses.Column:
    """The column that ranks, or, where it is computed from everybody's ranks, the first that it is computed from."""
    ranking = [one.key for one in scored.ranking_columns(view.board)]
    for column in columns.columns_of_board(view.board, view.audience.is_organizer):
        if column.key in ranking:
            return column
    raise NotAllowed(say("ranking_score_hidden", "The organizers do not show the score that ranks."))


def _all(view: BoardView, submitted: Iterable[Submission]) -> Sequence[Scored]:
    return scored.of_submissions(submitted, view.setup, ())


def _public(view: BoardView, competitor: str, submitted: Iterable[Submission], column: responses.Column) -> Sequence[Scored]:
    """What of somebody else's the leaderboard has shown, by its rule; nothing from after it froze, nothing disqualified."""
    limit = view.setup.phase.freeze_board_at if view.audience.is_frozen else None
    counted = [one for one in submitted if not placement.marks_of(one).disqualified]
    public = [one for one in counted if limit is None or _is_before(one, limit)]
    is_chosen = not view.setup.rule.is_automatic or view.board is view.setup.final_board
    on_board = {row.submission for row in boards.rows_of(view.phase, competitor)} if is_chosen else ()
    found = scored.in_column(scored.of_submissions(public, view.setup, on_board), column.key, view.order.group)
    return scored.shown(found, view.setup, view.board, column.key, column.sorting)


def _is_before(submission: Submission, limit: datetime) -> bool:
    return submission.finished_at is not None and submission.finished_at < limit


def _points(found: Iterable[Scored], column: responses.Column) -> list[responses.Point]:
    points: list[responses.Point] = []
    for one in found:
        score = one.scores[column.key]
        best = scored.better(score, points[-1].best, column.sorting) if points else score
        points.append(responses.Point(one.submission, one.submitted_at, score, best))
    return points
