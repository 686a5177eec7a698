"""`agon new`: a competition to begin with, from a template."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from agon import screen
from agon.errors import AgonError

#: Beside the packages in a checkout.
TEMPLATES = Path(__file__).parents[2] / "examples"
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc", ".git", "make_data.py", "pack.py", "sources")


def new(
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help="Its name; without one, all are listed.")] = "",
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A new folder for it.")] = None,
    json: screen.Json = False,
) -> None:
    """Start a competition from a template. Without a name, list the templates."""
    found = dict(templates())
    if not template:
        listed = [{"name": name, "description": text} for name, text in found.items()]
        screen.answer({"templates": listed}, json, lambda: screen.table("", ["Template", "What it shows"], found.items()))
        return
    if template not in found:
        raise AgonError(f"There is no template {template}. There are: {', '.join(found)}.")
    target = folder or Path(template)
    copy(template, target)
    bundle = target / "bundle" if (target / "bundle").is_dir() else target
    made = {"template": template, "folder": str(target), "bundle": str(bundle)}
    screen.answer(made, json, lambda: _show(target, bundle))


def templates() -> Iterator[tuple[str, str]]:
    """Each template's name and its first sentence. Raises AgonError where there are none."""
    if not TEMPLATES.is_dir():
        raise AgonError("The templates come with Agon's source: clone its repository, and run `agon new` from there.")
    for readme in sorted(TEMPLATES.glob("*/README.md")):
        lines = [line for line in readme.read_text("utf-8").splitlines() if line and not line.startswith(("#", "!", "["))]
        yield readme.parent.name, " ".join(lines[:3]).partition(". ")[0].rstrip(".")


def copy(template: str, target: Path) -> None:
    """Copy a template into a folder that is new or empty. Raises AgonError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise AgonError(f"{target} is there already, and not empty. Name a new folder.")
    try:
        shutil.copytree(TEMPLATES / template, target, dirs_exist_ok=True, ignore=_NOT_COPIED)
    except OSError as error:
        raise AgonError(f"{target} cannot be written: {error.strerror or error}.") from error


def _show(target: Path, bundle: Path) -> None:
    screen.show(f"{target} is made. Its README.md says what is in it. Next:")
    screen.show(f"\n  agon bundle check {bundle}                 is everything right?")
    screen.show(f"  agon competitions create {bundle}          make a draft of it")
    screen.show("  agon competitions publish ID               show it to everybody\n")
