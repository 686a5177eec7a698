"""SECURITY.md promises nothing that no test holds."""

import ast
import re
from functools import cache

import pytest

from tests.house.sources import ROOT

PAGE = (ROOT / "SECURITY.md").read_text()
NAMED = re.findall(r"`([a-z_/]+\.py)::(\w+)`", PAGE)
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "| test |" not in line and "| --- |" not in line]


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_a_promise_names_is_there(path: str, name: str) -> None:
    assert name in functions_of(path)


def test_each_promise_names_a_test() -> None:
    assert len(ROWS) > 20
    assert [row for row in ROWS if "::test_" not in row.rsplit("|", 2)[1]] == []
