"""DynamoDB's expressions, read and checked once: moto does so anew in each call, in ten walks through an update's tree."""

from functools import cache
from typing import Any

from moto.dynamodb import comparisons
from moto.dynamodb.parsing import ast_nodes
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node
from moto.dynamodb.parsing.expressions import UpdateExpressionParser
from moto.dynamodb.parsing.validators import (
    ActionCountValidator,
    OverlappingPathsValidator,
    UpdateExpressionValidator,
    UpdateHashRangeKeyValidator,
    Validator,
)

_begin = Validator.__init__
_make = UpdateExpressionParser.make


class _Themselves(dict[str, str]):
    """Each name's own text in the place of what it stands for, which another call fills in."""

    def __missing__(self, name: str) -> str:
        return name


@cache
def _tree(expression: str) -> tuple[Any, list[str], list[str]]:
    """Of a condition: its tree, and the names and the values in it."""
    parser = comparisons.ConditionExpressionParser(expression, _Themselves(), _Themselves())  # type: ignore[arg-type]
    nodes = parser._apply_functions(parser._parse_paths(parser._lex_condition_expression()))
    nodes = parser._apply_between(parser._apply_in(parser._apply_comparator(nodes)))
    node = parser._apply_parens_and_booleans(nodes)[0]
    parser._assert_no_redundant_parentheses(node)
    return node, parser._find_literals(node), parser._find_expr_attr_values(node)


def _parse_once(parser: comparisons.ConditionExpressionParser) -> Any:
    if not parser.condition_expression:
        return comparisons.OpDefault(None, None)  # type: ignore[arg-type]
    node, names, values = _tree(str(parser.condition_expression))
    parser.expr_attr_names_found.extend(names)
    parser.expr_attr_values_found.extend(values)
    return parser._make_op_condition(_filled(parser, node))


def _filled(parser: comparisons.ConditionExpressionParser, node: Any) -> Any:
    if node.children:
        return node._replace(children=[_filled(parser, child) for child in node.children])
    if node.kind == parser.Kind.EXPRESSION_ATTRIBUTE_VALUE:
        return node._replace(value=parser._lookup_expression_attribute_value(node.text))
    if node.text.startswith("#"):
        return node._replace(value=parser._lookup_expression_attribute_name(node.text))
    return node


@cache
def _is_a(kind: type, wanted: tuple[type, ...]) -> bool:
    """Abstract classes are slow to tell."""
    return issubclass(kind, wanted)


_NODES = (Node,)
_HOLDERS = (ast_nodes.Expression, ast_nodes.UpdateExpressionFunction)
#: What rules put into a tree; all else is there from the beginning.
_MADE = (ast_nodes.DDBTypedValue, ast_nodes.NoneExistingPath)


def _copy_node(node: Node, _known: dict[int, Any] | None = None) -> Node:
    twin = object.__new__(type(node))
    vars(twin).update(vars(node))
    if node.children is not None:
        twin.children = [_copy_node(child) if _is_a(type(child), _NODES) else child for child in node.children]
        for child in twin.children:
            if _is_a(type(child), _NODES):
                child.parent = twin
    return twin


def _find_clauses(node: Node, kinds: list[type]) -> list[Node]:
    found: list[Node] = []
    for child in node.children or []:
        if type(child) in kinds:
            found.append(child)
        elif _is_a(type(child), _HOLDERS):
            found.extend(_find_clauses(child, kinds))
    return found


def _know_expression(validator: Validator, expression: Node, *told: Any, **named: Any) -> None:
    _begin(validator, expression, *told, **named)
    vars(validator)["expression"] = expression


def _validate(validator: UpdateExpressionValidator) -> Node:
    """Looks once for what is wrong with every item, and applies no rule to what is not there."""
    expression, names = vars(validator)["expression"], validator.expression_attribute_names or {}
    _check(expression, tuple(sorted(names.items())), tuple(validator.table.table_key_attrs))
    node, kinds = validator.node_to_validate, _kinds(expression)
    for rule in validator.processors[len(CHECKS) :]:
        wanted = rule.nodes_to_be_processed()
        if any(_is_a(kind, wanted) for kind in kinds):
            node = rule.traverse(node)
    return node


#: The first rules of a validator, which change nothing and know no item.
CHECKS = (ActionCountValidator, OverlappingPathsValidator, UpdateHashRangeKeyValidator)


@cache
def _check(expression: Node, names: tuple[tuple[str, str], ...], keys: tuple[str, ...]) -> None:
    told = dict(names)
    for rule in (ActionCountValidator(), OverlappingPathsValidator(told), UpdateHashRangeKeyValidator(keys, told)):
        rule.traverse(_copy_node(expression))


@cache
def _kinds(expression: Node) -> frozenset[type]:
    found: set[type] = {type(expression), *_MADE}
    for child in expression.children or []:
        if isinstance(child, Node):
            found |= _kinds(child)
    return frozenset(found)


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


#: What is replaced, by what.
REPLACEMENTS: list[tuple[Any, str, Any]] = [
    (comparisons.ConditionExpressionParser, "parse", _parse_once),
    (UpdateExpressionParser, "make", cache(_make)),
    (Node, "__deepcopy__", _copy_node),
    (Node, "find_clauses", _find_clauses),
    (Validator, "__init__", _know_expression),
    (UpdateExpressionValidator, "validate", _validate),
    (DepthFirstTraverser, "traverse_node_recursively", _traverse),
]
