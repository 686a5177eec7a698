"""`python -m infra.deploy up STAGE`, `destroy STAGE`, and `artefact`: a site onto AWS and away again, and a release."""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError

from agon import config
from agon.errors import AgonError, StackFailed
from infra.deploy import artefact as artefacts
from infra.deploy import stages
from infra.deploy.account import Account
from infra.deploy.site import Site
from infra.deploy.stages import Stage

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)
Name = Annotated[str, typer.Argument(metavar="STAGE", help="Which of infra/stages/.")]
Folder = Annotated[Path, typer.Option("--stages", help="Where the stages' files are.")]
HERE = config.SOURCE / "infra/stages"


@app.command()
def up(
    name: Name,
    folder: Folder = HERE,
    only_plan: Annotated[bool, typer.Option("--plan", help="Show what would change, and change nothing.")] = False,
    loses: Annotated[
        bool,
        typer.Option("--loses-data", help="Go on although what is stored would be in use no more, or the address change."),
    ] = False,
) -> None:
    """Bring a stage up to date with this checkout and its file; make it when it is not there."""
    site = _site(folder, name)
    plan = site.plan()
    if not plan:
        say("Nothing of the stack changes.")
    if only_plan:
        site.leave(plan)
        return

    def may_lose(losses: Collection[str]) -> bool:
        return _goes_on(losses, loses)

    if plan:
        site.change(plan, may_lose)
    site.host(may_lose)
    if not site.is_told_of_console and (plan := site.plan(is_watched=False)):
        # A console without a name of its own has one only when it stands.
        site.change(plan, may_lose)
    for key, value in site.outputs().items():
        print(f"{key:20} {value}")


@app.command()
def destroy(
    name: Name,
    folder: Folder = HERE,
    and_data_of: Annotated[str | None, typer.Option(help="The stack's name, to delete what people stored, too.")] = None,
) -> None:
    """Remove a stage. Refuses while anything would be lost with it."""
    _site(folder, name).destroy(and_data_of)
    say(f"The stage {name} is gone.")


@app.command()
def artefact(
    python: Annotated[str, typer.Option(help="Which Python of Lambda's the functions are packed for.")] = Stage.python,
    architecture: Annotated[str, typer.Option(help="arm64 or x86_64.")] = Stage.architecture,
    folder: Annotated[Path, typer.Option(help="Where its folder is made.")] = config.SOURCE / "build/artefact",
) -> None:
    """Make the release of this checkout as a folder, which a team deploys without it."""
    print(artefacts.make(folder, python, architecture, say))


def say(sentence: str) -> None:
    """Tell a person, beside what a program reads."""
    print(sentence, file=sys.stderr, flush=True)


def _site(folder: Path, name: str) -> Site:
    stage = stages.read(folder, name)
    account = Account(stage.region, config.read().aws_endpoint)
    account.check()
    return Site(stage, account, say)


def _goes_on(losses: Collection[str], is_told: bool) -> bool:
    for sentence in losses:
        say(sentence)
    if is_told:
        return True
    if not sys.stdin.isatty():
        say("Say --loses-data to go on.")
        return False
    return typer.confirm("Go on?", default=False, err=True)


def main() -> None:
    """Run the command; what is in the way is one sentence, and status 1."""
    try:
        app()
    except (AgonError, StackFailed, BotoCoreError, ClientError) as error:
        say(str(error))
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
