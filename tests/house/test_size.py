"""The house stays small: modules, functions, views, app.py."""

import ast
from pathlib import Path

from tests.house.sources import ROOT, module_of, sources, tree_of

FORBIDDEN = {"utils", "helpers", "common", "manager", "base"}
#: Packages that say something themselves: what they are made of, or the names by which others know them.
TELLING = ("routes", "contract", "responses", "requests")


def lengths(path: Path, kinds: tuple[type[ast.AST], ...] = (ast.FunctionDef, ast.AsyncFunctionDef)) -> dict[str, int]:
    """A module's functions, each with its number of lines."""
    nodes = [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]
    return {f"{module_of(path)}.{node.name}": (node.end_lineno or 0) - node.lineno + 1 for node in nodes}


def test_a_module_has_at_most_400_lines_and_its_functions_50() -> None:
    assert [module_of(path) for path in sources() if len(path.read_text().splitlines()) > 400] == []
    assert [name for path in sources() for name, lines in lengths(path).items() if lines > 50] == []


def test_a_module_says_what_it_owns_and_has_a_telling_name() -> None:
    assert [module_of(path) for path in sources() if path.stem in FORBIDDEN] == []
    assert [module_of(path) for path in sources() if path.read_text() and not ast.get_docstring(tree_of(path))] == []
    packages = [path for path in sources() if path.name == "__init__.py" and path.parent.name not in TELLING]
    assert [module_of(path) for path in packages if path.read_text()] == []


def test_a_view_has_at_most_8_lines() -> None:
    views = [path for path in (ROOT / "chalicelib/routes").rglob("*.py") if path.name != "__init__.py"]
    assert [name for path in views for name, lines in lengths(path, (ast.FunctionDef,)).items() if lines > 9] == []


def test_app_has_at_most_80_lines_and_no_if() -> None:
    text = (ROOT / "app.py").read_text()
    assert len(text.splitlines()) <= 80
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.If)]
