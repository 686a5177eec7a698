"""Rows of a board that came as columns, as rows again (docs/adr/0059)."""

from __future__ import annotations

import struct
from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agon import api_types as api

_FLAGS = ("mine", "baseline", "verified", "edited", "brought")


def unpacked(board: api.Leaderboard) -> api.Leaderboard:
    """A page of a board with its rows, in whichever form they came: builds before this one know of no other."""
    packed = board.pop("packed", None)
    if packed:
        board["rows"] = _rows(packed)
    return board


def _rows(packed: api.PackedRows) -> list[api.Row]:
    since, keys = datetime.fromisoformat(packed["since"]), list(packed["scores"])
    columns = [_numbers(column) for column in packed["scores"].values()]
    flagged = {name: set(packed[name]) for name in _FLAGS}  # type: ignore[literal-required]
    count = len(packed["submission"])
    nobody = [None] * count
    return [
        {
            "rank": packed["rank"][at],
            "participant": packed["participant"][at],
            "team": (packed["team"] or nobody)[at],
            "submission": packed["submission"][at],
            "name": (packed["name"] or nobody)[at],
            "scores": dict(zip(keys, (column[at] for column in columns), strict=True)),
            "submitted_at": (since + timedelta(seconds=packed["submitted_at"][at])).isoformat().replace("+00:00", "Z"),
            "disqualified": None,
            "fact_sheet": packed["fact_sheet"][at] if packed["fact_sheet"] else {},
            "group": (packed["group"] or nobody)[at],
            "organization": (packed["organization"] or nobody)[at],
            **{name: at in places for name, places in flagged.items()},  # type: ignore[typeddict-item]
        }
        for at in range(count)
    ]


def _numbers(column: str | list[float | None]) -> Sequence[float | None]:
    if not isinstance(column, str):
        return column
    content = b64decode(column)
    return [None if value != value else value for value in struct.unpack(f"<{len(content) // 8}d", content)]
