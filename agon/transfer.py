"""Bytes to storage by signed URLs, and what it answers. Knows nothing of the API's sign-in, so no token can leak to it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import httpx

from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

#: Hears how many bytes went out since the last call; negative when a try starts again.
Progress = Callable[[int], None]

_TIMEOUT = httpx.Timeout(60, connect=10)
_PARALLEL_PARTS = 4
_CHUNK_BYTES = 256 * 1024
#: Fresh addresses are asked for as often for one and the same part: who still refuses it does so for another reason.
_ADDRESSES = 3
_TRY_AGAIN = "Try again."
_STAYS = "Try again: what has arrived stays for a day, and the same command goes on with it."


class SentPart(TypedDict):
    """A part that storage took, as a commit names it."""

    number: int
    etag: str


class TransferFailed(AgonError):
    """Storage refused the bytes or did not answer."""


def send(
    path: Path, upload: api.UploadInProgress, progress: Progress, renew: Callable[[], api.UploadInProgress]
) -> list[SentPart]:
    """Send what lacks of a file, the way that an upload asks for. Gives all parts, for its commit. Raises TransferFailed.

    `renew` tells fresh addresses where one has died, and what has arrived without a word.
    """
    with httpx.Client(timeout=_TIMEOUT) as http:
        if upload["method"] == "post":
            if upload["post"] is not None:
                _send_whole(http, path, upload["post"], progress)
            return []
        return _send_parts(http, path, _Parts(upload, renew), progress)


def _send_whole(http: httpx.Client, path: Path, post: api.Post, progress: Progress) -> None:
    count = _ProgressCount(progress)

    def once() -> httpx.Response:
        with _CountedFile(path, count) as file:
            return http.post(post["url"], data=post["fields"], files={"file": (path.name, file)})

    accepted(tried(once, count.rewind), "refused the file")


class _Parts:
    """A file's parts: those that have arrived, and addresses for the others, renewed for all senders at once."""

    def __init__(self, upload: api.UploadInProgress, renew: Callable[[], api.UploadInProgress]) -> None:
        self._renew = renew
        self._lock = threading.Lock()
        self._take(upload)
        sizes = {number: part["size_bytes"] for number, part in (self.arrived | self._lacking).items()}
        ends = itertools.accumulate(sizes[number] for number in sorted(sizes))
        self.starts = {number: end - sizes[number] for number, end in zip(sorted(sizes), ends, strict=True)}

    def _take(self, upload: api.UploadInProgress) -> None:
        self.arrived: dict[int, api.ArrivedPart] = {part["number"]: part for part in upload["arrived"]}
        self._lacking: dict[int, api.Part] = {part["number"]: part for part in upload["parts"]}

    def where(self, number: int, refused: api.Part | None = None) -> api.Part | None:
        """The address that a part goes to, if not to the address that was refused; None once it has arrived."""
        with self._lock:
            if refused is not None and self._lacking.get(number) is refused:
                self._take(self._renew())
            return self._lacking.get(number)


def _send_parts(http: httpx.Client, path: Path, parts: _Parts, progress: Progress) -> list[SentPart]:
    lock = threading.Lock()

    def locked(count: int) -> None:
        with lock:
            progress(count)

    locked(sum(part["size_bytes"] for part in parts.arrived.values()))
    there: list[SentPart] = [{"number": number, "etag": part["etag"]} for number, part in parts.arrived.items()]
    lacking = sorted(parts.starts.keys() - parts.arrived.keys())
    pool = ThreadPoolExecutor(_PARALLEL_PARTS)
    try:
        sent = [pool.submit(_send_part, http, path, parts, number, locked) for number in lacking]
        return sorted([*there, *(future.result() for future in sent)], key=lambda part: part["number"])
    finally:
        # After a failure or Ctrl-C, the parts that have not begun need not go out.
        pool.shutdown(cancel_futures=True)


def _send_part(http: httpx.Client, path: Path, parts: _Parts, number: int, progress: Progress) -> SentPart:
    where = parts.where(number)
    for left in reversed(range(_ADDRESSES)):
        if where is None:
            return {"number": number, "etag": parts.arrived[number]["etag"]}
        answer = _put(http, path, where, parts.starts[number], progress)
        if not is_outdated(answer) or not left:
            break
        where = parts.where(number, refused=where)
    return {"number": number, "etag": accepted(answer, "refused the file", _STAYS).headers["ETag"]}


def _put(http: httpx.Client, path: Path, part: api.Part, start: int, progress: Progress) -> httpx.Response:
    count = _ProgressCount(progress)

    def once() -> httpx.Response:
        content = count.through(_slice(path, start, part["size_bytes"]))
        headers = {"Content-Length": str(part["size_bytes"]), **part.get("headers", {})}
        return http.put(part["url"], content=content, headers=headers)

    answer = tried(once, count.rewind, _STAYS)
    if not answer.is_success:
        count.rewind()
    return answer


def _slice(path: Path, start: int, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while size > 0 and (chunk := file.read(min(_CHUNK_BYTES, size))):
            size -= len(chunk)
            yield chunk


def tried(
    once: Callable[[], httpx.Response], begin_again: Callable[[], None] = lambda: None, then: str = _TRY_AGAIN
) -> httpx.Response:
    """The last answer of several tries. Raises TransferFailed where none came."""
    from agon import retries

    try:
        return retries.of_transfer(begin_again)(once)
    except httpx.TransportError as error:
        raise TransferFailed(f"Storage does not answer ({type(error).__name__}). {then}") from error


def is_outdated(answer: httpx.Response) -> bool:
    """True when a signed address is too old, or the sign-in that it was made with."""
    return answer.status_code == 403 or (answer.status_code == 400 and "Expired" in _code(answer))


def accepted(answer: httpx.Response, otherwise: str, then: str = _TRY_AGAIN) -> httpx.Response:
    """`answer`, when it is a good one. Raises TransferFailed, which says what storage did `otherwise`."""
    if answer.is_success:
        return answer
    raise TransferFailed(f"Storage {otherwise}: {_code(answer) or answer.status_code}. {then}")


def _code(answer: httpx.Response) -> str:
    """S3's own words are XML; the code is enough for a person."""
    return answer.text.partition("<Code>")[2].partition("</Code>")[0]


class _ProgressCount:
    """The progress of one try."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._sent = 0

    def add(self, count: int) -> None:
        self._sent += count
        self._progress(count)

    def rewind(self) -> None:
        if self._sent:
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
