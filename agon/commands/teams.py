"""`agon team`: competing together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.client import Client
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Compete as a team: one quota, one row on the leaderboard, submissions that all of you see.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]
Team = Annotated[str, typer.Argument(metavar="TEAM", help="The team's name or id, as `agon team list` tells it.")]
Username = Annotated[str, typer.Argument(metavar="USERNAME", help="The name that they sign in with.")]
OfTeam = Annotated[
    str, typer.Option("--team", metavar="TEAM", help="Which team, by its id or, for organizers, its name. Else your own.")
]
Invitation = Annotated[str, typer.Argument(metavar="INVITATION", help="Its id, as `agon team invitations` tells it.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="For organizers: why, for the audit log.")]
#: Anybody may ask for a team by its id, as leaderboards tell it; names are looked up in the organizers' list.
_ID = re.compile("[0-9a-z]{26}")
_STATUS = {
    "approved": "It may submit.",
    "pending": "An organizer has yet to approve it; then it may submit.",
    "denied": "The organizers denied it, so it may not submit.",
    "merged": "It went into another team.",
    "disbanded": "The organizers disbanded it.",
}
_ASKS = {"team": "to join “{}”", "lead": "to lead “{}”", "merger": "to go into “{}” as a team"}
_ASKS |= {"organization": "to be in the organization “{}”", "owner": "to own the organization “{}”"}
_DONE = {"team": "You are in “{}” now.", "lead": "You lead “{}” now.", "merger": "Your team is part of “{}” now."}
_DONE |= {"organization": "You are in “{}” now.", "owner": "“{}” is yours now."}


@app.command("create")
def create(
    competition: Id,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What leaderboards call it. It cannot be changed.")],
    leader: Annotated[str, typer.Option("--leader", metavar="USERNAME", help="For organizers: who is to lead it.")] = "",
    json: screen.Json = False,
) -> None:
    """Make a team, which you lead."""
    with sign_in.client() as client:
        made = client.make_team(competition, name, leader or None)
    screen.answer(made, json, lambda: _show(made))


@app.command("join")
def join(
    competition: Id,
    code: Annotated[str, typer.Argument(metavar="CODE", help="From the team's leader.")],
    json: screen.Json = False,
) -> None:
    """Join a team."""
    with sign_in.client() as client:
        joined = client.join_team(competition, code)
    screen.answer(joined, json, lambda: _show(joined))


@app.command("show")
def show(competition: Id, team: OfTeam = "", json: screen.Json = False) -> None:
    """Your team: who is in it and, for its leader, the code that lets others in."""
    with sign_in.client() as client:
        found = client.team(competition, _find(client, competition, team))
    screen.answer(found, json, lambda: _show(found))


@app.command("leave")
def leave(competition: Id, json: screen.Json = False) -> None:
    """Leave your team. What was submitted for it stays with it. The last one to leave dissolves it."""
    with sign_in.client() as client:
        client.leave_team(competition, _find(client, competition), client.me()["id"])
    screen.answer({"left": competition}, json, lambda: screen.show("You compete alone again."))


@app.command("remove")
def remove(competition: Id, username: Username, team: OfTeam = "", json: screen.Json = False) -> None:
    """Take somebody out of the team that you lead."""
    with sign_in.client() as client:
        found = client.team(competition, _find(client, competition, team))
        named = [one["user"] for one in found["members"] if one["username"].lower() == username.lower()]
        if not named:
            raise AgonError(f"{username} is not in “{found['name']}”. See who is: agon team show {competition}")
        client.leave_team(competition, found["id"], named[0])
    screen.answer({"removed": named[0]}, json, lambda: screen.show(f"{username} is out of “{found['name']}”."))


@app.command("lead")
def lead(competition: Id, username: Username, team: OfTeam = "", json: screen.Json = False) -> None:
    """Offer the lead of your team to another member, who accepts it. Organizers make somebody the leader at once."""
    with sign_in.client() as client:
        found = client.hand_over_team(competition, _find(client, competition, team), username)
    leads = found["members"][0]["username"].lower() == username.lower()
    told = f"{username} leads “{found['name']}” now." if leads else f"{username} can accept it: agon team invitations"
    screen.answer(found, json, lambda: screen.show(told))


@app.command("invite")
def invite(
    competition: Id,
    whom: Annotated[str, typer.Argument(metavar="WHOM", help="The name that they sign in with, or their e-mail address.")],
    team: OfTeam = "",
    json: screen.Json = False,
) -> None:
    """Ask somebody into your team. Who has the address alone can accept what is sent to an address."""
    named = {"address": whom} if "@" in whom else {"username": whom}
    with sign_in.client() as client:
        made = client.invite_to_team(competition, _find(client, competition, team), **named)
    told = f"{made['invited']} can accept it until {words.deadline(made['expires_at'], is_end=True)}: agon team invitations"
    screen.answer(made, json, lambda: screen.show(told))


@app.command("merge")
def merge(competition: Id, other: Team, team: OfTeam = "", json: screen.Json = False) -> None:
    """Ask another team to go into yours. It does when its leader accepts."""
    with sign_in.client() as client:
        mine = _find(client, competition, team)
        # Those who lead a team do not see the list of all: the site knows them by their names.
        made = client.offer_merger(competition, mine, {"team" if _ID.fullmatch(other) else "name": other})
    told = f"Who leads “{made['invited']}” can accept it: agon team invitations {competition}"
    screen.answer(made, json, lambda: screen.show(told))


@app.command("invitations")
def invitations(
    competition: Annotated[str, typer.Argument(metavar="[ID]", help="The competition's id: those of your team.")] = "",
    team: OfTeam = "",
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """What you are asked into; or, with a competition, whom your team has asked and which teams ask it."""
    with sign_in.client() as client:
        if competition:
            found = client.team_invitations(competition, _find(client, competition, team))
        else:
            found = client.invitations()
    screen.answer({"invitations": found}, json, lambda: _show_invitations(found))


@app.command("accept")
def accept(invitation: Invitation, json: screen.Json = False) -> None:
    """Accept what you, or your team, are asked into."""
    with sign_in.client() as client:
        done = client.accept_invitation(invitation)
    screen.answer(done, json, lambda: screen.show(_DONE[done["to"]].format(done["name"])))


@app.command("decline")
def decline(invitation: Invitation, json: screen.Json = False) -> None:
    """Decline what you, or your team, are asked into."""
    with sign_in.client() as client:
        client.decline_invitation(invitation)
    screen.answer({"declined": invitation}, json, lambda: screen.show("You have declined it."))


@app.command("revoke")
def revoke(competition: Id, invitation: Invitation, team: OfTeam = "", json: screen.Json = False) -> None:
    """Take back an invitation of your team."""
    with sign_in.client() as client:
        client.revoke_invitation(competition, _find(client, competition, team), invitation)
    screen.answer({"revoked": invitation}, json, lambda: screen.show("Nobody can accept it any more."))


@app.command("rename")
def rename(
    competition: Id,
    team: Team,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What boards call it from now on.")],
    reason: Reason = "",
    json: screen.Json = False,
) -> None:
    """For organizers: call a team otherwise."""
    with sign_in.client() as client:
        found = client.change_team(competition, _find(client, competition, team), name=name, reason=reason)
    screen.answer(found, json, lambda: screen.show(f"It is called “{found['name']}” now; its rows follow in a moment."))


@app.command("new-code")
def new_code(competition: Id, json: screen.Json = False) -> None:
    """Have another code let people into the team that you lead; the former one is good for nothing."""
    with sign_in.client() as client:
        found = client.renew_team_code(competition, _find(client, competition))
    screen.answer(found, json, lambda: _show(found))


@app.command("dissolve")
def dissolve(competition: Id, team: OfTeam = "", reason: Reason = "", json: screen.Json = False) -> None:
    """Undo a team that has not submitted. Organizers disband any: what it has submitted stays where it is."""
    with sign_in.client() as client:
        id_ = _find(client, competition, team)
        client.dissolve_team(competition, id_, reason)
    screen.answer({"dissolved": id_}, json, lambda: screen.show("The team is no more."))


@app.command("list")
def list_teams(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """For organizers: all teams."""
    with sign_in.client() as client:
        found = list(client.teams(competition))
    screen.answer({"teams": found}, json, lambda: _list(found))


@app.command("approve")
def approve(competition: Id, team: Team, reason: Reason = "", json: screen.Json = False) -> None:
    """For organizers: let a team submit."""
    _decide(competition, team, "approved", reason, json)


@app.command("deny")
def deny(competition: Id, team: Team, reason: Reason = "", json: screen.Json = False) -> None:
    """For organizers: let a team submit no more."""
    _decide(competition, team, "denied", reason, json)


@app.command("add")
def add(competition: Id, team: Team, username: Username, json: screen.Json = False) -> None:
    """For organizers: put a participant in a team."""
    with sign_in.client() as client:
        found = client.add_to_team(competition, _find(client, competition, team), username)
    screen.answer(found, json, lambda: _show(found))


def _decide(competition: str, team: str, status: str, reason: str, json: bool) -> None:
    with sign_in.client() as client:
        found = client.change_team(competition, _find(client, competition, team), status, reason=reason)
    screen.answer(found, json, lambda: screen.show(f"“{found['name']}” is {found['status']}."))


def _find(client: Client, competition: str, named: str = "") -> str:
    """The id of a team by its name or id; without one, of the account's own."""
    if not named:
        mine = client.competition(competition)["my_team"]
        if mine is None:
            raise AgonError(f"You are in no team of this competition. Make one: agon team create {competition} NAME")
        return mine
    if _ID.fullmatch(named):
        return named
    for team in client.teams(competition):
        if named.casefold() == team["name"].casefold():
            return team["id"]
    raise AgonError(f"There is no team “{named}”. See all: agon team list {competition}")


