"""`agon judge`: one case after the other, on a terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import phases, screen, sign_in, transfer, words
from agon.client import Client
from agon.errors import BadFile

if TYPE_CHECKING:
    from agon import api_types as api

#: More of a text is read in an editor.
MAX_SHOWN_BYTES = 20_000
_SIDES = {"1": "first", "2": "second", "=": "equal"}
_PASS, _STOP = "p", "q"
_HOW = "p: pass it over, q: stop"


class _Passed(Exception):
    """The juror leaves this case to others."""


class _Stopped(Exception):
    """The juror has enough for now."""


def judge(
    target: Annotated[
        str | None, typer.Argument(metavar="TARGET", help="A competition's id, or a phase's. Without one: your juries.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where files are kept. Else a temporary folder.")
    ] = None,
    json: screen.Json = False,
) -> None:
    """Judge what others have made, without knowing whose it is.

    With [bold]--json[/] nothing is asked: the next case is printed, with its files' addresses.
    """
    with sign_in.client() as client:
        if target is None:
            juries = list(client.juries())
            screen.answer({"juries": juries}, json, lambda: _juries(juries))
            return
        phase = phases.find(client, target, must_be_judged=True)
        if json:
            screen.print_json(client.next_case(phase))
            return
        with tempfile.TemporaryDirectory(prefix="agon-judge-") as temporary:
            _work(client, phase, folder or Path(temporary))


def _work(client: Client, phase: str, folder: Path) -> None:
    told = False
    while (found := client.next_case(phase))["case"] is not None:
        case = found["case"]
        if case["guidelines"] and not told:
            screen.show(_plain(case["guidelines"]))
        told = True
        screen.show(
            f"\n{case['task']} · you are done with {found['done']}, the jury with {found['made']} of {found['wanted']}",
            style="bold",
        )
        for number, output in enumerate(case["outputs"], start=1):
            _show(output, folder / case["id"] / str(number), f"Output {number}" if len(case["outputs"]) > 1 else "")
        try:
            client.judge(case["id"], **_decision(case))
        except _Passed:
            client.pass_over(case["id"])
        except _Stopped:
            break
    screen.say(
        f"Thank you. You are done with {found['done']}." + ("" if found["case"] else " There is nothing to judge now.")
    )


def _show(output: api.Output, folder: Path, title: str) -> None:
    if title:
        screen.show(f"\n{title}", style="bold")
    for file in output["files"]:
        name = _plain(file["name"])
        if file["url"] is None:
            screen.show(f"{name}: {words.size(file['size_bytes'])}, too large to be shown", style="dim")
            continue
        path = _path(folder, file["name"])
        path.parent.mkdir(parents=True, exist_ok=True)
        transfer.fetch(file["url"], path)
        screen.show(f"── {name} · {path}", style="dim")
        if file["kind"] == "text" and path.stat().st_size <= MAX_SHOWN_BYTES:
            screen.show(_plain(path.read_text("utf-8", "replace")))


def _decision(case: api.Case) -> dict[str, Any]:
    """What the juror says. Raises _Passed and _Stopped."""
    if case["kind"] == "pairwise":
        said = _ask("Which is better? 1, 2, or = for equal", lambda text: _SIDES.get(text))
        return {"preferred": said, "comment": _comment()}
    marks = {criterion["key"]: _mark(criterion) for criterion in case["criteria"]}
    return {"marks": marks, "comment": _comment()}


def _mark(criterion: api.Criterion) -> int:
    if criterion["description"]:
        screen.show(_plain(criterion["description"]), style="dim")
    scale = range(criterion["lowest"], criterion["highest"] + 1)
    question = f"{_plain(criterion['title'])} {criterion['lowest']} to {criterion['highest']}"
    mark: int = _ask(question, lambda text: int(text) if text.isdecimal() and int(text) in scale else None)
    return mark


def _ask(question: str, read: Callable[[str], Any]) -> Any:
    """Ask until the answer fits. Raises _Passed and _Stopped."""
    while True:
        text = typer.prompt(f"{question} ({_HOW})", prompt_suffix=": ").strip().lower()
        if text == _PASS:
            raise _Passed
        if text == _STOP:
            raise _Stopped
        if (answer := read(text)) is not None:
            return answer
        screen.say("That is none of the answers.")


def _comment() -> str:
    comment: str = typer.prompt("A comment for the organizers (Enter for none)", default="", show_default=False)
    return comment.strip()


def _path(folder: Path, name: str) -> Path:
    """Where a stranger's file is kept: inside the folder, whatever it is called. Raises BadFile."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadFile(f"The file {_plain(name)} would be kept outside of {folder}.")
    return path


def _plain(text: str) -> str:
    """A stranger's text without what could steer a terminal."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "�" for letter in text)


def _juries(juries: list[api.Jury]) -> None:
    if not juries:
        screen.say("Nobody has asked you to judge.")
        return
    rows = [(one["competition"], one["title"], one["organizer"], one["status"]) for one in juries]
    screen.table("", ["Id", "Competition", "Organizer", "Status"], rows)
    screen.say("Begin: agon judge ID")
