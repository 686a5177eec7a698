"""Files from storage by signed addresses: whole or not there, and gone on with where a try has broken off."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import httpx

from agon import transfer
from agon.errors import BadFile

#: Gives a signed address that is good now; asked again where one has died.
Address = Callable[[], str]
#: Hears how many bytes are here, and of how many, where storage says that.
Arrival = Callable[[int, int | None], None]
#: Shows how far a file is, by its name, for as long as its block runs.
Bar = Callable[[str], AbstractContextManager[Arrival]]

_TIMEOUT = httpx.Timeout(60, connect=10)
_ADDRESSES = 3
_SUFFIX = ".part"
#: ETags that can be a part of a file's name: S3's are hexadecimal. With another, or a weak one, nothing is gone on with.
_ETAG = re.compile(r'"([A-Za-z0-9-]{8,80})"')
_RANGE = re.compile(r"bytes (\d+)-\d+/\d+")


def unheard(here: int, of: int | None) -> None:
    """Nobody is told."""


def no_bar(name: str) -> AbstractContextManager[Arrival]:
    """Nothing is shown."""
    return nullcontext(unheard)


def place(output: Path | None, name: str) -> Path:
    """The path that a file of this name gets: below a folder that is there, else the one that was asked for, else here."""
    if output is None:
        return Path(Path(name).name)
    return output / Path(name).name if output.is_dir() else output


def fetch(address: Address, path: Path, progress: Arrival = unheard) -> None:
    """Store what a signed address gives as `path`, whole or not at all.

    What a broken try has got stays beside it, in a file named by the ETag of the whole: the same call goes on with it while
    that is what storage has. Raises TransferFailed when storage refuses, BadFile when nothing can be written.
    """
    draft = _Draft(path)
    try:
        with httpx.Client(timeout=_TIMEOUT) as http:
            answer = _answer(http, address, draft, progress)
        transfer.accepted(answer, "did not give the file")
        draft.become(path)
    except OSError as error:
        draft.drop()
        raise BadFile(f"{path} cannot be written: {error.strerror or error}.") from error


def _answer(http: httpx.Client, address: Address, draft: _Draft, progress: Arrival) -> httpx.Response:
    """Storage's last word, after fresh addresses where one has died."""
    for left in reversed(range(_ADDRESSES)):
        try:
            answer = transfer.tried(partial(draft.go_on, http, address(), progress))
        except _AnotherFile:
            draft.drop()
            continue
        if not transfer.is_outdated(answer) or not left:
            return answer
    raise transfer.TransferFailed("The file changes again and again. Try again later.")


class _AnotherFile(Exception):
    """Storage has no rest for what is here: the file is another one by now."""


class _Draft:
    """The part of a file that is here."""

    def __init__(self, path: Path) -> None:
        self._whole = path
        self._file = next(path.parent.glob(f"{glob.escape(path.name)}.*{_SUFFIX}"), None)

    @property
    def _etag(self) -> str:
        """That of the whole, without quotes; empty when it cannot be gone on with."""
        return self._file.name[len(self._whole.name) + 1 : -len(_SUFFIX)] if self._file else ""

    @property
    def _size(self) -> int:
        return self._file.stat().st_size if self._file and self._file.exists() else 0

    def go_on(self, http: httpx.Client, url: str, progress: Arrival) -> httpx.Response:
        """One try: the rest of the file, or all of it where that is another one by now. Raises _AnotherFile."""
        here = self._size
        wanted = {"Range": f"bytes={here}-", "If-Range": f'"{self._etag}"'} if here else {}
        with http.stream("GET", url, headers={"Accept-Encoding": "identity", **wanted}) as answer:
            if answer.status_code == 416 or (answer.status_code == 206 and not self._fits(answer, here)):
                raise _AnotherFile
            if answer.status_code == 200:
                self._begin(answer)
                here = 0
            if answer.is_success:
                self._write(answer, here, progress)
            else:
                answer.read()
        return answer

    def become(self, path: Path) -> None:
        """Put the whole in its place."""
        assert self._file is not None  # It was fed.
        self._file.replace(path)

    def drop(self) -> None:
        """Throw it away."""
        if self._file:
            self._file.unlink(missing_ok=True)
        self._file = None

    def _fits(self, answer: httpx.Response, here: int) -> bool:
        """A store that does not know If-Range sends a stretch of whatever it has, so its ETag is compared as well."""
        stretch = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        return stretch is not None and int(stretch[1]) == here and answer.headers.get("ETag") == f'"{self._etag}"'

    def _begin(self, answer: httpx.Response) -> None:
        self.drop()
        etag = _ETAG.fullmatch(answer.headers.get("ETag", ""))
        name = f"{self._whole.name}.{etag[1]}{_SUFFIX}" if etag else f"{self._whole.name}{_SUFFIX}"
        self._file = self._whole.with_name(name)
        self._file.unlink(missing_ok=True)

    def _write(self, answer: httpx.Response, here: int, progress: Arrival) -> None:
        assert self._file is not None
        length = answer.headers.get("Content-Length")
        whole = here + int(length) if length else None
        with self._file.open("ab") as file:
            progress(here, whole)
            for chunk in answer.iter_raw():
                file.write(chunk)
                here += len(chunk)
                progress(here, whole)
