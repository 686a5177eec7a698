"""The tree of commands: nouns, their verbs, and verbs without a noun, each imported when it is run."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from agon import screen
from agon.commands.table import NOUNS, SHORTS, Noun, Short
from agon.version import tell_version

_FIRST_STEPS = """[bold]First steps[/]

agon login --api https://agon.example.org   sign in
agon competitions list                      find a competition
agon join ID                                take part
agon submit ID predictions.csv --wait       hand in, and see the scores
agon leaderboard ID                         see who is best

Every command is a noun and a verb, such as agon submissions list; some verbs do without.
"""


#: Of a noun that some verbs are everybody's of, and the others of who runs a competition.
PANELS = ("For everybody", "For organizers and administrators")
_FIRST = ("list", "search", "show", "create", "add")


class Tree(screen.CommandGroup):
    """All commands. Until one is run, only its name and a line about it are known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shown: dict[str, Noun | Short] = {**SHORTS, **NOUNS}
        self.commands = {
            name: TyperCommand(name, help=one.about, rich_help_panel=one.panel, hidden=not one.about)
            for name, one in shown.items()
        }

    # Typer brings a Click of its own, whose Context has no public name.
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that somebody typed, now with all that it can."""
        name, found, rest = TyperGroup.resolve_command(self, ctx, args)
        command = found and loaded(name)
        return name, command, self.complete(command, ctx, rest)


app = typer.Typer(
    cls=Tree,
    help="Machine-learning competitions: take part in them, or organize your own.",
    epilog=_FIRST_STEPS,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings=screen.HELP,
)

Api = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The site's address. Else AGON_API, the latest sign-in, or the stack on this machine."),
]


def _tell_version(wanted: bool) -> None:
    if wanted:
        tell_version()
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version.")]


@app.callback()
def start(
    api: Api = None,
    version: Version = False,
) -> None:
    """Machine-learning competitions: take part in them, or organize your own."""
    from agon import sign_in

    sign_in.use_api(api)


@cache
def loaded(name: str) -> Any:
    """The command of this name at the top, imported."""
    return _group(name, NOUNS[name]) if name in NOUNS else _verb(name, SHORTS[name].at)


def _group(name: str, noun: Noun) -> Any:
    made = get_group(_found(noun.at))
    made.name = name
    for verb, at in noun.more.items():
        made.commands[verb] = _verb(verb, at)
    for verb in made.commands if noun.for_all else ():
        _label(made.commands[verb], PANELS[verb not in noun.for_all])
    made.commands = {verb: made.commands[verb] for verb in sorted(made.commands, key=_place)}
    return made


# Typer's commands have a panel; those of the Click that it brings, which its types tell, have none.
def _label(command: Any, panel: str) -> None:
    command.rich_help_panel = panel


def _place(verb: str) -> int:
    """What one begins with stands first."""
    return _FIRST.index(verb) if verb in _FIRST else len(_FIRST)


def _verb(name: str, at: str) -> Any:
    alone = screen.group("")
    alone.command(name)(_found(at))
    return get_group(alone).commands[name]


def _found(at: str) -> Any:
    module, _, attribute = at.partition(":")
    return getattr(import_module(f"agon.commands.{module}"), attribute)
