"""`agon competitions` and `agon join`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
import yaml

from agon import archive, screen, sign_in, words
from agon.client import Client
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Find competitions; make and publish your own.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id, as listed.")]


@app.command("list")
def list_competitions(
    mine: Annotated[bool, typer.Option("--mine", help="Only those that you organize, drafts too.")] = False,
    json: screen.Json = False,
) -> None:
    """Every competition that you may see, newest first."""
    with sign_in.client(signed_in=mine) as client:
        found = list(client.competitions(mine))
    screen.answer({"competitions": found}, json, lambda: _list(found))


@app.command("show")
def show(competition: Id, json: screen.Json = False) -> None:
    """One competition with its phases, their dates and limits."""
    with sign_in.client(signed_in=False) as client:
        found = client.competition(competition)
    screen.answer(found, json, lambda: _show(found))


@app.command("create")
def create(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds competition.yaml.")],
    publish: Annotated[bool, typer.Option("--publish", help="Show it to everybody at once.")] = False,
    json: screen.Json = False,
) -> None:
    """Make a competition of a bundle. Everything that is wrong with the bundle is listed."""
    with sign_in.client() as client:
        state = _import(client, bundle)
        screen.complaints(state, aside=True)
        competition = state["competition"]
        if state["status"] != "Finished" or competition is None:
            _refuse(bundle, state, json)
        if publish:
            client.publish(competition)
    seen = "and published" if publish else f"as a draft. Show it to everybody: agon competitions publish {competition}"
    screen.answer(state, json, lambda: screen.show(f"{competition} is made {seen}"))


@app.command("publish")
def publish(competition: Id, json: screen.Json = False) -> None:
    """Show a competition to everybody."""
    with sign_in.client() as client:
        found = client.publish(competition)
    screen.answer(found, json, lambda: screen.show(f"{found['title']} is published."))


@app.command("update")
def update(
    competition: Id,
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds competition.yaml.")],
    json: screen.Json = False,
) -> None:
    """Put a new bundle in the place of a competition's definition. Participants and submissions stay."""
    with sign_in.client() as client:
        state = _import(client, bundle, competition)
    screen.complaints(state, aside=True)
    if state["status"] != "Finished":
        _refuse(bundle, state, json)
    screen.answer(state, json, lambda: screen.show(f"{competition} is now what {bundle} says."))


@app.command("settings")
def settings(competition: Id, json: screen.Json = False) -> None:
    """All settings of a competition, as a bundle would say them."""
    with sign_in.client() as client:
        found = client.settings(competition)
    written = yaml.safe_dump(found["settings"], sort_keys=False, allow_unicode=True, width=100)
    screen.answer(found, json, lambda: screen.show(written.rstrip()))


@app.command("edit")
def edit(
    competition: Id,
    changes: Annotated[
        list[str], typer.Argument(metavar="KEY=VALUE…", help="As in competition.yaml. With nothing behind =, the default.")
    ],
    part: Annotated[
        str, typer.Option("--part", metavar="PART", help="Such as phases/0 or leaderboards/0/columns/1. Else the whole.")
    ] = "",
    json: screen.Json = False,
) -> None:
    """Change single settings, of the competition or of one of its parts."""
    wanted = dict(map(_change, changes))
    with sign_in.client() as client:
        seen = client.settings(competition)["revision"]
        found = client.change_settings(competition, part.strip("/"), wanted, seen)
    screen.answer(found, json, lambda: screen.show(f"Changed {', '.join(wanted)} of {part or competition}."))


@app.command("dump")
def dump(
    competition: Id,
    light: Annotated[
        bool, typer.Option("--light", help="Keys of datasets in the place of files, for this same site.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else ID.zip here.")] = None,
    json: screen.Json = False,
) -> None:
    """Download a competition as a bundle, from which it can be made again."""
    target = output or Path(f"{competition}.zip")
    with sign_in.client() as client, screen.waiting("The competition is packed") as changed:
        made = client.dump(competition, "light" if light else "full", on_change=lambda state: changed(state["status"]))
        if made["url"] is not None:
            client.fetch(made["url"], target)
    screen.complaints({"errors": [], "warnings": made["complaints"]}, aside=True)
    if made["status"] != "Finished":
        raise AgonError("The competition could not be packed. Try again, or ask the administrators.")
    screen.answer({**made, "file": str(target)}, json, lambda: screen.show(f"{target} holds the competition."))


