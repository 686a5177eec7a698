"""S3: files that people send and get by signed URL, and the small objects that functions read and write."""

import base64
import hashlib
import io
from collections.abc import Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.aws import signed
from chalicelib.aws.clients import S3_BUSY, busy_store, client
from chalicelib.aws.ranges import Ranged
from chalicelib.contract import Upload, names

URL_SECONDS = 3600
#: What the edge of the pages' origin sends with each request (infra/console.yaml), and what no page has a browser send.
ONLY_THE_EDGE = {"agon-live-page": "1"}
#: One call for the whole takes no longer than several for its parts.
SMALL_BYTES = 4 * 1024**2
#: Objects that S3 removes in one call.
REMOVED_AT_ONCE = 1000
#: And that it lists.
LISTED_AT_ONCE = 1000
#: What S3 says of what is not there, or no more.
GONE = {"404", "NoSuchKey", "NotFound", "NoSuchUpload"}
#: What it says of what somebody else has replaced, and of what two replace at once.
REPLACED = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}


class NotRemoved(Exception):
    """Objects that S3 did not remove when it was told to: how many, and what it says of the first."""


@dataclass(frozen=True)
class Version:
    """A small object's content under its ETag."""

    content: bytes
    etag: str


@dataclass(frozen=True)
class Listed:
    """An object as a bucket lists it."""

    key: str
    size_bytes: int
    changed_at: datetime


@dataclass(frozen=True)
class Stored:
    """S3's account of an object: the sha256 of the whole, or that of its parts' (`sha256_of_parts`), where it keeps one."""

    size_bytes: int
    sha256: str | None = None
    parts_sha256: str | None = None


def reach(bucket: str) -> bool:
    """True when a bucket answers."""
    client("s3").head_bucket(Bucket=bucket)
    return True


def post(bucket: str, key: str, max_bytes: int, sha256: str | None = None, exact: bool = False) -> Upload:
    """A presigned POST for one object of at most (or exactly) `max_bytes`. S3 itself checks the sha256 when given."""
    fields: dict[str, str] = {}
    if sha256:
        fields = {"x-amz-checksum-algorithm": "SHA256", "x-amz-checksum-sha256": _base64(sha256)}
    conditions: list[Any] = [["content-length-range", max_bytes if exact else 0, max_bytes]]
    conditions += [{name: value} for name, value in fields.items()]
    url, told = signed.form(bucket, key, fields, conditions, URL_SECONDS)
    return Upload(url=url, fields=told, max_bytes=max_bytes)


def begin_parts(key: str) -> str:
    """Begin an upload in parts into the files bucket: S3's id of it."""
    where = {"Bucket": settings.get().files_bucket, "Key": key}
    return str(client("s3").create_multipart_upload(**where, ChecksumAlgorithm="SHA256")["UploadId"])


def part(key: str, multipart: str, number: int, size_bytes: int, sha256: str) -> tuple[str, dict[str, str]]:
    """A signed URL to PUT one part to, of exactly `size_bytes` and with this sha256, and the headers to send with it."""
    where = {"Bucket": settings.get().files_bucket, "Key": key, "UploadId": multipart, "PartNumber": number}
    what = {"ContentLength": size_bytes, "ChecksumSHA256": _base64(sha256)}
    url = str(client("s3").generate_presigned_url("upload_part", {**where, **what}, URL_SECONDS))
    return url, {"x-amz-checksum-sha256": _base64(sha256)}


def sha256_of_parts(parts: Sequence[str]) -> str:
    """The checksum that S3 keeps of an object in parts: that of the parts' checksums, and how many there are."""
    digest = hashlib.sha256(b"".join(bytes.fromhex(part) for part in parts)).digest()
    return f"{base64.b64encode(digest).decode()}-{len(parts)}"


def end_parts(key: str, multipart: str, etags: Mapping[int, str], sha256: Sequence[str]) -> bool:
    """Put the parts together. False when S3 does not know the parts as listed."""
    parts = [
        {"PartNumber": number, "ETag": etag, "ChecksumSHA256": _base64(sha256[number - 1])}
        for number, etag in sorted(etags.items())
    ]
    try:
        client("s3").complete_multipart_upload(
            Bucket=settings.get().files_bucket, Key=key, UploadId=multipart, MultipartUpload={"Parts": parts}
        )
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
            raise
        return False
    return True


def drop_parts(bucket: str, key: str, multipart: str) -> None:
    """Forget an upload in parts. It is no error when it is gone."""
    try:
        client("s3").abort_multipart_upload(Bucket=bucket, Key=key, UploadId=multipart)
    except ClientError as error:
        if error.response["Error"]["Code"] not in GONE:
            raise


def head(bucket: str, key: str) -> Stored | None:
    """None when there is no such object."""
    try:
        answer = client("s3").head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    except ClientError as error:
        if error.response["Error"]["Code"] in GONE:
            return None
        raise
    found = answer.get("ChecksumSHA256")
    if not found:
        return Stored(answer["ContentLength"])
    # Emulators forget to say of what kind it is; that of parts ends in their number.
    if answer.get("ChecksumType") == "COMPOSITE" or "-" in found:
        return Stored(answer["ContentLength"], parts_sha256=found)
    return Stored(answer["ContentLength"], base64.b64decode(found).hex())


def get_url(bucket: str, key: str, filename: str, seconds: int = URL_SECONDS, content_type: str | None = None) -> str:
    """A signed URL to download an object as a file: a browser saves it and never shows it as a page of ours.

    With an image's `content_type` a page can still draw it.
    """
    how = {"response-content-disposition": names.disposition(filename)}
    if content_type:
        how["response-content-type"] = content_type
    return signed.address(bucket, key, how, seconds)


