"""Boards in tests: each rebuild begins with the rows that the former kept, however few, and finds what all rows say."""

from datetime import datetime
from typing import Any

import pytest

from chalicelib.actions.leaderboards import remembering
from chalicelib.store.leaderboards import rows as stored_rows
from chalicelib.store.leaderboards.rows import Rows


def install(patch: pytest.MonkeyPatch) -> None:
    """Compare the rows of each rebuild with those of the table."""
    real = remembering.read

    def read(board: Any, *given: Any) -> tuple[Rows, datetime]:
        found = real(board, *given)
        assert by_key(found[0]) == by_key(stored_rows.read(board.phase))
        return found

    patch.setattr(remembering, "read", read)
    patch.setattr(remembering, "FEWEST", 0)


def by_key(rows: Rows) -> dict[str, Any]:
    """All that is known of rows, by their keys."""
    scores = list(stored_rows.mappings_of(rows.scores, len(rows)))
    return {key: (rows.row(at), rows.age(at), scores[at], rows.more.get(at)) for at, key in enumerate(rows.keys)}
