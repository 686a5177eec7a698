"""`agon quota`, `agon rerun`, `agon delete`: what is left to hand in, and what becomes of what was."""

from typing import Annotated, Any

import typer

from agon import phases, screen, sign_in, words
from agon.commands.submissions import Id, Target

_LIMITS = {"today": "today", "this_month": "this month", "in_all": "in all", "at_once": "in progress at once"}


def quota(target: Target, json: screen.Json = False) -> None:
    """How many submissions you have left, and when the next one opens."""
    with sign_in.client() as client:
        found = client.quota(phases.find(client, target))
    screen.answer(found, json, lambda: _show(found))


def rerun(submission: Id, json: screen.Json = False) -> None:
    """For the organizer: run a submission again. It costs its participant nothing."""
    with sign_in.client() as client:
        found = client.rerun(submission)
    screen.answer(found, json, lambda: screen.show(f"{found['id']} runs again. Its result stands until there is a new one."))


def delete(
    submission: Id,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: screen.Json = False,
) -> None:
    """Delete a submission with its files, for good. The attempt stays used."""
    if not yes:
        typer.confirm(f"Delete {submission} for good?", abort=True, err=True)
    with sign_in.client() as client:
        client.delete_submission(submission)
    screen.answer({"deleted": submission}, json, lambda: screen.show(f"{submission} is deleted."))


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
