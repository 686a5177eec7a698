"""Unpack a stranger's zip: every entry is judged before the first byte is written."""

import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from chalicelib.contract import layout

MAX_ENTRIES = 100_000
MAX_BYTES = 20 * 1024**3
MAX_DEPTH = 60
#: Above this size, what grows more than MAX_RATIO times is a bomb, whatever stands beside it. Below it, a file of zeros is
#: just a file of zeros.
RATIO_FROM_BYTES = 256 * 1024**2
MAX_RATIO = 200
#: zipfile reads the whole central directory into memory, so it is measured first: 350 bytes an entry.
MAX_DIRECTORY_BYTES = MAX_ENTRIES * 350

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_IGNORED = "__MACOSX"


class BadArchive(Exception):
    """The archive is not unpacked. Its text says why, as the end of a sentence and without a full stop."""


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
        _check_directory(archive)
        with zipfile.ZipFile(archive) as source:
            entries = _judge(source.infolist(), archive.stat().st_size)
            entries, notes = _unwrap(entries)
            _extract(source, entries, target)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error) as error:
        raise BadArchive(f"it is no zip file, or a damaged one ({error})") from error
    except (NotImplementedError, RuntimeError, ValueError) as error:
        raise BadArchive(f"it cannot be read ({error})") from error
    except (FileExistsError, IsADirectoryError, NotADirectoryError) as error:
        raise BadArchive("one name in it stands for a file and for a folder") from error
    return notes


def _check_directory(archive: Path) -> None:
    """Refuse a central directory that would fill the memory, before zipfile reads it."""
    with archive.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        start = max(0, size - _END.size - 65535)
        stream.seek(start)
        tail = stream.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0 or at + _END.size > len(tail):
            raise BadArchive("it is no zip file")
        directory_bytes = _END.unpack_from(tail, at)[5]
        locator_at = start + at - _LOCATOR64.size
        if locator_at >= 0:
            stream.seek(locator_at)
            signature, _, end64_at, _ = _LOCATOR64.unpack(stream.read(_LOCATOR64.size))
            if signature == b"PK\6\7":
                stream.seek(min(end64_at, size))
                directory_bytes = _END64.unpack(stream.read(_END64.size))[8]
    if directory_bytes > MAX_DIRECTORY_BYTES:
        raise BadArchive(f"it has more than {MAX_ENTRIES} entries")


def _judge(infos: Sequence[zipfile.ZipInfo], archive_bytes: int) -> list[_ArchiveMember]:
    if len(infos) > MAX_ENTRIES:
        raise BadArchive(f"it has more than {MAX_ENTRIES} entries")
    total = sum(info.file_size for info in infos)
    if total > MAX_BYTES:
        raise BadArchive(f"it unpacks to more than {MAX_BYTES // 1024**3} GiB")
    if total > RATIO_FROM_BYTES and total > MAX_RATIO * max(1, archive_bytes):
        raise BadArchive(f"it unpacks to more than {MAX_RATIO} times its size")
    blown_up = [info for info in infos if info.file_size > MAX_RATIO * max(1, info.compress_size)]
    if sum(info.file_size for info in blown_up) > RATIO_FROM_BYTES:
        worst = max(blown_up, key=lambda info: info.file_size)
        raise BadArchive(f"{worst.filename[:80]!r} in it unpacks to more than {MAX_RATIO} times its size")
    entries = [_ArchiveMember(info, _parts(info)) for info in infos]
    return [entry for entry in entries if entry.parts and entry.parts[0] != _IGNORED]


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The entry's path in pieces. Raises BadArchive for one that has no business in an archive."""
    name = info.filename.replace("\\", "/")
    shown = repr(name[:80])
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadArchive(f"{shown} in it is a link or a device")
    if info.flag_bits & 0x1:
        raise BadArchive(f"{shown} in it is encrypted")
    path = PurePosixPath(name)
    if path.is_absolute() or name[1:2] == ":":
        raise BadArchive(f"{shown} in it is an absolute path")
    if ".." in path.parts:
        raise BadArchive(f"{shown} in it leads out of it")
    if len(path.parts) > MAX_DEPTH or any(len(part.encode("utf-8", "replace")) > 255 for part in path.parts):
        raise BadArchive(f"{shown} in it is too long")
    return path.parts


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
        is_folder = entry.info.is_dir() or entry.info.filename.endswith("\\")
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
