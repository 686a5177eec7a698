"""`agon logs`: what a submission's programs have printed, also while they run."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in
from agon.client import Client
from chalicelib.contract import Status, texts

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
    """The text that a log has more than when it was last seen. Its middle may have been left out since, and is
    missing then."""
    if now.startswith(before):
        return now[len(before) :]
    anchor = before[-_ANCHOR_CHARACTERS:]
    at = now.rfind(anchor)
    return now[at + len(anchor) :] if at >= 0 else now


def _show(client: Client, submission: str, follow: bool) -> int:
    """Print all there is, and with `follow` all that comes; how many logs there were."""
    printed = _Printed()
    with screen.unfinished() as at:
        while True:
            answer = client.logs(submission)
            is_last = not follow or _is_over(answer)
            at("")
            line = printed.show(answer["logs"], is_last)
            if is_last:
                return len(answer["logs"])
            at(line)
            time.sleep(PAUSE_SECONDS)


class _Printed:
    """The part of each log that was shown so far."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self._shown = ""

    def show(self, logs: Mapping[str, str], is_last: bool) -> str:
        """Print what is new. A line that has not ended waits for its end, or for the last call: it may yet be written over.

        Gives the state of the latest such line.
        """
        line = ""
        for name, text in logs.items():
            whole = text if is_last else text[: text.rfind("\n") + 1]
            if fresh := news(self._seen.get(name, ""), whole):
                self._show(name, fresh)
            self._seen[name] = whole
            line = texts.printed(text[len(whole) :]) or line
        return line

    def _show(self, name: str, fresh: str) -> None:
        if name != self._shown:
            screen.show(f"==> {name.replace('_', ' ')} <==", style="bold")
        screen.show(texts.printed(fresh).removesuffix("\n"))
        self._shown = name


def _until_end(client: Client, submission: str) -> api.Logs:
    while not _is_over(answer := client.logs(submission)):
        time.sleep(PAUSE_SECONDS)
    return answer


def _is_over(answer: api.Logs) -> bool:
    return Status(answer["status"]).is_final
