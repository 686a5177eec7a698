"""`agon leaderboard` and `agon leaderboards`: who is best, where one stands, and how that came."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from agon import downloads, phases, screen, sign_in, words
from agon.client import Client
from agon.commands.submissions import Id, Target
from agon.errors import AgonError, BadFile, ProblemError
from chalicelib.contract import Status
from chalicelib.domain import tables

if TYPE_CHECKING:
    from agon import api_types as api

Found = TypeVar("Found")
app = screen.group("Who is best, and how that came.")
Board = Annotated[str | None, typer.Option(help="Which board, by its key, where a phase has several.")]
Group = Annotated[str | None, typer.Option("--group", metavar="GROUP", help="Of this group alone.")]
Who = Annotated[str, typer.Argument(metavar="[USER]", help="Of whom, by user name. Else of you.", show_default=False)]
Team = Annotated[str, typer.Option("--team", metavar="ID", help="Of a team, by its id.")]
#: So long after a submission has finished its board may not have it: changes gather for two seconds, and are then told.
_GATHERING = timedelta(seconds=15)
_FORMATS = ("csv", "json", "zip")


@app.command("show")
def leaderboard(
    target: Target,
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    board: Board = None,
    group: Group = None,
    download: Annotated[
        Path | None, typer.Option("--download", "-d", metavar="FILE", help="Write all pages to a file, as CSV.")
    ] = None,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Show who is best, and where you are."""
    with sign_in.client(signed_in=False) as client:
        phase = phases.find(client, target)
        if download is not None:
            count = _write(client, phase, board, group, download)
            told = {"file": str(download), "rows": count}
            screen.answer(told, json, lambda: screen.show(f"{download} has {words.count(count, 'row')}."))
            return
        ask = partial(client.leaderboard, phase, page, board, group)
        found = ask()
        newest = _newest(client, phase) if not found["rows"] and client.http.session else None
        if newest is not None and Status(newest["status"]) is Status.FINISHED:
            found = _gathered(ask, found, newest)
        own = _own(client, phase, found, board, group)
    screen.answer(found, json, lambda: screen.leaderboard(found, own))
    if newest is not None and not Status(newest["status"]).is_final:
        screen.say(f"Your newest submission is {newest['status']}. See it: agon submissions show {newest['id']}")


