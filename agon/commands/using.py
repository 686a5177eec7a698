"""`agon use`: the competition that commands are about when none is typed."""

from __future__ import annotations

from typing import Annotated

import typer

from agon import config, current, screen, sign_in
from agon.errors import AgonError


def use(
    competition: Annotated[
        str | None, typer.Argument(metavar="[COMPETITION]", help="Its slug, or its id. Without one: which is used.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Use none any more.")] = False,
    json: screen.Json = False,
) -> None:
    """Say which competition is meant where a command needs one and none is typed.

    After [bold]agon use iris-2027[/], [bold]agon submit predictions.csv[/] hands in there.
    """
    if competition and none:
        raise AgonError("Name a competition, or write --none.")
    settings = config.read()
    api = sign_in.api_address(settings)
    if competition:
        with sign_in.client(signed_in=False) as client:
            found = client.competition(competition)
        current.keep(settings.current_file, api, found["slug"])
    elif none:
        current.keep(settings.current_file, api, None)
    used = current.find(settings.current_file, api)
    told = f"Commands are about {used} where you type none." if used else "Commands are about the competition that you type."
    screen.answer({"competition": used}, json, lambda: screen.show(told))
