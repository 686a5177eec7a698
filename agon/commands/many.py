"""One verb on several submissions: what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from agon import screen, words

if TYPE_CHECKING:
    from agon import api_types as api


def tell(found: api.BulkResult, became: str, json: bool) -> None:
    """Those that it was done to, and in a panel why not to the others; then the exit code is 1."""
    screen.answer(found, json, lambda: _show(found, became))
    if found["refused"]:
        raise typer.Exit(1)


def _show(found: api.BulkResult, became: str) -> None:
    for submission in found["done"]:
        screen.show(f"{submission} {became}")
    if refused := found["refused"]:
        lines = [f"{submission}: {why}" for submission, why in refused.items()]
        screen.bad_news(f"Not done to {words.count(len(refused), 'submission')}", lines)
