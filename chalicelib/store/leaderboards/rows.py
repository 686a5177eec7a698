"""The rows of a phase's boards as a rebuild has them: a list a column, for a board has 100,000 rows (docs/adr/0059)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar

import orjson

from chalicelib.domain.leaderboards.ranking import picked
from chalicelib.store import table
from chalicelib.store.leaderboards.boards import BoardRow, partition
from chalicelib.store.leaderboards.packing import numbers, packed
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place

#: The scores of rows by their keys, a list a key, each as long as there are rows.
Columns = Mapping[str, Sequence[float | None]]
Value = TypeVar("Value")

_IS_ROW = BoardRow.sk.startswith("ROW#")
#: What few rows have, by how its values are read from what DynamoDB sends.
_MORE: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "name": ("S", str),
    "marks": ("S", orjson.loads),
    "edited": ("BOOL", bool),
    "team": ("BOOL", bool),
    "fact_sheet": ("S", orjson.loads),
    "group": ("S", str),
    "organization": ("S", orjson.loads),
    "brought": ("BOOL", bool),
}


class PlainRow(NamedTuple):
    """A row as to whose it is, and how it is marked."""

    user: str
    username: str
    submission: str
    team: bool
    marks: Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """Rows by their columns, all in one order: the keys that they are stored under, whose they are (`BoardRow`), the
    microseconds since 1970 at which they were submitted, and their scores. `more` has what only some have, by their places.
    """

    keys: Sequence[str] = ()
    users: Sequence[str] = ()
    usernames: Sequence[str] = ()
    submissions: Sequence[str] = ()
    submitted: Sequence[int] = ()
    scores: Columns = field(default_factory=dict)
    more: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.submissions)

    @property
    def disqualified(self) -> list[int]:
        """The places of those that are out of the ranking."""
        return [at for at, more in self.more.items() if more.get("marks", {}).get("disqualified")]

    def row(self, at: int) -> PlainRow:
        """One of the rows."""
        more = self.more.get(at, {})
        whose = (self.users[at], self.usernames[at], self.submissions[at])
        return PlainRow(*whose, bool(more.get("team")), more.get("marks", {}))

    def age(self, at: int) -> tuple[int, str]:
        """The order of a row among its equals: the earliest first, and a fixed one within the same instant."""
        return self.submitted[at], self.submissions[at]

    def of_group(self, group: str | None) -> "Rows":
        """The rows of a group; of none, all."""
        return self if group is None else self.taken([at for at, more in self.more.items() if more.get("group") == group])

    def without(self, places: Collection[int]) -> "Rows":
        """All but those at some places."""
        gone = set(places)
        return self.taken([at for at in range(len(self)) if at not in gone]) if gone else self

    def unscored(self) -> "Rows":
        """The rows without their keys and scores."""
        return replace(self, keys=(), scores={})

    def taken(self, places: Sequence[int]) -> "Rows":
        """The rows at some places, in that order."""

        def of(column: Sequence[Value]) -> Sequence[Value]:
            return picked(places, column) if column else column

        return Rows(
            of(self.keys),
            of(self.users),
            of(self.usernames),
            of(self.submissions),
            of(self.submitted),
            {key: of(column) for key, column in self.scores.items()},
            {now: self.more[at] for now, at in enumerate(places) if at in self.more} if self.more else {},
        )

    def updated(self, keys: Iterable[str], found: "Rows") -> "Rows":
        """The rows as they are now: of those with some keys the ones that were found, and all others."""
        there = set(found.keys)
        gone = set(keys) - there
        kept = self.without([at for at, key in enumerate(self.keys) if key in gone] if gone else ())
        stood = {key: at for at, key in enumerate(kept.keys) if key in there}
        new = [key for key in found.keys if key not in stood]
        places = stood | {key: at for at, key in enumerate(new, start=len(kept))}
        targets = [places[key] for key in found.keys]

        def put(column: Sequence[Value], values: Sequence[Value]) -> list[Value]:
            # What is behind the end is put there as well, all of it.
            made = [*column, *values[: len(new)]]
            for at, value in zip(targets, values, strict=True):
                made[at] = value
            return made

        replaced = set(targets)
        scored = {*kept.scores, *found.scores}
        more = {at: one for at, one in kept.more.items() if at not in replaced}
        return Rows(
            put(kept.keys, found.keys),
            put(kept.users, found.users),
            put(kept.usernames, found.usernames),
            put(kept.submissions, found.submissions),
            put(kept.submitted, found.submitted),
            {key: put(kept.column(key), found.column(key)) for key in sorted(scored)},
            more | {targets[at]: one for at, one in found.more.items()},
        )

    def column(self, key: str) -> Sequence[float | None]:
        """The scores under a key, none where no row has one."""
        return self.scores.get(key) or [None] * len(self)

    def rescored(self, change: Callable[[Mapping[str, float]], Mapping[str, float]]) -> "Rows":
        """With other scores, as a function makes them of each row's."""
        return replace(self, scores=columns_of([change(scores) for scores in mappings_of(self.scores, len(self))]))

    def stored(self) -> dict[str, Any]:
        """All of it, for orjson to write."""
        scores = {key: packed(column) for key, column in self.scores.items()}
        return {**vars(self), "scores": scores, "more": {str(at): more for at, more in self.more.items()}}

    @staticmethod
    def of_stored(stored: Mapping[str, Any]) -> "Rows":
        """The inverse of `stored`."""
        scores = {key: numbers(column) for key, column in stored["scores"].items()}
        return Rows(**{**stored, "scores": scores, "more": {int(at): more for at, more in stored["more"].items()}})


