"""`agon shared`, and `agon submissions publish`: code that participants share, and what others make of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import downloads, expecting, fact_sheet, handing_in, phases, screen, sign_in, words
from agon.commands.submissions import Folder, Former, Id, Target
from chalicelib.contract import plain_files

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Code that participants share: look at it, fetch it, start from it.")
_USUAL = "MIT, Apache-2.0, BSD-3-Clause, GPL-3.0-or-later, CC-BY-4.0, CC0-1.0, or your own words"
Shared = Annotated[str, typer.Argument(metavar="ID", help="The submission's id, as `agon shared list` tells it.")]


class SharedOrder(StrEnum):
    """The order of shared code: what comes first."""

    NEWEST = "newest"
    LIKES = "likes"


def publish(
    submission: Id,
    licence: Annotated[str | None, typer.Option(help=f"What others may do with it: {_USUAL}.")] = None,
    description: Annotated[str | None, typer.Option(help="What it is and how it works.")] = None,
    json: screen.Json = False,
) -> None:
    """Share a submission: others see it once it has finished, and may have the file under the licence."""
    with sign_in.client() as client:
        found = client.share(submission, licence, description)
    when = "" if found["status"] == "Finished" else f" It is {found['status']}: others see it once it has finished."
    screen.answer(found, json, lambda: screen.show(f"{found['id']} is shared under {found['licence']}.{when}"))


def unpublish(submission: Id, json: screen.Json = False) -> None:
    """Share a submission no more. Who has fetched it keeps what the licence gave them."""
    with sign_in.client() as client:
        found = client.unshare(submission)
    screen.answer(found, json, lambda: screen.show(f"{found['id']} is yours and the organizers' alone."))


@app.command("list")
def list_shared(
    target: Target,
    order: Annotated[
        SharedOrder, typer.Option(help="What comes first. By likes only what anybody likes.")
    ] = SharedOrder.NEWEST,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """What is shared in a phase."""
    with sign_in.client(signed_in=False) as client:
        found = list(client.shared(phases.find(client, target), order.value))
    screen.answer({"shared": found}, json, lambda: _list(found))


@app.command("show")
def show(submission: Shared, json: screen.Json = False) -> None:
    """One of them: what is said of it, its scores, and what it was started from."""
    with sign_in.client(signed_in=False) as client:
        found = client.shared_code(submission)
    screen.answer(found, json, lambda: _show(found))


@app.command("download")
def download(
    submission: Shared,
    folder: Former = None,
    output: Folder = Path(),
    json: screen.Json = False,
) -> None:
    """Fetch the file. You are counted once."""
    with sign_in.client() as client:
        # A site of an earlier build has zips alone.
        extension = client.shared_code(submission).get("extension", "zip")
        into = folder or output
        path = into / f"{submission}.{extension if plain_files.is_extension(extension) else 'zip'}"
        into.mkdir(parents=True, exist_ok=True)
        with screen.download_bar(path.name) as progress:
            downloads.fetch(lambda: client.shared_file(submission), path, progress)
    screen.answer({"file": str(path)}, json, lambda: screen.show(str(path)))


@app.command("like")
def like(submission: Shared, json: screen.Json = False) -> None:
    """Say that you like it."""
    with sign_in.client() as client:
        found = client.like(submission)
    screen.answer(found, json, lambda: screen.show(f"{words.count(found['likes'], 'like')}, yours among them."))


@app.command("unlike")
def unlike(submission: Shared, json: screen.Json = False) -> None:
    """Take that back."""
    with sign_in.client() as client:
        found = client.like(submission, likes=False)
    screen.answer(found, json, lambda: screen.show(f"{words.count(found['likes'], 'like')}, none of them yours."))


@app.command("fork")
def fork(
    submission: Shared,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="What you made of it. Without one it runs again as it is.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="PHASE", help="A phase of the competition. Else the code's own.")] = None,
    name: Annotated[str | None, typer.Option(help="Your own name for it.")] = None,
    answers: Annotated[
        Path | None, typer.Option("--fact-sheet", metavar="FILE", help="Answers to what the organizers ask. Else asked.")
    ] = None,
    json: screen.Json = False,
) -> None:
    """Hand in what you made of somebody's shared code, or the same file. It costs an attempt as any submission does."""
    with sign_in.client() as client:
        source = client.shared_code(submission)
        phase = phases.find(client, to, must_be_open=True) if to else source["phase"]
        competition = client.competition(phase.rpartition("-")[0])
        sheet = fact_sheet.fill_in(competition["fact_sheet"], answers, may_ask=not json)
        upload = None
        if file is not None:
            with (
                handing_in.ready(file, expecting.extensions(competition, phase), screen.packing_bar) as sent,
                screen.upload_bar(file.name, sent.path.stat().st_size) as progress,
            ):
                upload = client.upload(sent.path, "submission", progress, plain=sent.is_plain)["id"]
        called = name or (file.resolve().name if file else source["name"])
        made = client.submit(phase, upload, called, fact_sheet=sheet, forked_from=submission)
    screen.answer(made, json, lambda: screen.show(f"Handed in as {made['id']}, forked from {submission}."))


def _list(found: list[api.SharedCode]) -> None:
    if not found:
        screen.say("Nothing is shared in this phase yet.")
        return
    rows = [
        (
            one["submission"],
            _maker(one),
            one["name"],
            one["licence"],
            _scores(one),
            one["likes"],
            one["downloads"],
            one["forks"],
        )
        for one in found
    ]
    numbers = ["Likes", "Downloads", "Forks"]
    screen.table("", ["Id", "By", "Name", "Licence", "Scores", *numbers], rows, numbers)


def _show(found: api.SharedCode) -> None:
    screen.show(found["submission"], style="bold")
    facts = [found["name"], f"by {_maker(found)}", found["licence"], words.size(found["size_bytes"])]
    screen.show(" · ".join(filter(None, [*facts, words.time(found["submitted_at"])])))
    counts = {"like": found["likes"], "download": found["downloads"], "fork": found["forks"]}
    screen.show(" · ".join(words.count(number, what) for what, number in counts.items()), style="dim")
    for text in (found["description"], *found["method"].values()):
        if text:
            screen.show(text)
    if scores := [(key, f"{value:g}") for key, value in found["scores"].items()]:
        screen.table("", ["Score", "Value"], scores, ["Value"])
    for one in reversed(found["lineage"]):
        what = f"{one['name']} by {_maker(one)}" if one["shared"] else "shared no more"
        screen.show(f"From {one['submission']}: {what}")


def _maker(one: api.SharedCode | api.Ancestor) -> str:
    return one["participant"] or "anonymous"


def _scores(one: api.SharedCode) -> str:
    return ", ".join(f"{key} {value:.6g}" for key, value in one["scores"].items())