@app.command("clone")
def clone(
    competition: Id,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Else it is called a copy.")] = "",
    json: screen.Json = False,
) -> None:
    """Make a draft with the same definition and data, without sending anything again."""
    with sign_in.client() as client:
        made = client.clone(competition, title)
    screen.answer(made, json, lambda: screen.show(f"{made['id']} is made as a draft: {made['title']}"))


def join(competition: Id, json: screen.Json = False) -> None:
    """Take part in a competition. By joining you accept its terms."""
    with sign_in.client() as client:
        participant = client.join(competition)
    sentences = {
        "approved": f"You take part. Hand in with: agon submit {competition} FILE --wait",
        "pending": "You have asked to take part. The organizer decides.",
        "denied": "The organizer does not let you take part.",
    }
    screen.answer(participant, json, lambda: screen.show(sentences[participant["status"]]))


def _change(text: str) -> tuple[str, Any]:
    key, is_change, written = text.partition("=")
    if not is_change or not key.strip():
        raise AgonError(f"{text} is no change. Write KEY=VALUE, such as max_submissions=50.")
    try:
        value = yaml.safe_load(written)
    except yaml.YAMLError as error:
        raise AgonError(f"{written} cannot be read as a value. Put quotes around a text with special signs.") from error
    return key.strip(), written.strip() if isinstance(value, date) else value


def _import(client: Client, bundle: Path, competition: str | None = None) -> api.Import:
    with archive.packed(bundle) as zipped, screen.upload_bar(bundle.name, zipped.stat().st_size) as progress:
        upload = client.upload(zipped, "bundle", progress)
    with screen.waiting("The bundle is read") as changed:
        begun = client.import_bundle(upload["id"], competition)
        return client.wait_for_import(begun["id"], on_change=lambda state: changed(_progress(state)))


def _progress(state: api.Import) -> str:
    if state["status"] == "Running" and state["total"]:
        under_way = [file for file in state.get("files", []) if 0 < file["bytes_done"] < file["bytes_total"]]
        at = (
            f", {under_way[0]['name']} {100 * under_way[0]['bytes_done'] // under_way[0]['bytes_total']} %"
            if under_way
            else ""
        )
        return f"{state['done']} of {state['total']} files copied{at}"
    return str(state["status"])


def _refuse(bundle: Path, state: api.Import, as_json: bool) -> NoReturn:
    if as_json:
        screen.print_json(state)
        raise typer.Exit(1)
    raise AgonError(f"{bundle} did not become a competition. Change what is listed above, and try again.")


def _seen(competition: api.CompetitionCard | api.Competition) -> str:
    return "published" if competition["published"] else "draft"


def _list(found: list[api.CompetitionCard]) -> None:
    if not found:
        screen.say("There is no competition yet. Make one: agon competitions create BUNDLE")
        return
    rows = [
        (one["id"], one["title"], one["organizer"], _seen(one), words.time(one["ends_at"], "never"), one["participants"])
        for one in found
    ]
    screen.table("", ["Id", "Title", "Organizer", "State", "Ends", "Participants"], rows, right=["Participants"])


def _show(found: api.Competition) -> None:
    screen.show(found["title"], style="bold")
    roles = {"organizer": "you organize it", "approved": "you take part", "pending": "you wait to be let in"}
    facts = [f"by {found['organizer']}", _seen(found), f"participants: {found['participants']}"]
    screen.show(" · ".join(filter(None, [*facts, roles.get(found["my_status"] or "")])), style="dim")
    if found["description"]:
        screen.show(f"\n{found['description'].strip()}\n")
    rows = [
        (phase["id"], phase["name"], phase["state"], words.time(phase["starts_at"]), words.time(phase["ends_at"], "never"))
        + (words.limits(phase),)
        for phase in found["phases"]
    ]
    screen.table("", ["Id", "Phase", "State", "Starts", "Ends", "Submissions"], rows)
    for phase in found["phases"]:
        if phase["keeps_best_and_last_only"]:
            screen.show(f"{phase['name']} keeps each participant's best and last submissions; others are deleted.", "yellow")
        if licence := phase["licence_at_end"]:
            screen.show(f"When {phase['name']} is over, everybody may have what was submitted, under {licence}.", "yellow")
    if found["leaderboard"] is None:
        return
    columns = sorted(found["leaderboard"]["columns"], key=lambda column: (not column["primary"], column["index"]))
    ranked = ", then ".join(words.heading(column) for column in columns)
    screen.show(f"Ranked by {ranked}  (↑ more is better, ↓ less is better)")
