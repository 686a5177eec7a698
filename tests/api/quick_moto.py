"""What moto does for each call at the cost of all that a call could be, done at the cost of what the call is.

A copy of a whole table for each item of a transaction, ten lookups for each attribute's one value, ten slow walks through
the tree of an update, two hundred services' addresses tried before DynamoDB's: together they were half of the suite's time.
Each replacement answers what moto answers; test_quick_moto.py shows it.
"""

import re
from collections import defaultdict, deque
from copy import copy, deepcopy
from functools import cache
from string import ascii_letters, digits
from typing import Any

import pytest
from moto import backend_index
from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID, responses
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.parse import BaseJSONParser
from moto.core.serialize import AttributePicker, BaseJSONSerializer
from moto.dynamodb import comparisons
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing import ast_nodes
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node
from moto.dynamodb.parsing.expressions import UpdateExpressionParser
from moto.moto_api._internal.moto_random import MotoRandom

#: DynamoDB's types of values, which are keys of plain dictionaries.
TYPES = frozenset({"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"})
#: Where moto, which tries the services in their alphabet, finds nearly every call.
BUSY = ("dynamodb", "sqs", "s3")
#: The most bytes of an item, to moto.
ITEM_BYTES = 405_000

_account = BackendDict.__getitem__
_lex = comparisons.ConditionExpressionParser._lex_condition_expression
_make = UpdateExpressionParser.make
_method_names = responses.method_names_from_class
_parse = BaseJSONParser._parse_structure
_pick = AttributePicker.__call__
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
    if key and shape.name == "AttributeValue" and (plain := _plain(value)) is not None:
        serializer._default_serialize(serialized, plain, shape, key)
    else:
        _serialize(serializer, serialized, value, shape, key)


def _plain(value: Any) -> dict[str, Any] | None:
    """An attribute's value as JSON; none where moto's own way has to find it."""
    if type(value) is not dict or len(value) != 1:
        return None
    ((kind, told),) = value.items()
    if kind in ("S", "N") and isinstance(told, str) or kind in ("BOOL", "NULL") and isinstance(told, bool):
        return {kind: told}
    if kind == "M":
        found = {name: _plain(inner) for name, inner in told.items()}
        return None if None in found.values() else {kind: found}
    if kind == "L":
        items = [_plain(inner) for inner in told]
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


def _update_copy(backend: DynamoDBBackend, table_name: str, key: dict[str, Any], *arguments: Any, **named: Any) -> Any:
    table = backend.get_table(table_name)
    hashed, ranged = (DynamoType(key[name]) for name in (table.hash_key_attr, str(table.range_key_attr)))
    if ranged in (found := table.items.get(hashed, {})):
        found[ranged] = deepcopy(found[ranged])
    return _update(backend, table_name, key, *arguments, **named)


def _fill(item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]) -> None:
    """Measures an item once it is whole, and not after each attribute."""
    item.hash_key, item.range_key, item.attrs = hash_key, range_key, LimitedSizeDict()
    for name, value in attrs.items():
        dict.__setitem__(item.attrs, name, DynamoType(value))
    if item.size() > ITEM_BYTES:
        raise ItemSizeTooLarge


# Reading an expression once, and walking through it where there is something.


@cache
def _lexed(expression: str) -> tuple[Any, ...]:
    return tuple(_lex(comparisons.ConditionExpressionParser(expression, {}, {})))


def _lex_once(parser: comparisons.ConditionExpressionParser) -> deque[Any]:
    return deque(_lexed(str(parser.condition_expression)))


def _copy_node(node: Node, known: dict[int, Any]) -> Node:
    twin = copy(node)
    if node.children is not None:
        twin.children = [deepcopy(child, known) for child in node.children]
        for child in twin.children:
            if isinstance(child, Node):
                child.parent = twin
    return twin


@cache
def _is_a(kind: type, wanted: tuple[type, ...]) -> bool:
    """Abstract classes are slow to tell."""
    return issubclass(kind, wanted)


_NODES = (Node,)
_HOLDERS = (ast_nodes.Expression, ast_nodes.UpdateExpressionFunction)


def _find_clauses(node: Node, kinds: list[type]) -> list[Node]:
    found: list[Node] = []
    for child in node.children or []:
        if type(child) in kinds:
            found.append(child)
        elif _is_a(type(child), _HOLDERS):
            found.extend(_find_clauses(child, kinds))
    return found


def _traverse(rule: DepthFirstTraverser, node: Node, child_id: int = -1) -> Node:
    is_prepared = type(rule).pre_processing_of_child is not DepthFirstTraverser.pre_processing_of_child
    return _walk(rule, node, child_id, rule.nodes_to_be_processed(), is_prepared)


def _walk(rule: DepthFirstTraverser, node: Node, child_id: int, wanted: tuple[type, ...], is_prepared: bool) -> Node:
    parent = node.parent
    for index, child in enumerate(node.children or ()):
        if is_prepared:
            rule.pre_processing_of_child(node, index)
        if _is_a(type(child), _NODES):
            _walk(rule, child, index, wanted, is_prepared)
    if _is_a(type(node), wanted):
        node = rule.process(node)
        node.parent = parent
        if parent:
            parent.children[child_id] = node
    return node


# Emptying what a test leaves, without a call.


def _backend(service: str, region: str = "us-east-1") -> Any:
    return get_backend(service)[DEFAULT_ACCOUNT_ID][region]  # type: ignore[call-overload]


def empty_table(name: str) -> None:
    """Forget all items of a table."""
    _backend("dynamodb").get_table(name).items.clear()


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
    (BackendDict, "__getitem__", _of_account),
    (BaseBackend, "urls", property(_known_urls)),
    (MotoRandom, "get_random_string", _random_string),
    (BaseJSONParser, "_parse_structure", _parse_value),
    (BaseJSONSerializer, "_serialize_type_structure", _serialize_value),
    (AttributePicker, "__call__", _pick_value),
    (Table, "__deepcopy__", _snapshot),
    (DynamoDBBackend, "update_item", _update_copy),
    (Item, "__init__", _fill),
    (comparisons.ConditionExpressionParser, "_lex_condition_expression", _lex_once),
    (UpdateExpressionParser, "make", cache(_make)),
    (Node, "__deepcopy__", _copy_node),
    (Node, "find_clauses", _find_clauses),
    (DepthFirstTraverser, "traverse_node_recursively", _traverse),
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
