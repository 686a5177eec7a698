"""`agon organizations`: competing for one house in several competitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.client import Client
from agon.commands import deeds
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Compete for an organization: its name stands beside yours on leaderboards.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The organization's id, as `agon organizations list` tells it.")]
Username = Annotated[str, typer.Argument(metavar="USERNAME", help="The name that they sign in with.")]
About = Annotated[str, typer.Option("--about", metavar="TEXT", help="What it is.")]
Site = Annotated[str, typer.Option("--site", metavar="URL", help="Its own site.")]


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What boards call it.")],
    about: About = "",
    site: Site = "",
    json: screen.Json = False,
) -> None:
    """Make an organization, which you own."""
    with sign_in.client() as client:
        made = client.make_organization(name, about, site)
    told = f"“{made['name']}” is there. Ask others in: agon organizations invite {made['id']} USERNAME"
    screen.answer(made, json, lambda: screen.show(told))


@app.command("list")
def list_organizations(form: screen.Format = "table", json: screen.Json = False) -> None:
    """The organizations in which you are."""
    with sign_in.client() as client:
        found = client.organizations()
    rows = [(one["name"], one["my_role"], one["members"], one["id"]) for one in found]
    columns = ["Organization", "You are", "Members", "Id"]
    screen.answer({"organizations": found}, json, lambda: screen.table("", columns, rows, right=["Members"]))


@app.command("show")
def show(organization: Id, json: screen.Json = False) -> None:
    """An organization, its members as far as you may see them, and where it took part."""
    with sign_in.client() as client:
        found = client.organization(organization)
        members, entries = list(client.organization_members(organization)), client.organization_competitions(organization)
        told = list(entries)
    whole = {**found, "people": members, "competitions": told}
    screen.answer(whole, json, lambda: _show(found, members, told))


@app.command("change")
def change(
    organization: Id,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What boards call it.")] = "",
    about: About = "",
    site: Site = "",
    json: screen.Json = False,
) -> None:
    """Change what it says, as its owner or a manager."""
    said = {key: value for key, value in (("name", name), ("description", about), ("site", site)) if value}
    if not said:
        raise AgonError("There is nothing to change. Write --name, --about or --site.")
    with sign_in.client() as client:
        found = client.change_organization(organization, **said)
    screen.answer(found, json, lambda: screen.show(f"“{found['name']}” is changed."))


@app.command("invite")
def invite(
    organization: Id,
    whom: Annotated[str, typer.Argument(metavar="WHOM", help="The name that they sign in with, or their e-mail address.")],
    manager: Annotated[bool, typer.Option("--manager", help="As a manager, who asks others in.")] = False,
    json: screen.Json = False,
) -> None:
    """Ask somebody in. They answer with `agon team accept` or `decline`."""
    role, named = "manager" if manager else "member", {"address": whom} if "@" in whom else {"username": whom}
    with sign_in.client() as client:
        made = client.invite_to_organization(organization, role, **named)
    told = f"{made['invited']} can accept it until {words.deadline(made['expires_at'], is_end=True)}: agon team invitations"
    screen.answer(made, json, lambda: screen.show(told))


@app.command("invitations")
def invitations(organization: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """Whom it has asked, for its owner and managers."""
    with sign_in.client() as client:
        found = client.organization_invitations(organization)
    rows = [(one["invited"], one["role"], one["by"], one["status"], one["id"]) for one in found]
    columns = ["Asked", "As", "By", "Status", "Id"]
    screen.answer({"invitations": found}, json, lambda: screen.table("", columns, rows))


@app.command("revoke")
def revoke(
    organization: Id,
    invitation: Annotated[str, typer.Argument(metavar="INVITATION", help="Its id.")],
    json: screen.Json = False,
) -> None:
    """Take back an invitation."""
    with sign_in.client() as client:
        client.revoke_organization_invitation(organization, invitation)
    screen.answer({"revoked": invitation}, json, lambda: screen.show("Nobody can accept it any more."))


@app.command("role")
def role(
    organization: Id,
    username: Username,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="manager or member.")],
    json: screen.Json = False,
) -> None:
    """Change a member's role, as the owner."""
    with sign_in.client() as client:
        found = client.change_organization_member(organization, _find(client, organization, username), role)
    screen.answer(found, json, lambda: screen.show(f"{found['username']} is a {found['role']} now."))


@app.command("appear")
def appear(
    organization: Id,
    hide: Annotated[bool, typer.Option("--hide", help="Strangers do not see you there any more.")] = False,
    json: screen.Json = False,
) -> None:
    """Let strangers see that you are in it."""
    with sign_in.client() as client:
        found = client.change_organization_member(organization, client.me()["id"], shown=not hide)
    told = "Everybody sees that you are in it." if found["shown"] else "Its members alone see that you are in it."
    screen.answer(found, json, lambda: screen.show(told))


@app.command("leave")
def leave(organization: Id, json: screen.Json = False) -> None:
    """Leave it. What you submitted for it keeps its name."""
    with sign_in.client() as client:
        client.leave_organization(organization, client.me()["id"])
    screen.answer({"left": organization}, json, lambda: screen.show("You have left it."))


@app.command("remove")
def remove(organization: Id, username: Username, json: screen.Json = False) -> None:
    """Take somebody out, as its owner or a manager."""
    with sign_in.client() as client:
        user = _find(client, organization, username)
        client.leave_organization(organization, user)
    screen.answer({"removed": user}, json, lambda: screen.show(f"{username} is out of it."))


@app.command("offer")
def offer(organization: Id, username: Username, json: screen.Json = False) -> None:
    """Offer it to another member. It is theirs when they accept, and you are a manager then."""
    with sign_in.client() as client:
        made = client.offer_organization(organization, username)
    screen.answer(made, json, lambda: screen.show(f"{made['invited']} can accept it: agon team invitations"))


@app.command("delete")
def delete(organization: Id, json: screen.Json = False) -> None:
    """Delete it, as its owner. What was submitted for it keeps its name."""
    with sign_in.client() as client:
        client.delete_organization(organization)
    screen.answer({"deleted": organization}, json, lambda: screen.show("It is no more, and its name is free."))


@app.command("log")
def log(organization: Id, csv: deeds.Csv = None, form: screen.Format = "table", json: screen.Json = False) -> None:
    """Who changed what in it, newest first, for its owner and managers."""
    with sign_in.client() as client:
        deeds.tell(client.organization_audit(organization), csv, json)


def _find(client: Client, organization: str, username: str) -> str:
    """The id of a member by the user name."""
    for one in client.organization_members(organization):
        if one["username"].lower() == username.lower():
            return one["user"]
    raise AgonError(f"{username} is not in it. See who is: agon organizations show {organization}")


def _show(found: api.Organization, members: list[api.OrganizationMember], entries: list[api.OrganizationEntry]) -> None:
    screen.show(found["name"], style="bold")
    for said in filter(None, (found["description"], found["site"])):
        screen.show(said)
    screen.table("", ["Member", "Role"], [(one["username"], one["role"]) for one in members])
    screen.table("", ["Took part in", "Id"], [(one["title"], one["competition"]) for one in entries])
