"""Lists as CSV: a line for each item of the one list in a JSON answer, in which no cell is taken for a formula."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from agon.errors import AgonError
from chalicelib.domain import tables

_NO_LIST = "This tells no list that a table could have. Say --format json."


def csv(value: Any) -> str:
    """The list in an answer, with a line for the names of its columns. Raises AgonError for an answer without one.

    What an item has below a key stands under `key.name`, and a list in it as JSON.
    """
    items = [_flat(one) for one in _items(value)]
    columns = list(dict.fromkeys(name for one in items for name in one))
    target = io.StringIO()
    tables.write(target, columns, ([one.get(name) for name in columns] for one in items))
    return target.getvalue()


def _items(value: Any) -> Sequence[Mapping[str, Any]]:
    lists: dict[str, Sequence[Mapping[str, Any]]] = (
        {name: one for name, one in value.items() if _is_list(one)} if isinstance(value, Mapping) else {}
    )
    if not lists:
        raise AgonError(_NO_LIST)
    # A board has columns, too.
    return lists.get("rows", next(iter(lists.values())))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _flat(item: Mapping[str, Any], above: str = "") -> dict[str, tables.Cell]:
    found: dict[str, tables.Cell] = {}
    for name, value in item.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{above}{name}.")
        else:
            found[f"{above}{name}"] = _cell(value)
    return found


def _cell(value: Any) -> tables.Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, list) else value
