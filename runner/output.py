"""The output that a container left behind: plain files only are read, and only so many of them.

The container is gone by then, but what it wrote is a stranger's: a symlink in it may point anywhere on this machine.
"""

import os
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from chalicelib.contract import layout, limits
from runner.errors import Halted

MAX_NOTES = 20
_CHUNK_BYTES = 1024 * 1024
_BLOCK_BYTES = 512


class NotPlainFile(Exception):
    """A file that is not read: no plain file, or larger than allowed. Its text says which, without a full stop."""


class FolderTooLarge(Exception):
    """A folder holds more than its limit. Its text is a sentence."""


@dataclass(frozen=True)
class FolderUsage:
    """The use of a folder: bytes, as `counted_bytes` has them, and entries of any kind."""

    bytes: int = 0
    entries: int = 0


def counted_bytes(info: os.stat_result) -> int:
    """The bytes that a file counts as: what it takes on the disk, or what it says that it holds. Who reads a hole
    gets all of it."""
    return max(info.st_size, info.st_blocks * _BLOCK_BYTES)


def measure(folder: Path, max_bytes: int, max_entries: int) -> FolderUsage:
    """The use of `folder`. Raises FolderTooLarge as soon as it is over a limit, without walking the rest."""
    used = entries = 0
    for _, entry, depth in _walk(folder):
        entries += 1
        try:
            used += counted_bytes(entry.stat(follow_symlinks=False))
        except OSError:
            continue  # Removed between listing and looking: the container is still running.
        if used > max_bytes:
            raise FolderTooLarge("It wrote more bytes than it may.")
        if entries > max_entries:
            raise FolderTooLarge("It wrote more files than it may.")
        if depth >= limits.MAX_OUTPUT_FOLDERS:
            raise FolderTooLarge(f"It nested folders more than {limits.MAX_OUTPUT_FOLDERS} deep.")
    return FolderUsage(used, entries)


def open_plain(path: Path, max_bytes: int) -> BinaryIO:
    """Open a plain file for reading. Raises FileNotFoundError or NotPlainFile."""
    try:
        # Without O_NONBLOCK a named pipe would be waited for, for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotPlainFile("it is no plain file") from error
    info = os.fstat(handle)
    problem = _problem(info) or ("" if info.st_size <= max_bytes else f"it is larger than {max_bytes} bytes")
    if problem:
        os.close(handle)
        raise NotPlainFile(problem)
    return os.fdopen(handle, "rb")


def read_plain(path: Path, max_bytes: int) -> bytes:
    """A plain file's content. Raises FileNotFoundError or NotPlainFile."""
    with open_plain(path, max_bytes) as stream:
        return stream.read(max_bytes)


def few(notes: list[str], what: str) -> list[str]:
    """As many notes as are told of one matter, and how many more there are."""
    more = len(notes) - MAX_NOTES
    return notes if more <= 0 else [*notes[: MAX_NOTES - 1], f"{more + 1} more {what}."]


def take(source: Path, target: Path) -> list[str]:
    """Move the plain files of `source` into the new folder `target`; notes about what was left out.

    Only once nothing runs that could write to `source`. Folders are made anew, so no mode and no owner comes along.
    """
    left_out: list[str] = []
    target.mkdir(mode=0o755)
    for name, entry, depth in _walk(source):
        if entry.is_dir(follow_symlinks=False) and depth < limits.MAX_OUTPUT_FOLDERS:
            (target / name).mkdir(mode=0o755)
            continue
        info = entry.stat(follow_symlinks=False)
        problem = _problem(info)
        if not problem:
            os.chmod(entry.path, 0o755 if info.st_mode & 0o111 else 0o644)
            os.rename(entry.path, target / name)
        else:
            left_out.append(f"{_printable(name)} of the predictions was left out: {problem}.")
    return few(left_out, "files of the predictions were left out")


def pack(
    output: Path, archive: Path, max_bytes: int, stopped: threading.Event, private: bool = False
) -> tuple[Path | None, list[str]]:
    """Zip the plain files of `output` to `archive`; None when there are none. And notes about what was left out.

    With `private` those of its private folder, else those that are not. `max_bytes` caps the files' sizes together.
    Raises Halted once its job is `stopped`, OSError when the disk fails.
    """
    left_out: list[str] = []
    left_bytes = max_bytes
    packed = 0
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as target:
        for name, entry, depth in _walk(output):
            if entry.is_dir(follow_symlinks=False) and depth < limits.MAX_OUTPUT_FOLDERS:
                continue
            if name.startswith(f"{layout.PRIVATE}/") != private:
                continue
            try:
                left_bytes -= _add(target, Path(entry.path), name, left_bytes, stopped)
                packed += 1
            except (NotPlainFile, FileNotFoundError) as error:
                left_out.append(f"{_printable(name)} of the output was left out: {error}.")
    return (archive if packed else None), few(left_out, "files of the output were left out")


def _add(target: zipfile.ZipFile, path: Path, name: str, max_bytes: int, stopped: threading.Event) -> int:
    with open_plain(path, max_bytes) as source:
        size = os.fstat(source.fileno()).st_size
        info = zipfile.ZipInfo(_printable(name))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = (stat.S_IFREG | 0o644) << 16
        with target.open(info, "w", force_zip64=size >= 2**31) as sink:
            while chunk := source.read(_CHUNK_BYTES):
                if stopped.is_set():
                    raise Halted("The packing of an output was stopped with its job.")
                sink.write(chunk)
        return size


def _problem(info: os.stat_result) -> str:
    if not stat.S_ISREG(info.st_mode):
        return "it is no plain file"
    if info.st_mode & (stat.S_ISUID | stat.S_ISGID):
        return "it has a set-user or set-group bit"
    return "it is a hard link" if info.st_nlink > 1 else ""


def _walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str], int]]:
    """(name below `folder`, entry, depth), not deeper than limits.MAX_OUTPUT_FOLDERS and never through a symlink."""
    pending = [("", str(folder), 0)]
    while pending:
        prefix, path, depth = pending.pop()
        try:
            entries = os.scandir(path)
        except OSError:
            continue  # Removed, or made unreadable by the container.
        with entries:
            for entry in entries:
                yield prefix + entry.name, entry, depth
                if depth < limits.MAX_OUTPUT_FOLDERS and entry.is_dir(follow_symlinks=False):
                    pending.append((f"{prefix}{entry.name}/", entry.path, depth + 1))


def _printable(name: str) -> str:
    """A name that UTF-8 can hold: a container may write any bytes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
