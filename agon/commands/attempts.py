"""`agon quota`, `agon rerun`, `agon delete`: what is left to hand in, and what becomes of what was."""

from typing import Annotated, Any

import typer

from agon import phases, screen, sign_in, words
from agon.commands import many
from agon.commands.submissions import Ids, Target

_LIMITS = {"today": "today", "this_month": "this month", "in_all": "in all", "at_once": "in progress at once"}


def quota(target: Target, json: screen.Json = False) -> None:
    """How many submissions you have left, and when the next one opens."""
    with sign_in.client() as client:
        found = client.quota(phases.find(client, target))
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
    if not yes:
        typer.confirm(f"Delete {', '.join(submissions)} for good?", abort=True, err=True)
    with sign_in.client() as client:
        if len(submissions) > 1:
            many.tell(client.do_to_many("delete", submissions), "is deleted.", json)
            return
        client.delete_submission(submissions[0])
    screen.answer({"deleted": submissions[0]}, json, lambda: screen.show(f"{submissions[0]} is deleted."))


def _show(found: dict[str, Any]) -> None:
    rows = [(name, f"{of['left']} of {of['limit']}") for key, name in _LIMITS.items() if (of := found[key])]
    if of := found["bytes"]:
        rows.append(("of storage", f"{words.size(of['left'])} of {words.size(of['limit'])}"))
    if rows:
        screen.table("", ["Submissions", "Left"], rows)
    if found["reason"]:
        screen.show(found["reason"])
    elif not rows:
        screen.show("There is no limit.")
