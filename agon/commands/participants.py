"""`agon participants`: who takes part, for organizers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import downloads, phases, screen, sign_in, words
from agon.client import Client
from agon.commands import deeds, many
from agon.commands.submissions import Target
from agon.errors import AgonError
from agon.participating import GivenAttempts

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("For organizers: who takes part, who may, and what they have done.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]
Usernames = Annotated[list[str] | None, typer.Argument(metavar="USER…", help="The names that they sign in with.")]
Pending = Annotated[bool, typer.Option("--pending", help="Everybody who waits, instead of names.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="What they read.")]
Status = Annotated[str, typer.Option("--status", metavar="STATUS", help="approved, pending or denied.")]
Search = Annotated[str, typer.Option("--search", metavar="TEXT", help="What stands in their name, or their team's.")]
InGroup = Annotated[str, typer.Option("--group", metavar="GROUP", help="Those in this group.")]
Phase = Annotated[str, typer.Option("--phase", metavar="PHASE", help="Whose attempts count. Else the one that began last.")]


@app.command("list")
def list_participants(
    competition: Id,
    status: Status = "",
    search: Search = "",
    group: InGroup = "",
    phase: Phase = "",
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Who takes part: status, team, attempts used up, last submission and score."""
    with sign_in.client() as client:
        found = list(client.participants(competition, status=status, search=search, group=group, phase=phase))
    screen.answer({"participants": found}, json, lambda: _list(found))


@app.command("approve")
def approve(
    competition: Id, usernames: Usernames = None, pending: Pending = False, reason: Reason = "", json: screen.Json = False
) -> None:
    """Let people take part."""
    _decide(competition, usernames or [], pending, "approved", reason, json)


@app.command("deny")
def deny(
    competition: Id, usernames: Usernames = None, pending: Pending = False, reason: Reason = "", json: screen.Json = False
) -> None:
    """Let people take no part, also those who did until now. What they handed in stays."""
    _decide(competition, usernames or [], pending, "denied", reason, json)


@app.command("extend")
def extend(
    target: Target,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A participant's user name; with --team a team's name.")],
    attempts: Annotated[int, typer.Argument(metavar="NUMBER", help="How many attempts. Take some back with `-- -1`.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the log.")],
    team: Annotated[bool, typer.Option("--team", help="Give them to a team.")] = False,
    json: screen.Json = False,
) -> None:
    """Give somebody attempts beside the limits of a phase. They count today, this month and in all."""
    with sign_in.client() as client:
        phase = phases.find(client, target)
        competition = phase.rpartition("-")[0]
        given: GivenAttempts = {"phase": phase, "attempts": attempts, "reason": reason}
        if team:
            found = client.give_team_attempts(competition, _team(client, competition, name), given)
        else:
            (user,) = named(client, competition, [name])
            found = client.give_attempts(competition, user, given)
    told = f"{name} has {words.count(found['extra'], 'attempt')} beside the limits."
    screen.answer(found, json, lambda: screen.show(told))


@app.command("export")
def export(
    competition: Id,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="With their e-mail addresses, which is noted in the audit log.")
    ] = False,
    status: Status = "",
    search: Search = "",
    group: InGroup = "",
    phase: Phase = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="A file or a folder. Else participants.csv here.")
    ] = None,
    json: screen.Json = False,
) -> None:
    """Download the list as CSV."""
    said = {"status": status, "search": search, "group": group, "phase": phase}
    wanted = {"addresses": addresses, **{name: value for name, value in said.items() if value}}
    path = downloads.place(output, "participants.csv")
    with sign_in.client() as client, screen.download_bar(path.name) as progress:
        link = client.export_participants(competition, wanted)["url"]
        downloads.fetch(lambda: link, path, progress)
    screen.answer({"file": str(path)}, json, lambda: screen.show(f"{path} holds the participants."))


