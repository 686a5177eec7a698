"""`agon admin`: accounts, and what administrators did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agon import departures, screen, sign_in, words
from agon.commands import deeds

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("For administrators: find, ban, remove and merge people, approve competitions, see who did what.")
Competition = Annotated[str, typer.Argument(metavar="COMPETITION", help="Its id, as `agon admin waiting` tells it.")]
Username = Annotated[str, typer.Argument(metavar="USERNAME", help="The name that they sign in with.")]


@app.command("find")
def find(
    who: Annotated[str, typer.Argument(metavar="NAME", help="An exact user name, or an exact e-mail address.")],
    json: screen.Json = False,
) -> None:
    """Who has a user name or an address. To ask by an address stands in the audit log."""
    with sign_in.client() as client:
        found = client.find_account(who)
    screen.answer(found, json, lambda: screen.show(_sentence(found)))


@app.command("ban")
def ban(
    username: Username,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; they are told it, nobody else is.")],
    json: screen.Json = False,
) -> None:
    """Let somebody in no more: sessions end, tokens go, what they have in progress is cancelled."""
    with sign_in.client() as client:
        found = client.ban(username, reason)
    screen.answer(found, json, lambda: screen.show(_sentence(found)))


@app.command("restore")
def restore(
    username: Username,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the audit log.")] = "",
    json: screen.Json = False,
) -> None:
    """Let somebody who is banned in again, by their password."""
    with sign_in.client() as client:
        found = client.restore_account(username, reason)
    screen.answer(found, json, lambda: screen.show(_sentence(found)))


@app.command("second-step-off")
def second_step_off(
    username: Username,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the audit log.")],
    json: screen.Json = False,
) -> None:
    """Have somebody's sign-in ask for no code: they have lost their authenticator, and you made sure that it is they."""
    with sign_in.client() as client:
        client.turn_off_second_step_of(username, reason)
    told = f"{username} signs in with the password alone."
    screen.answer({"username": username, "on": False}, json, lambda: screen.show(told))


@app.command("banned")
def banned(form: screen.Format = "table", json: screen.Json = False) -> None:
    """Who is banned, since when, by whom and why."""
    with sign_in.client() as client:
        found = list(client.banned())
    rows = [
        (one["username"], words.time(one["ban"]["at"]), one["ban"]["by"], one["ban"]["reason"])
        for one in found
        if one["ban"] is not None
    ]
    screen.answer(
        {"accounts": found}, json, lambda: screen.table("", ["Name", "Since", "By", "Why"], rows, none="Nobody is banned.")
    )


Preview = Annotated[bool, typer.Option("--preview", help="Tell what it would do and how far it is, and do nothing.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the audit log.")]


@app.command("remove")
def remove(username: Username, reason: Why = "", preview: Preview = False, json: screen.Json = False) -> None:
    """Remove somebody's account for good, on their request. Scores stay, under a name that tells nobody."""
    with sign_in.client() as client:
        found = client.preview_removal(username) if preview else client.remove_account(username, _given(reason))
    screen.answer(found, json, lambda: screen.show("\n".join(departures.lines(found))))


@app.command("merge")
def merge(
    username: Username,
    into: Annotated[str, typer.Option("--into", metavar="USERNAME", help="The account that goes on.")],
    reason: Why = "",
    preview: Preview = False,
    json: screen.Json = False,
) -> None:
    """Merge an account into another one of the same person, and remove it."""
    with sign_in.client() as client:
        told = client.preview_merger(username, into) if preview else None
        found = told or client.merge_accounts(username, into, _given(reason))
    screen.answer(found, json, lambda: screen.show("\n".join(departures.lines(found))))


@app.command("approval")
def approval(
    state: Annotated[Literal["on", "off"], typer.Argument(help="on: competitions wait; off: they do not.")],
    json: screen.Json = False,
) -> None:
    """Whether what organizers publish waits until an administrator approves it."""
    with sign_in.client() as client:
        found = client.change_site({"approval": state == "on"})
    said = "wait for approval" if found["approval"] else "are published without approval"
    screen.answer(found, json, lambda: screen.show(f"Competitions {said} from now on."))


@app.command("pause")
def pause(
    message: Annotated[str, typer.Option("--message", "-m", metavar="TEXT", help="Why, for who submits meanwhile.")] = "",
    json: screen.Json = False,
) -> None:
    """Have the site take no submissions until `agon admin resume`. What it has taken is run all the same."""
    with sign_in.client() as client:
        found = client.change_site({"paused": True, "message": message})
    said = f"The site takes no submissions. {found['message']}".strip()
    screen.answer(found, json, lambda: screen.show(f"{said} Have it take them again: agon admin resume"))


