"""`agon competitions` and `agon join`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from agon import archive, screen, sign_in
from agon.client import Client
from agon.errors import AgonError

app = screen.group("Competitions: look, make, publish.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]


@app.command("list")
def list_competitions(
    mine: Annotated[bool, typer.Option("--mine", help="Only those that you organize.")] = False,
    json: screen.Json = False,
) -> None:
    """The competitions that you may see."""
    with sign_in.client(signed_in=mine) as client:
        found = list(client.competitions(mine))
    rows = [
        (item["id"], item["title"], item["organizer"], "yes" if item["published"] else "no", item["participants"])
        for item in found
    ]
    columns = ["Id", "Title", "Organizer", "Published", "Participants"]
    screen.answer({"competitions": found}, json, lambda: screen.table("", columns, rows, right=["Participants"]))


@app.command("show")
def show(competition: Id, json: screen.Json = False) -> None:
    """One competition with its phases."""
    with sign_in.client(signed_in=False) as client:
        found = client.competition(competition)
    screen.answer(found, json, lambda: _show(found))


@app.command("create")
def create(
    bundle: Annotated[Path, typer.Argument(help="A bundle: a zip, or a folder with competition.yaml.")],
    publish: Annotated[bool, typer.Option("--publish", help="Show it to everybody at once.")] = False,
    json: screen.Json = False,
) -> None:
    """Make a competition of a bundle."""
    with sign_in.client() as client:
        state = _import(client, bundle)
        _tell_complaints(state)
        if state["status"] != "Finished":
            if json:
                screen.print_json(state)
                raise typer.Exit(1)
            raise AgonError(f"{bundle} did not become a competition. Change what is listed above, and try again.")
        if publish:
            client.publish(state["competition"])
    seen = "published" if publish else f"not published yet: agon competitions publish {state['competition']}"
    screen.answer(state, json, lambda: screen.show(f"{state['competition']} is made, {seen}"))


@app.command("publish")
def publish(competition: Id, json: screen.Json = False) -> None:
    """Show a competition to everybody."""
    with sign_in.client() as client:
        found = client.publish(competition)
    screen.answer(found, json, lambda: screen.show(f"{found['title']} is published."))


def join(competition: Id, json: screen.Json = False) -> None:
    """Take part in a competition. By joining you accept its terms."""
    with sign_in.client() as client:
        participant = client.join(competition)
    approved = participant["status"] == "approved"
    sentence = "You take part." if approved else "The organizer will decide: you are " + participant["status"] + "."
    screen.answer(participant, json, lambda: screen.show(sentence))


def _import(client: Client, bundle: Path) -> dict[str, Any]:
    with archive.packed(bundle) as zipped, screen.upload_bar(bundle.name, zipped.stat().st_size) as progress:
        upload = client.upload(zipped, "bundle", progress)
    screen.say("The bundle is being read …")
    return client.wait_for_import(client.import_bundle(upload["id"])["id"])


def _tell_complaints(state: dict[str, Any]) -> None:
    complaints = [("error", item) for item in state["errors"]] + [("warning", item) for item in state["warnings"]]
    if complaints:
        rows = [(kind, item["file"], item["line"], item["key"], item["message"]) for kind, item in complaints]
        screen.complaints(["", "File", "Line", "Key", "What"], rows)


def _show(found: dict[str, Any]) -> None:
    screen.show(f"{found['title']}, by {found['organizer']}\n{found['description']}")
    rows = [
        (phase["id"], phase["name"], phase["state"], phase["starts_at"], phase["ends_at"] or "never")
        for phase in found["phases"]
    ]
    screen.table("Phases", ["Id", "Name", "State", "Starts", "Ends"], rows)
