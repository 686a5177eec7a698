"""Programs and data that jobs have in common: kept by content, shared by slots, bounded in size."""

import logging
import os
import re
import tempfile
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

from chalicelib.contract import File
from runner.archives import unpack
from runner.errors import Halted, Unable
from runner.files import ObjectStore, free_bytes, least_free_bytes, remove
from runner.holds import Holds
from runner.output import counted_bytes

logger = logging.getLogger(__name__)

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_PATIENCE_SECONDS = 0.2


class Cache:
    """Archives and unpacked folders by sha256, below one folder that belongs to one runner. Safe across threads.

    Entries appear by rename, so a crash leaves none half done. The least recently used go first, and none that a job holds.
    """

    def __init__(self, folder: Path, store: ObjectStore, max_bytes: int) -> None:
        self._archives = folder / "archives"
        self._folders = folder / "folders"
        self._partial = folder / "partial"
        self._store = store
        self._max_bytes = max_bytes
        self._holds = Holds()
        self._locks: dict[Path, threading.Lock] = {}
        self._sizes: dict[Path, int] = {}

    def prepare(self) -> None:
        """Make the folders, remove what a dead runner left half done, and measure the rest."""
        remove(self._partial)
        for folder in (self._archives, self._folders, self._partial):
            folder.mkdir(parents=True, exist_ok=True)
        self._sizes = {path: _size(path) for folder in (self._archives, self._folders) for path in folder.iterdir()}

    @property
    def size_bytes(self) -> int:
        """The disk that its entries take."""
        return sum(self._sizes.copy().values())

    def archive(self, file: File, holder: Hashable, stopped: threading.Event) -> Path:
        """The downloaded archive, held until the holder's `release`. Raises Unable, Halted, or OSError for the disk."""

        def make(partial: Path) -> Path:
            self._store.download(file, partial / "archive.zip", stopped)
            return partial / "archive.zip"

        return self._entry(self._archives / f"{_key(file)}.zip", file, make, holder, stopped)

    def folder(self, file: File, holder: Hashable, stopped: threading.Event) -> Path:
        """The unpacked archive, to be mounted read-only, held like one. Raises BadArchive, Unable, Halted, or OSError for
        the disk."""

        def make(partial: Path) -> Path:
            self._store.download(file, partial / "archive.zip", stopped)
            unpack(partial / "archive.zip", partial / "content")
            return partial / "content"

        return self._entry(self._folders / _key(file), file, make, holder, stopped)

    def release(self, holder: Hashable) -> None:
        """The holder's job is over: what it used may go when room is needed."""
        self._holds.release(holder)
        self._make_room(0)

    def _entry(
        self, entry: Path, file: File, make: Callable[[Path], Path], holder: Hashable, stopped: threading.Event
    ) -> Path:
        with self._alone(entry, stopped):
            self._holds.take(str(entry), holder)
            if not _touch(entry):
                self._make_room(file.size_bytes)
                with tempfile.TemporaryDirectory(dir=self._partial, ignore_cleanup_errors=True) as partial:
                    made = make(Path(partial))
                    size = _size(made)
                    made.rename(entry)
                self._sizes[entry] = size
        return entry

    def _make_room(self, incoming_bytes: int) -> None:
        """Remove what was not used for longest until `incoming_bytes` more fit, here and on the disk."""
        for entry in self._by_age() if self._is_tight(incoming_bytes) else ():
            if not self._is_tight(incoming_bytes):
                return
            self._discard(entry)

    def _is_tight(self, incoming_bytes: int) -> bool:
        return self.size_bytes + incoming_bytes > self._max_bytes or self._is_disk_tight(incoming_bytes)

    def _is_disk_tight(self, incoming_bytes: int) -> bool:
        """The cache gives way before the disk is full, however large it may be."""
        return free_bytes(self._partial) < least_free_bytes(self._partial) + incoming_bytes

    def _by_age(self) -> list[Path]:
        return sorted(self._sizes.copy(), key=_used_at)

    def _discard(self, entry: Path) -> None:
        gone = Path(tempfile.mkdtemp(dir=self._partial)) / entry.name
        with self._holds.guard:
            if self._holds.is_held(str(entry)) or self._sizes.pop(entry, None) is None:
                gone.parent.rmdir()
                return
            # A rename is quick. What takes time is done when others may go on.
            entry.rename(gone)
        remove(gone.parent)
        logger.info("Removed %s from the cache: room was needed.", entry.name)

    @contextmanager
    def _alone(self, entry: Path, stopped: threading.Event) -> Iterator[None]:
        """While inside, nobody else makes the same entry. Raises Halted when the job is stopped while it waits."""
        with self._holds.guard:
            lock = self._locks.setdefault(entry, threading.Lock())
        while not lock.acquire(timeout=_PATIENCE_SECONDS):
            if stopped.is_set():
                raise Halted("A download was stopped with its job.")
        try:
            yield
        finally:
            lock.release()


def _key(file: File) -> str:
    key = file.sha256.lower()
    if not _SHA256.match(key):
        raise Unable("The API named a file by something that is no sha256.")
    return key


def _touch(path: Path) -> bool:
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _used_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _size(path: Path) -> int:
    if path.is_file():
        return counted_bytes(path.stat())
    return sum(counted_bytes(entry.stat()) for entry in path.rglob("*") if entry.is_file())
