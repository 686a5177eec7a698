"""Bytes to and from storage by signed URLs. Knows nothing of the API's sign-in, so no token can leak to storage."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

import httpx

from agon.errors import AgonError

#: Hears how many bytes went out since the last call; negative when a try starts again.
Progress = Callable[[int], None]

_TIMEOUT = httpx.Timeout(60, connect=10)
_TRIES = 4
_PARALLEL_PARTS = 4
_CHUNK_BYTES = 256 * 1024


class TransferFailed(AgonError):
    """Storage refused the bytes or did not answer."""


def send(path: Path, upload: Mapping[str, Any], progress: Progress) -> list[dict[str, Any]]:
    """Send a file the way that an upload asks for. Gives the parts, for its commit. Raises TransferFailed."""
    with httpx.Client(timeout=_TIMEOUT) as http:
        if upload["method"] == "post":
            _send_whole(http, path, upload["post"], progress)
            return []
        return _send_parts(http, path, upload["parts"], progress)


def _send_whole(http: httpx.Client, path: Path, post: Mapping[str, Any], progress: Progress) -> None:
    def once() -> httpx.Response:
        with path.open("rb") as file:
            counted = _Counted(file, progress)
            try:
                return http.post(post["url"], data=post["fields"], files={"file": (path.name, counted)})
            except httpx.TransportError:
                progress(-counted.sent)
                raise

    _accepted(_tried(once))


def _send_parts(http: httpx.Client, path: Path, parts: list[dict[str, Any]], progress: Progress) -> list[dict[str, Any]]:
    starts, start = [], 0
    for part in parts:
        starts.append(start)
        start += part["size_bytes"]
    lock = threading.Lock()

    def locked(count: int) -> None:
        with lock:
            progress(count)

    with ThreadPoolExecutor(_PARALLEL_PARTS) as pool:
        sent = [pool.submit(_send_part, http, path, part, at, locked) for part, at in zip(parts, starts, strict=True)]
        return [future.result() for future in sent]


def _send_part(http: httpx.Client, path: Path, part: Mapping[str, Any], start: int, progress: Progress) -> dict[str, Any]:
    def once() -> httpx.Response:
        counted = _Count(progress)
        try:
            return http.put(
                part["url"],
                content=counted.through(_slice(path, start, part["size_bytes"])),
                headers={"Content-Length": str(part["size_bytes"])},
            )
        except httpx.TransportError:
            progress(-counted.sent)
            raise

    answer = _accepted(_tried(once))
    return {"number": part["number"], "etag": answer.headers["ETag"]}


def _slice(path: Path, start: int, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while size > 0 and (chunk := file.read(min(_CHUNK_BYTES, size))):
            size -= len(chunk)
            yield chunk


def _tried(once: Callable[[], httpx.Response]) -> httpx.Response:
    for attempt in range(_TRIES):
        try:
            answer = once()
        except httpx.TransportError as error:
            if attempt == _TRIES - 1:
                raise TransferFailed(f"Storage does not answer ({type(error).__name__}). Try again.") from error
        else:
            if answer.status_code < 500 or attempt == _TRIES - 1:
                return answer
        time.sleep(0.5 * 2**attempt)
    raise AssertionError("unreachable")


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    # S3's own words are XML; the code is enough for a person.
    code = answer.text.partition("<Code>")[2].partition("</Code>")[0]
    raise TransferFailed(f"Storage refused the file: {code or answer.status_code}. Try again.")


class _Count:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.sent = 0

    def add(self, count: int) -> None:
        self.sent += count
        self._progress(count)

    def through(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield chunk
            self.add(len(chunk))


class _Counted(_Count):
    """A file as httpx reads it, counting on the way."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        super().__init__(progress)
        self._file = file

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.add(len(chunk))
        return chunk

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def fileno(self) -> int:
        return self._file.fileno()
