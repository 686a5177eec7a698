"""Unpack a stranger's zip: every entry is judged before the first byte is written."""

import os
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chalicelib.contract import archives, contents
from chalicelib.contract.contents import Member

#: So many names stand in a note.
_SHOWN = 3


class BadArchive(Exception):
    """The archive is not unpacked. Its text is a sentence that says why."""


@dataclass(frozen=True)
class Unpacked:
    """The oddities of an archive: names that an operating system left there and that were passed over, the folder around
    everything that was taken off, or the one that was left as it is; "" for none."""

    litter: tuple[str, ...] = ()
    taken_off: str = ""
    wrapping: str = ""

    def notes(self) -> list[str]:
        """A sentence for each that changed what programs find."""
        found = []
        if self.taken_off:
            found.append(f"The folder {self.taken_off!r} around everything in the zip was taken off.")
        if self.litter:
            named = ", ".join(f"`{archives.shown(name)}`" for name in self.litter[:_SHOWN])
            more = f" and {len(self.litter) - _SHOWN:,} more" if len(self.litter) > _SHOWN else ""
            found.append(f"What macOS or Windows left in the zip was passed over: {named}{more}.")
        return found


def unpack(archive: Path, target: Path) -> Unpacked:
    """Unpack `archive` into the new folder `target`, without what operating systems leave in zips.

    Files get mode 644, or 755 when they were executable. Raises BadArchive for what the archive is to blame for, and
    OSError when the disk is; `target` may then be half full.
    """
    try:
        with archive.open("rb") as stream, archives.reading(), archives.open_directory(stream) as source:
            for danger in archives.dangers(source, archives.RUN):
                raise BadArchive(danger.message)
            found = contents.of(source)
            _extract(source, found.members, target)
    except archives.Refused as error:
        raise BadArchive(str(error)) from error
    return Unpacked(found.litter, found.taken_off, found.wrapping)


def _extract(source: zipfile.ZipFile, entries: Sequence[Member], target: Path) -> None:
    made: set[tuple[str, ...]] = set()
    _make_folder(target, ())
    for entry in entries:
        is_folder = entry.is_folder
        for depth in range(1, len(entry.parts) + is_folder):
            if entry.parts[:depth] not in made:
                made.add(entry.parts[:depth])
                _make_folder(target, entry.parts[:depth])
        if not is_folder:
            _extract_file(source, entry, target.joinpath(*entry.parts))


def _make_folder(target: Path, parts: tuple[str, ...]) -> None:
    folder = target.joinpath(*parts)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)


def _extract_file(source: zipfile.ZipFile, entry: Member, path: Path) -> None:
    executable = (entry.info.external_attr >> 16) & 0o111
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as sink, source.open(entry.info) as stream:
        shutil.copyfileobj(stream, sink, 1024 * 1024)
        os.fchmod(sink.fileno(), 0o755 if executable else 0o644)
