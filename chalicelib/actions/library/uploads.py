"""Uploads: begin, send to S3 by signed URL, commit."""

import hashlib
import zipfile
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Literal, cast

from chalicelib import ids, responses, settings
from chalicelib.actions.library import room
from chalicelib.aws import object_keys, objects, streams
from chalicelib.contract import limits, parts, plain_files
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, TooLarge, say
from chalicelib.requests import BeginUpload, CommitUpload, Part
from chalicelib.store import table, writes
from chalicelib.store.library import uploads
from chalicelib.store.library.uploads import Upload
from chalicelib.store.metering import storage

#: A store that keeps no checksum of a file in parts is believed nothing: it is read, when that can be done in time.
READABLE_BYTES = 2 * 1024**3
#: An upload that is not committed, or not used, by then is removed by the sweeper.
ABANDONED_AFTER = timedelta(hours=24)
#: What a removal leaves to the sweeper when it breaks off.
REMOVAL_OVERDUE = timedelta(minutes=1)
#: Nothing arrives later than so after a removal: an address is good for an hour, and what is being sent then may end.
LATEST = timedelta(seconds=objects.URL_SECONDS) + timedelta(hours=1)
_CHUNK_BYTES = 1024**2
#: Stands for the ETag of a part that is none any more. A commit that finds the whole file does not look at it.
_PUT_TOGETHER = "put-together"
_ZIP = "zip"


def begin(account: Account, body: BeginUpload, now: datetime) -> responses.BegunUpload:
    """Say where to send a file: two calls, and one more for one in parts.

    Before anything is sent it raises TooLarge, also where the account has no room, Invalid for parts of another number,
    QuotaExceeded with too much in progress.
    """
    _check_size(body)
    _check_parts(body)
    plain = _extension(body)
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
        plain=plain,
        created_at=now,
    )
    upload.wake_at(now + ABANDONED_AFTER)
    if sizes := parts.sizes(body.size_bytes):
        upload.part_sizes, upload.part_sha256 = sizes, body.part_sha256
    # Whatever an administrator allows of one bundle, one can be sent.
    most = max(limits.MAX_UPLOADED_BYTES, settings.get().max_bundle_bytes)
    holder = storage.account(account.id)
    quota = room.check(holder, table.read_all(room.places(holder)), body.size_bytes)
    uploads.begin(upload, limits.MAX_UPLOADS, most, quota, account.username)
    if sizes:
        uploads.send_in_parts(upload, objects.begin_parts(upload.object_key))
    post, where = _where_to_send(upload)
    return responses.BegunUpload(id_, _method(upload), post, where, now + timedelta(seconds=objects.URL_SECONDS))


def show(account: Account, upload_id: str, now: datetime) -> responses.UploadInProgress:
    """The progress of the upload, and where to send what lacks: a GET, and one call to S3 for each thousand parts."""
    upload = uploads.find(upload_id, account.id)
    arrived, post, lacking = list[responses.ArrivedPart](), None, list[responses.Part]()
    if upload.state == uploads.BEGUN:
        arrived = _arrived(upload)
        post, lacking = _where_to_send(upload, {part.number for part in arrived})
    return responses.UploadInProgress(
        id=upload.id,
        state=cast(Literal["begun", "committed", "used"], upload.state),
        filename=upload.filename,
        size_bytes=int(upload.size_bytes),
        sha256=upload.sha256,
        method=_method(upload),
        arrived=arrived,
        post=post,
        parts=lacking,
        expires_at=now + timedelta(seconds=objects.URL_SECONDS),
    )


def commit(account: Account, upload_id: str, body: CommitUpload, now: datetime) -> responses.CommittedUpload:
    """Check that the file arrived whole, and that it is a zip unless it is plain. Raises Invalid when not."""
    upload = uploads.find(upload_id, account.id)
    if upload.state == uploads.USED:
        raise Conflict(say("upload_used", "This upload was used already. Begin a new one."))
    if upload.state == uploads.BEGUN:
        _put_together(upload, body.parts)
        _check_arrived(upload)
        if upload.plain in (None, _ZIP):
            _check_is_zip(upload, now)
        uploads.commit(upload, now + ABANDONED_AFTER)
    return responses.CommittedUpload(upload.id, "committed", upload.filename, int(upload.size_bytes), upload.sha256)


