"""Bytes to and from storage by signed URLs. Knows nothing of the API's sign-in, so no token can leak to storage."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import httpx

from agon.errors import AgonError, BadFile

if TYPE_CHECKING:
    from agon import api_types as api

#: Hears how many bytes went out since the last call; negative when a try starts again.
Progress = Callable[[int], None]

_TIMEOUT = httpx.Timeout(60, connect=10)
_PARALLEL_PARTS = 4
_CHUNK_BYTES = 256 * 1024


class SentPart(TypedDict):
    """A part that storage took, as a commit names it."""

    number: int
    etag: str


class TransferFailed(AgonError):
    """Storage refused the bytes or did not answer."""


def send(path: Path, upload: api.BegunUpload, progress: Progress) -> list[SentPart]:
    """Send a file the way that an upload asks for. Gives the parts, for its commit. Raises TransferFailed."""
    with httpx.Client(timeout=_TIMEOUT) as http:
        if upload["post"] is not None:
            _send_whole(http, path, upload["post"], progress)
            return []
        return _send_parts(http, path, upload["parts"], progress)


def fetch(url: str, path: Path) -> None:
    """Store what a signed URL gives as `path`, whole or not at all. Raises TransferFailed and BadFile."""
    draft = path.with_name(path.name + ".part")

    def once() -> httpx.Response:
        with draft.open("wb") as file, http.stream("GET", url) as answer:
            if answer.is_success:
                for chunk in answer.iter_bytes(_CHUNK_BYTES):
                    file.write(chunk)
            else:
                answer.read()
            return answer

    try:
        with httpx.Client(timeout=_TIMEOUT) as http:
            _accepted(_tried(once, _ProgressCount(lambda count: None)), "did not give the file")
        draft.replace(path)
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _send_whole(http: httpx.Client, path: Path, post: api.Post, progress: Progress) -> None:
    count = _ProgressCount(progress)

    def once() -> httpx.Response:
        with _CountedFile(path, count) as file:
            return http.post(post["url"], data=post["fields"], files={"file": (path.name, file)})

    _accepted(_tried(once, count), "refused the file")


def _send_parts(http: httpx.Client, path: Path, parts: list[api.Part], progress: Progress) -> list[SentPart]:
    starts, start = [], 0
    for part in parts:
        starts.append(start)
        start += part["size_bytes"]
    lock = threading.Lock()

    def locked(count: int) -> None:
        with lock:
            progress(count)

    pool = ThreadPoolExecutor(_PARALLEL_PARTS)
    try:
        sent = [pool.submit(_send_part, http, path, part, at, locked) for part, at in zip(parts, starts, strict=True)]
        return [future.result() for future in sent]
    finally:
        # After a failure or Ctrl-C, the parts that have not begun need not go out.
        pool.shutdown(cancel_futures=True)


def _send_part(http: httpx.Client, path: Path, part: api.Part, start: int, progress: Progress) -> SentPart:
    count = _ProgressCount(progress)

    def once() -> httpx.Response:
        content = count.through(_slice(path, start, part["size_bytes"]))
        headers = {"Content-Length": str(part["size_bytes"]), **part.get("headers", {})}
        return http.put(part["url"], content=content, headers=headers)

    answer = _accepted(_tried(once, count), "refused the file")
    return {"number": part["number"], "etag": answer.headers["ETag"]}


def _slice(path: Path, start: int, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while size > 0 and (chunk := file.read(min(_CHUNK_BYTES, size))):
            size -= len(chunk)
            yield chunk


def _tried(once: Callable[[], httpx.Response], count: _ProgressCount) -> httpx.Response:
    from agon import retries

    try:
        return retries.of_transfer(count.rewind)(once)
    except httpx.TransportError as error:
        raise TransferFailed(f"Storage does not answer ({type(error).__name__}). Try again.") from error


def _accepted(answer: httpx.Response, otherwise: str) -> httpx.Response:
    if answer.is_success:
        return answer
    # S3's own words are XML; the code is enough for a person.
    code = answer.text.partition("<Code>")[2].partition("</Code>")[0]
    raise TransferFailed(f"Storage {otherwise}: {code or answer.status_code}. Try again.")


class _ProgressCount:
    """How far one try has got."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._sent = 0

    def add(self, count: int) -> None:
        self._sent += count
        self._progress(count)

    def rewind(self) -> None:
        self.add(-self._sent)

    def through(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield chunk
            self.add(len(chunk))


class _CountedFile(FileIO):
    """A file as httpx reads it, counting on the way."""

    def __init__(self, path: Path, count: _ProgressCount) -> None:
        super().__init__(path)
        self._count = count

    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size) or b""
        self._count.add(len(chunk))
        return chunk
