"""`agon datasets` and `agon tasks`: what competitions are made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import archive, screen, sign_in, words
from chalicelib.contract import limits

if TYPE_CHECKING:
    from agon import api_types as api

datasets = screen.group("Programs, data and solutions that competitions share.")
tasks = screen.group("Tasks that stand by themselves, for any competition.")
Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, as listed.")]
Public = Annotated[bool, typer.Option("--public", help="What everybody may use, in place of your own.")]
Shared = Annotated[bool, typer.Option("--shared", help="What others share with you.")]
Visibility = Annotated[str, typer.Option("--visibility", metavar="WHO", help="private, shared or public.")]


@datasets.command("list")
def list_datasets(public: Public = False, shared: Shared = False, json: screen.Json = False) -> None:
    """Your datasets, newest first."""
    with sign_in.client() as client:
        found = list(client.datasets(_of(public, shared)))
    screen.answer({"datasets": found}, json, lambda: _list_datasets(found))


@datasets.command("show")
def show_dataset(dataset: Id, json: screen.Json = False) -> None:
    """One dataset, and who uses it."""
    with sign_in.client() as client:
        found = client.dataset(dataset)
    screen.answer(found, json, lambda: _show_dataset(found))


@datasets.command("add")
def add_dataset(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A zip, a folder, or a single file.")],
    type_: Annotated[str, typer.Option("--type", metavar="TYPE", help="Such as scoring_program or reference_data.")],
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Else the file's name.")] = "",
    licence: Annotated[str, typer.Option("--licence", metavar="TEXT", help="Such as CC-BY-4.0.")] = "",
    visibility: Visibility = "private",
    json: screen.Json = False,
) -> None:
    """Keep a file as a dataset; bundles name it by its id."""
    with sign_in.client() as client, archive.packed(file) as zipped:
        with screen.upload_bar(file.name, zipped.stat().st_size) as progress:
            upload = client.upload(zipped, "dataset", progress)
        made = client.add_dataset(
            upload["id"], type_, name or file.name[: limits.MAX_LABEL_CHARACTERS], licence=licence, visibility=visibility
        )
    screen.answer(made, json, lambda: screen.show(f"{made['id']} is kept. Name it in a bundle: {type_}: {made['id']}"))


@datasets.command("share")
def share_dataset(dataset: Id, visibility: Visibility, json: screen.Json = False) -> None:
    """Say who may use a dataset."""
    with sign_in.client() as client:
        found = client.change_dataset(dataset, {"visibility": visibility})
    screen.answer(found, json, lambda: screen.show(f"{found['name']} is {found['visibility']}."))


@datasets.command("remove")
def remove_dataset(dataset: Id, json: screen.Json = False) -> None:
    """Remove a dataset that nothing uses."""
    with sign_in.client() as client:
        client.remove_dataset(dataset)
    screen.answer({"removed": dataset}, json, lambda: screen.show(f"{dataset} is removed."))


@tasks.command("list")
def list_tasks(public: Public = False, shared: Shared = False, json: screen.Json = False) -> None:
    """Your tasks, newest first."""
    with sign_in.client() as client:
        found = list(client.tasks(_of(public, shared)))
    screen.answer({"tasks": found}, json, lambda: _list_tasks(found))


@tasks.command("show")
def show_task(task: Id, json: screen.Json = False) -> None:
    """One task and the datasets that it is made of."""
    with sign_in.client() as client:
        found = client.task(task)
    screen.answer(found, json, lambda: _show_task(found))


@tasks.command("add")
def add_task(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds task.yaml.")],
    json: screen.Json = False,
) -> None:
    """Make a task of a bundle of its own."""
    with sign_in.client() as client, archive.packed(bundle) as zipped:
        with screen.upload_bar(bundle.name, zipped.stat().st_size) as progress:
            upload = client.upload(zipped, "bundle", progress)
        made = client.add_task(upload["id"])
    screen.answer(made, json, lambda: screen.show(f"{made['id']} is made. Name it in a bundle: key: {made['id']}"))


@tasks.command("remove")
def remove_task(task: Id, json: screen.Json = False) -> None:
    """Take a task out of the bank. Competitions that took it keep their copy."""
    with sign_in.client() as client:
        client.remove_task(task)
    screen.answer({"removed": task}, json, lambda: screen.show(f"{task} is removed."))


def _of(public: bool, shared: bool) -> str:
    return "public" if public else "shared" if shared else "mine"


def _list_datasets(found: list[api.Dataset]) -> None:
    if not found:
        screen.say("There is no dataset yet. Importing a competition makes some, and so does: agon datasets add FILE")
        return
    rows = [
        (one["id"], one["name"], one["type"], words.size(one["size_bytes"]), one["visibility"], one["uses"]) for one in found
    ]
    screen.table("", ["Id", "Name", "Type", "Size", "For", "Uses"], rows, right=["Size", "Uses"])


def _show_dataset(found: api.DatasetInFull) -> None:
    one = found["dataset"]
    screen.show(one["name"], style="bold")
    facts = [one["type"], words.size(one["size_bytes"]), f"by {one['owner']}", one["visibility"], one["licence"]]
    screen.show(" · ".join(filter(None, facts)), style="dim")
    screen.show(f"sha256 {one['sha256']}")
    for use in found["used_by"]:
        screen.show(f"used by the {use['kind']} {use['id']}")


def _list_tasks(found: list[api.Task]) -> None:
    if not found:
        screen.say("There is no task yet. Importing a competition makes some, and so does: agon tasks add BUNDLE")
        return
    rows = [(one["id"], one["name"], one["version"], one["visibility"], _validated(one)) for one in found]
    screen.table("", ["Id", "Name", "Version", "For", "Validated"], rows, right=["Version"])


def _show_task(found: api.Task) -> None:
    screen.show(found["name"], style="bold")
    screen.show(
        f"version {found['version']} · by {found['owner']} · {found['visibility']} · {_validated(found)}", style="dim"
    )
    rows = [(kind, file["dataset"], file["sha256"][:12]) for kind, file in found["files"].items()]
    screen.table("", ["What", "Dataset", "sha256"], rows)


def _validated(task: api.Task) -> str:
    return "validated" if task["validated"] else "not validated"
