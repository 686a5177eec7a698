"""Objects read as files that can be sought in: what `zipfile` needs."""

import io
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

from chalicelib.aws.clients import client

#: What is fetched of a place that nobody read towards, and of an object's end, where zips have their directory.
WINDOW_BYTES = 256 * 1024
#: Reading over so much costs less than another call.
SKIPPED_BYTES = 1024**2
#: How often a stretch is begun again where the connection broke.
_TRIES = 3
_EMPTY = "InvalidRange"


class Ranged(io.RawIOBase):
    """An object of S3: its end by the first call, then one for each place, and one for all that is read from front to back.

    What others put in its place meanwhile is not read: ClientError (412) tells. Raises ClientError (NoSuchKey) at once.
    """

    def __init__(self, bucket: str, key: str):
        self._where: dict[str, str] = {"Bucket": bucket, "Key": key}
        self._body: Any = None
        #: Where the body stands, and where it ends.
        self._at, self._end = 0, -1
        self._position = 0
        try:
            answer = client("s3").get_object(**self._where, Range=f"bytes=-{WINDOW_BYTES}")
        except ClientError as error:
            if error.response["Error"]["Code"] != _EMPTY:
                raise
            self.size, self._last = 0, b""
            return
        self._where["IfMatch"] = answer["ETag"]
        self._last = answer["Body"].read()
        # An emulator may answer with the whole of a small object, and no range.
        self.size = int(answer.get("ContentRange", f"/{len(self._last)}").rpartition("/")[2])

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
        last_at = self.size - len(self._last)
        if self._position >= last_at:
            found = self._last[self._position - last_at :][: len(buffer)]
            buffer[: len(found)] = found
            count = len(found)
        else:
            count = self._fetched(memoryview(buffer)[: last_at - self._position])
        self._position += count
        return count

    def _fetched(self, buffer: memoryview) -> int:
        """Fill with what stands at the position: how many bytes."""
        for tries_left in reversed(range(_TRIES)):
            try:
                self._reach(self._position)
                if count := int(self._body.readinto(buffer)):
                    self._at += count
                    return count
            except (HTTPError, BotoCoreError, ConnectionError):
                if not tries_left:
                    raise
            self._leave()
        raise OSError("S3 sent less of an object than it has.")

    def _reach(self, position: int) -> None:
        """Have the body stand at a position."""
        over = position - self._at
        if self._body is not None and 0 <= over <= SKIPPED_BYTES and position < self._end:
            self._at += len(self._body.read(over)) if over else 0
        if self._body is None or self._at != position:
            # Who has read all of a window reads on.
            end = self.size if position == self._end else min(position + WINDOW_BYTES, self.size)
            self._leave()
            self._body = client("s3").get_object(**self._where, Range=f"bytes={position}-{end - 1}")["Body"]
            self._at, self._end = position, end

    def _leave(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
