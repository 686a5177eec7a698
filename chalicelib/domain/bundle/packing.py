"""A bundle's files on their way out of its archive: what a path of the manifest leads to, packed the same way each time."""

import posixpath
import zipfile
from bisect import bisect_left
from collections.abc import Sequence
from typing import IO, Protocol

from chalicelib.contract import archives
from chalicelib.domain.bundle import repacking
from chalicelib.domain.bundle.archive import Archive

_CHUNK_BYTES = 1024**2


class Sink(Protocol):
    """A file that can be written to and need not be sought in."""

    def write(self, content: bytes, /) -> int: ...

    def flush(self) -> None: ...


class Members:
    """The members of a bundle's archive below `prefix`, found by the paths of its manifest."""

    def __init__(self, archive: Archive, prefix: str):
        self._archive, self.prefix = archive, prefix
        # Of entries with one name the last one counts, as where they are unpacked.
        named = {member.filename: member for member in archive.infolist()}
        self._names = sorted(named)
        self._members = [named[name] for name in self._names]

    def file(self, path: str) -> zipfile.ZipInfo:
        """The member that is a file at this path. Raises KeyError."""
        return self._archive.getinfo(self.prefix + path)

    def below(self, path: str) -> list[zipfile.ZipInfo]:
        """The files of a folder by their names; none when the path is no folder."""
        folder = f"{self.prefix}{path}/"
        start, end = bisect_left(self._names, folder), bisect_left(self._names, folder + chr(0x10FFFF))
        return [member for member in self._members[start:end] if not member.is_dir()]

    def size_of(self, path: str) -> int:
        """The bytes that a file or a folder takes, unpacked."""
        return sum(member.file_size for member in self.below(path) or [self.file(path)])

    def write(self, path: str, target: Sink) -> None:
        """Write a file as it is. Raises Refused for a member that is broken or has another CRC."""
        with archives.reading(), self._archive.open(self.file(path)) as content:
            _pour(content, target)

    def pack(self, path: str, target: Sink) -> None:
        """Write a folder, or a file by itself, as an archive of its own, and an archive as it is. Raises as `write`."""
        inside = self.below(path)
        if not inside and path.lower().endswith(".zip"):
            self.write(path, target)
            return
        folder = path if inside else posixpath.dirname(path)
        cut = len(self.prefix + folder) + 1 if folder else len(self.prefix)
        with archives.reading():
            self._zip(inside or [self.file(path)], cut, target)

    def _zip(self, members: Sequence[zipfile.ZipInfo], cut: int, target: Sink) -> None:
        """Make the same bytes each time, with modes kept and times of no meaning."""
        # Who cannot seek has sizes and CRC follow each member, which every reader of zips understands.
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:  # type: ignore[call-overload]
            # As they lie, so that all is read from front to back.
            for member in sorted(members, key=lambda one: one.header_offset):
                entry = zipfile.ZipInfo(member.filename[cut:])
                entry.external_attr, entry.compress_type = member.external_attr, _packed_as(member)
                if isinstance(self._archive, zipfile.ZipFile) and member.compress_type == zipfile.ZIP_DEFLATED:
                    repacking.put(self._archive, member, zipped, entry)
                    continue
                with self._archive.open(member) as content, zipped.open(entry, "w", force_zip64=True) as inside:
                    _pour(content, inside)


def _packed_as(member: zipfile.ZipInfo) -> int:
    """Stored where somebody stored it, as what does not shrink is, else deflated."""
    return zipfile.ZIP_STORED if member.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED


def _pour(source: IO[bytes], target: IO[bytes] | Sink) -> None:
    while chunk := source.read(_CHUNK_BYTES):
        target.write(chunk)
