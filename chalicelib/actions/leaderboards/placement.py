"""Which submissions stand on a phase's boards for whom, and what their rows say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.contract import Status
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.leaderboards import policy, ranking
from chalicelib.domain.leaderboards.policy import Marks
from chalicelib.store import table
from chalicelib.store.judging import cases
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import Board, BoardCounter, BoardRow
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Found, Place
from chalicelib.store.writes import Transaction


@dataclass(frozen=True)
class Change:
    """What becomes of the rows of a participant or a team: those to put, with the ones whose place they take, and to remove.

    `is_judged`: people judge what stands on the board, so what is new there is for a jury to see.
    """

    put: Sequence[tuple[BoardRow, BoardRow | None]] = field(default=())
    gone: Sequence[BoardRow] = field(default=())
    is_judged: bool = False

    def __bool__(self) -> bool:
        return bool(self.put or self.gone)


def keys_of(phase: str, competitor: str, submission: str) -> tuple[Place[BoardRow], Place[BoardRow]]:
    """Where a submission's row may stand: in the one place of its participant or team, or apart."""
    return BoardRow.at(phase, competitor), BoardRow.at(phase, competitor, submission)


def keys_needed(phase: str, competitor: str, submission: str) -> tuple[Place[Any], ...]:
    """All that `place` and `is_news` need to have read."""
    return *keys_of(phase, competitor, submission), Board.at(phase), BoardCounter.of(phase, competitor)


def place(submission: Submission, setup: BoardSetup, scores: Mapping[str, float], found: Found) -> Change:
    """What becomes of the rows when this submission has finished with these scores.

    `found` has what stands at `keys_needed`.
    """
    if submission.solution is not None:
        return Change()
    one, apart = (found.get(key) for key in _keys(submission))
    if stands_apart(submission, setup):
        is_put = apart is not None or (setup.rule.is_automatic and not marks_of(submission).disqualified)
        return _putting(submission, setup, scores, apart) if is_put else Change()
    new = _entry(submission, setup, scores)
    old = ranking.Entry(one.username, one.submission, one.submitted_at, setup.ranking(one.scores)) if one else None
    if not ranking.replaces(setup.rule, new, old, *_order(setup)):
        return Change()
    return _putting(submission, setup, scores, one)


def reorder(setup: BoardSetup, rows: Sequence[BoardRow], submitted: Sequence[Submission]) -> Change:
    """What becomes of a participant's rows after one of the submissions was marked, edited, withdrawn or run again.

    Both are all of one participant's or team's in the phase. With a rule that places submissions by itself the best or
    the last one takes the place; otherwise those that were on the board stay there as long as they may.
    """
    on_board = {row.submission for row in rows}
    eligible = [one for one in submitted if is_eligible(one)]
    apart = [one for one in eligible if stands_apart(one, setup) and _stays_apart(one, setup, on_board)]
    others = [one for one in eligible if not stands_apart(one, setup)]
    wanted = [row_of(one, setup, one.scores or {}) for one in (*apart, *_chosen(setup, others, on_board))]
    former = {(row.pk, row.sk): row for row in rows}
    put = [(row, former.get((row.pk, row.sk))) for row in wanted]
    for row, old in put:
        # Jurors go on judging what they see.
        row.artifacts = old.artifacts if old is not None and old.submission == row.submission else None
    kept = {(row.pk, row.sk) for row in wanted}
    return Change(
        put=[(row, old) for row, old in put if old is None or _attributes(row) != _attributes(old)],
        gone=[row for key, row in former.items() if key not in kept],
        is_judged=setup.is_judged,
    )


def changing(write: Transaction, change: Change, phase: str, now: datetime) -> None:
    """Within a transaction: make a change, on condition that the rows are as they were, and ask for a rebuild."""
    for row, former in change.put:
        boards.putting(write, row, former)
    for row in change.gone:
        boards.removing(write, row)
    for user in {row.user for row in (*(row for row, _ in change.put), *change.gone)}:
        boards.counting(write, phase, user, now)
    if change and change.is_judged:
        cases.marking_dirty(write, phase, now)


