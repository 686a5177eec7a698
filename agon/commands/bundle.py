"""`agon bundle`: what can be said of a bundle without any site."""

from pathlib import Path
from typing import Annotated, Any

import typer

from agon import archive, screen
from chalicelib.domain.bundle.archive import verify
from chalicelib.domain.bundle.check import bundle_of_archive
from chalicelib.domain.bundle.reading import Reading

app = screen.group("Look at bundles before you send them.")
Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds competition.yaml.")]


@app.command("check")
def check(bundle: Bundle, json: screen.Json = False) -> None:
    """Find everything that is wrong with a bundle: each thing with its file and line, and what to write instead."""
    told = read(bundle)
    screen.answer(told, json, lambda: _show(told))
    if told["errors"]:
        raise typer.Exit(1)


def read(bundle: Path) -> dict[str, Any]:
    """Everything that is wrong with a bundle, as the site would tell it, and which of its members are damaged."""
    with archive.packed(bundle) as zipped, zipped.open("rb") as content:
        reading: Reading = bundle_of_archive(content)
        told = reading.summary()
        # The site finds a wrong checksum when it copies a file; here every byte is at hand.
        if reading.bundle is not None:
            damaged = [{"file": one.file, "line": None, "key": "", "message": one.message} for one in verify(content)]
            told["errors"] = [*told["errors"], *damaged]
    return told


def _show(told: dict[str, Any]) -> None:
    if told["title"]:
        parts = [_count(told["phases"], "phase"), _count(told["tasks"], "task"), _count(told["leaderboards"], "leaderboard")]
        screen.show(told["title"], style="bold")
        screen.show(f"version {told['version']} · {' · '.join(parts)}", style="dim")
    complaints = [("error", one) for one in told["errors"]] + [("warning", one) for one in told["warnings"]]
    if complaints:
        rows = [(kind, one["file"], one["line"], one["key"], one["message"]) for kind, one in complaints]
        screen.complaints(["", "File", "Line", "Key", "What is wrong"], rows)
    screen.show(_verdict(len(told["errors"]), len(told["warnings"])))


def _verdict(errors: int, warnings: int) -> str:
    if errors:
        return f"{_count(errors, 'error')} and {_count(warnings, 'warning')}. Correct the errors; warnings can stay."
    if warnings:
        return f"This can be imported. {_count(warnings, 'warning')}: look whether you meant it so."
    return "This can be imported. Nothing is wrong with it."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
