"""Move files between the object store and this machine: download checked, upload."""

import hashlib
import logging
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import requests
from tenacity import RetryCallState
from tenacity.stop import stop_base

from chalicelib.contract import File, Upload, uploads
from runner.errors import Halted, Unable
from runner.http import Form, Http, Silent, chunks, is_good
from runner.output import open_plain
from runner.retry import retrying

logger = logging.getLogger(__name__)

TRIES = 5
LEAST_FREE_BYTES = 1024**3
LEAST_FREE_SHARE = 0.05
_CHUNK_BYTES = 1024 * 1024
_PARTIAL_CONTENT = 206


class UploadExpired(Exception):
    """The object store refused an upload's signature or policy: fresh ones may do."""


class _TryAgain(Exception):
    """Cut off, or refused with a 5xx. Its text names the cause without the URL, which carries a signature."""


class _Stuck(stop_base):
    """A stop after TRIES failures without progress."""

    def __init__(self, progress: Callable[[], int]) -> None:
        self._progress = progress
        self._best = self._failures = 0

    def __call__(self, retry_state: RetryCallState) -> bool:
        progress = self._progress()
        self._failures = 1 if progress > self._best else self._failures + 1
        self._best = max(self._best, progress)
        return self._failures >= TRIES


class _PartialFile:
    """The part of a file that has arrived."""

    def __init__(self, sink: BinaryIO) -> None:
        self.bytes = 0
        self._sink = sink
        self._digest = hashlib.sha256()

    def add(self, chunk: bytes) -> None:
        self._sink.write(chunk)
        self._digest.update(chunk)
        self.bytes += len(chunk)

    def begin_again(self) -> None:
        self._sink.seek(0)
        self._sink.truncate()
        self._digest = hashlib.sha256()
        self.bytes = 0

    def sha256(self) -> str:
        return self._digest.hexdigest()


class ObjectStore:
    """One connection pool to whatever object store the signed URLs name. Safe to use from several threads."""

    def __init__(self) -> None:
        self._http = Http(60.0)

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def download(self, file: File, target: Path, stopped: threading.Event) -> None:
        """Download to the new file `target` and check size and checksum. What is cut off goes on where it stopped.

        Raises Unable, Halted, or OSError for the disk.
        """
        with target.open("wb") as sink:
            received = _PartialFile(sink)
            action = partial(self._download, file, received, stopped)
            _insist("A file cannot be downloaded", action, stopped, lambda: received.bytes)

    def upload(self, upload: Upload, path: Path, content_type: str, stopped: threading.Event) -> None:
        """Send the plain file `path`. Raises UploadExpired for a refused signature, Unable when the store stays away."""
        _insist("A file cannot be uploaded", lambda: self._upload(upload, path, content_type), stopped)

    def _download(self, file: File, received: "_PartialFile", stopped: threading.Event) -> None:
        headers = {"Accept-Encoding": "identity"}
        if received.bytes:
            headers["Range"] = f"bytes={received.bytes}-"
        try:
            with self._http.send("GET", file.url, headers=headers, whole=False) as response:
                _check(response)
                if response.status_code != _PARTIAL_CONTENT:
                    received.begin_again()
                for chunk in chunks(response, _CHUNK_BYTES):
                    if stopped.is_set():
                        raise Halted("A download was stopped with its job.")
                    received.add(chunk)
                    if received.bytes > file.size_bytes:
                        raise Unable("A downloaded file is larger than the API said.")
        except Silent as error:
            raise _TryAgain(str(error)) from error
        if received.bytes != file.size_bytes or received.sha256() != file.sha256.lower():
            received.begin_again()
            raise _TryAgain("its size or checksum is not what the API said")

    def _upload(self, upload: Upload, path: Path, content_type: str) -> None:
        with open_plain(path, upload.max_bytes) as stream:
            form = Form(upload.fields, path.name, content_type, stream, os.fstat(stream.fileno()).st_size)
            try:
                response = self._http.send("POST", upload.url, form, {"Content-Type": form.content_type})
            except Silent as error:
                raise _TryAgain(str(error)) from error
            if response.status_code in (400, 403):
                raise UploadExpired(f"The object store answered {response.status_code}.")
            _check(response)


def named(upload: Upload, name: str) -> Upload:
    """The upload of one of several files: its name goes into the key. "" for an upload of one file."""
    if not name:
        return upload
    return replace(upload, fields={**upload.fields, "key": upload.fields["key"].replace(uploads.ANY_NAME, name)})


def content_type(name: str, path: Path) -> str:
    """As what a file of a run is sent, by its name among a Job's uploads."""
    if name in uploads.ARCHIVES:
        return "application/zip"
    return "text/plain" if name in uploads.LOGS else uploads.RESULT_TYPES.get(path.suffix.lower(), "text/html")


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


def least_free_bytes(folder: Path) -> int:
    """Below this much free space the disk that holds `folder` counts as full."""
    return min(LEAST_FREE_BYTES, int(shutil.disk_usage(folder).total * LEAST_FREE_SHARE))


def is_full(folder: Path) -> bool:
    """True when what is left on the disk that holds `folder` is not enough for another job."""
    return free_bytes(folder) < least_free_bytes(folder)


def _insist(
    what: str,
    action: Callable[[], None],
    stopped: threading.Event,
    progress: Callable[[], int] = lambda: 0,
) -> None:
    """Try until it works; give up after TRIES without progress. Raises Unable."""
    try:
        retrying(_TryAgain, stopped, _Stuck(progress))(action)
    except _TryAgain as error:
        raise Unable(f"{what}: {error}.") from None


def _check(response: requests.Response) -> None:
    code = response.status_code
    if code >= 500 or code in (408, 429):
        raise _TryAgain(f"the object store answered {code}")
    if not is_good(response):
        raise Unable(f"The object store answered {code}.")