def is_news(phase: str, competitor: str, found: Found) -> bool:
    """True when nobody has asked for a rebuild yet that takes this change along. `found` as for `place`."""
    return boards.is_current(found.get(Board.at(phase)), found.get(BoardCounter.of(phase, competitor)))


def newest_of(competitor: str, phase: str, limit: int) -> list[Submission]:
    """A participant's or a team's newest submissions in a phase, consistently."""
    listed, _ = submissions.of_participant(competitor, phase, None, limit)
    # An index lags behind, so it tells the ids alone.
    there = table.read_many(Submission.at(one.id) for one in listed)
    return sorted(there, key=lambda one: one.id, reverse=True)


def is_eligible(submission: Submission) -> bool:
    """True when a submission may stand on a board at all."""
    status = submission.standing or submission.status
    is_there = submission.removed_at is None and submission.solution is None
    # What has no score yet is for people to judge; what has none any more was taken off by hand.
    has_scores = bool(submission.scores) or submission.original_scores is None
    return is_there and status == Status.FINISHED and has_scores


def stands_apart(submission: Submission, setup: BoardSetup) -> bool:
    """True when its row takes no place that others of its participant may want."""
    return setup.rule.keeps_several or marks_of(submission).stands_apart


def marks_of(submission: Submission) -> Marks:
    """What organizers say of it."""
    return Marks(**(submission.marks or {}))


def has_primary(submission: Submission, setup: BoardSetup) -> bool:
    """True when it has a score in the column that ranks."""
    board = setup.main
    return ranking.has_primary(entry(submission, setup), board.columns, board.primary_index)


def entry(submission: Submission, setup: BoardSetup) -> ranking.Entry:
    """What ranks of it."""
    return _entry(submission, setup, submission.scores or {})


def row_of(submission: Submission, setup: BoardSetup, scores: Mapping[str, float]) -> BoardRow:
    """A submission's line on the boards."""
    marks, apart = marks_of(submission), stands_apart(submission, setup)
    return BoardRow(
        *_keys(submission)[apart],
        user=submission.competitor,
        username=submission.competitor_name,
        team=True if submission.team else None,
        submission=submission.id,
        submitted_at=submission.created_at,
        scores=dict(scores),
        # Several rows of one participant are told apart by what each is called.
        name=(submission.name or None) if apart else None,
        marks=submission.marks if marks != Marks() else None,
        edited=True if submission.original_scores is not None else None,
        fact_sheet=policy.board_answers(setup.questions, submission.fact_sheet) or None,
    )


def _putting(submission: Submission, setup: BoardSetup, scores: Mapping[str, float], former: BoardRow | None) -> Change:
    return Change(put=[(row_of(submission, setup, scores), former)], is_judged=setup.is_judged)


def _keys(submission: Submission) -> tuple[Place[BoardRow], Place[BoardRow]]:
    return keys_of(submission.phase, submission.competitor, submission.id)


def _stays_apart(submission: Submission, setup: BoardSetup, on_board: set[str]) -> bool:
    if setup.rule.is_automatic and not marks_of(submission).disqualified:
        return True
    return submission.id in on_board


def _chosen(setup: BoardSetup, submitted: Iterable[Submission], on_board: set[str]) -> list[Submission]:
    """Which of a participant's submissions takes the one place: none, or one."""
    chosen: Submission | None = None
    for submission in sorted(submitted, key=lambda one: (one.created_at, one.id)):
        if setup.rule.is_automatic:
            old = entry(chosen, setup) if chosen else None
            if ranking.replaces(setup.rule, entry(submission, setup), old, *_order(setup)):
                chosen = submission
        elif submission.id in on_board:
            chosen = submission
    return [chosen] if chosen else []


def _entry(submission: Submission, setup: BoardSetup, scores: Mapping[str, float]) -> ranking.Entry:
    return ranking.Entry(submission.competitor_name, submission.id, submission.created_at, setup.ranking(scores))


def _order(setup: BoardSetup) -> tuple[Sequence[Column], int, Sequence[int] | None]:
    """What orders a participant's submissions among themselves: the main board's columns."""
    board = setup.main
    return board.columns, board.primary_index, board.tie_break_indexes


def _attributes(row: BoardRow) -> dict[str, object]:
    return {name: value for name, value in row.attribute_values.items() if value is not None}
