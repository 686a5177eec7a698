"""`agon`: the command line. Which command is where; what each does is in agon/commands/."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated

import typer

from agon import screen, sign_in
from agon.commands import (
    account,
    attempts,
    bundle,
    competitions,
    determinism,
    judge,
    jurors,
    library,
    logs,
    new,
    queues,
    sharing,
    stack,
    submissions,
    teams,
    tokens,
    trying,
)

_FIRST_STEPS = """[bold]First steps[/]

agon login --api https://agon.example.org/api   sign in
agon competitions list                          find a competition
agon join ID                                    take part
agon submit ID predictions.csv --wait           hand in, and see the scores
agon leaderboard ID                             see who is best
"""

app = screen.group("Machine-learning competitions: take part in them, or organize your own.", epilog=_FIRST_STEPS)


def _tell_version(wanted: bool) -> None:
    if wanted:
        screen.show(f"agon {version('agon')}")
        raise typer.Exit


Api = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The site's address. Else AGON_API, the latest sign-in, or the stack on this machine."),
]
Version = Annotated[bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version.")]


@app.callback()
def start(
    api: Api = None,
    version: Version = False,
) -> None:
    """Machine-learning competitions: take part in them, or organize your own."""
    sign_in.use_api(api)


_COMPETE, _FIND, _ACCOUNT, _RUN = "Compete", "Find or organize a competition", "Your account", "Run Agon yourself"
_MAKE = "Make a competition"

app.command(rich_help_panel=_FIND)(competitions.join)
app.command(rich_help_panel=_FIND)(submissions.kit)
app.add_typer(competitions.app, name="competitions", rich_help_panel=_FIND)
command: Callable[..., None]
_OF_COMPETING = (submissions.submit, logs.logs, submissions.leaderboard, attempts.quota, attempts.rerun, attempts.delete)
for command in _OF_COMPETING:
    app.command(rich_help_panel=_COMPETE)(command)
for command in (sharing.publish, sharing.unpublish):
    submissions.app.command()(command)
app.add_typer(submissions.app, name="submissions", rich_help_panel=_COMPETE)
app.add_typer(sharing.app, name="shared", rich_help_panel=_COMPETE)
app.add_typer(teams.app, name="team", rich_help_panel=_COMPETE)
app.command(rich_help_panel=_COMPETE)(judge.judge)
app.command(rich_help_panel=_MAKE)(new.new)
app.command("try", rich_help_panel=_MAKE)(trying.try_)
app.add_typer(bundle.app, name="bundle", rich_help_panel=_MAKE)
app.add_typer(determinism.app, name="determinism", rich_help_panel=_MAKE)
app.add_typer(jurors.app, name="jurors", rich_help_panel=_MAKE)
app.add_typer(library.datasets, name="datasets", rich_help_panel=_MAKE)
app.add_typer(library.tasks, name="tasks", rich_help_panel=_MAKE)
app.add_typer(queues.app, name="queues", rich_help_panel=_MAKE)
for command in (account.login, account.logout, account.whoami):
    app.command(rich_help_panel=_ACCOUNT)(command)
app.add_typer(tokens.app, name="tokens", rich_help_panel=_ACCOUNT)
for command in (stack.demo, stack.up, stack.down):
    app.command(rich_help_panel=_RUN)(command)
app.add_typer(tokens.runners_app, name="runners", rich_help_panel=_RUN)

if __name__ == "__main__":
    app()