def view_url(bucket: str, key: str, content_type: str, seconds: int) -> str:
    """A signed URL of an object that a sandboxed frame may show. Whoever stored it made sure that it does nothing."""
    how = {"response-content-disposition": "inline", "response-content-type": content_type}
    return signed.address(bucket, key, how, seconds)


def live_url(bucket: str, key: str, content_type: str, seconds: int) -> str:
    """A signed URL, at the pages' origin, of an object that may do in its frame what that origin's policy lets it.

    S3 gives it out to that origin's edge alone: an address at the bucket itself would have no policy.
    """
    how = {"response-content-disposition": "inline", "response-content-type": content_type}
    found = urlsplit(signed.address(bucket, key, how, seconds, ONLY_THE_EDGE))
    return f"{settings.get().pages_url}{found.path}?{found.query}"


def read(bucket: str, key: str) -> bytes:
    """A small object's content."""
    content: bytes = client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    return content


def newer(bucket: str, key: str, etag: str | None) -> Version | None:
    """A small object, unless it is still the one of this ETag. Raises LookupError when there is none."""
    known = {"IfNoneMatch": etag} if etag else {}
    try:
        answer = client("s3").get_object(Bucket=bucket, Key=key, **known)
    except ClientError as error:
        if error.response["Error"]["Code"] in GONE:
            raise LookupError(key) from error
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 304:
            return None
        raise
    return Version(answer["Body"].read(), answer["ETag"])


def replace(bucket: str, key: str, content: bytes, content_type: str, etag: str | None) -> bool:
    """Store a small object in the place of the one of this ETag, None where there was none. False when that is another."""
    condition = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
    try:
        client("s3").put_object(Bucket=bucket, Key=key, Body=content, ContentType=content_type, **condition)
    except ClientError as error:
        if error.response["Error"]["Code"] in REPLACED | GONE:
            return False
        raise
    return True


def tail(bucket: str, key: str, max_bytes: int) -> bytes | None:
    """The last `max_bytes` of an object, or all of it; None when there is no such object."""
    try:
        answer = client("s3").get_object(Bucket=bucket, Key=key, Range=f"bytes=-{max_bytes}")
    except ClientError as error:
        if error.response["Error"]["Code"] in GONE:
            return None
        raise
    content: bytes = answer["Body"].read()
    return content[-max_bytes:]


def write(bucket: str, key: str, content: bytes, content_type: str) -> None:
    """Store a small object."""
    client("s3").put_object(Bucket=bucket, Key=key, Body=content, ContentType=content_type)


def write_stream(bucket: str, key: str, content: BinaryIO) -> None:
    """Store an object of any size, in parts when it is large, in constant memory."""
    client("s3").upload_fileobj(content, bucket, key)


def copy(bucket: str, key: str, new_key: str) -> None:
    """Copy a small object within a bucket, without reading it."""
    client("s3").copy_object(Bucket=bucket, Key=new_key, CopySource={"Bucket": bucket, "Key": key})


def delete(bucket: str, *keys: str) -> None:
    """Remove any number of objects, by a call for each thousand. It is no error when one is gone.

    Raises NotRemoved when S3 kept some, after all others were asked for, and Busy where it only had too much to do: who
    calls again asks for all of them again.
    """
    refusals: list[Any] = []
    for start in range(0, len(keys), REMOVED_AT_ONCE):
        wanted = [{"Key": key} for key in keys[start : start + REMOVED_AT_ONCE]]
        answer = client("s3").delete_objects(Bucket=bucket, Delete={"Objects": wanted, "Quiet": True})
        refusals += answer.get("Errors", [])
    if refusals and all(refusal.get("Code") in S3_BUSY for refusal in refusals):
        raise busy_store()
    if refusals:
        first = refusals[0]
        raise NotRemoved(f"{len(refusals)} of {len(keys)} objects, such as {first.get('Key')}: {first.get('Code')}")


def listed(bucket: str, after: str | None) -> list[Listed]:
    """The next objects of a bucket in the order of their keys, by one call: fewer than LISTED_AT_ONCE are the last."""
    beyond = {"StartAfter": after} if after else {}
    answer = client("s3").list_objects_v2(Bucket=bucket, MaxKeys=LISTED_AT_ONCE, **beyond)
    return [Listed(one["Key"], one["Size"], one["LastModified"]) for one in answer.get("Contents", [])]


def below(bucket: str, folder: str) -> list[str]:
    """The keys of the first objects below a folder, at most LISTED_AT_ONCE, by one call."""
    answer = client("s3").list_objects_v2(Bucket=bucket, Prefix=f"{folder}/", MaxKeys=LISTED_AT_ONCE)
    return [one["Key"] for one in answer.get("Contents", [])]


@contextmanager
def opened(bucket: str, key: str, size_bytes: int | None = None) -> Any:
    """An object as a seekable binary file that reads by range: what `zipfile` needs.

    What is known to be small is read at once.
    """
    if size_bytes is not None and size_bytes <= SMALL_BYTES:
        yield io.BytesIO(read(bucket, key))
        return
    with Ranged.buffered(bucket, key) as content:
        yield content


@contextmanager
def streamed(bucket: str, key: str) -> Any:
    """An object's content from its beginning to its end, by one call; None when there is no such object."""
    try:
        content = client("s3").get_object(Bucket=bucket, Key=key)["Body"]
    except ClientError as error:
        if error.response["Error"]["Code"] not in GONE:
            raise
        yield None
        return
    with closing(content):
        yield content


def etags_of(parts: Sequence[Any]) -> dict[int, str]:
    """The parts as S3 wants them."""
    return {part.number: part.etag for part in parts}


def _base64(hexadecimal: str) -> str:
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()
