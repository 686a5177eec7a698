"""Files that people send: begun, committed, then used once."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.errors import NotFound
from chalicelib.store import table

BEGUN, COMMITTED, USED = "begun", "committed", "used"


class Upload(table.Item, discriminator="upload"):
    """One file on its way. `object_key` is where it lies; `multipart` is S3's id of an upload in parts."""

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
    created_at = UTCDateTimeAttribute()


def key(upload: str) -> table.Key:
    return f"UPLOAD#{upload}", "UPLOAD"


def find(upload: str, owner: str) -> Upload:
    """An account's own upload. Raises NotFound, also for somebody else's."""
    return owned(table.fetch(key(upload)).get(key(upload)), owner)


def owned(upload: table.Item | None, owner: str) -> Upload:
    """`upload` when it is `owner`'s. Raises NotFound."""
    if not isinstance(upload, Upload) or upload.owner != owner:
        raise NotFound("You have no such upload. Begin one with POST /v1/uploads.")
    return upload


def commit(upload: Upload) -> None:
    """Mark the file as arrived and checked. It is then its owner's until used."""
    upload.update(
        actions=[Upload.state.set(COMMITTED), *Upload.asleep()],
        condition=Upload.state == BEGUN,
    )


def using(write: TransactWrite, upload: Upload) -> None:
    """Within a transaction: use a committed upload, so that nothing else can."""
    write.update(upload, actions=[Upload.state.set(USED)], condition=Upload.state == COMMITTED)
