"""Unpack a stranger's zip: every entry is judged before the first byte is written."""

import os
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chalicelib.contract import archives, layout

_IGNORED = "__MACOSX"


class BadArchive(Exception):
    """The archive is not unpacked. Its text is a sentence that says why."""


@dataclass(frozen=True)
class _ArchiveMember:
    info: zipfile.ZipInfo
    parts: tuple[str, ...]


def unpack(archive: Path, target: Path) -> list[str]:
    """Unpack `archive` into the new folder `target`; notes about what was changed on the way.

    Files get mode 644, or 755 when they were executable. Raises BadArchive for what the archive is to blame for, and
    OSError when the disk is; `target` may then be half full.
    """
    try:
        with archive.open("rb") as stream, archives.reading(), archives.open_directory(stream) as source:
            entries, notes = _unwrap(_judged(source))
            _extract(source, entries, target)
    except archives.Refused as error:
        raise BadArchive(str(error)) from error
    return notes


def _judged(source: zipfile.ZipFile) -> list[_ArchiveMember]:
    for danger in archives.dangers(source, archives.RUN):
        raise BadArchive(danger.message)
    entries = [_ArchiveMember(info, archives.parts_of(info)) for info in source.infolist()]
    return [entry for entry in entries if entry.parts and entry.parts[0] != _IGNORED]


def _unwrap(entries: list[_ArchiveMember]) -> tuple[list[_ArchiveMember], list[str]]:
    """Drop a single wrapping folder that holds the metadata: many people zip the folder and not what is in it."""
    tops = {entry.parts[0] for entry in entries if not entry.parts[0].startswith(".")}
    if len(tops) != 1:
        return entries, []
    top = tops.pop()
    if not any(entry.parts == (top, name) for entry in entries for name in layout.METADATA_NAMES):
        return entries, []
    inner = [_ArchiveMember(entry.info, entry.parts[1:]) for entry in entries if entry.parts[0] == top and entry.parts[1:]]
    return inner, [f"The folder {top!r} around everything in the zip was taken off."]


def _extract(source: zipfile.ZipFile, entries: Sequence[_ArchiveMember], target: Path) -> None:
    made: set[tuple[str, ...]] = set()
    _make_folder(target, ())
    for entry in entries:
        is_folder = archives.is_folder(entry.info)
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


def _extract_file(source: zipfile.ZipFile, entry: _ArchiveMember, path: Path) -> None:
    executable = (entry.info.external_attr >> 16) & 0o111
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as sink, source.open(entry.info) as stream:
        shutil.copyfileobj(stream, sink, 1024 * 1024)
        os.fchmod(sink.fileno(), 0o755 if executable else 0o644)
