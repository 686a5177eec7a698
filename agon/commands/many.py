"""One verb on several submissions, or participants: what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from agon import screen, words

if TYPE_CHECKING:
    from agon import api_types as api


def tell(found: api.BulkResult, became: str, json: bool, noun: str = "submission") -> None:
    """Those that it was done to, and in a panel why not to the others; then the exit code is 1."""
    screen.answer(found, json, lambda: _show(found, became, noun))
    if found["refused"]:
        raise typer.Exit(1)


def _show(found: api.BulkResult, became: str, noun: str) -> None:
    for one in found["done"]:
        screen.show(f"{one} {became}")
    if refused := found["refused"]:
        lines = [f"{one}: {why}" for one, why in refused.items()]
        screen.bad_news(f"Not done to {words.count(len(refused), noun)}", lines)
