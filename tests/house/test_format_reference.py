"""docs/format.md says what the code reads."""

from dataclasses import fields

import pytest

from chalicelib.domain.bundle import model, reference
from chalicelib.domain.bundle.keys import is_extension, key_of
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")


def test_the_page_is_what_the_model_renders() -> None:
    assert reference.render() == PAGE, "Run `make document`."


@pytest.mark.parametrize("part", [model.Bundle, model.Task, model.Phase, Leaderboard, Column, model.Solution])
def test_every_field_of_the_model_has_its_row(part: type) -> None:
    for one in fields(part):  # type: ignore[arg-type]
        if one.name not in ("version", "assets"):
            key = f"agon.{key_of(one)}" if is_extension(one) else key_of(one)
            assert f"| `{key}` |" in PAGE
