"""Files that people send: begun, committed, then used once, or removed."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

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

    @classmethod
    def at(cls, upload: str) -> Place["Upload"]:
        """Where an upload is."""
        return Place(cls, f"UPLOAD#{upload}", "UPLOAD")


def key(upload: str) -> table.Key:
    return Upload.at(upload)


def find(upload: str, owner: str) -> Upload:
    """An account's own upload. Raises NotFound, also for somebody else's."""
    (found,) = table.read(Upload.at(upload))
    return owned(found, owner)


def owned(upload: Upload | None, owner: str) -> Upload:
    """`upload` when it is `owner`'s. Raises NotFound."""
    if upload is None or upload.owner != owner or upload.state == REMOVED:
        raise NotFound("You have no such upload. Begin one with POST /v1/uploads.")
    return upload


def send_in_parts(upload: Upload, multipart: str) -> None:
    """Remember S3's id of an upload in parts. Raises Conflict when it was removed meanwhile."""
    _move(upload, [Upload.multipart.set(multipart)], Upload.state == BEGUN)


def commit(upload: Upload, abandoned_at: datetime) -> None:
    """Mark the file as arrived and checked; at `abandoned_at` it goes unless used. Raises Conflict on a lost race."""
    _move(upload, [Upload.state.set(COMMITTED), *Upload.waking_at(abandoned_at)], Upload.state == BEGUN)


def begin_removal(upload: Upload, wake_at: datetime) -> None:
    """Nobody can use an upload from now on. Raises Conflict when it was used meanwhile."""
    _move(upload, _removing(wake_at), Upload.state.is_in(BEGUN, COMMITTED, REMOVED))


def removing(write: Transaction, upload: Upload, wake_at: datetime) -> None:
    """Within a transaction: take what a committed upload holds, so that nothing else can, and leave its file to go."""
    write.update(upload, actions=_removing(wake_at), condition=Upload.state == COMMITTED)


def using(write: Transaction, upload: Upload, submission: str | None = None) -> None:
    """Within a transaction: use a committed upload, so that nothing else can."""
    actions = [Upload.state.set(USED), *Upload.asleep(), *([Upload.used_for.set(submission)] if submission else [])]
    write.update(upload, actions=actions, condition=Upload.state == COMMITTED)


def _removing(wake_at: datetime) -> list[Action]:
    return [Upload.state.set(REMOVED), *Upload.waking_at(wake_at)]


def _move(upload: Upload, actions: list[Action], condition: Condition) -> None:
    moved_on = Conflict("This upload has moved on meanwhile. Look at it again, or begin a new one.")
    writes.update(upload, actions, condition, otherwise=moved_on)
