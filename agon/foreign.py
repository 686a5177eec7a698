"""Competitions of other platforms, with what the command line says of them: it stands in their agon.yaml then."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from agon import archive
from agon.archive import Bar, no_bar
from chalicelib.domain.bundle.archive import inspect
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.sidecar import NAME

LowerIsBetter = Annotated[
    bool | None,
    typer.Option(
        "--lower-is-better/--higher-is-better",
        help="Of a Kaggle-style competition: which scores are the better ones. Written into its agon.yaml.",
    ),
]


@contextmanager
def packed(path: Path, lower_is_better: bool | None, bar: Bar = no_bar) -> Iterator[Path]:
    """A zip of `path` for as long as the block runs, whose agon.yaml says which scores are better where that is given.

    Raises BadFile when there is nothing to pack.
    """
    with archive.packed(path, bar) as zipped:
        if lower_is_better is None:
            yield zipped
            return
        with tempfile.TemporaryDirectory(prefix="agon-") as folder:
            target = Path(folder) / zipped.name
            _with_direction(zipped, target, lower_is_better)
            yield target


def _with_direction(source: Path, target: Path, lower_is_better: bool) -> None:
    with source.open("rb") as content:
        contents = inspect(content, deep=False)
        if contents.archive is None:
            # Whoever reads it tells why.
            shutil.copyfile(source, target)
            return
        name = Folder(contents).prefix + NAME
        lines = contents.archive.open(name).read().decode("utf-8", "replace").splitlines() if name in contents.names else []
        kept = [line for line in lines if not line.startswith("lower_is_better:")]
        written = "\n".join([*kept, f"lower_is_better: {str(lower_is_better).lower()}", ""])
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for member in contents.archive.infolist():
                if member.filename != name:
                    with contents.archive.open(member) as inside, copy.open(member, "w", force_zip64=True) as outside:
                        shutil.copyfileobj(inside, outside)
            copy.writestr(name, written)