@app.command("robot")
def robot(
    competition: Id,
    username: Annotated[
        str, typer.Argument(metavar="USER", help="The name that it signs in with. It need not have joined.")
    ],
    per_day: Annotated[int | None, typer.Option("--per-day", metavar="NUMBER", help="Attempts on a day. Else any.")] = None,
    in_all: Annotated[int | None, typer.Option("--in-all", metavar="NUMBER", help="Attempts in all. Else any.")] = None,
    ranks: Annotated[bool, typer.Option("--ranks", help="Have what it submits from now on stand on boards.")] = False,
    off: Annotated[bool, typer.Option("--off", help="It is no robot any more, and has the limits that all have.")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the log.")] = "",
    json: screen.Json = False,
) -> None:
    """Admit an account as a robot, with limits of its own and out of the ranking."""
    with sign_in.client() as client:
        if off:
            (user,) = named(client, competition, [username])
            found = client.release_robot(competition, user, reason)
        else:
            rules = {"max_per_day": per_day, "max_in_all": in_all, "ranks": ranks, "reason": reason}
            found = client.admit_robot(competition, username, rules)
    told = "takes part as anybody does." if off else "takes part as a robot."
    screen.answer(found, json, lambda: screen.show(f"{found['username']} {told}"))


@app.command("invite")
def invite(
    competition: Id,
    whom: Annotated[
        list[str], typer.Argument(metavar="FILE_OR_ADDRESS…", help="E-mail addresses, or files with one on each line.")
    ],
    days: Annotated[int, typer.Option("--days", metavar="NUMBER", help="How long the invitations hold.")] = 14,
    message: Annotated[str, typer.Option("--message", metavar="TEXT", help="A line of yours, for the mail.")] = "",
    json: screen.Json = False,
) -> None:
    """Invite people by mail: who signs in with the address takes part at once. Who is invited already is so anew."""
    addresses = [address for one in whom for address in _addresses(one)]
    with sign_in.client() as client:
        made, refused = client.invite(competition, addresses, days, message)
    told: api.BulkResult = {"done": [one["address"] for one in made], "refused": refused}
    many.tell(told, "is invited.", json, "address")


@app.command("guests")
def guests(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """Who is invited, until when, and who came."""
    with sign_in.client() as client:
        found = list(client.guests(competition))
    screen.answer({"guests": found}, json, lambda: _guests(found))


@app.command("uninvite")
def uninvite(
    competition: Id,
    addresses: Annotated[list[str], typer.Argument(metavar="ADDRESS…", help="As they are listed.")],
    json: screen.Json = False,
) -> None:
    """Revoke invitations that nobody has accepted yet."""
    with sign_in.client() as client:
        there = {one["address"]: one["id"] for one in client.guests(competition)}
        wanted = {address: there.get(address.strip().lower()) for address in addresses}
        if missing := [address for address, id_ in wanted.items() if id_ is None]:
            raise AgonError(f"{missing[0]} is not invited. See who is: agon participants guests {competition}")
        named = {id_: address for address, id_ in wanted.items() if id_ is not None}
        found = client.uninvite(competition, list(named))
    told: api.BulkResult = {
        "done": [named[one] for one in found["done"]],
        "refused": {named[one]: why for one, why in found["refused"].items()},
    }
    many.tell(told, "is not invited any more.", json, "address")


@app.command("log")
def log(competition: Id, csv: deeds.Csv = None, form: screen.Format = "table", json: screen.Json = False) -> None:
    """What organizers did with a competition and who takes part, newest first."""
    with sign_in.client() as client:
        deeds.tell(client.audit(competition), csv, json)


def _decide(competition: str, usernames: Sequence[str], pending: bool, status: str, reason: str, json: bool) -> None:
    if pending == bool(usernames):
        raise AgonError("Say about whom: name them, or write --pending for everybody who waits.")
    with sign_in.client() as client:
        known = named(client, competition, usernames)
        found = client.decide_participants(competition, list(known), status, reason)
    told: api.BulkResult = {
        "done": [known[user] for user in found["done"]],
        "refused": {known[user]: why for user, why in found["refused"].items()},
    }
    many.tell(told, f"is {status}.", json, "participant")


def _addresses(said: str) -> list[str]:
    """An address, or those that stand in a file. Raises AgonError."""
    if "@" in said:
        return [said]
    try:
        lines = Path(said).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AgonError(f"{said} is neither an e-mail address nor a file of them that can be read.") from error
    return [line.strip() for line in lines if line.strip()]


def _guests(found: Sequence[api.Guest]) -> None:
    if not found:
        screen.say("Nobody is invited.")
        return
    rows = [
        (
            one["address"],
            one["status"],
            words.deadline(one["expires_at"], is_end=True),
            one["invited_by"],
            one["accepted_by"] or "–",
        )
        for one in found
    ]
    screen.table("", ["Address", "Status", "Until", "By", "Came as"], rows)


def named(client: Client, competition: str, usernames: Sequence[str]) -> dict[str, str]:
    """The names of participants by their ids: of those named, or without any of those who wait. Raises AgonError."""
    if not usernames:
        return {one["user"]: one["username"] for one in client.participants(competition, status="pending")}
    search = usernames[0] if len(usernames) == 1 else ""
    there = {one["username"].casefold(): one for one in client.participants(competition, search=search)}
    missing = [name for name in usernames if name.casefold() not in there]
    if missing:
        raise AgonError(f"{missing[0]} does not take part. See who does: agon participants list {competition}")
    return {one["user"]: one["username"] for one in (there[name.casefold()] for name in usernames)}


def _team(client: Client, competition: str, name: str) -> str:
    """The id of a team. Raises AgonError."""
    for team in client.teams(competition):
        if name.casefold() in (team["name"].casefold(), team["id"]):
            return team["id"]
    raise AgonError(f"There is no team “{name}”. See all: agon team list {competition}")


def _list(found: Sequence[api.ParticipantRow]) -> None:
    if not found:
        screen.say("Nobody like that takes part.")
        return
    rows = [
        (f"{one['username']} (robot)" if one.get("robot") else one["username"], one["status"], one["team"])
        + (", ".join(one["groups"]), one["attempts"], words.time(one["last_submission_at"]), one["score"], one["reason"])
        for one in found
    ]
    columns = ["Name", "Status", "Team", "Groups", "Attempts", "Last submission", "Score", "Reason"]
    screen.table("", columns, rows, right=["Attempts", "Score"])