def columns_of(scores: Sequence[Mapping[str, float]]) -> Columns:
    """Mappings, one a row, as columns."""
    keys = dict.fromkeys(key for one in dict.fromkeys(map(tuple, scores)) for key in one)
    return {key: [one.get(key) for one in scores] for key in keys}


def mappings_of(scores: Columns, count: int) -> Iterator[dict[str, float]]:
    """The inverse of `columns_of`, of so many rows."""
    for at in range(count):
        yield {key: value for key, column in scores.items() if (value := column[at]) is not None}


def read(phase: str) -> Rows:
    """All rows of a phase, consistently. Raises Busy."""
    items: list[Mapping[str, Any]] = []
    start = None
    while True:
        page = patiently(partial(_page, phase, start))
        items += page["Items"]
        start = page.get("LastEvaluatedKey")
        if not start:
            return of_items(items)


def read_some(phase: str, keys: Iterable[str]) -> Rows:
    """The rows of a phase with some keys, of those that are there, consistently: a call for each hundred. Raises Busy."""
    return of_models(table.read_many(Place(BoardRow, partition(phase), key) for key in keys))


def of_models(rows: Sequence[BoardRow]) -> Rows:
    """Rows as verbs read them."""
    more = [{name: value for name in _MORE if (value := getattr(row, name))} for row in rows]
    return Rows(
        [row.sk for row in rows],
        [row.user for row in rows],
        [row.username for row in rows],
        [row.submission for row in rows],
        [_microseconds(row.submitted_at) for row in rows],
        columns_of([row.scores for row in rows]),
        {at: one for at, one in enumerate(more) if one},
    )


def of_items(items: Sequence[Mapping[str, Any]]) -> Rows:
    """Rows as DynamoDB sends them."""
    rare = _MORE.keys()
    return Rows(
        [item["sk"]["S"] for item in items],
        [item["user"]["S"] for item in items],
        [item["username"]["S"] for item in items],
        [item["submission"]["S"] for item in items],
        [_microseconds(datetime.fromisoformat(item["submitted_at"]["S"])) for item in items],
        # One JSON of all is read in half the time that each takes by itself.
        columns_of(orjson.loads(f"[{','.join([item['scores']['S'] for item in items])}]")),
        {at: more for at, item in enumerate(items) if not rare.isdisjoint(item) and (more := _more(item))},
    )


def _microseconds(moment: datetime) -> int:
    """Microseconds since 1970."""
    return round(moment.timestamp() * 1_000_000)


def _more(item: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: read(item[name][kind]) for name, (kind, read) in _MORE.items() if kind in item.get(name, ())}
    return {name: value for name, value in found.items() if value}


def _page(phase: str, start: Any) -> dict[str, Any]:
    query, name = table.connection().query, BoardRow.Meta.table_name
    return query(name, partition(phase), _IS_ROW, consistent_read=True, exclusive_start_key=start)
