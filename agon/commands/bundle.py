"""`agon bundle`: what can be said of a bundle without any site."""

import shlex
from pathlib import Path
from typing import Annotated, Any

import typer

from agon import archive, foreign, sampling, screen, solving, words
from chalicelib.domain.bundle import dump
from chalicelib.domain.bundle.archive import verify
from chalicelib.domain.bundle.check import bundle_in, bundle_of_archive
from chalicelib.domain.bundle.reading import Reading

app = screen.group("Look at bundles before you send them.")
Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds competition.yaml.")]


@app.command("check")
def check(bundle: Bundle, lower_is_better: screen.LowerIsBetter = None, json: screen.Json = False) -> None:
    """Find everything that is wrong with a bundle: each thing with its file and line, and what to write instead.

    Solutions are held to what submissions must hold. Competitions of EvalAI, RAMP and of Kaggle's kind are read as what
    they become: what has no place here is told.
    """
    told = read(bundle, lower_is_better)
    screen.answer(told, json, lambda: _show(bundle, told))
    if told["errors"]:
        raise typer.Exit(1)


@app.command("expects")
def expects(
    sample: Annotated[
        Path, typer.Argument(metavar="SAMPLE", help="A submission as it should be: a zip, a folder or a file.")
    ],
    json: screen.Json = False,
) -> None:
    """Write what submissions must hold to be like a sample: for you to look through, and to put below `agon:` of a phase."""
    with archive.packed(sample, screen.packing_bar) as zipped:
        found = dump.dump_expectations(sampling.expectations_of(zipped))
    screen.answer(found, json, lambda: screen.show(dump.write_yaml(found).decode().rstrip()))


def read(bundle: Path, lower_is_better: bool | None = None) -> dict[str, Any]:
    """Everything that is wrong with a bundle, as the site would tell it, and which of its members are damaged.

    Of a competition of another platform its directory and its small files are read: its import finds what is damaged.
    """
    if bundle.is_dir() and (contents := foreign.of_folder(bundle, lower_is_better)):
        return bundle_in(contents).summary()
    with foreign.packed(bundle, lower_is_better, screen.packing_bar) as zipped, zipped.open("rb") as content:
        reading: Reading = bundle_of_archive(content)
        told = reading.summary()
        # The site finds a wrong checksum when it copies a file; here every byte is at hand.
        if reading.bundle is not None and reading.places is None:
            damaged = [{"file": one.file, "line": None, "key": "", "message": one.message} for one in verify(content)]
            told["errors"] = [*told["errors"], *damaged]
            told["warnings"] = [*told["warnings"], *([] if damaged else solving.complaints(reading, content))]
    return told


def _show(bundle: Path, told: dict[str, Any]) -> None:
    if told["version"]:
        parts = [words.count(told[f"{part}s"], part) for part in ("phase", "task", "leaderboard")]
        screen.show(told["title"] or "Without a title", style="bold")
        kind = told["version"] if " " in told["version"] else f"version {told['version']}"
        screen.show(f"{kind} · {' · '.join(parts)}", style="dim")
    screen.complaints(told, f"{bundle.as_posix()}/" if bundle.is_dir() else "")
    errors, warnings = words.count(len(told["errors"]), "error"), words.count(len(told["warnings"]), "warning")
    if told["errors"]:
        screen.show(f"\nThis cannot be imported: {errors}, {warnings}. Correct the errors; warnings can stay.", "bold red")
        return
    remark = f"{warnings}: look whether you meant it so." if told["warnings"] else "Nothing is wrong with it."
    screen.show(f"\nThis can be imported. {remark}", "bold green")
    screen.show(f"Make a draft of it: agon competitions create {shlex.quote(str(bundle))}", "dim")