def abandon(account: Account, upload_id: str, now: datetime) -> responses.Empty:
    """Forget an upload that was not used."""
    upload = uploads.find(upload_id, account.id)
    if upload.state == uploads.USED:
        raise Conflict(
            say("upload_in_use", "This upload is in use. It goes with the submission or competition that it became.")
        )
    remove(upload, now)
    return responses.Empty()


def remove(upload: Upload, now: datetime) -> None:
    """Remove an unused upload. Raises Conflict when it was used meanwhile."""
    uploads.begin_removal(upload, now, now + REMOVAL_OVERDUE)
    finish_removal(upload, now)


def let_go(object_key: str, used_at: datetime) -> None:
    """Delete what an upload became, which was used at this time, and have the sweeper delete what arrives after that."""
    objects.delete(settings.get().files_bucket, object_key)
    if id_ := object_keys.upload_of(object_key):
        uploads.let_go(id_, used_at, used_at + LATEST)


def finish_removal(upload: Upload, now: datetime) -> None:
    """Delete what was sent, then the row once nothing can arrive any more: until then the sweeper comes back to it."""
    bucket = settings.get().files_bucket
    if upload.part_sizes:
        streams.drop(bucket, [upload.object_key])
    objects.delete(bucket, upload.object_key)
    # What a build before removed says no time.
    removed_at = upload.removed_at or now
    if now >= removed_at + LATEST:
        writes.delete(upload)
    else:
        uploads.wait_for_late(upload, removed_at, removed_at + LATEST)


def _check_size(body: BeginUpload) -> None:
    config = settings.get()
    limit = config.max_submission_bytes if body.purpose == "submission" else config.max_bundle_bytes
    if body.size_bytes > limit:
        raise TooLarge(
            say(
                "upload_too_large",
                "A {purpose} may have {most:,} bytes at most; yours has {size:,}. Send less.",
                purpose=body.purpose,
                most=limit,
                size=body.size_bytes,
            )
        )


def _extension(body: BeginUpload) -> str | None:
    """Of a plain file its extension. Raises Invalid."""
    if not body.plain:
        return None
    if body.purpose != "submission":
        raise Invalid(
            say("upload_is_a_zip", "A {purpose} is a zip.", purpose=body.purpose),
            [Complaint("plain", say("plain_submission_only", "Only a submission can be a plain file."))],
        )
    if not (extension := plain_files.extension_of(body.filename)):
        message = say("extension_shape", "Name a file with an extension of letters and digits, such as predictions.csv.")
        raise Invalid(
            say("extension_missing", "A plain file goes by its extension, and this one has none."),
            [Complaint("filename", message)],
        )
    return extension


def _check_parts(body: BeginUpload) -> None:
    sizes = parts.sizes(body.size_bytes)
    if len(body.part_sha256) != len(sizes):
        message = (
            say(
                "parts_expected",
                "A file of {size:,} bytes has {count} parts of {each:,} bytes, the last one shorter. "
                "List the sha256 of each.",
                size=body.size_bytes,
                count=len(sizes),
                each=sizes[0],
            )
            if sizes
            else say("no_parts_expected", "A file of {size:,} bytes has no parts.", size=body.size_bytes)
        )
        raise Invalid(say("parts_unfit_file", "The parts do not fit the file."), [Complaint("part_sha256", message)])


def _method(upload: Upload) -> Literal["post", "multipart"]:
    return "multipart" if upload.part_sizes else "post"


