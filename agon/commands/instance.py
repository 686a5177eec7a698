"""`agon admin export`, `import` and `rewind`: a whole instance, by its operator's credentials of AWS."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen
from agon.errors import NotConfigured
from chalicelib.contract.version import how_to_install

if TYPE_CHECKING:
    from agon.instance.cloud import Cloud

Into = Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one that was begun.", file_okay=False)]
OutOf = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of an export.", file_okay=False, exists=True)]
Stack = Annotated[str, typer.Option("--stack", metavar="NAME", help="The stack's name in CloudFormation.")]


def export(folder: Into, stack: Stack = "agon", json: screen.Json = False) -> None:
    """Fetch all that a stack holds into a folder: items, objects, accounts, secrets. It goes on when run again."""
    cloud = _cloud(stack)
    from agon.instance import exporting
    from agon.instance.folder import Folder

    kept = Folder(folder)
    exporting.export(cloud, kept, screen.say)
    told = {"items": kept.items, "people": kept.state["people"], "buckets": kept.state["buckets"]}
    said = f"Everything is in {folder}. It has secrets: keep it as you keep those."
    screen.answer(told, json, lambda: screen.show(said))


def import_(folder: OutOf, stack: Stack = "agon", json: screen.Json = False) -> None:
    """Fill a new stack with what `agon admin export` fetched. It goes on when run again."""
    cloud = _cloud(stack)
    from agon.instance.folder import Folder
    from agon.instance.importing import Import

    kept = Folder(folder)
    Import(cloud, kept, screen.say).run()
    told = {"items": kept.items, "people": kept.state["people"], "buckets": kept.state["buckets"]}
    screen.answer(told, json, lambda: screen.show(f"The stack {stack} holds all that is in {folder}."))


def _cloud(stack: str) -> Cloud:
    # Imported here, because boto3 is slow to load and only an operator needs it.
    try:
        from agon.instance.cloud import Cloud
    except ModuleNotFoundError as error:
        raise NotConfigured(f"This needs {error.name}: {how_to_install('local')}.") from error
    return Cloud.of(stack)
