"""`agon quota`, `agon rerun`, `agon delete`: what is left to hand in, and what becomes of what was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import phases, screen, sign_in, terminal, words
from agon.commands import many
from agon.commands.submissions import Ids, Target

if TYPE_CHECKING:
    from agon import api_types as api


def quota(
    target: Target,
    group: Annotated[str, typer.Option("--group", metavar="GROUP", help="Of which of your groups.")] = "",
    json: screen.Json = False,
) -> None:
    """How many submissions you have left, and when the next one opens."""
    with sign_in.client() as client:
        found = client.quota(phases.find(client, target), group)
    screen.answer(found, json, lambda: _show(found))


def rerun(submissions: Ids, json: screen.Json = False) -> None:
    """For the organizer: run submissions again. It costs their participants nothing."""
    became = "runs again. Its result stands until there is a new one."
    with sign_in.client() as client:
        if len(submissions) > 1:
            many.tell(client.do_to_many("rerun", submissions), became, json)
            return
        found = client.rerun(submissions[0])
    screen.answer(found, json, lambda: screen.show(f"{found['id']} {became}"))


def delete(
    submissions: Ids,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: screen.Json = False,
) -> None:
    """Delete submissions with their files, for good. The attempts stay used. As an organizer, withdraw somebody's."""
    if not yes and not terminal.is_agreed(f"Delete {', '.join(submissions)} for good?"):
        raise typer.Abort
    with sign_in.client() as client:
        if len(submissions) > 1:
            many.tell(client.do_to_many("delete", submissions), "is deleted.", json)
            return
        client.delete_submission(submissions[0])
    screen.answer({"deleted": submissions[0]}, json, lambda: screen.show(f"{submissions[0]} is deleted."))


def _show(found: api.Quota) -> None:
    limits = {
        "today": found["today"],
        "this month": found["this_month"],
        "in all": found["in_all"],
        "in progress at once": found["at_once"],
    }
    rows = [(name, f"{of['left']} of {of['limit']}") for name, of in limits.items() if of]
    if of := found["bytes"]:
        rows.append(("of storage", f"{words.size(of['left'])} of {words.size(of['limit'])}"))
    if rows:
        screen.table("", ["Submissions", "Left"], rows)
    if group := found.get("group"):
        screen.show(f"These are the limits of the group {group}.")
    if found["extra"]:
        screen.show(f"The organizers gave you {words.count(found['extra'], 'attempt')} of these beside the limits.")
    if found["reason"]:
        screen.show(found["reason"])
        opens = words.deadline(found["opens_at"])
        if found["opens_at"] and opens not in found["reason"]:
            screen.show(f"That is {opens}.")
    elif not rows:
        screen.show("There is no limit.")