def _where_to_send(upload: Upload, arrived: Collection[int] = ()) -> tuple[responses.Post | None, list[responses.Part]]:
    """A form for the whole file, or addresses for all parts but those that have arrived."""
    if not upload.part_sizes:
        form = objects.post(
            settings.get().files_bucket, upload.object_key, int(upload.size_bytes), upload.sha256, exact=True
        )
        return responses.Post(form.url, form.fields), []
    if not upload.multipart:
        raise Conflict(say("upload_broke_off", "This upload broke off before it began. Begin a new one."))
    wanted = zip(upload.part_sizes, upload.part_sha256 or [], strict=True)
    return None, [
        responses.Part(number, *objects.part(upload.object_key, upload.multipart, number, size, sha256), size)
        for number, (size, sha256) in enumerate(wanted, start=1)
        if number not in arrived
    ]


def _arrived(upload: Upload) -> list[responses.ArrivedPart]:
    """The parts that S3 has; all of them where a commit has put them together and did not get further."""
    if not upload.multipart:
        return []
    bucket, sizes = settings.get().files_bucket, list(enumerate(map(int, upload.part_sizes or []), start=1))
    found = streams.parts_there(bucket, upload.object_key, upload.multipart)
    if found is None:
        if objects.head(bucket, upload.object_key) is None:
            raise Conflict(say("upload_arrived_gone", "What had arrived of this upload is gone. Begin a new one."))
        found = {number: (_PUT_TOGETHER, size) for number, size in sizes}
    # A part of another size is one that a store took without looking: it is to be sent again.
    return [responses.ArrivedPart(n, found[n][0], size) for n, size in sizes if n in found and found[n][1] == size]


def _put_together(upload: Upload, sent: list[Part]) -> None:
    if not upload.multipart:
        return
    expected = len(upload.part_sizes or [])
    if {part.number for part in sent} != set(range(1, expected + 1)):
        raise Invalid(
            say("parts_incomplete", "List all {count} parts, numbers 1 to {count}, with the ETag of each.", count=expected)
        )
    arrived = objects.end_parts(upload.object_key, upload.multipart, objects.etags_of(sent), upload.part_sha256 or [])
    if not arrived and objects.head(settings.get().files_bucket, upload.object_key) is None:
        raise Invalid(say("parts_unfit", "The parts do not fit together. Send the missing ones again, then commit."))


def _check_arrived(upload: Upload) -> None:
    bucket = settings.get().files_bucket
    stored = objects.head(bucket, upload.object_key)
    if stored is None:
        raise Invalid(say("upload_not_arrived", "The file has not arrived. Send it to the URL of the upload, then commit."))
    if stored.size_bytes != upload.size_bytes:
        raise Invalid(
            say(
                "upload_other_size",
                "{found:,} bytes arrived instead of {expected:,}. Send the file again.",
                found=stored.size_bytes,
                expected=int(upload.size_bytes),
            )
        )
    if not (_has_right_parts(upload, stored) if upload.multipart else _has_right_sha256(upload, stored)):
        raise Invalid(say("upload_other_sha256", "The file that arrived has another sha256. Send it again."))


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
        raise Invalid(
            say(
                "store_without_checksums",
                "This store keeps no checksums, so a file of this size cannot be checked. Send a smaller one.",
            )
        )
    return list(_digests(upload, [int(size) for size in upload.part_sizes or []])) == wanted


def _check_is_zip(upload: Upload, now: datetime) -> None:
    with objects.opened(settings.get().files_bucket, upload.object_key) as content:
        is_zip = zipfile.is_zipfile(content)
    if not is_zip:
        remove(upload, now)
        raise Invalid(say("upload_no_zip", "This file is no zip archive, so it was not kept. Zip it, and upload the zip."))


def _digests(upload: Upload, sizes: list[int]) -> Iterator[str]:
    """The sha256 of each stretch of a stored file."""
    with objects.opened(settings.get().files_bucket, upload.object_key) as content:
        for size in sizes:
            digest = hashlib.sha256()
            while size > 0 and (chunk := content.read(min(_CHUNK_BYTES, size))):
                digest.update(chunk)
                size -= len(chunk)
            yield digest.hexdigest()
