"""`agon groups`: groups of participants, for organizers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import screen, sign_in, words
from agon.client import Client
from agon.commands import many
from agon.commands.competitions import Id, Yes, agree
from agon.commands.participants import Usernames, named
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("For organizers: groups of participants, with boards, limits, queues and phases of their own.")
Key = Annotated[str, typer.Argument(metavar="GROUP", help="The group's key, such as students.")]


@app.command("list")
def list_groups(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """The groups of a competition, and what goes on with them."""
    with sign_in.client() as client:
        found = client.groups(competition)
    screen.answer(found, json, lambda: _list(found))


@app.command("add")
def add(
    competition: Id,
    group: Key,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What people read. Else the key.")] = "",
    board: Annotated[bool | None, typer.Option("--board/--no-board", help="A leaderboard of its own.")] = None,
    queue: Annotated[str | None, typer.Option("--queue", metavar="ID", help="Whose runners do its work.")] = None,
    phase: Annotated[
        list[int] | None, typer.Option("--phase", metavar="INDEX", help="A phase for this group. May be repeated.")
    ] = None,
    per_day: Annotated[int | None, typer.Option("--per-day", min=0, help="Submissions a day.")] = None,
    per_month: Annotated[int | None, typer.Option("--per-month", min=0, help="Submissions a month.")] = None,
    in_all: Annotated[int | None, typer.Option("--in-all", min=0, help="Submissions in all.")] = None,
    address: Annotated[
        list[str] | None, typer.Option("--address", metavar="ADDRESS", help="Who joins with it is put here; or a domain.")
    ] = None,
    question: Annotated[
        str | None, typer.Option("--question", metavar="KEY", help="The question at registration that decides.")
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option("--answer", metavar="TEXT", help="Who answers it so is put here.")
    ] = None,
    yes: Yes = False,
    json: screen.Json = False,
) -> None:
    """Add a group, or change the one with this key: what you do not say stays as it is."""
    limits = {"max_submissions_per_day": per_day, "max_submissions_per_month": per_month, "max_submissions": in_all}
    limits = {name: most for name, most in limits.items() if most is not None}
    said = {"title": title or None, "board": board, "queue": queue, "phases": phase, "addresses": address}
    said |= {"question": question, "answers": answer}
    with sign_in.client() as client:
        revision, groups = _of_settings(client, competition)
        there = next((one for one in groups if one["key"] == group), None)
        changed = there or {"key": group, "title": group}
        changed |= {name: value for name, value in said.items() if value is not None}
        if limits:
            others = [one for one in changed.get("limits", []) if one.get("phase") is not None]
            changed["limits"] = [limits, *others]
        _save(client, competition, groups if there else [*groups, changed], revision, yes)
        found = client.groups(competition)
    told = f"{group} is {'changed' if there else 'added'}. Fill it: agon groups assign {competition} {group} USER…"
    screen.answer(found, json, lambda: screen.show(told))


@app.command("remove")
def remove(competition: Id, group: Key, yes: Yes = False, json: screen.Json = False) -> None:
    """Take a group away. Its members and what they handed in stay; a group with its key has them again."""
    with sign_in.client() as client:
        revision, groups = _of_settings(client, competition)
        left = [one for one in groups if one["key"] != group]
        if len(left) == len(groups):
            raise AgonError(f"There is no group {group}. See all: agon groups list {competition}")
        _save(client, competition, left, revision, yes)
        found = client.groups(competition)
    screen.answer(found, json, lambda: screen.show(f"{group} is removed."))


@app.command("assign")
def assign(
    competition: Id,
    group: Key,
    usernames: Usernames = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", exists=True, dir_okay=False, help="User names, one a line.")
    ] = None,
    out: Annotated[bool, typer.Option("--remove", help="Take them out.")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="It stands in the log.")] = "",
    json: screen.Json = False,
) -> None:
    """Put participants in a group, or take them out. What they have handed in follows, and their rows with it."""
    listed = file.read_text("utf-8").split() if file else []
    wanted = [*(usernames or []), *listed]
    if not wanted:
        raise AgonError("Say whom: name them, or give a --file with one name a line.")
    with sign_in.client() as client:
        known = named(client, competition, wanted)
        found = client.assign_group(competition, group, list(known), out, reason)
    told: api.BulkResult = {
        "done": [known[user] for user in found["done"]],
        "refused": {known[user]: why for user, why in found["refused"].items()},
    }
    many.tell(told, f"is {'no more ' if out else ''}in {group}.", json, "participant")


@app.command("apply")
def apply(competition: Id, json: screen.Json = False) -> None:
    """Put those who joined before where the rules of the groups put them. Nobody is taken out of one."""
    with sign_in.client() as client:
        found = client.apply_group_rules(competition)
    told = f"The rules are being applied. See how far that is: agon groups list {competition}"
    screen.answer(found, json, lambda: screen.show(told))


def _of_settings(client: Client, competition: str) -> tuple[int, list[dict[str, Any]]]:
    """The revision of a competition's settings, and its groups as they are there."""
    found = client.settings(competition)
    groups: Any = found["settings"].get("agon", {}).get("groups", [])
    return found["revision"], groups


def _save(client: Client, competition: str, groups: Sequence[object], revision: int, yes: bool) -> None:
    change = {"agon": {"groups": list(groups) or None}}
    agree(client.change_settings(competition, "", change, revision, preview=True).get("effects", []), yes)
    client.change_settings(competition, "", change, revision)


def _list(found: api.Groups) -> None:
    if not found["groups"]:
        screen.say("There is no group yet. Add one: agon groups add ID GROUP")
        return
    rows = [
        (one["key"], one["title"], "yes" if one["board"] else "", one["queue"] or "", _indexes(one["phases"]))
        + (_limits(one["limits"]), _rules(one))
        for one in found["groups"]
    ]
    screen.table("", ["Group", "Title", "Own board", "Queue", "Phases", "Limits", "Put here"], rows)
    for job in found["jobs"]:
        if job["status"] not in ("Finished", "Failed"):
            what = "The rules are being applied" if job["work"] == "rules" else "Submissions follow their participants"
            screen.show(f"{what}: {words.count(job['done'], 'participant')} looked at.", style="yellow")
        elif job["status"] == "Failed":
            screen.show(f"Work on groups came to nothing: {job['reason']}", style="yellow")


def _indexes(phases: Sequence[int]) -> str:
    return ", ".join(map(str, phases)) or "all"


def _limits(limits: Sequence[api.GroupLimits]) -> str:
    told = []
    for one in limits:
        numbers = {
            "a day": one["max_submissions_per_day"],
            "a month": one["max_submissions_per_month"],
            "in all": one["max_submissions"],
        }
        of_phase = "" if one["phase"] is None else f" in phase {one['phase']}"
        told.append(", ".join(f"{most} {unit}" for unit, most in numbers.items() if most is not None) + of_phase)
    return "; ".join(told)


def _rules(group: api.Group) -> str:
    answered = f"{group['question']}: {', '.join(group['answers'])}" if group["question"] else ""
    return "; ".join(filter(None, [", ".join(group["addresses"]), answered]))
