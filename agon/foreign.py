"""Competitions of other platforms, with what the command line says of them: it stands in their agon.yaml then."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from agon import archive
from agon.archive import Bar, no_bar
from chalicelib.domain.bundle.archive import Archive, Contents, inspect
from chalicelib.domain.bundle.check import opened as opened_archive
from chalicelib.domain.bundle.foreign import kinds
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.overlay import Overlay
from chalicelib.domain.bundle.foreign.sidecar import NAME


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


@contextmanager
def opened(path: Path, lower_is_better: bool | None) -> Iterator[Contents]:
    """The contents of a zip or a folder, as the bundle that it is or becomes, for as long as the block runs.

    Raises BadFile when there is nothing to pack.
    """
    if path.is_dir() and (contents := of_folder(path, lower_is_better)):
        yield contents
        return
    with packed(path, lower_is_better) as zipped, zipped.open("rb") as content:
        yield opened_archive(content)


def of_folder(folder: Path, lower_is_better: bool | None) -> Contents | None:
    """A folder that is a competition of another platform, as the bundle that it becomes: nothing is packed, and large files
    are not read. None for every other folder.
    """
    files = FolderArchive(folder)
    contents = Contents(files, tuple(files.namelist()))
    if lower_is_better is not None:
        name, written = _said(contents, lower_is_better)
        overlay = Overlay(files, {one: one for one in files.namelist()}, {name: written})
        contents = Contents(overlay, tuple(overlay.namelist()))
    found = kinds.translated(contents)
    return found if found.foreign else None


class FolderArchive(Archive):
    """The files of a folder as those of the zip that is made of it."""

    def __init__(self, folder: Path):
        self._files = {name: path for path, name in archive.files_in(folder.resolve())}

    def infolist(self) -> list[zipfile.ZipInfo]:
        return [self.getinfo(name) for name in self._files]

    def namelist(self) -> list[str]:
        return list(self._files)

    def getinfo(self, name: str, /) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name)
        info.file_size, info.header_offset = self._files[name].stat().st_size, 0
        info.external_attr = archive.mode_of(self._files[name]) << 16
        return info

    def open(self, name: str | zipfile.ZipInfo, /) -> IO[bytes]:
        return self._files[name if isinstance(name, str) else name.filename].open("rb")


def _said(contents: Contents, lower_is_better: bool) -> tuple[str, bytes]:
    """The path of agon.yaml, and its text that says which scores are better."""
    assert contents.archive is not None
    name, kept = Folder(contents).prefix + NAME, list[str]()
    if name in contents.names:
        with contents.archive.open(name) as file:
            lines = file.read().decode("utf-8", "replace").splitlines()
        kept = [line for line in lines if not line.startswith("lower_is_better:")]
    return name, "\n".join([*kept, f"lower_is_better: {str(lower_is_better).lower()}", ""]).encode()


def _with_direction(source: Path, target: Path, lower_is_better: bool) -> None:
    with source.open("rb") as content:
        contents = inspect(content, deep=False)
        if contents.archive is None:
            # Whoever reads it tells why.
            shutil.copyfile(source, target)
            return
        name, written = _said(contents, lower_is_better)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for member in contents.archive.infolist():
                if member.filename != name:
                    with contents.archive.open(member) as inside, copy.open(member, "w", force_zip64=True) as outside:
                        shutil.copyfileobj(inside, outside)
            copy.writestr(name, written)
