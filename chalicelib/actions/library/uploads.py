"""Uploads: begin, send to S3 by signed URL, commit."""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib import ids, responses, settings
from chalicelib.aws import object_keys, objects, streams
from chalicelib.contract import parts
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, TooLarge
from chalicelib.requests import BeginUpload, CommitUpload, Part
from chalicelib.store import writes
from chalicelib.store.library import uploads
from chalicelib.store.library.uploads import Upload

#: A store that keeps no checksum of a file in parts is believed nothing: it is read, when that can be done in time.
READABLE_BYTES = 2 * 1024**3
#: An upload that is not committed, or not used, by then is removed by the sweeper.
ABANDONED_AFTER = timedelta(hours=24)
#: What a removal leaves to the sweeper when it breaks off.
REMOVAL_OVERDUE = timedelta(minutes=1)
_CHUNK_BYTES = 1024**2


def begin(account: Account, body: BeginUpload, now: datetime) -> responses.BegunUpload:
    """Say where to send a file. Raises TooLarge, and Invalid for parts of another number, before anything is sent."""
    _check_size(body)
    _check_parts(body)
    id_ = ids.new(now)
    upload = Upload(
        *Upload.at(id_),
        id=id_,
        owner=account.id,
        purpose=body.purpose,
        state=uploads.BEGUN,
        filename=body.filename,
        object_key=object_keys.upload(id_),
        size_bytes=body.size_bytes,
        sha256=body.sha256,
        created_at=now,
    )
    upload.wake_at(now + ABANDONED_AFTER)
    if sizes := parts.sizes(body.size_bytes):
        upload.part_sizes, upload.part_sha256 = sizes, body.part_sha256
    writes.put(upload)
    if sizes:
        uploads.send_in_parts(upload, objects.begin_parts(upload.object_key))
    return _where_to_send(upload, now)


def commit(account: Account, upload_id: str, body: CommitUpload, now: datetime) -> responses.CommittedUpload:
    """Check that the file arrived whole, and that it is a zip. Raises Invalid when not."""
    upload = uploads.find(upload_id, account.id)
    if upload.state == uploads.USED:
        raise Conflict("This upload was used already. Begin a new one.")
    if upload.state == uploads.BEGUN:
        _put_together(upload, body.parts)
        _check_arrived(upload)
        _check_is_zip(upload, now)
        uploads.commit(upload, now + ABANDONED_AFTER)
    return responses.CommittedUpload(upload.id, "committed", upload.filename, int(upload.size_bytes), upload.sha256)


def abandon(account: Account, upload_id: str, now: datetime) -> responses.Empty:
    """Forget an upload that was not used."""
    upload = uploads.find(upload_id, account.id)
    if upload.state == uploads.USED:
        raise Conflict("This upload is in use. It goes with the submission or competition that it became.")
    remove(upload, now)
    return responses.Empty()


def remove(upload: Upload, now: datetime) -> None:
    """Remove an unused upload. Raises Conflict when it was used meanwhile."""
    uploads.begin_removal(upload, now + REMOVAL_OVERDUE)
    finish_removal(upload)


def finish_removal(upload: Upload) -> None:
    """Delete what was sent, then the row: until then the sweeper comes back to it."""
    bucket = settings.get().files_bucket
    if upload.part_sizes:
        streams.drop(bucket, [upload.object_key])
    objects.delete(bucket, upload.object_key)
    writes.delete(upload)


def _check_size(body: BeginUpload) -> None:
    config = settings.get()
    limit = config.max_submission_bytes if body.purpose == "submission" else config.max_bundle_bytes
    if body.size_bytes > limit:
        raise TooLarge(f"A {body.purpose} may have {limit:,} bytes at most; yours has {body.size_bytes:,}. Send less.")


