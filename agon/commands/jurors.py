"""`agon jurors`: an organizer's jury."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from agon import phases, screen, sign_in, words
from agon.client import Client
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("For organizers: people who judge your competition's submissions.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]
Target = Annotated[
    str, typer.Argument(metavar="TARGET", help="A competition's id (its open or latest phase is meant), or a phase's.")
]
Username = Annotated[str, typer.Argument(metavar="USERNAME", help="The juror's user name.")]


@app.command("add")
def add(
    competition: Id,
    usernames: Annotated[list[str], typer.Argument(metavar="USERNAME…", help="The names that they sign in with.")],
    json: screen.Json = False,
) -> None:
    """Invite people to the jury."""
    with sign_in.client() as client:
        added = [client.add_juror(competition, username) for username in usernames]
    lines = "\n".join(f"{juror['username']} is on the jury. They begin with: agon judge {competition}" for juror in added)
    screen.answer({"jurors": added}, json, lambda: screen.show(lines))


@app.command("list")
def list_jurors(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """The jury."""
    with sign_in.client() as client:
        jurors = client.jurors(competition)
    rows = [(one["username"], one["status"], one["invited_by"], words.time(one["invited_at"])) for one in jurors]
    columns = ["Juror", "Status", "Invited by", "Invited"]
    screen.answer({"jurors": jurors}, json, lambda: _table(columns, rows, "Nobody is on the jury yet."))


@app.command("exclude")
def exclude(competition: Id, username: Username, json: screen.Json = False) -> None:
    """Count somebody's judgements no more. Others are asked in their place."""
    _set(competition, username, "excluded", "do not count any more", json)


@app.command("include")
def include(competition: Id, username: Username, json: screen.Json = False) -> None:
    """Count somebody's judgements again."""
    _set(competition, username, "active", "count again", json)


@app.command("remove")
def remove(competition: Id, username: Username, json: screen.Json = False) -> None:
    """Take somebody off the jury. What they have judged counts."""
    with sign_in.client() as client:
        juror = _find(client, competition, username)
        client.remove_juror(competition, juror["user"])
    screen.answer({"removed": juror["user"]}, json, lambda: screen.show(f"{juror['username']} is off the jury."))


@app.command("progress")
def progress(target: Target, json: screen.Json = False) -> None:
    """How far the jury is with each submission, and how far it agrees."""
    with sign_in.client() as client:
        found = client.judging(phases.find(client, target, must_be_judged=True))
    screen.answer(found, json, lambda: _progress(found))


@app.command("publish")
def publish(
    target: Target,
    take_back: Annotated[bool, typer.Option("--take-back", help="Hide them again.")] = False,
    json: screen.Json = False,
) -> None:
    """Put the jury's scores on the leaderboard, where the competition leaves that to you."""
    with sign_in.client() as client:
        found = client.publish_judging(phases.find(client, target, must_be_judged=True), not take_back)
    said = "The jury's scores are on the leaderboard." if found["published"] else "The jury's scores are hidden."
    screen.answer(found, json, lambda: screen.show(said))


def _set(competition: str, username: str, status: str, said: str, json: bool) -> None:
    with sign_in.client() as client:
        juror = client.set_juror(competition, _find(client, competition, username)["user"], status)
    screen.answer(juror, json, lambda: screen.show(f"{juror['username']}'s judgements {said}."))


def _find(client: Client, competition: str, username: str) -> api.Juror:
    for juror in client.jurors(competition):
        if juror["username"].lower() == username.lower():
            return juror
    raise AgonError(f"{username} is not on this jury. See who is: agon jurors list {competition}")


def _progress(found: api.JudgingProgress) -> None:
    starts = f"from {words.deadline(found['starts_at'])} " if found["starts_at"] else ""
    ends = f"until {words.deadline(found['ends_at'], is_end=True)}" if found["ends_at"] else "without an end"
    screen.show(f"Judging: {starts}{ends}")
    for task in found["tasks"]:
        screen.show(task["name"], style="bold")
        facts = [task["kind"], f"fills `{task['column']}`", f"{task['judgements_per_submission']} judgements a submission"]
        screen.show(" · ".join([*facts, f"{task['made']} made"]))
        alphas = [(key or "in all", _alpha(value)) for key, value in task["agreement"].items()]
        screen.show("Agreement (alpha): " + ", ".join(f"{name} {value}" for name, value in alphas))
    rows = [
        (
            one["submission"],
            one["participant"],
            one["task"],
            one["judgements"],
            _number(one["score"]),
            one["problem"] or one["state"],
        )
        for one in found["submissions"]
    ]
    columns = ["Id", "Participant", "Task", "Judgements", "Score", "State"]
    _table(columns, rows, "No submission is to be judged yet.", ["Judgements", "Score"])
    jurors = [
        (one["username"], one["status"], one["judgements"], words.time(one["last_judged_at"])) for one in found["jurors"]
    ]
    _table(["Juror", "Status", "Judgements", "Latest"], jurors, "Nobody is on the jury yet.", ["Judgements"])


def _table(columns: list[str], rows: Sequence[tuple[object, ...]], empty: str, right: list[str] | None = None) -> None:
    if rows:
        screen.table("", columns, rows, right or [])
    else:
        screen.say(empty)


def _alpha(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
