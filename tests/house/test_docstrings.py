"""Docstrings name the thing first: a noun for what is there, a verb or the noun that comes back for what is done."""

import ast
from pathlib import Path

from tests.house.sources import ROOT, module_of, sources, tree_of

#: Words with which a docstring asks or points instead of naming.
NAMELESS = {
    *("what", "who", "whose", "how", "where", "which", "why", "when"),
    *("it", "that", "those", "these", "they", "somebody", "something", "everything"),
}
#: Help on the command line, which says to a person what they see there.
HELP = ROOT / "agon/commands"


def first_words(path: Path) -> dict[str, str]:
    """The first word of each docstring of a module, its classes and its public functions."""
    nodes = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    public = [node for node in nodes if not getattr(node, "name", "").startswith("_") or isinstance(node, ast.ClassDef)]
    named = {f"{module_of(path)}.{getattr(node, 'name', '')}": ast.get_docstring(node) for node in public}
    return {name: text.split()[0].strip(".,:;").lower() for name, text in named.items() if text}


def test_a_docstring_begins_with_a_noun_or_a_verb() -> None:
    words = {name: word for path in sources() if not path.is_relative_to(HELP) for name, word in first_words(path).items()}
    assert len(words) > 1000
    assert sorted(name for name, word in words.items() if word in NAMELESS) == []
