"""The data of a RAMP kit: which files the code may see, and which lack (OTHERS 2.1, 2.3)."""

import posixpath
from collections.abc import Iterator
from fnmatch import fnmatch

from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.ramp.problem import Problem

FOLDER, DOWNLOADS = "data", "download_data.py"
_PRIVATE = ("test", "private")
_BYTES = 64 * 1024
_NAMED = 6


def private(paths: list[str], written: tuple[str, ...] | None) -> list[str]:
    """The files below `data` that participants and their code do not see: those that agon.yaml names, by patterns and
    folders; without it all whose name, or a folder's of theirs, begins with test or private."""
    if written is not None:
        return [path for path in paths if any(_is_meant(path, one) for one in written)]
    return [path for path in paths if any(part.lower().startswith(_PRIVATE) for part in path.split("/")[1:])]


def missing(folder: Folder, problem: Problem, paths: list[str]) -> str:
    """The sentence about data that `problem.py` reads and that are not there; "" where none lack."""
    names = {posixpath.basename(name) for name in folder.names}
    lacking = [name for name in problem.files_read() if not _is_there(name, names)]
    listed = ", ".join(f"`{name[:60]}`" for name in lacking[:_NAMED])
    reads = f"`problem.py` reads {listed}" if listed else ""
    if paths and lacking:
        return f"{reads}, of which the kit has none.{_how(folder)}"
    if paths or not (lacking or problem.source.mentions(FOLDER)):
        return ""
    return f"There is no folder `data`{f', and {reads}' if reads else ''}.{_how(folder)}"


def _how(folder: Folder) -> str:
    if not folder.is_file(DOWNLOADS):
        return " Add the files."
    text = folder.read(DOWNLOADS, _BYTES).decode("utf-8", "replace").lower()
    told = " Some of them lie behind a password, which only you have." if "password" in text or "private" in text else ""
    return f" Nothing is downloaded here: run `python {DOWNLOADS}` first, and give the folder with what came.{told}"


def _is_there(name: str, names: set[str]) -> bool:
    base = posixpath.basename(name)
    # What is put together of parts is looked for by its end.
    is_whole = base[:1].isalnum() and not set("{}%*") & set(base)
    return base in names or not is_whole and any(one.endswith(posixpath.splitext(base)[1]) for one in names)


def _is_meant(path: str, written: str) -> bool:
    pattern = posixpath.normpath(written.strip())
    return fnmatch(path, pattern) or path.startswith(f"{pattern}/")


def outside(paths: list[str], written: tuple[str, ...]) -> Iterator[str]:
    """The patterns that no file has."""
    yield from (one for one in written if not any(_is_meant(path, one) for path in paths))
