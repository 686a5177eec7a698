"""`agon judge`: one case after the other, on a terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import downloads, phases, screen, sign_in, terminal, words
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
    form: screen.Format = "table",
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
        if found["ends_at"] and not told:
            screen.show(f"Judging ends {words.deadline(found['ends_at'], is_end=True)}.")
        if case["guidelines"] and not told:
            screen.show(case["guidelines"])
        told = True
        screen.show(
            f"\n{case['task']} · you are done with {found['done']}, the jury with {found['made']} of {found['wanted']}",
            style="bold",
        )
        screen.show(_held(case), style="dim")
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


def _held(case: api.Case) -> str:
    left = words.left(case["held_until"])
    return f"It is kept for you until {words.deadline(case['held_until'])}, in {left}." if left else ""


def _show(output: api.Output, folder: Path, title: str) -> None:
    if title:
        screen.show(f"\n{title}", style="bold")
    for file in output["files"]:
        name = file["name"]
        if file["url"] is None:
            screen.show(f"{name}: {words.size(file['size_bytes'])}, too large to be shown", style="dim")
            continue
        path = _path(folder, file["name"])
        path.parent.mkdir(parents=True, exist_ok=True)
        downloads.fetch(partial(str, file["url"]), path)
        screen.show(f"── {name} · {path}", style="dim")
        if file["kind"] == "text" and path.stat().st_size <= MAX_SHOWN_BYTES:
            screen.show(path.read_text("utf-8", "replace"))


def _decision(case: api.Case) -> dict[str, Any]:
    """What the juror says. Raises _Passed and _Stopped."""
    if case["kind"] == "pairwise":
        said = _ask("Which is better? 1, 2, or = for equal", lambda text: _SIDES.get(text))
        return {"preferred": said, "comment": _comment()}
    marks = {criterion["key"]: _mark(criterion) for criterion in case["criteria"]}
    return {"marks": marks, "comment": _comment()}


def _mark(criterion: api.Criterion) -> int:
    if criterion["description"]:
        screen.show(criterion["description"], style="dim")
    scale = range(criterion["lowest"], criterion["highest"] + 1)
    question = f"{criterion['title']} {criterion['lowest']} to {criterion['highest']}"
    mark: int = _ask(question, lambda text: int(text) if text.isdecimal() and int(text) in scale else None)
    return mark


def _ask(question: str, read: Callable[[str], Any]) -> Any:
    """Ask until the answer fits. Raises _Passed and _Stopped."""
    while True:
        text = terminal.ask(f"{question} ({_HOW})").strip().lower()
        if text == _PASS:
            raise _Passed
        if text == _STOP:
            raise _Stopped
        if (answer := read(text)) is not None:
            return answer
        screen.say("That is none of the answers.")


def _comment() -> str:
    return terminal.ask("A comment for the organizers (Enter for none)", default="").strip()


def _path(folder: Path, name: str) -> Path:
    """Where a stranger's file is kept: inside the folder, whatever it is called. Raises BadFile."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadFile(f"The file {name} would be kept outside of {folder}.")
    return path


def judgements(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="A competition's id, or a phase's.")],
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """For jurors: what you have judged in a phase, newest first."""
    with sign_in.client() as client:
        found = list(client.judgements(phases.find(client, target, must_be_judged=True)))
    rows = [(one["case"], _said(one), one["comment"], words.time(one["changed_at"])) for one in found]
    screen.answer({"judgements": found}, json, lambda: screen.table("", ["Id", "Judgement", "Comment", "When"], rows))


def case(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Its id, as `agon jurors judgements` tells it.")],
    json: screen.Json = False,
) -> None:
    """For jurors: a case that you were given, with its files and what you said of it."""
    with sign_in.client() as client:
        found = client.case(case)
    said = _said(found["judgement"]) if found["judgement"] else "You have not judged it."
    files = [(file["name"], file["url"] or "–") for output in found["outputs"] for file in output["files"]]
    screen.answer(found, json, lambda: _tell(f"{found['kind']}: {said}", files))


def _tell(line: str, files: list[tuple[str, str]]) -> None:
    screen.show(line)
    screen.pairs(files)


def _said(judgement: api.Judgement) -> str:
    marks = ", ".join(f"{key} {mark}" for key, mark in judgement["marks"].items())
    return marks or f"preferred: {judgement['preferred']}"


def _juries(juries: list[api.Jury]) -> None:
    if not juries:
        screen.say("Nobody has asked you to judge.")
        return
    rows = [(one["competition"], one["title"], one["organizer"], one["status"]) for one in juries]
    screen.table("", ["Id", "Competition", "Organizer", "Status"], rows)
    screen.say("Begin: agon judge ID")