def _check_parts(body: BeginUpload) -> None:
    sizes = parts.sizes(body.size_bytes)
    if len(body.part_sha256) != len(sizes):
        how = f"{len(sizes)} parts of {sizes[0]:,} bytes, the last one shorter" if sizes else "no parts"
        message = f"A file of {body.size_bytes:,} bytes has {how}. List the sha256 of each."
        raise Invalid("The parts do not fit the file.", [Complaint("part_sha256", message)])


def _where_to_send(upload: Upload, now: datetime) -> responses.BegunUpload:
    expires_at = now + timedelta(seconds=objects.URL_SECONDS)
    if not upload.multipart:
        form = objects.post(
            settings.get().files_bucket, upload.object_key, int(upload.size_bytes), upload.sha256, exact=True
        )
        return responses.BegunUpload(upload.id, "post", responses.Post(form.url, form.fields), [], expires_at)
    wanted = zip(upload.part_sizes or [], upload.part_sha256 or [], strict=True)
    where = [
        responses.Part(number, *objects.part(upload.object_key, upload.multipart, number, size, sha256), size)
        for number, (size, sha256) in enumerate(wanted, start=1)
    ]
    return responses.BegunUpload(upload.id, "multipart", None, where, expires_at)


def _put_together(upload: Upload, sent: list[Part]) -> None:
    if not upload.multipart:
        return
    expected = len(upload.part_sizes or [])
    if {part.number for part in sent} != set(range(1, expected + 1)):
        raise Invalid(f"List all {expected} parts, numbers 1 to {expected}, with the ETag of each.")
    arrived = objects.end_parts(upload.object_key, upload.multipart, objects.etags_of(sent), upload.part_sha256 or [])
    if not arrived and objects.head(settings.get().files_bucket, upload.object_key) is None:
        raise Invalid("The parts do not fit together. Send the missing ones again, then commit.")


def _check_arrived(upload: Upload) -> None:
    bucket = settings.get().files_bucket
    stored = objects.head(bucket, upload.object_key)
    if stored is None:
        raise Invalid("The file has not arrived. Send it to the URL of the upload, then commit.")
    if stored.size_bytes != upload.size_bytes:
        raise Invalid(f"{stored.size_bytes:,} bytes arrived instead of {int(upload.size_bytes):,}. Send the file again.")
    if not (_has_right_parts(upload, stored) if upload.multipart else _has_right_sha256(upload, stored)):
        raise Invalid("The file that arrived has another sha256. Send it again.")


def _has_right_sha256(upload: Upload, stored: objects.Stored) -> bool:
    if stored.sha256:
        return bool(stored.sha256 == upload.sha256)
    return next(_digests(upload, [int(upload.size_bytes)])) == upload.sha256


def _has_right_parts(upload: Upload, stored: objects.Stored) -> bool:
    """S3 keeps a checksum of the parts' checksums. That of the whole is for who reads it all: an import, a runner."""
    wanted = upload.part_sha256 or []
    if stored.parts_sha256:
        return bool(stored.parts_sha256 == objects.sha256_of_parts(wanted))
    if upload.size_bytes > READABLE_BYTES:
        raise Invalid("This store keeps no checksums, so a file of this size cannot be checked. Send a smaller one.")
    return list(_digests(upload, [int(size) for size in upload.part_sizes or []])) == wanted


def _check_is_zip(upload: Upload, now: datetime) -> None:
    with objects.opened(settings.get().files_bucket, upload.object_key) as content:
        is_zip = zipfile.is_zipfile(content)
    if not is_zip:
        remove(upload, now)
        raise Invalid("This file is no zip archive, so it was not kept. Zip it, and upload the zip.")


def _digests(upload: Upload, sizes: list[int]) -> Iterator[str]:
    """The sha256 of each stretch of a stored file."""
    with objects.opened(settings.get().files_bucket, upload.object_key) as content:
        for size in sizes:
            digest = hashlib.sha256()
            while size > 0 and (chunk := content.read(min(_CHUNK_BYTES, size))):
                digest.update(chunk)
                size -= len(chunk)
            yield digest.hexdigest()
