"""Differences between two documents of a competition's settings: which keys say something else, and what."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, NamedTuple

#: More of one edit is not told.
MOST = 50
#: Of one value as JSON.
MOST_CHARACTERS = 300
#: Keys under which people's addresses stand, which are told to who may read the settings and to nobody else.
_PRIVATE = frozenset({"allowed_addresses", "refused_addresses", "addresses", "contact_email"})


class Difference(NamedTuple):
    """One key that says something else, by its place (`phases[0].end`), and what it says; None where it is left out."""

    place: str
    before: Any
    after: Any


def between(before: Any, after: Any, place: str = "") -> Iterator[Difference]:
    """The keys in which two documents differ. Entries of lists are compared by place; what is not there has none."""
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        some, others = _keys(before), _keys(after)
        for key in {**some, **others}:
            yield from between(some.get(key), others.get(key), f"{place}.{key}" if place else str(key))
    elif any(isinstance(one, Mapping) for one in (*_entries(before), *_entries(after))):
        for index, (one, other) in enumerate(zip_longest(_entries(before), _entries(after))):
            yield from between(one, other, f"{place}[{index}]")
    elif before != after:
        yield Difference(place, before, after)


def _keys(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _entries(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def told(differences: Iterator[Difference]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values that differing keys had and have, by their places, as a record keeps them: cut, and without addresses."""
    some = list(islice(differences, MOST))
    return {one.place: _cut(one.place, one.before) for one in some}, {one.place: _cut(one.place, one.after) for one in some}


def _cut(place: str, value: Any) -> Any:
    if value is None:
        return None
    if place.rpartition(".")[2] in _PRIVATE:
        return "…"
    written = json.dumps(value, ensure_ascii=False, default=str)
    return value if len(written) <= MOST_CHARACTERS else f"{written[:MOST_CHARACTERS]}…"
