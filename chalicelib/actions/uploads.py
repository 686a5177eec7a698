"""Uploads: begin, send to S3 by signed URL, commit."""

import hashlib
import zipfile
from datetime import datetime, timedelta

from chalicelib import answers, ids, settings
from chalicelib.aws import objects
from chalicelib.bodies import BeginUpload, CommitUpload, Part
from chalicelib.domain.accounts import Account
from chalicelib.errors import Conflict, Invalid, TooLarge
from chalicelib.store import uploads
from chalicelib.store.uploads import Upload

#: Above this a file goes in parts.
SINGLE_BYTES = 100 * 1024**2
PART_BYTES = 64 * 1024**2
MAX_PARTS = 10_000
#: An upload that is not committed, or not used, by then is removed by the sweeper.
ABANDONED_AFTER = timedelta(hours=24)
_CHUNK_BYTES = 1024**2


def begin(account: Account, body: BeginUpload, now: datetime) -> answers.BegunUpload:
    """Say where to send a file. Raises TooLarge before anything is sent."""
    _check_size(body)
    id_ = ids.new(now)
    upload = Upload(
        *uploads.key(id_),
        id=id_,
        owner=account.id,
        purpose=body.purpose,
        state=uploads.BEGUN,
        filename=body.filename,
        object_key=f"uploads/{id_}.zip",
        size_bytes=body.size_bytes,
        sha256=body.sha256,
        created_at=now,
    )
    upload.wake_at(now + ABANDONED_AFTER)
    if body.size_bytes > SINGLE_BYTES:
        upload.multipart = objects.begin_parts(upload.object_key)
        upload.part_sizes = _part_sizes(body.size_bytes)
    upload.save()
    return _where_to_send(upload, now)


def commit(account: Account, upload_id: str, body: CommitUpload, now: datetime) -> answers.Upload:
    """Check that the file arrived whole, and that it is a zip. Raises Invalid when not."""
    upload = uploads.find(upload_id, account.id)
    if upload.state == uploads.USED:
        raise Conflict("This upload was used already. Begin a new one.")
    if upload.state == uploads.BEGUN:
        _put_together(upload, body.parts)
        _check_arrived(upload)
        _check_is_zip(upload)
        uploads.commit(upload, now + ABANDONED_AFTER)
    return answers.Upload(upload.id, "committed", upload.filename, int(upload.size_bytes), upload.sha256)


def abandon(account: Account, upload_id: str) -> answers.Empty:
    """Forget an upload that was not used."""
    upload = uploads.find(upload_id, account.id)
    if upload.state == uploads.USED:
        raise Conflict("This upload is in use. It goes with the submission or competition that it became.")
    remove(upload)
    return answers.Empty()


def remove(upload: Upload) -> None:
    """Delete an unused upload: its row first, so that nobody can use it while its object goes."""
    uploads.remove(upload)
    if upload.multipart:
        objects.drop_parts(upload.object_key, upload.multipart)
    objects.delete(settings.get().files_bucket, upload.object_key)


def _check_size(body: BeginUpload) -> None:
    config = settings.get()
    limit = config.max_submission_bytes if body.purpose == "submission" else config.max_bundle_bytes
    if body.size_bytes > limit:
        raise TooLarge(f"A {body.purpose} may have {limit:,} bytes at most; yours has {body.size_bytes:,}. Send less.")


def _part_sizes(size_bytes: int) -> list[int]:
    step = max(PART_BYTES, -(-size_bytes // MAX_PARTS))
    return [min(step, size_bytes - start) for start in range(0, size_bytes, step)]


def _where_to_send(upload: Upload, now: datetime) -> answers.BegunUpload:
    expires_at = now + timedelta(seconds=objects.URL_SECONDS)
    if not upload.multipart:
        form = objects.post(
            settings.get().files_bucket, upload.object_key, int(upload.size_bytes), upload.sha256, exact=True
        )
        return answers.BegunUpload(upload.id, "post", answers.Post(form.url, form.fields), [], expires_at)
    parts = [
        answers.Part(number, objects.part_url(upload.object_key, upload.multipart, number, size), size)
        for number, size in enumerate(upload.part_sizes or [], start=1)
    ]
    return answers.BegunUpload(upload.id, "multipart", None, parts, expires_at)


def _put_together(upload: Upload, parts: list[Part]) -> None:
    if not upload.multipart:
        return
    expected = len(upload.part_sizes or [])
    if {part.number for part in parts} != set(range(1, expected + 1)):
        raise Invalid(f"List all {expected} parts, numbers 1 to {expected}, with the ETag of each.")
    arrived = objects.end_parts(upload.object_key, upload.multipart, objects.etags_of(parts))
    if not arrived and objects.head(settings.get().files_bucket, upload.object_key) is None:
        raise Invalid("The parts do not fit together. Send the missing ones again, then commit.")


def _check_arrived(upload: Upload) -> None:
    bucket = settings.get().files_bucket
    stored = objects.head(bucket, upload.object_key)
    if stored is None:
        raise Invalid("The file has not arrived. Send it to the URL of the upload, then commit.")
    if stored.size_bytes != upload.size_bytes:
        raise Invalid(f"{stored.size_bytes:,} bytes arrived instead of {int(upload.size_bytes):,}. Send the file again.")
    # S3 keeps no sha256 of a whole object that came in parts, and a large one cannot be read within 29 s. A runner checks
    # a submission's when it reads it; a bundle's is not checked.
    if not upload.multipart and (stored.sha256 or _sha256(bucket, upload.object_key)) != upload.sha256:
        raise Invalid("The file that arrived has another sha256. Send it again.")


def _check_is_zip(upload: Upload) -> None:
    with objects.opened(settings.get().files_bucket, upload.object_key) as content:
        is_zip = zipfile.is_zipfile(content)
    if not is_zip:
        remove(upload)
        raise Invalid("This file is no zip archive, so it was not kept. Zip it, and upload the zip.")


def _sha256(bucket: str, key: str) -> str:
    digest = hashlib.sha256()
    with objects.opened(bucket, key) as content:
        while chunk := content.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
