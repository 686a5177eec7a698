"""What moto does for each call at the cost of all that a call could be, done at the cost of what the call is.

A copy of a whole table for each item of a transaction, ten lookups for each attribute's one value, ten slow walks through
the tree of an update, two hundred services' addresses tried before DynamoDB's, all items sorted for a query of some:
together they were more than half of the suite's time.
Each replacement answers what moto answers; test_quick_moto.py shows it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from copy import copy, deepcopy
from functools import cache
from string import ascii_letters, digits
from types import SimpleNamespace
from typing import Any

import pytest
from moto import backend_index
from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID, responses
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.parse import BaseJSONParser
from moto.core.serialize import AttributePicker, BaseJSONSerializer
from moto.dynamodb import models
from moto.dynamodb import responses as tables
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.moto_api._internal.moto_random import MotoRandom

from tests.api import quick_expressions, quick_updates

#: DynamoDB's types of values, which are keys of plain dictionaries.
TYPES = frozenset({"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"})
#: Where moto, which tries the services in their alphabet, finds nearly every call.
BUSY = ("dynamodb", "sqs", "s3")
#: Where items are copied before somebody looks at them.
COPYING = (models, models.table, tables)
#: The most bytes of an item, to moto.
ITEM_BYTES = 405_000

_account = BackendDict.__getitem__
_method_names = responses.method_names_from_class
_parse = BaseJSONParser._parse_structure
_pick = AttributePicker.__call__
_query = Table.query
_size = Item.size
_serialize = BaseJSONSerializer._serialize_type_structure
_update = DynamoDBBackend.update_item
_urls = BaseBackend.urls


# Finding who answers a call.


def _is_idle(pattern: tuple[str, re.Pattern[str]]) -> bool:
    return pattern[0] not in BUSY


def _of_account(backends: BackendDict[Any], account: str) -> Any:
    return dict.__getitem__(backends, account) if account in backends else _account(backends, account)


def _known_urls(backend: BaseBackend) -> Any:
    if "_known_urls" not in backend.__dict__:
        backend.__dict__["_known_urls"] = _urls.fget(backend)  # type: ignore[attr-defined]
    return backend.__dict__["_known_urls"]


def _random_string(random: MotoRandom, length: int = 20, include_digits: bool = True, lower_case: bool = False) -> str:
    found = "".join(random.choices(ascii_letters + (digits if include_digits else ""), k=length))
    return found.lower() if lower_case else found


# Reading and writing an attribute's value, of which one member of ten is there.


def _parse_value(parser: BaseJSONParser, shape: Any, value: Any) -> Any:
    if shape.name != "AttributeValue" or type(value) is not dict:
        return _parse(parser, shape, value)
    members = shape.members
    found = ((name, told) for name, told in value.items() if name in members and told is not None)
    return {name: parser._parse_shape(members[name], told) for name, told in found}


def _serialize_value(serializer: BaseJSONSerializer, serialized: Any, value: Any, shape: Any, key: str) -> None:
    if key and shape.name == "AttributeValue" and (plain := plain_value(value)) is not None:
        serializer._default_serialize(serialized, plain, shape, key)
    else:
        _serialize(serializer, serialized, value, shape, key)


def plain_value(value: Any) -> dict[str, Any] | None:
    """An attribute's value as JSON; none where moto's own way has to find it."""
    if type(value) is not dict or len(value) != 1:
        return None
    ((kind, told),) = value.items()
    if kind in ("S", "N") and isinstance(told, str) or kind in ("BOOL", "NULL") and isinstance(told, bool):
        return {kind: told}
    if kind == "M":
        found = {name: plain_value(inner) for name, inner in told.items()}
        return None if None in found.values() else {kind: found}
    if kind == "L":
        items = [plain_value(inner) for inner in told]
        return None if None in items else {kind: items}
    return None


def _pick_value(picker: AttributePicker, context: Any) -> Any:
    if context.key in TYPES and type(context.obj) is dict:
        return context.obj.get(context.key)
    return _pick(picker, context)


# Copying no more than what changes.


def _snapshot(table: Table, _known: dict[int, Any]) -> Table:
    """A copied table shares its items with the first one.

    A put or a deletion changes the table that it is of and no item, and an update a copy of its item: so a transaction that
    fails is rolled back as before.
    """
    twin = copy(table)
    twin.items = defaultdict(dict, {key: copy(found) for key, found in table.items.items()})
    return twin


def _update_copy(backend: DynamoDBBackend, table_name: str, key: dict[str, Any], **told: Any) -> Any:
    table = backend.get_table(table_name)
    place = hashed, ranged = DynamoType(key[table.hash_key_attr]), DynamoType(key[str(table.range_key_attr)])
    found = table.items.get(hashed, {})
    if item := quick_updates.updated(table, place, found.get(ranged), told, ITEM_BYTES):
        table.items[hashed][ranged] = item
        return item
    if ranged in found:
        found[ranged] = deepcopy(found[ranged])
    return _update(backend, table_name, key, **told)


def _share(value: Any) -> Any:
    """No copy of an item, which only an update changes, and that has its own."""
    if isinstance(value, list) and value and isinstance(value[0], Item):
        return list(value)
    return value if isinstance(value, Item) else deepcopy(value)


def _size_once(item: Item) -> int:
    if "bytes" not in vars(item):
        vars(item)["bytes"] = _size(item)
    return int(vars(item)["bytes"])


def _fill(item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]) -> None:
    """Measures an item once it is whole, and not after each attribute."""
    item.hash_key, item.range_key, item.attrs = hash_key, range_key, LimitedSizeDict()
    for name, value in attrs.items():
        dict.__setitem__(item.attrs, name, DynamoType(value))
    if item.size() > ITEM_BYTES:
        raise ItemSizeTooLarge


# Looking at what is asked for.


def _query_some(table: Table, hash_key: DynamoType | None, *told: Any, **named: Any) -> Any:
    """Asks a table of those items alone that may be meant: moto sorts all that it has each time."""
    index = told[6] if len(told) > 6 else named.get("index_name")
    some = copy(table)
    if index is None:
        some.items = defaultdict(dict, {hash_key: table.items[hash_key]} if hash_key in table.items else {})
    else:
        wanted = [(name, value.type, value.value) for name, value in named["hash_key_conditions"] if value.type == "S"]
        some.items = defaultdict(dict)
        for key, found in table.items.items():
            if kept := {place: item for place, item in found.items() if _has(item, wanted)}:
                some.items[key] = kept
    return _query(some, hash_key, *told, **named)


def _has(item: Item, wanted: list[tuple[str, str, str]]) -> bool:
    for name, kind, value in wanted:
        found = item.attrs.get(name)
        if found is None or found.value != value or found.type != kind:
            return False
    return True


def _sort_items(table: Table) -> list[Item]:
    items = [item for found in table.items.values() for item in found.values()]
    return sorted(items, key=lambda item: (item.hash_key.cast_value, item.range_key.cast_value))


# Emptying what a test leaves, and filling in what the next one begins with, without a call.


def _backend(service: str, region: str = "us-east-1") -> Any:
    return get_backend(service)[DEFAULT_ACCOUNT_ID][region]  # type: ignore[call-overload]


def empty_table(name: str) -> None:
    """Forget all items of a table."""
    _backend("dynamodb").get_table(name).items.clear()


def items(name: str, rows: Iterable[dict[str, Any]]) -> list[Item]:
    """The items of a table that rows, as DynamoDB spells them, are now."""
    found = _backend("dynamodb").get_table(name).items
    return [found[DynamoType(row["pk"])][DynamoType(row["sk"])] for row in rows]


def put_items(name: str, items: Iterable[Item]) -> None:
    """Have items in a table again. Several tests may begin with one: what changes an item makes a new one."""
    table = _backend("dynamodb").get_table(name)
    for item in items:
        table.items[item.hash_key][item.range_key] = item


def empty_bucket(name: str) -> None:
    """Forget all objects of a bucket, in all their versions."""
    keys = _backend("s3", "aws").get_bucket(name).keys
    for key in list(keys):
        keys.pop(key)


def empty_queue(name: str) -> None:
    """Forget all messages of a queue, those too that somebody has in hand."""
    queue = _backend("sqs").get_queue(name)
    # To purge one is allowed once a minute.
    queue._messages, queue._pending_messages = [], set()


#: What is replaced, by what.
REPLACEMENTS: list[tuple[Any, str, Any]] = [
    (backend_index, "backend_url_patterns", sorted(backend_index.backend_url_patterns, key=_is_idle)),
    (responses, "method_names_from_class", cache(_method_names)),
    (responses, "camelcase_to_underscores", cache(responses.camelcase_to_underscores)),
    (BackendDict, "__getitem__", _of_account),
    (BaseBackend, "urls", property(_known_urls)),
    (MotoRandom, "get_random_string", _random_string),
    (BaseJSONParser, "_parse_structure", _parse_value),
    (BaseJSONSerializer, "_serialize_type_structure", _serialize_value),
    (AttributePicker, "__call__", _pick_value),
    (Table, "__deepcopy__", _snapshot),
    (Table, "query", _query_some),
    (Table, "all_items", _sort_items),
    (DynamoDBBackend, "update_item", _update_copy),
    (Item, "__init__", _fill),
    (Item, "size", _size_once),
    *((module, "copy", SimpleNamespace(copy=copy, deepcopy=_share)) for module in COPYING),
    *quick_expressions.REPLACEMENTS,
]
_FORMER = [(owner, name, vars(owner).get(name)) for owner, name, _ in REPLACEMENTS]


def install(patch: pytest.MonkeyPatch) -> None:
    """Put each of them in place."""
    for owner, name, quick in REPLACEMENTS:
        patch.setattr(owner, name, quick, raising=False)


def remove(patch: pytest.MonkeyPatch) -> None:
    """Have moto as it comes."""
    for owner, name, former in _FORMER:
        if former is None:
            patch.delattr(owner, name)
        else:
            patch.setattr(owner, name, former)
