"""docs/format.md says what the code reads."""

from dataclasses import fields

import pytest

from chalicelib.domain.bundle import model, reference
from tests.house.test_imports import ROOT

PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")


def test_the_page_is_what_the_model_renders() -> None:
    assert reference.render() == PAGE, "Run `make document`."


@pytest.mark.parametrize("part", [model.Bundle, model.Task, model.Phase, model.Leaderboard, model.Column, model.Solution])
def test_every_field_of_the_model_has_its_row(part: type) -> None:
    for one in fields(part):  # type: ignore[arg-type]
        if one.name not in ("version", "assets"):
            key = f"agon.{model.key_of(one)}" if model.is_extension(one) else model.key_of(one)
            assert f"| `{key}` |" in PAGE
