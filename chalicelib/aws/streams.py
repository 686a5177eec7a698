"""Objects written as streams: in parts, in constant memory, and on from where an earlier try stopped."""

import hashlib
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from os.path import commonprefix
from typing import Any, Self

from botocore.exceptions import ClientError

from chalicelib.aws import objects
from chalicelib.aws.clients import client

#: S3 takes 10,000 parts of an object, so this is enough for 160 GB.
PART_BYTES = 16 * 1024**2

#: Hears how many bytes S3 has, after each part that was sent. What it raises breaks the stream off.
OnPart = Callable[[int], None]


class Stream:
    """A file to write to, which becomes an object when it is finished and not before; a block of its own, for what is on
    its way when the block is left arrives first.

    A try that was broken off is gone on with: the same bytes are written again, and S3 is sent only what it does not
    have. S3 itself says what was begun of this key, so nobody has to remember it, and no crash comes too early for that.
    While a part goes to S3 the next one is written. `size_bytes` and `sha256` (hex) are those of what was written so far.
    """

    def __init__(self, bucket: str, key: str, on_part: OnPart = lambda _: None):
        self._where = {"Bucket": bucket, "Key": key}
        self._on_part = on_part
        self._multipart: str | None = None
        self._there: dict[int, str] = {}
        self._sent: list[dict[str, Any]] = []
        self._sender = ThreadPoolExecutor(1)
        self._sending: Future[tuple[str, bool]] | None = None
        self._sent_bytes = 0
        self._part, self._filled = bytearray(), 0
        self._digest = hashlib.sha256()
        self.size_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sender.shutdown()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def is_in_parts(self) -> bool:
        """True when it is finished by a call that S3 cannot answer twice."""
        return self._multipart is not None

    def write(self, content: bytes) -> int:
        """Take some bytes; a full part goes to S3."""
        self._digest.update(content)
        self.size_bytes += len(content)
        left = memoryview(content)
        while left:
            self._part = self._part or bytearray(PART_BYTES)
            taken = left[: PART_BYTES - self._filled]
            self._part[self._filled : self._filled + len(taken)] = taken
            self._filled += len(taken)
            left = left[len(taken) :]
            if self._filled == PART_BYTES:
                self._send()
        return len(content)

    def flush(self) -> None:
        """Nothing: parts go when they are full. `zipfile` asks for it."""

    def finish(self) -> None:
        """Make it an object."""
        if self._multipart is None:
            client("s3").put_object(**self._where, Body=bytes(self._part[: self._filled]))
            return
        if self._filled:
            self._send()
        self._arrive()
        client("s3").complete_multipart_upload(
            **self._where, UploadId=self._multipart, MultipartUpload={"Parts": self._sent}
        )

    def _send(self) -> None:
        """Have the part go to S3, when the one before it has arrived."""
        if self._multipart is None:
            self._begin()
        self._arrive()
        self._sending = self._sender.submit(self._store, len(self._sent) + 1, bytes(self._part[: self._filled]))
        self._sent_bytes += self._filled
        self._filled = 0

    def _arrive(self) -> None:
        """Wait for the part that is on its way."""
        if self._sending is None:
            return
        etag, is_new = self._sending.result()
        self._sending = None
        self._sent.append({"PartNumber": len(self._sent) + 1, "ETag": etag})
        if is_new:
            # Not for a part that was there: who has time for one part only must get to the next one.
            self._on_part(self._sent_bytes)

    def _store(self, number: int, content: bytes) -> tuple[str, bool]:
        """The ETag of a part that S3 has then, and whether it had to be sent."""
        etag = self._there.get(number)
        if etag is not None and etag == f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"':
            return etag, False
        part = {"UploadId": self._multipart, "PartNumber": number, "Body": content}
        return str(client("s3").upload_part(**self._where, **part)["ETag"]), True

    def _begin(self) -> None:
        begun = unfinished(self._where["Bucket"], [self._where["Key"]])
        if begun:
            self._multipart = begun[0][1]
            there = parts_there(self._where["Bucket"], self._where["Key"], self._multipart) or {}
            self._there = {number: etag for number, (etag, _) in there.items()}
        else:
            self._multipart = str(client("s3").create_multipart_upload(**self._where)["UploadId"])


def unfinished(bucket: str, keys: Collection[str]) -> list[tuple[str, str]]:
    """The uploads that were begun in parts and not finished, of these keys: the key and S3's id of each. One call
    for each folder."""
    found = []
    for folder in sorted({key.rpartition("/")[0] for key in keys}):
        inside = [key for key in keys if key.rpartition("/")[0] == folder]
        pages = client("s3").get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=commonprefix(inside))
        found += [(one["Key"], one["UploadId"]) for page in pages for one in page.get("Uploads", [])]
    wanted = set(keys)
    return [(key, multipart) for key, multipart in found if key in wanted]


def drop(bucket: str, keys: Collection[str]) -> None:
    """Abort what was begun in parts and not finished. It is no error when nothing was."""
    for key, multipart in unfinished(bucket, keys):
        objects.drop_parts(bucket, key, multipart)


def parts_there(bucket: str, key: str, multipart: str) -> dict[int, tuple[str, int]] | None:
    """ETag and size of each part that S3 has, a call for each thousand; None when it knows no such upload any more."""
    pages = client("s3").get_paginator("list_parts").paginate(Bucket=bucket, Key=key, UploadId=multipart)
    try:
        return {part["PartNumber"]: (part["ETag"], part["Size"]) for page in pages for part in page.get("Parts", [])}
    except ClientError as error:
        if error.response["Error"]["Code"] not in objects.GONE:
            raise
        return None
