"""Copies of what programs wrote: with their holes, so that they take no more room, within a limit, and only as long as their
job runs."""

import errno
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from runner.errors import Halted
from runner.output import FolderTooLarge, counted_bytes

_CHUNK_BYTES = 16 * 1024**2


def copy_folder(source: Path, target: Path, max_bytes: int, stopped: threading.Event) -> None:
    """Copy a folder of plain files to `target`, modes and all, in the place of files of the same names there.

    Raises FolderTooLarge before a file that makes it more than `max_bytes`, Halted, or OSError for the disk.
    """
    left = max_bytes
    for parent, _, files in os.walk(source):
        here = target / os.path.relpath(parent, source)
        here.mkdir(mode=0o755, exist_ok=True)
        for name in files:
            with open(os.path.join(parent, name), "rb") as stream:
                left -= copy_file(stream, here / name, stopped, left)


def copy_file(source: BinaryIO, target: Path, stopped: threading.Event, max_bytes: int = sys.maxsize) -> int:
    """Copy an open plain file to `target`, mode and all, in the place of another: the bytes that it counts as.

    Raises FolderTooLarge when these are more than `max_bytes`, Halted, or OSError for the disk.
    """
    info = os.fstat(source.fileno())
    if counted_bytes(info) > max_bytes:
        raise FolderTooLarge("It holds more bytes than may be copied.")
    target.unlink(missing_ok=True)
    with target.open("xb") as sink:
        os.fchmod(sink.fileno(), stat.S_IMODE(info.st_mode))
        os.ftruncate(sink.fileno(), info.st_size)
        for begin, end in _written(source.fileno(), info.st_size):
            _copy_range(source.fileno(), sink.fileno(), begin, end, stopped)
    return counted_bytes(info)


def _written(handle: int, size: int) -> Iterator[tuple[int, int]]:
    """Where a file has no holes, from its beginning: (begin, end). A file system that knows none says: everywhere."""
    end = 0
    while end < size:
        try:
            begin = os.lseek(handle, end, os.SEEK_DATA)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise  # The disk failed: what cannot be read is no hole.
            return  # A hole up to the end.
        end = os.lseek(handle, begin, os.SEEK_HOLE)
        yield begin, end


def _copy_range(source: int, sink: int, begin: int, end: int, stopped: threading.Event) -> None:
    os.lseek(sink, begin, os.SEEK_SET)
    while begin < end:
        if stopped.is_set():
            raise Halted("A copy was stopped with its job.")
        sent = os.sendfile(sink, source, begin, min(_CHUNK_BYTES, end - begin))
        if not sent:
            return  # It became shorter meanwhile.
        begin += sent
