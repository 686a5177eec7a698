"""`agon determinism`: whether the best submissions come to the same scores again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import phases, screen, sign_in, words
from agon.commands.submissions import Target

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("For the organizer: run the best submissions once more, and see whether they come to the same.")


@app.command("check")
def check(
    target: Target,
    top: Annotated[int, typer.Option(min=1, max=20, help="How many of the best.")] = 3,
    wait: Annotated[bool, typer.Option("--wait", "-w", help="Wait for the scores.")] = False,
    json: screen.Json = False,
) -> None:
    """Repeat the best submissions, with the images and files that they ran with. Nothing on the board changes.

    With [bold]--wait[/] the exit code is 1 when anything differs.
    """
    with sign_in.client() as client:
        phase = phases.find(client, target)
        found = client.check_determinism(phase, top)
        if wait:
            with screen.waiting("The best are repeated") as changed:
                found = client.wait_for_determinism(phase, math.inf, lambda state: changed(_progress(state)))
    screen.answer(found, json, lambda: _show(found))
    if wait and (found["refused"] or any(not one["same"] for one in found["repeated"])):
        raise typer.Exit(1)


@app.command("show")
def show(target: Target, json: screen.Json = False) -> None:
    """What the latest check came to."""
    with sign_in.client() as client:
        found = client.determinism(phases.find(client, target))
    screen.answer(found, json, lambda: _show(found))


def _progress(state: api.Determinism) -> str:
    return f"{words.count(state['in_progress'], 'run')} to go"


def _show(found: api.Determinism) -> None:
    columns = ["Rank", "Participant", "Id", "Task", "Score", "Before", "After", "Difference", "Outcome"]
    rows = [row for one in found["repeated"] for row in _rows(one)]
    screen.table("", columns, rows, right=["Rank", "Before", "After", "Difference"])
    if found["in_progress"]:
        screen.say(f"{_progress(found)}. Look again: agon determinism show {found['phase']}")
    if refused := found["refused"]:
        screen.bad_news("Not repeated", [f"{submission}: {why}" for submission, why in refused.items()])


def _rows(one: api.Repeated) -> Iterator[list[Any]]:
    head = ["–" if one["rank"] is None else one["rank"], one["participant"], one["submission"], one["task"]]
    for score in one["columns"]:
        numbers = [_number(score[name]) for name in ("before", "after", "difference")]
        yield [*head, score["key"], *numbers, _outcome(one, score["same"])]
        head = ["", "", "", ""]
    if not one["columns"]:
        yield [*head, "", "", "", "", f"{one['status']}: {one['reason']}" if one["reason"] else one["status"]]


def _outcome(one: api.Repeated, same: bool) -> str:
    images = "" if one["same_images"] is not False else ", in other images"
    return f"{'same' if same else 'differs'}{images}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.10g}"
