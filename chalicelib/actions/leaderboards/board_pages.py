"""A page of a board by its columns, as a snapshot has it and as it is told to who asks for that (ADR 59)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chalicelib.store.leaderboards.packing import Packed, numbers

#: What is said of a row, each by the places of those of which it is true.
FLAGS = ("baseline", "verified", "edited", "brought")
#: What is told of rows where some have it, and what of one that has none.
TOLD: Mapping[str, Any] = {
    "name": None,
    "team": None,
    "disqualified": None,
    "fact_sheet": {},
    "group": None,
    "organization": None,
}
NOTHING: Mapping[str, Any] = {"rank": [], "participant": [], "submission": [], "submitted_at": [], "scores": {}}


@dataclass(frozen=True)
class BoardPage:
    """Rows in order, a list a column: a rank is None without a primary score, `submitted_at` are seconds since 1970.

    `scores` has all of them by their keys. `flags` and `told` leave out what is said of none.
    """

    rank: Sequence[int | None]
    participant: Sequence[str]
    submission: Sequence[str]
    submitted_at: Sequence[int]
    scores: Mapping[str, Packed]
    flags: Mapping[str, Sequence[int]] = field(default_factory=dict)
    told: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.submission)

    def tells(self, name: str) -> Sequence[Any]:
        """One of `TOLD` of each row."""
        return self.told[name] if name in self.told else [TOLD[name]] * len(self)

    def rows(self) -> list[dict[str, Any]]:
        """The rows, with the keys of `responses.Row` and all of their scores."""
        keys, columns = list(self.scores), [numbers(column) for column in self.scores.values()]
        scores = [dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True)] or [{} for _ in self.rank]
        told = [self.tells(name) for name in TOLD]
        flagged = {name: set(self.flags.get(name, ())) for name in FLAGS}
        return [
            {
                "rank": self.rank[at],
                "participant": self.participant[at],
                "submission": self.submission[at],
                "submitted_at": datetime.fromtimestamp(self.submitted_at[at], UTC),
                "scores": scores[at],
                **{name: at in places for name, places in flagged.items()},
                **{name: values[at] for name, values in zip(TOLD, told, strict=True)},
            }
            for at in range(len(self))
        ]

    @staticmethod
    def of(rows: Sequence[Mapping[str, Any]]) -> "BoardPage":
        """The inverse of `rows`."""
        keys = dict.fromkeys(key for row in rows for key in row["scores"])
        return BoardPage(
            [row["rank"] for row in rows],
            [row["participant"] for row in rows],
            [row["submission"] for row in rows],
            [int(row["submitted_at"].timestamp()) for row in rows],
            {key: [row["scores"].get(key) for row in rows] for key in keys},
            flags_of((name, [at for at, row in enumerate(rows) if row[name]]) for name in FLAGS),
            told_of((name, [row[name] for row in rows]) for name in TOLD),
        )


def flags_of(found: Iterable[tuple[str, list[int]]]) -> dict[str, list[int]]:
    """The flags that any row has."""
    return {name: places for name, places in found if places}


def told_of(found: Iterable[tuple[str, list[Any]]]) -> dict[str, list[Any]]:
    """The fields that any row has, of `TOLD`."""
    return {name: values for name, values in found if any(values)}
