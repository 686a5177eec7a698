"""`agon files`: what a competition hands out, listed and fetched by file or whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from agon import downloads, phases, screen, sign_in, unpacking, words
from agon.client import Client
from agon.commands.submissions import Target
from agon.errors import AgonError, BadFile
from agon.handouts import HandedOut

if TYPE_CHECKING:
    from agon import api_types as api


def files(
    target: Target,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Fetch this file, as listed.", show_default=False)] = "",
    everything: Annotated[bool, typer.Option("--all", help="Fetch all of them.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="A folder, or the file's new name. Else here.")
    ] = None,
    unzip: Annotated[bool, typer.Option("--unzip", help="Unpack a zip into a folder of its name, and keep no zip.")] = False,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """List what a phase hands out and a competition's pages link to, or fetch it.

    What broke off is gone on with by the same command.
    """
    with sign_in.client() as client:
        phase = phases.find(client, target)
        found = client.files_handed_out(phase)
        if not name and not everything and not unzip and output is None:
            listed = [{"name": name, "size_bytes": one.size_bytes} for name, one in found.items()]
            links = client.links_beside(phase)
            whole = {"files": listed, "links": links} if links else {"files": listed}
            screen.answer(whole, json, lambda: _list(target, found, links))
            return
        wanted = [name] if name else list(found)
        if unknown := [one for one in wanted if one not in found]:
            raise AgonError(f"There is no file {unknown[0]}. There are: {', '.join(found) or 'none'}.")
        fetched = [_fetch(client, phase, one, _place(output, one, is_alone=bool(name)), unzip) for one in wanted]
    lines = "\n".join(map(str, fetched)) or "Nothing is handed out."
    screen.answer({"files": [{"name": str(path)} for path in fetched]}, json, lambda: screen.show(lines))


def kit(
    target: Target,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Made if missing. Files of the same name are replaced.")],
    json: screen.Json = False,
) -> None:
    """Fetch what a phase hands out: the starting kit and the public data."""
    with sign_in.client() as client:
        found = client.download_handouts(phases.find(client, target), folder, screen.download_bar)
    files = {kind: str(path) for kind, path in found.items()}
    lines = "\n".join(files.values()) or "This phase hands nothing out."
    screen.answer({"files": files}, json, lambda: screen.show(lines))


def _list(target: str, found: Mapping[str, HandedOut], links: Sequence[api.Link]) -> None:
    if found:
        _list_files(target, found)
    elif not links:
        screen.say("Nothing is handed out.")
    if links:
        rows = [(one["name"], one["url"], one["description"]) for one in links]
        screen.table("Links", ["Name", "Address", "What is there"], rows)


def _list_files(target: str, found: Mapping[str, HandedOut]) -> None:
    rows = [(name, "" if one.size_bytes is None else words.size(one.size_bytes)) for name, one in found.items()]
    screen.table("", ["Name", "Size"], rows, right=["Size"])
    screen.say(f"Fetch one: agon files {target} NAME --output DIR --unzip. All of them: agon files {target} --all")


def _place(output: Path | None, name: str, is_alone: bool) -> Path:
    """Where a file goes: one of several below a folder, in the folders of its name; one alone as it is wanted."""
    if is_alone and (output is None or output.suffix):
        return downloads.place(output, name)
    own = PurePosixPath(name)
    is_safe = not is_alone and not own.is_absolute() and ".." not in own.parts
    return (output or Path()) / (own if is_safe else own.name)


def _fetch(client: Client, phase: str, name: str, path: Path, unzip: bool) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile(f"{path.parent} cannot be made: {error.strerror or error}.") from error
    with screen.download_bar(path.name) as progress:
        downloads.fetch(lambda: client.files_handed_out(phase)[name].url, path, progress)
    return unpacking.unpacked(path) if unzip and path.suffix.lower() == ".zip" else path
