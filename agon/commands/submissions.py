"""`agon submit`, `agon submissions` and `agon leaderboard`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from agon import archive, phases, screen, sign_in

app = screen.group("Submissions: what was handed in, and what came of it.")
Where = Annotated[str, typer.Argument(metavar="PHASE_OR_COMPETITION", help="An id.")]


def submit(
    where: Where,
    file: Annotated[Path, typer.Argument(help="A zip; a folder or another file is packed.")],
    name: Annotated[str | None, typer.Option(help="Your own name for it.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until it is scored.")] = False,
    json: screen.Json = False,
) -> None:
    """Hand in predictions or code."""
    with sign_in.client() as client:
        phase = phases.find(client, where, must_be_open=True)
        with archive.packed(file) as zipped, screen.upload_bar(file.name, zipped.stat().st_size) as progress:
            upload = client.upload(zipped, "submission", progress)
        submission = client.submit(phase, upload["id"], name or file.name)
        if wait:
            submission = client.wait_for_submission(
                submission["id"], on_change=lambda state: screen.say(f"{state['id']}: {state['status']}")
            )
    screen.answer(submission, json, lambda: _show(submission))
    if submission["status"] in ("Failed", "Cancelled"):
        raise typer.Exit(1)


@app.command("list")
def list_submissions(
    where: Where,
    everyone: Annotated[bool, typer.Option("--everyone", help="For the organizer: of all participants.")] = False,
    json: screen.Json = False,
) -> None:
    """Your submissions in a phase."""
    with sign_in.client() as client:
        found = list(client.submissions(phases.find(client, where), everyone))
    rows = [
        (item["id"], item["participant"], item["name"], item["status"], item["created_at"], _scores(item)) for item in found
    ]
    columns = ["Id", "Participant", "Name", "Status", "Handed in", "Scores"]
    screen.answer({"submissions": found}, json, lambda: screen.table("", columns, rows))


@app.command("show")
def show(submission: Annotated[str, typer.Argument(metavar="ID")], json: screen.Json = False) -> None:
    """One submission: status, scores, and why it failed if it did."""
    with sign_in.client() as client:
        found = client.submission(submission)
    screen.answer(found, json, lambda: _show(found))


def leaderboard(
    where: Where,
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    json: screen.Json = False,
) -> None:
    """Who is best."""
    with sign_in.client(signed_in=False) as client:
        board = client.leaderboard(phases.find(client, where), page)
    screen.answer(board, json, lambda: screen.leaderboard(board))


def _show(submission: dict[str, Any]) -> None:
    screen.show(f"{submission['id']}  {submission['name'] or ''}  {submission['status']}")
    if submission["reason"]:
        screen.show(submission["reason"])
    for note in submission["notes"]:
        screen.show(f"Note: {note}")
    if submission["scores"]:
        screen.table("", ["Score", "Value"], submission["scores"].items(), right=["Value"])


def _scores(submission: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value:.6g}" for key, value in submission["scores"].items())
