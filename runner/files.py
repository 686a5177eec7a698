"""Move files between the object store and this machine: download checked, cache by content, upload."""

import hashlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import httpx

from chalicelib.contract import File, Upload
from runner.archives import unpack
from runner.errors import Halted, Unable
from runner.output import open_plain
from runner.retry import delays

logger = logging.getLogger(__name__)

TRIES = 5
_CHUNK_BYTES = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_Result = TypeVar("_Result")


class Expired(Exception):
    """The object store refused an upload's signature or policy: fresh ones may do."""


class _TryAgain(Exception):
    """Cut off, or refused with a 5xx. Its text names the cause without the URL, which carries a signature."""


class Store:
    """One connection pool to whatever object store the signed URLs name. Safe to use from several threads."""

    def __init__(self) -> None:
        self._http = httpx.Client(timeout=httpx.Timeout(60.0, connect=5.0), limits=httpx.Limits(keepalive_expiry=60.0))

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def download(self, file: File, target: Path, stopped: threading.Event) -> None:
        """Download to the new file `target` and check size and checksum. Raises Unable, Halted, or OSError for the
        disk."""
        _insist("A file cannot be downloaded", lambda: self._download(file, target, stopped), stopped)

    def upload(self, upload: Upload, path: Path, content_type: str, stopped: threading.Event) -> None:
        """Send the plain file `path`. Raises Expired for a refused signature, Unable when the store stays away."""
        _insist("A file cannot be uploaded", lambda: self._upload(upload, path, content_type), stopped)

    def _download(self, file: File, target: Path, stopped: threading.Event) -> None:
        digest = hashlib.sha256()
        received = 0
        try:
            with self._http.stream("GET", file.url, headers={"Accept-Encoding": "identity"}) as response:
                _check(response)
                with target.open("wb") as sink:
                    # Raw bytes: a Content-Encoding of a stranger's making would be decoded without a limit.
                    for chunk in response.iter_raw(_CHUNK_BYTES):
                        if stopped.is_set():
                            raise Halted("A download was stopped with its job.")
                        received += len(chunk)
                        if received > file.size_bytes:
                            raise Unable("A downloaded file is larger than the API said.")
                        digest.update(chunk)
                        sink.write(chunk)
        except httpx.TransportError as error:
            raise _TryAgain(type(error).__name__) from error
        if received != file.size_bytes or digest.hexdigest() != file.sha256.lower():
            raise _TryAgain("its size or checksum is not what the API said")

    def _upload(self, upload: Upload, path: Path, content_type: str) -> None:
        with open_plain(path, upload.max_bytes) as stream:
            try:
                response = self._http.post(
                    upload.url, data=dict(upload.fields), files={"file": (path.name, stream, content_type)}
                )
            except httpx.TransportError as error:
                raise _TryAgain(type(error).__name__) from error
            if response.status_code in (400, 403):
                raise Expired(f"The object store answered {response.status_code}.")
            _check(response)


class Cache:
    """Archives and unpacked folders by sha256, below one folder that belongs to one runner.

    Entries appear by rename, so a crash leaves none half done; the least recently used go first.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self._archives = folder / "archives"
        self._folders = folder / "folders"
        self._partial = folder / "partial"
        self._store = store
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._grown = True

    def prepare(self) -> None:
        """Make the folders and remove what a dead runner left half done."""
        remove(self._partial)
        for folder in (self._archives, self._folders, self._partial):
            folder.mkdir(parents=True, exist_ok=True)

    def archive(self, file: File, stopped: threading.Event) -> Path:
        """The downloaded archive. Raises Unable, or OSError for the disk."""
        entry = self._archives / f"{_key(file)}.zip"
        with self._alone(entry.name):
            if not _touch(entry):
                with self._partly() as partial:
                    self._store.download(file, partial / "archive.zip", stopped)
                    (partial / "archive.zip").rename(entry)
        return entry

    def folder(self, file: File, stopped: threading.Event) -> Path:
        """The unpacked archive, to be mounted read-only. Raises BadArchive, Unable, or OSError for the disk."""
        entry = self._folders / _key(file)
        with self._alone(entry.name):
            if not _touch(entry):
                with self._partly() as partial:
                    self._store.download(file, partial / "archive.zip", stopped)
                    unpack(partial / "archive.zip", partial / "content")
                    (partial / "content").rename(entry)
        return entry

    def trim(self, max_bytes: int) -> None:
        """Remove what was not used for longest until the rest fits. Only while no job runs: entries may be mounted."""
        if not self._grown:
            return
        self._grown = False
        entries = [(path.stat().st_mtime, _size(path), path) for path in self._entries()]
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries, key=lambda entry: entry[0]):
            if total <= max_bytes:
                return
            remove(path)
            total -= size
            logger.info("Removed %s from the cache: it is full.", path.name)

    def _entries(self) -> Iterator[Path]:
        yield from self._archives.iterdir()
        yield from self._folders.iterdir()

    @contextmanager
    def _partly(self) -> Iterator[Path]:
        """A folder of its own, on the disk of the cache, for an entry that is not whole yet."""
        self._grown = True
        with tempfile.TemporaryDirectory(dir=self._partial, ignore_cleanup_errors=True) as folder:
            yield Path(folder)

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            yield


def remove(path: Path) -> None:
    """Remove a file or folder, whatever a container made of it: `rm` copes with nesting that recursion does not."""
    if not os.path.lexists(path):
        return
    if os.geteuid() != 0 and not path.is_symlink():
        subprocess.run(["chmod", "-R", "u+rwX", "--", str(path)], check=False, stderr=subprocess.DEVNULL)
    subprocess.run(["rm", "-rf", "--one-file-system", "--", str(path)], check=False, stderr=subprocess.DEVNULL)


def free_bytes(folder: Path) -> int:
    """Free space of the disk that holds `folder`."""
    return shutil.disk_usage(folder).free


def _insist(what: str, action: Callable[[], _Result], stopped: threading.Event) -> _Result:
    cause = ""
    for attempt, delay in enumerate(delays(), start=1):
        try:
            return action()
        except _TryAgain as error:
            cause = str(error)
        if attempt == TRIES or stopped.wait(delay):
            break
    raise Unable(f"{what}: {cause}.")


def _check(response: httpx.Response) -> None:
    code = response.status_code
    if code >= 500 or code in (408, 429):
        raise _TryAgain(f"the object store answered {code}")
    if not response.is_success:
        raise Unable(f"The object store answered {code}.")


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


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())
