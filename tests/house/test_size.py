"""The house stays small: modules, functions, views, app.py."""

import ast
from pathlib import Path

import pytest

from tests.house.test_imports import ROOT, module_of, sources

FORBIDDEN = {"utils", "helpers", "common", "manager", "base"}


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_module_has_at_most_400_lines_and_its_functions_50(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 400
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 50] == []


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_module_says_what_it_owns_and_has_a_telling_name(path: Path) -> None:
    text = path.read_text()
    assert path.stem not in FORBIDDEN
    if text:
        assert ast.get_docstring(ast.parse(text))
    if path.name == "__init__.py" and path.parent.name not in ("routes", "contract", "answers", "bodies"):
        assert text == ""


@pytest.mark.parametrize("path", sorted((ROOT / "chalicelib/routes").glob("*.py")), ids=module_of)
def test_a_view_has_at_most_8_lines(path: Path) -> None:
    functions = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno > 8] == []


def test_app_has_at_most_80_lines_and_no_if() -> None:
    text = (ROOT / "app.py").read_text()
    assert len(text.splitlines()) <= 80
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.If)]
