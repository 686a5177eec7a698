"""No sentence that people are told lacks its name or its French: each is said at one place, and the console has it."""

import ast
import re
import string
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from chalicelib.requests import faults
from tests.house.sources import ROOT, module_of, sources, tree_of

FRENCH = ROOT / "console/src/words/fr/sentences"
CODES = [ROOT / f"console/src/words/{language}/codes.ts" for language in ("en", "fr")]
#: Where what pydantic finds becomes a sentence.
MAKERS = {"chalicelib.requests.faults"}
#: Where what the rules of bundles find does: those have no names yet.
UNNAMED = {
    "chalicelib.actions.bundles.cloning",
    "chalicelib.actions.bundles.editing",
    "chalicelib.actions.bundles.imports",
    "chalicelib.actions.bundles.permitted",
    "chalicelib.actions.library.datasets",
    "chalicelib.actions.library.tasks",
}
_BRACES = re.compile(r"\{(\w+)\}")
_ENTRY = re.compile(r"^  (?P<code>\w+):(?P<words>.*?)(?=^  \w+:|^\} as const)", re.MULTILINE | re.DOTALL)


class Said(NamedTuple):
    """A call of `say`: where, by which name, in which English, with which parameters."""

    place: str
    code: str
    english: str
    params: frozenset[str]


@cache
def calls(name: str) -> list[tuple[Path, ast.Call]]:
    return [
        (path, node)
        for path in sources()
        if "chalicelib" in path.parts
        if f"{name}(" in path.read_text()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def imports_say(path: Path) -> bool:
    """True where `say` is the one of sentences: letters have another."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module in ("chalicelib.errors", "chalicelib.contract.sentences")
        and any(one.name == "say" for one in node.names)
        for node in ast.walk(tree_of(path))
    )


def literal(node: ast.expr, place: str) -> str:
    assert isinstance(node, ast.Constant) and isinstance(node.value, str), f"{place}: `say` takes its words as they stand"
    return node.value


@cache
def said() -> list[Said]:
    found = []
    for path, call in calls("say"):
        if imports_say(path):
            place = f"{module_of(path)}:{call.lineno}"
            code, english = (literal(one, place) for one in call.args)
            found.append(Said(place, code, english, frozenset(str(one.arg) for one in call.keywords)))
    return found


def braces(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def entries(*paths: Path) -> dict[str, str]:
    """The console's words by their names, as they stand there."""
    return {one["code"]: one["words"] for path in paths for one in _ENTRY.finditer(path.read_text())}


def test_each_sentence_tells_what_its_braces_ask_for() -> None:
    assert [one for one in said() if braces(one.english) != one.params] == []


def test_no_name_is_said_at_two_places() -> None:
    places: dict[str, list[str]] = {}
    for one in said():
        places.setdefault(one.code, []).append(one.place)
    assert {code: at for code, at in places.items() if len(at) > 1} == {}


def test_each_sentence_is_there_in_french_and_tells_the_same() -> None:
    french = {code: frozenset(_BRACES.findall(words)) for code, words in entries(*sorted(FRENCH.glob("*.ts"))).items()}
    assert french == {one.code: one.params for one in said()}


def test_what_is_found_wrong_with_a_field_has_words_in_every_language() -> None:
    own = {literal(call.args[0], module_of(path)) for path, call in calls("PydanticCustomError")}
    found = own | set(faults.FAULTS) | {code for code, _ in faults.SHAPES.values()}
    english, french = (entries(path) for path in CODES)
    assert found - {*english} == found - {*french} == set()
    assert {one.code for one in said()} & {*english} == set()


@pytest.mark.parametrize(("maker", "makers"), [("Sentence", MAKERS), ("as_sentence", UNNAMED)])
def test_whoever_is_told_something_is_told_it_by_a_name(maker: str, makers: set[str]) -> None:
    # Those of mail are in a catalogue of their own, and `Sentence("")` is nothing that anybody is told.
    apart = {"chalicelib.contract.sentences", "chalicelib.domain.mail.sentences"}
    assert {module_of(path) for path, call in calls(maker) if not _is_nothing(call)} - apart == makers


def _is_nothing(call: ast.Call) -> bool:
    return len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == ""
