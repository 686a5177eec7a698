"""docs/words.md, the glossary: one row a term, and every place that it names is there."""

import ast
import re

from tests.house.sources import ROOT, sources, tree_of

WORDS = (ROOT / "docs/words.md").read_text("utf-8")
GLOSSARY, KEPT = (part.split("\n## ")[0] for part in WORDS.split("| --- | --- | --- |\n")[1:])
MODELS = {
    node.name
    for path in sources()
    if path.is_relative_to(ROOT / "chalicelib/store")
    for node in tree_of(path).body
    if isinstance(node, ast.ClassDef) and any(keyword.arg == "discriminator" for keyword in node.keywords)
}


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line]


def test_each_term_stands_once_and_in_its_place() -> None:
    for table in (GLOSSARY, KEPT):
        terms = [row[0] for row in rows(table)]
        assert terms == sorted(set(terms), key=str.casefold)


def test_each_term_has_a_sentence_and_a_place() -> None:
    complete = [row[0] for row in rows(GLOSSARY) if len(row) == 3 and row[1].endswith(".") and "`chalicelib/" in row[2]]
    assert complete == [row[0] for row in rows(GLOSSARY)]


def test_each_module_that_the_glossary_names_is_there() -> None:
    named = set(re.findall(r"`((?:chalicelib|runner|agon)/[^`]+)`", WORDS))
    assert len(named) > 50
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_model_of_the_table_is_in_the_glossary_and_no_other() -> None:
    assert len(MODELS) > 30
    assert set(re.findall(r"\(`(\w+)`\)", GLOSSARY)) == MODELS


def test_a_model_is_named_beside_the_module_that_has_it() -> None:
    found = re.findall(r"`([^`]+\.py)` \(`(\w+)`\)", GLOSSARY)
    assert [name for path, name in found if f"\nclass {name}(" not in (ROOT / path).read_text("utf-8")] == []


def test_every_model_stands_in_the_table_of_items() -> None:
    table = ast.get_docstring(tree_of(ROOT / "chalicelib/store/table.py")) or ""
    assert set(re.findall(r"^\| ([A-Z]\w+) ", table, re.MULTILINE)) == MODELS
