"""Write units of DynamoDB by the rules of its developer guide: moto says one for whatever is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.counting import item_bytes
from tests.api.conftest import Site, client

UNIT_BYTES = 1024
Item = dict[str, Any]


@contextmanager
def written(site: Site) -> Iterator[list[int]]:
    """The units of what changes within the block, put into the list at its end: an item written twice counts once."""
    units: list[int] = []
    before = _items(site)
    yield units
    after, indexes = _items(site), _indexes(site)
    changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    units.append(sum(_of_item(before.get(key, {}), after.get(key, {}), indexes) for key in changed))


def _of_item(before: Item, after: Item, indexes: list[Any]) -> int:
    """A table is charged for the larger form of an item; an index only where what it has of the item changes."""
    return max(_units(before), _units(after)) + sum(_of_index(before, after, index) for index in indexes)


def _of_index(before: Item, after: Item, index: Any) -> int:
    old, new = _projected(before, index), _projected(after, index)
    if old == new:
        return 0
    keys = [key["AttributeName"] for key in index["KeySchema"]]
    if old and new and [old[key] for key in keys] == [new[key] for key in keys]:
        return max(_units(old), _units(new))
    # An entry at another place is removed from the one and put at the other.
    return _units(old) + _units(new)


def _projected(item: Item, index: Any) -> Item:
    if any(key["AttributeName"] not in item for key in index["KeySchema"]):
        return {}
    if index["Projection"]["ProjectionType"] == "ALL":
        return item
    names = {"pk", "sk", *(key["AttributeName"] for key in index["KeySchema"])}
    names.update(index["Projection"].get("NonKeyAttributes", []))
    return {name: value for name, value in item.items() if name in names}


def _units(item: Item) -> int:
    return -(-item_bytes(item) // UNIT_BYTES)


def _items(site: Site) -> dict[tuple[str, str], Item]:
    pages = client("dynamodb").get_paginator("scan").paginate(TableName=site.outputs["TableName"])
    return {(item["pk"]["S"], item["sk"]["S"]): item for page in pages for item in page["Items"]}


def _indexes(site: Site) -> list[Any]:
    described = client("dynamodb").describe_table(TableName=site.outputs["TableName"])
    return list(described["Table"]["GlobalSecondaryIndexes"])
