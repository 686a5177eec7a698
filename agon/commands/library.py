"""`agon datasets` and `agon tasks`: what competitions are made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import archive, downloads, screen, sign_in, words
from agon.commands.competitions import changes_of
from agon.errors import AgonError
from chalicelib.contract import limits, names

if TYPE_CHECKING:
    from agon import api_types as api

datasets = screen.group("Programs, data and solutions that competitions share.")
tasks = screen.group("Tasks that stand by themselves, for any competition.")
Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, as listed.")]
Settings = Annotated[
    list[str] | None, typer.Option("--setting", metavar="KEY=VALUE", help="As in task.yaml; again for each.")
]
Public = Annotated[bool, typer.Option("--public", help="What everybody may use, in place of your own.")]
Shared = Annotated[bool, typer.Option("--shared", help="What others share with you.")]
Visibility = Annotated[str, typer.Option("--visibility", metavar="WHO", help="private, shared or public.")]


@datasets.command("list")
def list_datasets(
    public: Public = False, shared: Shared = False, form: screen.Format = "table", json: screen.Json = False
) -> None:
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
    with sign_in.client() as client, archive.packed(file, screen.packing_bar) as zipped:
        with screen.upload_bar(file.name, zipped.stat().st_size) as progress:
            upload = client.upload(zipped, "dataset", progress)
        made = client.add_dataset(
            upload["id"],
            type_,
            name or names.shortened(file.resolve().name, limits.MAX_LABEL_CHARACTERS),
            licence=licence,
            visibility=visibility,
        )
    screen.answer(made, json, lambda: screen.show(f"{made['id']} is kept. Name it in a bundle: {type_}: {made['id']}"))


@datasets.command("download")
def download_dataset(
    dataset: Id,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="Else its name, here.", show_default=False),
    ] = None,
    json: screen.Json = False,
) -> None:
    """Fetch a dataset's file. What broke off is gone on with by the same command."""
    with sign_in.client() as client:
        name = Path(client.dataset(dataset)["dataset"]["name"]).stem or dataset
        target = downloads.place(output, f"{name}.zip")
        with screen.download_bar(target.name) as progress:
            downloads.fetch(lambda: client.dataset_url(dataset), target, progress)
    screen.answer({"file": str(target)}, json, lambda: screen.show(f"{target} holds the dataset."))


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
def list_tasks(
    public: Public = False, shared: Shared = False, form: screen.Format = "table", json: screen.Json = False
) -> None:
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
    with sign_in.client() as client, archive.packed(bundle, screen.packing_bar) as zipped:
        with screen.upload_bar(bundle.name, zipped.stat().st_size) as progress:
            upload = client.upload(zipped, "bundle", progress)
        made = client.add_task(upload["id"])
    screen.answer(made, json, lambda: screen.show(f"{made['id']} is made. Name it in a bundle: key: {made['id']}"))


@tasks.command("create")
def create_task(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    files: Annotated[list[str], typer.Argument(metavar="KIND=DATASET…", help="Such as scoring_program=ID.")],
    settings: Settings = None,
    visibility: Visibility = "private",
    json: screen.Json = False,
) -> None:
    """Make a task of datasets."""
    said = {"settings": changes_of(settings)} if settings else {}
    with sign_in.client() as client:
        made = client.create_task(name, _files(files), visibility=visibility, **said)
    screen.answer(made, json, lambda: screen.show(f"{made['id']} is made. Name it in a bundle: key: {made['id']}"))


@tasks.command("change")
def change_task(
    task: Id,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND=DATASET…]", help="Other files; the rest stays.")
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Another name.")] = "",
    visibility: Annotated[str, typer.Option("--visibility", metavar="WHO", help="private, shared or public.")] = "",
    settings: Settings = None,
    json: screen.Json = False,
) -> None:
    """Change a task. Other files or settings make a new version, and competitions that took it keep theirs."""
    said = {"name": name, "visibility": visibility, "files": _files(files or []), "settings": changes_of(settings or [])}
    changes = {key: value for key, value in said.items() if value}
    if not changes:
        raise AgonError("Say what is to change: KIND=DATASET, --name, --visibility or --setting.")
    with sign_in.client() as client:
        found = client.change_task(task, changes)
    screen.answer(found, json, lambda: _show_task(found))


@tasks.command("remove")
def remove_task(task: Id, json: screen.Json = False) -> None:
    """Take a task out of the bank. Competitions that took it keep their copy."""
    with sign_in.client() as client:
        client.remove_task(task)
    screen.answer({"removed": task}, json, lambda: screen.show(f"{task} is removed."))


def _files(texts: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    if wrong := next((text for text, pair in zip(texts, pairs, strict=True) if not pair[0] or not pair[2]), None):
        raise AgonError(f"{wrong} names no file. Write KIND=DATASET, such as scoring_program=ID.")
    return {kind.strip(): dataset.strip() for kind, _, dataset in pairs}


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
    if lends := found.get("lends"):
        screen.show(f"Who uses it runs on these and never gets them: {', '.join(lends)}.")


def _validated(task: api.Task) -> str:
    return "validated" if task["validated"] else "not validated"
