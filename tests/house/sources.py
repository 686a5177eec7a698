"""The source files of the project, as the house's tests read them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chalicelib", "runner", "agon")


@cache
def sources() -> list[Path]:
    """Every module of the project."""
    return [ROOT / "app.py", *(path for program in PROGRAMS for path in sorted((ROOT / program).rglob("*.py")))]


@cache
def tree_of(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text())


def module_of(path: Path) -> str:
    """A module's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
