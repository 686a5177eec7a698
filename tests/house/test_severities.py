"""Each rule of the reader of bundles has one severity (ADR 23)."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.house.sources import ROOT, sources, tree_of

#: An error keeps a bundle from being used; a slip is one where somebody can be asked, and a warning elsewhere.
SEVERITIES = {"error", "warn", "slip"}
#: Where these are defined, one by another.
DOOR = ROOT / "chalicelib/domain/bundle/complaints.py"
READER = "chalicelib/domain/bundle/"


def said(node: ast.expr) -> str:
    """The words of a message, with `…` for what is put into it, or braces (`say`); "" for what is made elsewhere."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
        return said(node.args[1])
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)  # type: ignore[misc]
    return ""


def rules(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """(what is said, severity, line) of each call that files a complaint."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEVERITIES:
            yield from ((said(one), node.func.attr, ast.unparse(node)) for one in node.args[1:] if said(one))


def read() -> list[tuple[str, str, str]]:
    paths = [path for path in sources() if str(path.relative_to(ROOT)).startswith(READER) and path != DOOR]
    return [rule for path in paths for rule in rules(tree_of(path))]


def of_several(found: list[tuple[str, str, str]]) -> dict[str, set[str]]:
    severities: dict[str, set[str]] = defaultdict(set)
    for words, severity, _ in found:
        severities[words].add(severity)
    return {words: several for words, several in severities.items() if len(several) > 1}


def chosen(tree: ast.AST) -> list[str]:
    """Severities that depend on something: `(x.error if … else x.warn)(…)`, or one that is passed on."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {id(call.func) for call in calls}
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in SEVERITIES]
    return [ast.unparse(node) for node in named if id(node) not in called]


def test_no_rule_is_an_error_here_and_a_warning_there() -> None:
    assert len(read()) > 80
    assert of_several(read()) == {}


def test_no_severity_is_chosen_anywhere_but_at_the_door() -> None:
    paths = [path for path in sources() if str(path.relative_to(ROOT)).startswith(READER) and path != DOOR]
    assert [one for path in paths for one in chosen(tree_of(path))] == []


def test_a_rule_of_two_severities_would_be_found() -> None:
    code = "a.error('k', f'No {x}.')\nb.warn('k', f'No {y}.')\nc.slip('k', 'Odd.')"
    assert of_several(list(rules(ast.parse(code)))) == {"No ….": {"error", "warn"}}
    assert chosen(ast.parse("(a.error if x else a.warn)('k', 'No.')")) == ["a.error", "a.warn"]
