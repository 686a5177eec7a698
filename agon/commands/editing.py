"""`agon competitions add`, `remove`, `terms`, `logo`: parts of a competition that come and go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import downloads, screen, sign_in, words
from agon.client import Client
from agon.commands.competitions import Id, Yes, agree, changes_of
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

_TEXTS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
_PICTURES = ("png", "jpg", "jpeg", "gif", "webp", "svg")
List = Annotated[
    str, typer.Argument(metavar="LIST", help="phases, tasks, pages, solutions, leaderboards, or leaderboards/0/columns.")
]
Part = Annotated[str, typer.Argument(metavar="PART", help="Such as pages/1 or leaderboards/0/columns/2, from 0.")]
Text = Annotated[Path | None, typer.Option("--text", metavar="FILE", help="Of a page: what stands on it, as .md or .html.")]


def add(
    competition: Id,
    part: List,
    changes: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…", help="As in competition.yaml.")],
    text: Text = None,
    yes: Yes = False,
    json: screen.Json = False,
) -> None:
    """Add a phase, page, task, solution, leaderboard or column. What it does to boards is told first."""
    entry: dict[str, Any] = {**changes_of(changes), **(_page(text) if text else {})}
    part = part.strip("/")
    with sign_in.client() as client:
        seen = client.settings(competition)["revision"]
        told = client.add_to_settings(competition, part, entry, seen, preview=True)
        agree(told.get("effects", []), yes, told.get("ranking"))
        found = client.add_to_settings(competition, part, entry, seen)
    screen.answer(found, json, lambda: screen.show(f"Added {_newest_of(found, part)} of {competition}."))


def _newest_of(found: api.Settings, part: str) -> str:
    """The place of what was added to a list, by which it is changed and removed: pages/1."""
    at: Any = found["settings"]
    for step in part.split("/"):
        at = at[int(step)] if step.isdecimal() else at[step]
    return f"{part}/{len(at) - 1}"


def remove(competition: Id, part: Part, yes: Yes = False, json: screen.Json = False) -> None:
    """Remove a phase without submissions, a page, task, solution, leaderboard or column. What boards lose is told first."""
    part = part.strip("/")
    with sign_in.client() as client:
        seen = client.settings(competition)["revision"]
        told = client.remove_from_settings(competition, part, seen, preview=True)
        agree(told.get("effects", []), yes, told.get("ranking"))
        found = client.remove_from_settings(competition, part, seen)
    screen.answer(found, json, lambda: screen.show(f"{part} of {competition} is removed."))


def terms(
    competition: Id,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new terms, as .md or .html.")],
    json: screen.Json = False,
) -> None:
    """Give a competition other terms. Who has accepted the former ones is asked again before they submit."""
    page = _page(file)
    with sign_in.client() as client:
        found = client.set_terms(competition, page["content"], page["format"], client.settings(competition)["revision"])
    screen.answer(found, json, lambda: screen.show(f"{competition} has the terms of {file}."))


def logo(
    competition: Id,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=f"A picture: {', '.join(_PICTURES)}.")],
    json: screen.Json = False,
) -> None:
    """Give a competition another logo."""
    form = file.suffix.lower().removeprefix(".")
    if form not in _PICTURES:
        raise AgonError(f"{file} is no picture that a logo can be. Send one of {', '.join(_PICTURES)}.")
    content = _read(file)
    with sign_in.client() as client:
        found = client.set_logo(competition, content, form, client.settings(competition)["revision"])
    screen.answer(found, json, lambda: screen.show(f"{competition} has the logo {file}."))


def run_solution(
    competition: Id,
    index: Annotated[int, typer.Argument(metavar="INDEX", min=0, help="Which of its solutions, from 0.")] = 0,
    json: screen.Json = False,
) -> None:
    """Run a solution on its tasks, to see that they work."""
    with sign_in.client() as client:
        found = client.run_solution(competition, index)
    lines = "\n".join(f"It runs as {one['id']}. Follow it: agon logs {one['id']} --follow" for one in found)
    screen.answer({"submissions": found}, json, lambda: screen.show(lines))


def originals(
    competition: Id,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Fetch the newest one into a file or a folder.")
    ] = None,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """The bundles that a competition was made from, as they were uploaded, newest first."""
    with sign_in.client() as client:
        found = sorted(client.originals(competition), key=lambda one: one["uploaded_at"], reverse=True)
        if output is not None:
            if not found:
                raise AgonError(f"{competition} was made from no bundle.")
            path = downloads.place(output, f"{competition}.zip")
            with screen.download_bar(path.name) as progress:
                downloads.fetch(lambda: _newest(client, competition), path, progress)
    rows = [(words.time(one["uploaded_at"]), one["manifest_name"]) for one in found]
    screen.answer({"originals": found}, json, lambda: screen.table("", ["Uploaded", "Manifest"], rows))


def _newest(client: Client, competition: str) -> str:
    return max(client.originals(competition), key=lambda one: one["uploaded_at"])["url"]


def _page(file: Path) -> dict[str, str]:
    """A text as the API takes it: `content` and `format`."""
    form = _TEXTS.get(file.suffix.lower())
    if form is None:
        raise AgonError(f"{file} is no text that can be shown. Send one of {', '.join(_TEXTS)}.")
    try:
        return {"content": _read(file).decode("utf-8-sig"), "format": form}
    except UnicodeDecodeError as error:
        raise AgonError(f"{file} is not written in UTF-8. Save it so, and try again.") from error


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise AgonError(f"{file} cannot be read: {error.strerror}.") from error
