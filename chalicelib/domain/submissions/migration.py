"""The submission that a participant takes along into the next phase (FORMATS 2.14)."""

from collections.abc import Sequence
from typing import Literal

from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.leaderboards import ranking
from chalicelib.domain.leaderboards.ranking import Entry

Rule = Literal["last", "best"]


def choose(
    rule: Rule,
    finished: Sequence[Entry],
    columns: Sequence[Column],
    primary_index: int,
    tie_break: Sequence[int] | None = None,
) -> Entry | None:
    """One of a participant's finished submissions: the last, or the one that stands above the others on the board.

    None when there is none; without any score that ranks the best one is the last.
    """
    ordered = sorted(finished, key=lambda entry: (entry.submitted_at, entry.submission))
    if not ordered:
        return None
    ranked = [entry for entry in ordered if ranking.has_primary(entry, columns, primary_index)]
    if rule == "last" or not ranked:
        return ordered[-1]
    best = ranked[0]
    for entry in ranked[1:]:
        if ranking.is_better(entry, best, columns, primary_index, tie_break):
            best = entry
    return best
