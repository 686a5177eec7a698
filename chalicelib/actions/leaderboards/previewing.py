"""A board's first rows as a change of it would rank them, of the scores that there are, before anything is changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from chalicelib import responses
from chalicelib.actions.leaderboards import rendering, reordering, visibility
from chalicelib.actions.leaderboards.reordering import Reordering
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.bundle.model import Bundle
from chalicelib.domain.competitions import phases as times
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.leaderboards.rows import of_models

#: Rows that are told, and those that are looked at: of a board with more nothing is told before.
TOLD, MOST = 10, 2000


def of_change(
    competition: Competition, phases: Sequence[Phase], bundle: Bundle, board: int, now: datetime
) -> responses.RankedPreview | None:
    """The first rows of a board in the phase that counts now, once the competition is as `bundle` says.

    None where it would look as it does, is not a board of that phase, or there are too many rows to look at.
    """
    phase, told = _current(phases, now), {one.index: one for one in bundle.phases}
    if phase is None or int(phase.index) not in told:
        return None
    before = visibility.setup_of(competition, phase, now)
    after = visibility.setup_of_bundle(bundle, told[int(phase.index)], now)
    both = reordering.rows_of(Reordering(phase, before, after), MOST)
    was, is_now = before.numbered(board), after.numbered(board)
    if both is None or is_now is None:
        return None
    former = _ranked(both[0], before, was) if was else []
    rows = _ranked(both[1], after, is_now)
    if rows == former:
        return None
    ranks = {row.submission: row.rank for row in former}
    return responses.RankedPreview(
        phase=phase.id,
        name=phase.name,
        columns=[responses.PreviewedColumn(one.key, one.title, one.sorting, one.precision) for one in is_now.columns],
        rows=[
            responses.PreviewedRow(one.rank, ranks.get(one.submission), one.participant, one.scores) for one in rows[:TOLD]
        ],
        count=len(rows),
    )


class _Row(NamedTuple):
    """A row, with its scores in the columns of its board."""

    rank: int | None
    participant: str
    submission: str
    scores: Mapping[str, float]


def _ranked(rows: Sequence[BoardRow], setup: BoardSetup, board: Leaderboard) -> list[_Row]:
    keys = {column.key for column in board.columns}
    plain = rendering.of_today(of_models(rows), setup)
    return [
        _Row(rank, row.username, row.submission, {key: value for key, value in scores.items() if key in keys})
        for rank, row, scores in rendering.ranked(plain, setup, board)
    ]


def _current(phases: Sequence[Phase], now: datetime) -> Phase | None:
    """The phase that is open, else the last that was."""
    states = [(times.state(one.starts_at, one.ends_at, now), one) for one in phases]
    begun = [(state, one) for state, one in states if state != "upcoming"]
    return next((one for state, one in begun if state == "open"), begun[-1][1] if begun else None)
