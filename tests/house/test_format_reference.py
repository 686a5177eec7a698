"""docs/format.md says what the code reads."""

import ast
from dataclasses import fields
from functools import cache

import pytest

from chalicelib.domain.bundle import model, reference
from chalicelib.domain.bundle.keys import is_extension, key_of
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from tests.house.sources import ROOT, sources, tree_of

PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")


def test_the_page_is_what_the_model_renders() -> None:
    assert reference.render() == PAGE, "Run `make document`."


@pytest.mark.parametrize(
    "said",
    [
        *("root, with Docker's default capabilities", "had the network", "memory but 512 MB", "processes", "is read-only"),
        *("pulled before each run", "could not be pulled", "A name of an image", "PYTHONUNBUFFERED", "PYTHONPATH"),
    ],
)
def test_the_page_says_what_containers_of_codalab_had(said: str) -> None:
    """Each row of the table of CodaLab's containers (FORMATS 2.7) that a program can tell."""
    assert said in PAGE.partition("## Version 1")[2]


@pytest.mark.parametrize("part", [model.Bundle, model.Task, model.Phase, Leaderboard, Column, model.Solution])
def test_every_field_of_the_model_has_its_row(part: type) -> None:
    for one in fields(part):  # type: ignore[arg-type]
        if one.name not in ("version", "assets"):
            key = f"agon.{key_of(one)}" if is_extension(one) else key_of(one)
            assert f"| `{key}` |" in PAGE


#: Where fields are only read and kept, and not acted on.
READERS = (
    "chalicelib/domain/bundle/",
    "chalicelib/store/competitions/definition.py",
    "chalicelib/store/competitions/settings.py",
)
#: What the reader itself acts on.
ACTED_ON_WHEN_READ = {"never_ends"}


@cache
def words() -> set[str]:
    """Every attribute and text in the code that does something."""
    acting = [path for path in sources() if not str(path.relative_to(ROOT)).startswith(READERS)]
    nodes = [node for path in acting for node in ast.walk(tree_of(path))]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return attributes | {str(node.value) for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("part", [model.Bundle, model.Task, model.Phase, Leaderboard, Column, model.Solution, model.Judging])
def test_a_key_does_something_or_the_check_and_the_page_say_that_it_does_not(part: type) -> None:
    said_idle = {one.name for one in fields(part) if one.metadata["idle"]}  # type: ignore[arg-type]
    does = {one.name for one in fields(part) if one.name in words()}  # type: ignore[arg-type]
    names = {one.name for one in fields(part)} - ACTED_ON_WHEN_READ  # type: ignore[arg-type]
    assert names - said_idle - does == set()
