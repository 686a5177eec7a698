"""Which submission stands on a phase's board for whom, and what its row says."""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.transactions import TransactWrite

from chalicelib.domain import ranking
from chalicelib.domain.bundle.model import Leaderboard
from chalicelib.store import leaderboards, table
from chalicelib.store.leaderboards import BoardRow
from chalicelib.store.submissions import Submission


@dataclass(frozen=True)
class Placing:
    """A row to put, and the one that it takes the place of."""

    row: BoardRow
    former: BoardRow | None


def place(submission: Submission, board: Leaderboard, scores: dict[str, float], former: table.Item | None) -> Placing | None:
    """What becomes of the board when this submission has finished with these scores; None when it stays as it is.

    `former` is what stands at the participant's `leaderboards.row_key`.
    """
    if submission.solution is not None:
        return None
    several = board.submission_rule.keeps_several
    old = former if isinstance(former, BoardRow) and not several else None
    entry = ranking.Entry(submission.username, submission.id, submission.created_at, scores)
    old_entry = old and ranking.Entry(old.username, old.submission, old.submitted_at, old.scores)
    how = (board.columns, board.primary_index, board.tie_break_indexes)
    if not ranking.replaces(board.submission_rule, entry, old_entry, *how):
        return None
    return Placing(_row(submission, scores, several), old)


def placing(write: TransactWrite, change: Placing, phase: str, now: datetime) -> None:
    """Within a transaction: put the row, on condition that the former one is still there, and ask for a rebuild."""
    leaderboards.putting(write, change.row, change.former)
    leaderboards.marking_dirty(write, phase, now)


def _row(submission: Submission, scores: dict[str, float], several: bool) -> BoardRow:
    return BoardRow(
        *leaderboards.row_key(submission.phase, submission.user, submission.id if several else None),
        user=submission.user,
        username=submission.username,
        submission=submission.id,
        submitted_at=submission.created_at,
        scores=scores,
    )
