"""`agon logs`: what a submission's programs have printed, also while they run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in
from agon.client import Client
from chalicelib.contract import Status

if TYPE_CHECKING:
    from agon import api_types as api

#: A runner sends what is new as often.
PAUSE_SECONDS = 1.5
#: By so many characters the end of what was shown is found again in a log whose middle was left out meanwhile.
_ANCHOR_CHARACTERS = 400

Id = Annotated[str, typer.Argument(metavar="ID", help="The submission's id, as listed; of one task, that task's.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on until the submission has ended.")]


def logs(submission: Id, follow: Follow = False, json: screen.Json = False) -> None:
    """Show what a submission's programs have printed so far.

    With [bold]--follow[/] the command goes on showing what they print, within seconds, until they have ended.
    """
    with sign_in.client() as client:
        if json:
            screen.print_json(_until_end(client, submission) if follow else client.logs(submission))
        elif _show(client, submission, follow) == 0:
            screen.say("Nothing was printed yet." if not follow else "Nothing was printed.")


def news(before: str, now: str) -> str:
    """What a log has more than when it was last seen. Its middle may have been left out since, and is missing then."""
    if now.startswith(before):
        return now[len(before) :]
    anchor = before[-_ANCHOR_CHARACTERS:]
    at = now.rfind(anchor)
    return now[at + len(anchor) :] if at >= 0 else now


def _show(client: Client, submission: str, follow: bool) -> int:
    """Print all there is, and with `follow` all that comes; how many logs there were."""
    seen: dict[str, str] = {}
    shown = ""
    while True:
        answer = client.logs(submission)
        for name, text in answer["logs"].items():
            if fresh := news(seen.get(name, ""), text):
                if name != shown:
                    screen.show(f"==> {name.replace('_', ' ')} <==", style="bold")
                screen.show(fresh.removesuffix("\n"))
                shown = name
            seen[name] = text
        if not follow or _is_over(answer):
            return len(seen)
        time.sleep(PAUSE_SECONDS)


def _until_end(client: Client, submission: str) -> api.Logs:
    while not _is_over(answer := client.logs(submission)):
        time.sleep(PAUSE_SECONDS)
    return answer


def _is_over(answer: api.Logs) -> bool:
    return Status(answer["status"]).is_final
