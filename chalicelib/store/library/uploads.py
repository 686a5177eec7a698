"""Files that people send: begun, committed, then used once, or removed."""

from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table

BEGUN, COMMITTED, USED = "begun", "committed", "used"
#: What is about to go.
REMOVED = "removed"


class Upload(table.Item, discriminator="upload"):
    """One file on its way. `object_key` is where it lies; `multipart` is S3's id of an upload in parts.

    `used_for` is the submission that was made of it.
    """

    id = UnicodeAttribute()
    owner = UnicodeAttribute()
    purpose = UnicodeAttribute()
    state = UnicodeAttribute()
    filename = UnicodeAttribute()
    object_key = UnicodeAttribute()
    size_bytes = NumberAttribute()
    sha256 = UnicodeAttribute()
    multipart = UnicodeAttribute(null=True)
    part_sizes = JSONAttribute(null=True)
    part_sha256 = JSONAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    used_for = UnicodeAttribute(null=True)


def key(upload: str) -> table.Key:
    return f"UPLOAD#{upload}", "UPLOAD"


def find(upload: str, owner: str) -> Upload:
    """An account's own upload. Raises NotFound, also for somebody else's."""
    return owned(table.fetch(key(upload)).get(key(upload)), owner)


def owned(upload: table.Item | None, owner: str) -> Upload:
    """`upload` when it is `owner`'s. Raises NotFound."""
    if not isinstance(upload, Upload) or upload.owner != owner or upload.state == REMOVED:
        raise NotFound("You have no such upload. Begin one with POST /v1/uploads.")
    return upload


def send_in_parts(upload: Upload, multipart: str) -> None:
    """Remember S3's id of an upload in parts. Raises Conflict when it was removed meanwhile."""
    try:
        upload.update(actions=[Upload.multipart.set(multipart)], condition=Upload.state == BEGUN)
    except UpdateError as error:
        raise _moved_on(error) from error


def commit(upload: Upload, abandoned_at: datetime) -> None:
    """Mark the file as arrived and checked; at `abandoned_at` it goes unless used. Raises Conflict on a lost race."""
    actions = [Upload.state.set(COMMITTED), *Upload.waking_at(abandoned_at)]
    try:
        upload.update(actions=actions, condition=Upload.state == BEGUN)
    except UpdateError as error:
        raise _moved_on(error) from error


def begin_removal(upload: Upload, wake_at: datetime) -> None:
    """Nobody can use an upload from now on. Raises Conflict when it was used meanwhile."""
    try:
        upload.update(actions=_removing(wake_at), condition=Upload.state.is_in(BEGUN, COMMITTED, REMOVED))
    except UpdateError as error:
        raise _moved_on(error) from error


def removing(write: TransactWrite, upload: Upload, wake_at: datetime) -> None:
    """Within a transaction: take what a committed upload holds, so that nothing else can, and leave its file to go."""
    write.update(upload, actions=_removing(wake_at), condition=Upload.state == COMMITTED)


def using(write: TransactWrite, upload: Upload, submission: str | None = None) -> None:
    """Within a transaction: use a committed upload, so that nothing else can."""
    actions = [Upload.state.set(USED), *Upload.asleep(), *([Upload.used_for.set(submission)] if submission else [])]
    write.update(upload, actions=actions, condition=Upload.state == COMMITTED)


def _removing(wake_at: datetime) -> list[Any]:
    return [Upload.state.set(REMOVED), *Upload.waking_at(wake_at)]


def _moved_on(error: UpdateError) -> Exception:
    if error.cause_response_code != "ConditionalCheckFailedException":
        return error
    return Conflict("This upload has moved on meanwhile. Look at it again, or begin a new one.")