@app.command("rank")
def rank(
    target: Target,
    username: Who = "",
    board: Board = None,
    group: Group = None,
    team: Team = "",
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Tell where you stand, or somebody else, or a team."""
    found = _asked(Client.rank, target, username, board, group, team)
    screen.answer(found, json, lambda: screen.show("\n".join(_standings(found))))


@app.command("history")
def history(
    target: Target,
    username: Who = "",
    board: Board = None,
    group: Group = None,
    team: Team = "",
    top: Annotated[
        int | None, typer.Option("--top", min=1, max=10, metavar="K", help="Of the first K of the board, the best so far.")
    ] = None,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Your scores over time, or somebody else's, or a team's, or of the first of the board."""
    if top is not None:
        if username or team:
            raise AgonError("--top is of the first of the board. Leave the user and --team out.")
        with sign_in.client(signed_in=False) as client:
            leaders = client.leaders(phases.find(client, target), top, board, group)
        screen.answer(leaders, json, lambda: _show_leaders(leaders))
        return
    found = _asked(Client.history, target, username, board, group, team)
    screen.answer(found, json, lambda: _show_history(found))


@app.command("export")
def export(
    target: Target,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Ends in .csv, .json or .zip.")],
    board: Board = None,
    group: Group = None,
    final: Annotated[bool, typer.Option("--final", help="As it is at last, also before the end.")] = False,
    rounded: Annotated[bool, typer.Option("--rounded", help="Scores as the board shows them.")] = False,
    json: screen.Json = False,
) -> None:
    """For organizers: fetch a phase's boards as a file, with ids; without --board, a zip has them all."""
    form = output.suffix.lower().removeprefix(".")
    if form not in _FORMATS:
        raise AgonError(f"{output} is no file that boards can be written to. End its name in .csv, .json or .zip.")
    with sign_in.client() as client, screen.download_bar(output.name) as progress:
        wanted = {"format": form, "board": board, "group": group, "final": final, "rounded": rounded}
        address = partial(client.export_leaderboard, phases.find(client, target), wanted)
        downloads.fetch(address, output, progress)
    screen.answer({"file": str(output)}, json, lambda: screen.show(f"{output} has the boards."))


@app.command("results")
def results(submission: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """Addresses of the pages of detailed results behind a row, good for some minutes."""
    with sign_in.client(signed_in=False) as client:
        found = client.detailed_results(submission)
    rows = [(page["name"], page["url"] or "none was written") for page in found["pages"]]
    screen.answer(found, json, lambda: screen.pairs(rows))


def _asked(
    ask: Callable[[Client, str, str, str | None, str | None, str], Found],
    target: str,
    username: str,
    board: str | None,
    group: str | None,
    team: str,
) -> Found:
    """What is asked of a team, of somebody, or else of oneself."""
    with sign_in.client(signed_in=not (username or team)) as client:
        whose = username if username or team else client.me()["username"]
        return ask(client, phases.find(client, target), whose, board, group, team)


def _newest(client: Client, phase: str) -> api.Submission | None:
    """One's newest submission in a phase; None for who has none there, or takes no part."""
    try:
        return next(client.submissions(phase), None)
    except ProblemError:
        return None


def _gathered(ask: Callable[[], api.Leaderboard], found: api.Leaderboard, own: api.Submission) -> api.Leaderboard:
    """A board with what one has just been scored for: changes gather for some seconds before it is made anew."""
    until = datetime.fromisoformat(own["finished_at"] or own["created_at"]) + _GATHERING
    with screen.waiting("Your scores are being counted in"):
        while not found["rows"] and datetime.now(UTC) < until:
            sleep(1)
            found = ask()
    return found


def _own(client: Client, phase: str, shown: api.Leaderboard, board: str | None, group: str | None) -> tuple[api.Row, ...]:
    """One's own rows, from another page than that which is shown."""
    if client.http.session is None or any(row.get("mine") for row in shown["rows"]) or not shown["count"]:
        return ()
    try:
        places = client.rank(phase, client.http.session.username or client.me()["username"], board, group)["places"]
    except ProblemError as problem:
        # Who is not on the board, or may not know, still reads it.
        if problem.status not in (403, 404):
            raise
        return ()
    pages = sorted({place["page"] for place in places})[:1]
    return tuple(row for at in pages for row in client.leaderboard(phase, at, board, group)["rows"] if row.get("mine"))


def _write(client: Client, phase: str, board: str | None, group: str | None, path: Path) -> int:
    """Write a board as CSV; how many rows it has. Raises BadFile."""
    pages = list(client.leaderboard_pages(phase, board, group))
    columns, rows = pages[0]["columns"], [row for page in pages for row in page["rows"]]
    target = io.StringIO()
    head = ["rank", "participant", "team", "submission", "name", *(column["key"] for column in columns), "submitted_at"]
    tables.write(target, head, [_cells(row, columns) for row in rows])
    try:
        path.write_text(target.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror or error}.") from error
    return len(rows)


def _cells(row: api.Row, columns: list[api.Column]) -> list[tables.Cell]:
    scores = [row["scores"].get(column["key"]) for column in columns]
    name = [row["rank"], row["participant"], row.get("team"), row["submission"], row.get("name")]
    return [*name, *scores, row["submitted_at"]]


def _standings(found: api.Ranks) -> list[str]:
    return [
        f"{found['participant']} is {words.ordinal(place['rank'])} of {found['count']:,}, by {place['submission']}."
        if place["rank"] is not None
        else f"{found['participant']} has no rank, by {place['submission']}."
        for place in found["places"]
    ]


def _show_leaders(found: api.Leaders) -> None:
    column = found["column"]
    rows = [
        (str(one["rank"]), one["participant"], words.time(point["submitted_at"]), words.score(point["best"], column))
        for one in found["leaders"]
        for point in one["points"]
    ]
    title = words.heading(column)
    screen.table("Best so far", ["Rank", "Participant", "Submitted", title], rows, right=["Rank", title])


def _show_history(found: api.History) -> None:
    column = found["column"]
    rows = [
        (
            words.time(one["submitted_at"]),
            one["submission"],
            words.score(one["score"], column),
            words.score(one["best"], column),
        )
        for one in found["points"]
    ]
    title = words.heading(column)
    screen.table(found["participant"], ["Submitted", "Id", title, "Best by then"], rows, right=[title, "Best by then"])
    if found["truncated"]:
        screen.say("These are the latest; there are more.")
