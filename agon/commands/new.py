"""`agon new`: a competition to begin with, from a template."""

import difflib
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from agon import screen, templates, terminal
from agon.errors import AgonError


def new(
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help="Its name, as listed.", show_default=False)] = "",
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="A new folder for it. Else one of the template's name.")
    ] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="Its title. Without it, you are asked.", show_default=False)
    ] = "",
    wants_list: Annotated[bool, typer.Option("--list", help="List the templates.")] = False,
    json: screen.Json = False,
) -> None:
    """Start a competition from a template: a folder with everything in it, that begins today. Without a name, list them."""
    found = templates.listed()
    if wants_list or not template:
        listed = [{"name": name, "description": text} for name, text in found.items()]
        screen.answer({"templates": listed}, json, lambda: _list(found))
        return
    if template not in found:
        raise AgonError(_unknown(template, list(found)))
    target = folder or Path(template)
    templates.check_free(target)
    wanted = _title(title, templates.title_of(template), is_asking=not json and sys.stdin.isatty())
    templates.copy(template, target, wanted, datetime.now(UTC).date())
    bundle = templates.bundle_of(target)
    made = {"template": template, "title": wanted, "folder": str(target), "bundle": str(bundle)}
    screen.answer(made, json, lambda: _show(wanted, target, bundle))


def _title(given: str, otherwise: str, is_asking: bool) -> str:
    if not given.strip() and is_asking:
        given = terminal.ask("What is it called?", default=otherwise)
    title = " ".join(given.split()) or otherwise
    if len(title) > templates.MAX_TITLE_CHARACTERS:
        raise AgonError(f"The title has {len(title)} characters. Shorten it to {templates.MAX_TITLE_CHARACTERS}.")
    return title


def _unknown(template: str, known: list[str]) -> str:
    close = difflib.get_close_matches(template, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."
    return f"There is no template {template}. {hint}"


def _list(found: dict[str, str]) -> None:
    screen.pairs(found.items())
    screen.show("\nStart from one: agon new TEMPLATE DIR", style="dim")


def _show(title: str, target: Path, bundle: Path) -> None:
    name = shlex.quote(str(bundle))
    screen.show(f"{target} holds “{title}”, which begins today. Its README.md says what is in it. Next:\n")
    screen.pairs(
        [
            (f"agon bundle check {name}", "is everything right?"),
            (f"agon competitions create {name}", "make a draft of it, which you alone see"),
            ("agon competitions publish ID", "show it to everybody"),
        ]
    )