@app.command("resume")
def resume(json: screen.Json = False) -> None:
    """Have the site take submissions again."""
    with sign_in.client() as client:
        found = client.change_site({"paused": False})
    screen.answer(found, json, lambda: screen.show("The site takes submissions again."))


@app.command("waiting")
def waiting(form: screen.Format = "table", json: screen.Json = False) -> None:
    """Which competitions wait for approval."""
    with sign_in.client() as client:
        found = list(client.waiting())
    rows = [(one["id"], one["title"], one["organizer"]) for one in found]
    screen.answer(
        {"competitions": found}, json, lambda: screen.table("", ["Id", "Title", "Organizer"], rows, none="Nothing waits.")
    )


@app.command("approve")
def approve(competition: Competition, json: screen.Json = False) -> None:
    """Publish a competition that waits for approval."""
    with sign_in.client() as client:
        found = client.decide_publication(competition, "approved")
    screen.answer(found, json, lambda: screen.show(f"{found['title']} is published."))


@app.command("refuse")
def refuse(
    competition: Competition,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; its organizers read it.")],
    json: screen.Json = False,
) -> None:
    """Leave a competition that waits for approval a draft, and say why."""
    with sign_in.client() as client:
        found = client.decide_publication(competition, "refused", reason)
    screen.answer(found, json, lambda: screen.show(f"{found['title']} stays a draft."))


@app.command("audit")
def audit(csv: deeds.Csv = None, form: screen.Format = "table", json: screen.Json = False) -> None:
    """What administrators did, newest first."""
    with sign_in.client() as client:
        deeds.tell(client.site_audit(), csv, json)


def _given(reason: str) -> str:
    if not reason:
        raise typer.BadParameter("Say why with --reason; or look first, with --preview.")
    return reason


def _sentence(found: api.KnownAccount) -> str:
    ban_ = found["ban"]
    if ban_ is None:
        return f"{found['username']} ({found['id']}) is not banned."
    since = words.time(ban_["at"])
    return f"{found['username']} ({found['id']}) is banned since {since}, by {ban_['by']}: {ban_['reason']}"


@app.command("migrate-schema")
def migrate_schema(
    show: Annotated[bool, typer.Option("--show", help="Tell how far it is, and begin nothing.")] = False,
    json: screen.Json = False,
) -> None:
    """Have what a former build stored given today's shape. It begins by itself within a day after an update."""
    with sign_in.client() as client:
        if show:
            found = client.schema()
            return screen.answer(found, json, lambda: screen.show(_schema(found)))
        begun = client.migrate_schema()
    said = f"Everything stored is looked through, for version {begun['version']} of the schema."
    screen.answer(begun, json, lambda: screen.show(f"{said} How far it is: agon admin migrate-schema --show"))


def _schema(found: api.Schema) -> str:
    migration = found["migration"]
    if migration is None:
        return f"The schema's version is {found['version']}. What is stored has not been looked through for it yet."
    said = f"{words.count(migration['seen'], 'item')} seen, {migration['migrated']} migrated"
    since, status = words.time(migration["created_at"]), migration["status"].lower()
    return f"Version {found['version']} of the schema, since {since}: {status}. {said}. {migration['reason']}".rstrip()


@app.command("failures")
def failures(form: screen.Format = "table", json: screen.Json = False) -> None:
    """What came to nothing in the background, and why: items, jobs that were given up, tasks."""
    with sign_in.client() as client:
        found = list(client.sweep_failures())
    rows = [
        (
            one["id"],
            " ".join(filter(None, (one["about"], one["item"]))),
            one["attempts"],
            words.time(one["last_at"]),
            "given up" if one["dead"] else "",
            one["error"],
        )
        for one in found
    ]
    columns = ["Id", "What", "Tries", "Latest", "State", "Error"]
    screen.answer({"failures": found}, json, lambda: screen.table("", columns, rows, ["Tries"], "Nothing failed."))


@app.command("retry")
def retry(
    failure: Annotated[str, typer.Argument(metavar="ID", help="As `agon admin failures` tells it.")],
    json: screen.Json = False,
) -> None:
    """Have one of them tried again within a minute. It leaves the list when it is done."""
    with sign_in.client() as client:
        client.retry_failure(failure)
    screen.answer({"retried": failure}, json, lambda: screen.show(f"{failure} is looked at again."))