def _show(team: api.Team) -> None:
    names = [one["username"] for one in team["members"]]
    screen.show(team["name"], style="bold")
    screen.show(", ".join([f"{names[0]} (leads)", *names[1:]]) if names else "Nobody is in it.")
    screen.show(_STATUS[team["status"]])
    if team["code"]:
        screen.show(f"Others join with: agon team join {team['competition']} {team['code']}")


def _show_invitations(found: list[api.Invitation]) -> None:
    if not found:
        screen.say("There is no open invitation.")
        return
    rows = [
        (
            one["invited"],
            _ASKS[one["to"]].format(one["name"]),
            one["by"],
            one["status"],
            words.deadline(one["expires_at"], is_end=True),
            one["id"],
        )
        for one in found
    ]
    screen.table("", ["Asked", "For", "By", "Status", "Over on", "Id"], rows)
    screen.say("Answer with: agon team accept ID, or agon team decline ID")


def _list(found: list[api.Team]) -> None:
    if not found:
        screen.say("There is no team yet.")
        return
    rows = [
        (one["name"], one["status"], ", ".join(member["username"] for member in one["members"]), _yes(one), one["id"])
        for one in found
    ]
    screen.table("", ["Team", "Status", "Members, the leader first", "Submitted", "Id"], rows)


def _yes(team: api.Team) -> str:
    return "yes" if team["submitted"] else ""
