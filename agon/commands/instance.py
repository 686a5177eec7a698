"""`agon admin export`, `import` and `rewind`: a whole instance, by its operator's credentials of AWS."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen
from agon.errors import NotConfigured
from chalicelib.contract.version import how_to_install

if TYPE_CHECKING:
    from agon.instance.cloud import Cloud
    from agon.instance.rewinding import Found

_INSTANTS = ["%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M:%SZ"]
Instant = Annotated[
    datetime, typer.Option("--to", metavar="INSTANT", formats=_INSTANTS, help="UTC, such as 2026-11-30T14:00Z.")
]
Into = Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one that was begun.", file_okay=False)]
OutOf = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of an export.", file_okay=False, exists=True)]
Stack = Annotated[str, typer.Option("--stack", metavar="NAME", help="The stack's name in CloudFormation.")]


def export(folder: Into, stack: Stack = "agon", json: screen.Json = False) -> None:
    """Fetch all that a stack holds into a folder: items, objects, accounts, secrets. It goes on when run again."""
    cloud = _cloud(stack)
    from agon.instance import exporting
    from agon.instance.folder import Folder

    _tell_unless_paused(cloud)
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


def rewind(
    to: Annotated[
        datetime, typer.Option("--to", metavar="INSTANT", formats=_INSTANTS, help="UTC, such as 2026-11-30T14:00Z.")
    ],
    table: Annotated[str, typer.Option("--table", metavar="NAME", help="A table that AWS has restored already.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it. Without this it tells what would change.")] = False,
    stack: Stack = "agon",
    json: screen.Json = False,
) -> None:
    """Have table and files be as they were at an instant, before a mistake. Tells first what that would change."""
    cloud = _cloud(stack)
    from agon.instance import rewinding

    instant = to.replace(tzinfo=UTC)
    then = rewinding.named(cloud, table) if table else rewinding.restored(cloud, instant, screen.say)
    if yes:
        _tell_unless_paused(cloud)
    doing = rewinding.Rewind(cloud, then, instant, screen.say)
    found = doing.carry_out() if yes else doing.look()
    told = {"table": then, "done": yes, "back": dict(found.gone), "changed": dict(found.changed), "new": dict(found.new)}
    screen.answer({**told, "files": len(found.files)}, json, lambda: _tell(found, then, to, yes))


def _tell(found: Found, then: str, to: datetime, done: bool) -> None:
    removal = f"aws dynamodb delete-table --table-name {then}"
    if found.is_nothing:
        screen.show(f"Nothing differs from what was at {to:%Y-%m-%dT%H:%M:%SZ}. The restored table costs until: {removal}")
        return
    kinds = sorted({*found.gone, *found.changed, *found.new})
    rows = [(kind.replace("_", " "), found.gone[kind], found.changed[kind], found.new[kind]) for kind in kinds]
    counts = ["Come back", "As they were", "Go"]
    screen.table("", ["Items", *counts], rows, right=counts)
    screen.show(f"{len(found.files)} files come back.")
    if done:
        screen.show(f"It is done. When all is as it should be: {removal}")
    else:
        screen.show(f"Nothing is changed yet. Pause the site (agon admin pause), then: the same with --table {then} --yes")
        screen.show(f"Or leave it at that: {removal}")


def _tell_unless_paused(cloud: Cloud) -> None:
    if not cloud.is_paused:
        screen.say("The site takes submissions meanwhile, of which a part may be missing: agon admin pause")


def _cloud(stack: str) -> Cloud:
    # Imported here, because boto3 is slow to load and only an operator needs it.
    try:
        from agon.instance.cloud import Cloud
    except ModuleNotFoundError as error:
        raise NotConfigured(f"This needs {error.name}: {how_to_install('local')}.") from error
    return Cloud.of(stack)
