"""DynamoDB's updates that set, add to and remove attributes as a whole, as nearly all do: done to a copy of the item.

Moto walks ten times through an update's tree, copies every value of the item and measures it after each attribute. Whatever
is told otherwise, or fails, is left to moto.
"""

from functools import cache
from typing import Any

from moto.dynamodb import comparisons
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.models.utilities import bytesize
from moto.dynamodb.parsing import ast_nodes
from moto.dynamodb.parsing.expressions import UpdateExpressionParser

from tests.api import quick_expressions

_SET, _ADD, _REMOVE = "SET", "ADD", "REMOVE"
_VERBS = {
    ast_nodes.UpdateExpressionSetAction: _SET,
    ast_nodes.UpdateExpressionAddAction: _ADD,
    ast_nodes.UpdateExpressionRemoveAction: _REMOVE,
}
#: What an update may be told of.
_TOLD = {
    *("update_expression", "expression_attribute_names", "expression_attribute_values", "condition_expression"),
    *("attribute_updates", "expected", "return_values_on_condition_check_failure"),
}
#: A verb, the name of an attribute, and that of a value.
Change = tuple[str, str, str]


def updated(
    table: Table, key: tuple[DynamoType, DynamoType], item: Item | None, told: dict[str, Any], most: int
) -> Item | None:
    """The item as an update leaves it, a new object of at most `most` bytes. None where moto is to say what comes of it."""
    changes = _changes(told.get("update_expression") or "")
    if not changes or told.get("attribute_updates") or told.get("expected") or told.keys() - _TOLD or table.stream_shard:
        return None
    names, values = told.get("expression_attribute_names") or {}, told.get("expression_attribute_values") or {}
    condition = comparisons.create_condition_expression_parser(told.get("condition_expression"), names, values).parse()
    if not condition.expr(item):
        return None
    tree = UpdateExpressionParser.make(told["update_expression"])
    quick_expressions._check(tree, tuple(sorted(names.items())), tuple(table.table_key_attrs))
    attributes = LimitedSizeDict()
    dict.update(attributes, item.attrs if item else _attributes(table, key))
    return _changed(key, attributes, changes, names, values, most)


def _changed(
    key: tuple[DynamoType, DynamoType],
    attributes: LimitedSizeDict,
    changes: tuple[Change, ...],
    names: dict[str, str],
    values: dict[str, Any],
    most: int,
) -> Item | None:
    size = sum(bytesize(name) + value.size() for name, value in attributes.items())
    for verb, shown, given in changes:
        name = names.get(shown)
        if name is None or verb != _REMOVE and given not in values:
            return None
        if verb == _REMOVE:
            attributes.pop(name, None)
            continue
        value = DynamoType(values[given])
        added = _sum(attributes.get(name), value) if verb == _ADD else value
        # Moto counts what is replaced as well.
        if added is None or (size := size + bytesize(name) + added.size()) > most:
            return None
        dict.__setitem__(attributes, name, added)
    item = object.__new__(Item)
    item.hash_key, item.range_key = key
    item.attrs = attributes
    return item


def _sum(former: DynamoType | None, value: DynamoType) -> DynamoType | None:
    if not value.is_number():
        return None
    former = DynamoType({"N": "0"}) if former is None else former
    return former + value if former.is_number() else None


def _attributes(table: Table, key: tuple[DynamoType, DynamoType]) -> dict[str, DynamoType]:
    return {table.hash_key_attr: key[0], str(table.range_key_attr): key[1]}


@cache
def _changes(expression: str) -> tuple[Change, ...] | None:
    """What an update does, one attribute after the other; None where one of them is told by more than its name."""
    actions = UpdateExpressionParser.make(expression).find_clauses([*_VERBS, ast_nodes.UpdateExpressionDeleteAction])
    found = tuple(_change(action) for action in actions)
    return None if None in found else found  # type: ignore[return-value]


def _change(action: ast_nodes.Node) -> Change | None:
    verb, (path, *value) = _VERBS.get(type(action)), action.children
    if verb == _SET:
        value = value[0].children
    named = [*path.children, *value]
    kinds = [ast_nodes.ExpressionAttributeName, *([] if verb == _REMOVE else [ast_nodes.ExpressionAttributeValue])]
    if verb is None or [type(one) for one in named] != kinds:
        return None
    return verb, str(named[0].children[0]), str(named[-1].children[0])
