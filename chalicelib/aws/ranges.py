"""Objects read as files that can be sought in: what `zipfile` needs."""

import io
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

from chalicelib.aws.clients import client

#: What is fetched of a place that nobody read towards, and of an object's end, where zips have their directory.
WINDOW_BYTES = 256 * 1024
#: So much of a window lies before the place, at most: whoever reads small files in an order of their own jumps to and fro.
BEFORE_BYTES = WINDOW_BYTES // 4
#: Windows that stay in memory beside the end.
_KEPT_WINDOWS = 3
#: Reading over so much costs less than another call.
SKIPPED_BYTES = 1024**2
#: How often a stretch is begun again where the connection broke.
_TRIES = 3
_EMPTY = "InvalidRange"


class Ranged(io.RawIOBase):
    """An object of S3: its end by the first call, then one for each window, and one for all that is read from front to back.

    What others put in its place meanwhile is not read: ClientError (412) tells. Raises ClientError (NoSuchKey) at once.
    """

    def __init__(self, bucket: str, key: str):
        self._where: dict[str, str] = {"Bucket": bucket, "Key": key}
        self._body: Any = None
        #: Where the body stands, and where it ends.
        self._at, self._end = 0, 0
        self._position = 0
        #: Where each begins, and its bytes; the object's end is the first.
        self._windows: list[tuple[int, bytes]] = []
        try:
            answer = client("s3").get_object(**self._where, Range=f"bytes=-{WINDOW_BYTES}")
        except ClientError as error:
            if error.response["Error"]["Code"] != _EMPTY:
                raise
            self.size = 0
            return
        self._where["IfMatch"] = answer["ETag"]
        last = answer["Body"].read()
        # An emulator may answer with the whole of a small object, and no range.
        self.size = int(answer.get("ContentRange", f"/{len(last)}").rpartition("/")[2])
        self._windows = [(self.size - len(last), last)]

    @classmethod
    def buffered(cls, bucket: str, key: str) -> io.BufferedReader:
        """With a window in memory, so that small reads beside each other are one."""
        return io.BufferedReader(cls(bucket, key), WINDOW_BYTES)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        return self._position

    def close(self) -> None:
        self._leave()
        super().close()

    def readinto(self, buffer: Any) -> int:
        if self._position >= self.size:
            return 0
        view = memoryview(buffer)
        count = self._known(view) or self._fetched(view)
        self._position += count
        return count

    def _known(self, buffer: memoryview) -> int:
        """Fill with what a window has of the position: how many bytes."""
        for start, content in self._windows:
            if start <= self._position < start + len(content):
                found = memoryview(content)[self._position - start :][: len(buffer)]
                buffer[: len(found)] = found
                return len(found)
        return 0

    def _fetched(self, buffer: memoryview) -> int:
        """Fill with what stands at the position: how many bytes."""
        for tries_left in reversed(range(_TRIES)):
            try:
                if count := self._streamed(buffer) if self._is_read_towards() else self._looked(buffer):
                    return count
            except (HTTPError, BotoCoreError, ConnectionError):
                if not tries_left:
                    raise
            self._leave()
        raise OSError("S3 sent less of an object than it has.")

    def _is_read_towards(self) -> bool:
        """True where the body soon is, and behind a window that was read to its end."""
        return self._is_near() or any(self._position == start + len(content) for start, content in self._windows)

    def _is_near(self) -> bool:
        return self._body is not None and self._at <= self._position < min(self._at + SKIPPED_BYTES, self._end)

    def _looked(self, buffer: memoryview) -> int:
        """Fill from the window that the position is in, which stays in memory: how many bytes."""
        start = self._position - self._position % BEFORE_BYTES
        end = min(start + WINDOW_BYTES, self._windows[0][0])
        content = client("s3").get_object(**self._where, Range=f"bytes={start}-{end - 1}")["Body"].read()
        self._windows[1:] = [*self._windows[1:], (start, content)][-_KEPT_WINDOWS:]
        return self._known(buffer)

    def _streamed(self, buffer: memoryview) -> int:
        """Fill from the body: how many bytes."""
        self._reach()
        count = int(self._body.readinto(buffer[: self._end - self._position]))
        self._at += count
        return count

    def _reach(self) -> None:
        """Have a body stand at the position, which goes on to the object's end but for what is known of that."""
        if self._is_near():
            self._at += len(self._body.read(self._position - self._at)) if self._at < self._position else 0
        if self._body is None or self._at != self._position:
            self._leave()
            self._at, self._end = self._position, self._windows[0][0]
            self._body = client("s3").get_object(**self._where, Range=f"bytes={self._at}-{self._end - 1}")["Body"]

    def _leave(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
