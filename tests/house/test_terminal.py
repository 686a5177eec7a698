"""One door to the terminal, and one-line texts that can steer nothing on the way to it."""

import ast
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, StringConstraints

from chalicelib import requests
from chalicelib.requests import fields, queues
from tests.house.sources import ROOT, module_of, tree_of

DOOR = "agon.terminal"
#: The version alone is told before the door is there, because its import takes ten times as long. It is no stranger's text.
FIRST_WORD = ("agon.version", "sys.stdout")
#: It becomes the process of an emulated function, whose streams are the emulator's and no terminal's.
FORKED = "agon.local.function_workers"
COMMANDS = sorted((ROOT / "agon").rglob("*.py"))
#: What prints, asks or draws by itself.
OTHER_DOORS = {
    *("print", "input", "rich.print", "rich.console", "rich.prompt", "getpass"),
    *("typer.echo", "typer.secho", "typer.prompt", "typer.confirm", "typer.style", "typer.echo_via_pager"),
    *("sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__", "os.write", "logging", "warnings.warn"),
}
#: Texts of several lines, secrets that nobody is shown, and what is read as a file; all other texts are of one line.
NOT_OF_ONE_LINE = {
    *("ChangeOrganization.description", "NewOrganization.description"),
    *("SignUp.password", "ResetPassword.password", "CheckBundle.manifest", "CheckBundle.names", "PageText.content"),
    *("Method.bibtex", "ChangeSubmission.description", "Submit.fact_sheet", "ChangeSubmission.fact_sheet"),
    *("Bring.description", "Bring.fact_sheet", "Bring.scores"),
    *("Join.answers", "NewThread.text", "NewPost.text", "ChangePost.text"),
    *("Announce.text", "AnnounceToSite.text", "ChangeAnnouncement.text", "NewMailing.text"),
    *("Why.reason", "BulkFail.reason", "Mark.reason", "EditScores.reason", "ChangeSite.message", "Abort.reason"),
    *("Finish.scores", "NewTask.settings", "ChangeTask.settings"),
}
HOST = typing.get_args(queues.RegistryHost)[-1]
LONGER = [typing.get_args(kind)[1:] for kind in (fields.Sentence, fields.Text, fields.Secret)]


def names_in(path: Path) -> Iterator[str]:
    """The dotted names that a module uses or imports."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Name | ast.Attribute):
            yield ast.unparse(node)


def test_nothing_but_the_door_prints_or_asks():
    found = {(module_of(path), name) for path in COMMANDS for name in names_in(path) if name in OTHER_DOORS}
    assert {module for module, _ in found - {FIRST_WORD}} - {FORKED} == {DOOR}, found


def test_the_door_draws_with_one_console_that_lets_nothing_steering_through():
    (door,) = (path for path in COMMANDS if module_of(path) == DOOR)
    made = [ast.unparse(node.func) for node in ast.walk(tree_of(door)) if isinstance(node, ast.Call)]
    assert "Console" not in made and made.count("Terminal") == 2
    for asked in ("typer.prompt", "typer.echo"):
        calls = [n for n in ast.walk(tree_of(door)) if isinstance(n, ast.Call) and ast.unparse(n.func) == asked]
        assert calls and all(ast.unparse(call.args[0]).startswith("texts.plain(") for call in calls)


def texts_of(annotation: Any, told: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """What is said of each text inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        yield from texts_of(inner, (*more, *told))
    elif annotation is str:
        yield told
    elif typing.get_origin(annotation) is not typing.Literal:
        for inner in typing.get_args(annotation):
            yield from texts_of(inner)


def is_of_one_line(told: tuple[Any, ...]) -> bool:
    """True when a pattern, the rule of one line or that of a registry's host judges the text."""
    patterns = [one.pattern for one in told if isinstance(one, StringConstraints)]
    return any(patterns) or any(one in (fields.ONE_LINE, HOST) for one in told)


def bodies() -> list[type[BaseModel]]:
    """Every body that can be sent."""
    found = [value for value in vars(requests).values() if isinstance(value, type) and issubclass(value, fields.Body)]
    nested = [fields.Body, *fields.Body.__subclasses__()]
    return list(dict.fromkeys([*found, *nested]))


def test_every_text_that_is_sent_is_of_one_line_or_is_known_not_to_be():
    strange = {
        f"{body.__name__}.{name}"
        for body in bodies()
        for name, annotation in typing.get_type_hints(body, include_extras=True).items()
        for told in texts_of(annotation)
        if name != "model_config" and not is_of_one_line(told) and told not in LONGER
    }
    assert strange == NOT_OF_ONE_LINE
