"""`agon organizers`: who runs a competition, and in which role."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.client import Client
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Who runs your competition: organizers, viewers, and its owner.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]
Username = Annotated[str, typer.Argument(metavar="USERNAME", help="The name that they sign in with.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the log.")]


class Role(StrEnum):
    """The role of somebody beside the owner."""

    ORGANIZER = "organizer"
    VIEWER = "viewer"


AsRole = Annotated[Role, typer.Option("--role", help="Viewers see what organizers see, and change nothing.")]


@app.command("list")
def list_organizers(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """The owner, the organizers and the viewers, and who is asked to be one."""
    with sign_in.client() as client:
        found = client.organizers(competition)
    screen.answer({"organizers": found}, json, lambda: _list(found))


@app.command("add")
def add(
    competition: Id, username: Username, role: AsRole = Role.ORGANIZER, reason: Reason = "", json: screen.Json = False
) -> None:
    """Ask somebody to organize your competition, or to view all of it; or make an organizer a viewer, at once."""
    _appoint(competition, username, role, reason, json)


@app.command("hand-over")
def hand_over(competition: Id, username: Username, reason: Reason = "", json: screen.Json = False) -> None:
    """Offer somebody the whole competition. When they accept it, it is theirs, and you go on as an organizer."""
    _appoint(competition, username, "owner", reason, json)


@app.command("remove")
def remove(
    competition: Id,
    username: Username,
    offer: Annotated[bool, typer.Option("--offer", help="Only what they are offered.")] = False,
    reason: Reason = "",
    json: screen.Json = False,
) -> None:
    """Take somebody's role away, and what they are offered. Your own name: leave."""
    with sign_in.client() as client:
        one = _find(client, competition, username)
        client.dismiss(competition, one["user"], reason, offer_alone=offer)
    told = f"{one['username']} is offered nothing." if offer else f"{one['username']} does not run {competition} any more."
    screen.answer({"removed": one["user"]}, json, lambda: screen.show(told))


@app.command("offers")
def offers(form: screen.Format = "table", json: screen.Json = False) -> None:
    """What you are asked to run."""
    with sign_in.client() as client:
        found = list(client.offers())
    screen.answer({"offers": found}, json, lambda: _offers(found))


@app.command("accept")
def accept(competition: Id, json: screen.Json = False) -> None:
    """Accept what you are offered in a competition."""
    with sign_in.client() as client:
        offered = _offered(client, competition)
        found = client.accept_role(competition, offered["role"])
    screen.answer(found, json, lambda: screen.show(f"You are {words.role(found['role'])} of {offered['title']}."))


@app.command("decline")
def decline(competition: Id, json: screen.Json = False) -> None:
    """Decline what you are offered. A role that you have already stays."""
    with sign_in.client() as client:
        offered = _offered(client, competition)
        client.dismiss(competition, client.me()["id"], offer_alone=True)
    screen.answer({"declined": competition}, json, lambda: screen.show(f"You declined to run {offered['title']}."))


def _appoint(competition: str, username: str, role: str, reason: str, json: bool) -> None:
    with sign_in.client() as client:
        found = client.appoint(competition, username, role, reason)
    name = found["username"]
    told = f"{name} is {words.role(found['role'])} now."
    if found["offered"]:
        told = (
            f"{name} is asked to be {words.role(found['offered'])}. They accept with: agon organizers accept {competition}"
        )
    screen.answer(found, json, lambda: screen.show(told))


def _find(client: Client, competition: str, username: str) -> api.Organizer:
    """One of the list. Oneself is not on it before one has accepted. Raises AgonError."""
    for one in client.organizers(competition):
        if one["username"].casefold() == username.casefold():
            return one
    raise AgonError(f"{username} does not run this competition. See who does: agon organizers list {competition}")


def _offered(client: Client, competition: str) -> api.Offer:
    for one in client.offers():
        if one["competition"] == competition:
            return one
    raise AgonError("You are offered nothing in this competition. See what you are: agon organizers offers")


def _list(found: list[api.Organizer]) -> None:
    rows = [
        (
            one["username"],
            one["role"] or f"asked to be {words.role(str(one['offered']))}",
            one["by"] or "–",
            words.time(one["at"]),
        )
        for one in found
    ]
    screen.table("", ["Name", "Role", "By", "Since"], rows)


def _offers(found: list[api.Offer]) -> None:
    if not found:
        screen.say("You are asked to run no competition.")
        return
    rows = [(one["competition"], one["title"], one["role"], one["by"], one["reason"]) for one in found]
    screen.table("", ["Id", "Title", "Role", "By", "Reason"], rows)
