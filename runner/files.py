"""Move files between the object store and this machine: download checked, upload."""

import hashlib
import logging
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx

from chalicelib.contract import File, Upload
from runner.errors import Halted, Unable
from runner.output import open_plain
from runner.retry import delays

logger = logging.getLogger(__name__)

TRIES = 5
_CHUNK_BYTES = 1024 * 1024
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
