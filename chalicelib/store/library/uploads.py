"""Files that people send: begun, committed, then used once, or removed."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.metering import room
from chalicelib.errors import Conflict, NotFound, QuotaExceeded, TooLarge, say
from chalicelib.store import table, writes
from chalicelib.store.metering import storage
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

NOT_READY = say("upload_not_ready", "This upload was used already, or not committed. Begin a new one.")
BEGUN, COMMITTED, USED = "begun", "committed", "used"
#: What is about to go.
REMOVED = "removed"
#: What a build that did not note it kept an upload as, by its purpose.
_KEPT_AS = {"submission": room.SUBMISSIONS, "dataset": room.DATASETS, "bundle": room.BUNDLES}
_COUNTED_MEANWHILE = say(
    "stored_meanwhile",
    "Something else of yours was stored meanwhile, and there is no room for both. Look at `agon storage`, then try again.",
)


class Upload(table.Item, discriminator="upload"):
    """One file on its way. `object_key` is where it lies; `multipart` is S3's id of an upload in parts.

    `plain` is the extension of one that is no zip, or is to stay one.
    `used_for` is the submission or dataset that was made of it. While it is `counted`, its owner's UploadTally has it. Once
    used it is `kept_as` one kind of storage, of its owner and of a `competition` where it is of one.
    """

    id = UnicodeAttribute()
    owner = UnicodeAttribute()
    purpose = UnicodeAttribute()
    state = UnicodeAttribute()
    filename = UnicodeAttribute()
    object_key = UnicodeAttribute()
    size_bytes = NumberAttribute()
    sha256 = UnicodeAttribute()
    plain = UnicodeAttribute(null=True)
    multipart = UnicodeAttribute(null=True)
    part_sizes = JSONAttribute(null=True)
    part_sha256 = JSONAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    used_for = UnicodeAttribute(null=True)
    counted = BooleanAttribute(null=True)
    kept_as = UnicodeAttribute(null=True)
    competition = UnicodeAttribute(null=True)
    removed_at = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, upload: str) -> Place["Upload"]:
        """The place of an upload."""
        return Place(cls, f"UPLOAD#{upload}", "UPLOAD")

    @property
    def use(self) -> "Kept":
        """The kind of storage that it is kept as."""
        return Kept(self.kept_as or _KEPT_AS[self.purpose], self.competition, self.used_for)


class Kept(NamedTuple):
    """A use of an upload: the kind of storage that it becomes, of which competition, and what was made of it."""

    kind: str
    competition: str | None = None
    used_for: str | None = None


class UploadTally(table.Item, discriminator="upload_tally"):
    """The number of an account's uploads that are in progress, neither used nor removed, and the bytes of their files."""

    uploads = NumberAttribute(default=0)
    size_bytes = NumberAttribute(default=0)

    @classmethod
    def at(cls, account: str) -> Place["UploadTally"]:
        """The place where it is counted what an account sends."""
        return Place(cls, f"ACCOUNT#{account}", "UPLOADS")


def begin(upload: Upload, max_uploads: int, max_bytes: int, quota: int | None, username: str) -> None:
    """Store an upload and count it, in one transaction.

    Raises QuotaExceeded when its owner has as much in progress, TooLarge when something else took the rest of the `quota`.
    """
    upload.counted = True
    free = UploadTally.uploads.does_not_exist() | (
        (UploadTally.uploads < max_uploads) & (UploadTally.size_bytes <= max_bytes - int(upload.size_bytes))
    )

    def compose(write: Transaction) -> None:
        write.save(upload, condition=Upload.pk.does_not_exist())
        write.update(_tally(upload), actions=_counting(1, int(upload.size_bytes)), condition=free)
        storage.counting(write, *_waiting(upload, 1), storage.room_for(int(upload.size_bytes), quota), username)

    too_many = QuotaExceeded(
        say(
            "enough_uploads",
            "You have {most} uploads in progress, or files of {bytes:,} bytes. Submit them, or remove some with "
            "DELETE /v1/uploads/{{upload}}. What is not used within a day goes by itself.",
            most=max_uploads,
            bytes=max_bytes,
        )
    )
    try:
        writes.transact(compose)
    except ConditionFailed as error:
        # The upload is put first, then its tally and its storage are counted.
        raise (TooLarge(_COUNTED_MEANWHILE) if error.at == {2} else too_many) from error


def find(upload: str, owner: str) -> Upload:
    """An account's own upload. Raises NotFound, also for somebody else's."""
    (found,) = table.read(Upload.at(upload))
    return owned(found, owner)


def owned(upload: Upload | None, owner: str) -> Upload:
    """`upload` when it is `owner`'s. Raises NotFound."""
    if upload is None or upload.owner != owner or upload.state == REMOVED:
        raise NotFound(say("no_upload", "You have no such upload. Begin one with POST /v1/uploads."))
    return upload


def send_in_parts(upload: Upload, multipart: str) -> None:
    """Remember S3's id of an upload in parts. Raises Conflict when it was removed meanwhile."""
    _move(upload, [Upload.multipart.set(multipart)], Upload.state == BEGUN)


def commit(upload: Upload, abandoned_at: datetime) -> None:
    """Mark the file as arrived and checked; at `abandoned_at` it goes unless used. Raises Conflict on a lost race."""
    _move(upload, [Upload.state.set(COMMITTED), *Upload.waking_at(abandoned_at)], Upload.state == BEGUN)


def begin_removal(upload: Upload, now: datetime, wake_at: datetime) -> None:
    """Nobody can use an upload from now on. Raises Conflict when it was used meanwhile. Does nothing twice."""
    if upload.state != REMOVED:
        actions, not_used = _removing(now, wake_at), Upload.state.is_in(BEGUN, COMMITTED)

        def compose(write: Transaction) -> None:
            _leave(write, upload, actions, not_used)
            storage.counting(write, *_waiting(upload, -1))

        writes.transact(compose, otherwise=_moved_on())
        upload.state, upload.removed_at = REMOVED, now


def wait_for_late(upload: Upload, removed_at: datetime, until: datetime) -> None:
    """Look at what was removed once more: its file may arrive for as long as its address is good."""
    _move(upload, [Upload.removed_at.set(removed_at), *Upload.waking_at(until)], Upload.state == REMOVED)


def removing(write: Transaction, upload: Upload, now: datetime, wake_at: datetime) -> None:
    """Within a transaction: take what a committed upload holds, so that nothing else can, and leave its file to go.

    What it took of its owner's storage is the caller's to count, with what is made of it.
    """
    _leave(write, upload, _removing(now, wake_at), Upload.state == COMMITTED)


def using(write: Transaction, upload: Upload, use: Kept) -> None:
    """Within a transaction: use a committed upload, so that nothing else can, and count it as what it is kept as."""
    actions = [Upload.state.set(USED), *Upload.asleep(), Upload.kept_as.set(use.kind)]
    actions += [Upload.used_for.set(use.used_for)] if use.used_for else []
    actions += [Upload.competition.set(use.competition)] if use.competition else []
    _leave(write, upload, actions, Upload.state == COMMITTED)
    size_bytes = int(upload.size_bytes)
    storage.counting(write, storage.account(upload.owner), {room.UPLOADS: -size_bytes, use.kind: size_bytes})
    if use.competition:
        storage.counting(write, storage.competition(use.competition), {use.kind: size_bytes})


def let_go(upload: str, used_at: datetime, until: datetime) -> None:
    """Keep the row of an upload whose use is gone until nothing can arrive late. Does nothing twice.

    It is counted no more: its file is gone.
    """
    (found,) = table.read(Upload.at(upload))
    if found is None or found.state != USED:
        return
    changes = {found.use.kind: -int(found.size_bytes)}

    def compose(write: Transaction) -> None:
        write.update(found, actions=_removing(used_at, until), condition=Upload.state == USED)
        storage.counting(write, storage.account(found.owner), changes)
        if found.competition:
            storage.counting(write, storage.competition(found.competition), changes)

    with suppress(ConditionFailed):
        writes.transact(compose)


def succeed(upload: str, former: str, user: str) -> None:
    """Have what an upload has become count for another account, in one transaction. Does nothing twice."""
    (found,) = table.read(Upload.at(upload))
    if former == user or found is None or (found.owner, found.state) != (former, USED):
        return

    def compose(write: Transaction) -> None:
        write.update(found, actions=[Upload.owner.set(user)], condition=(Upload.owner == former) & (Upload.state == USED))
        storage.moving(write, storage.account(former), storage.account(user), {found.use.kind: int(found.size_bytes)})

    with suppress(ConditionFailed):
        writes.transact(compose)


def _leave(write: Transaction, upload: Upload, actions: list[Action], condition: Condition) -> None:
    """Within a transaction: have an upload be in progress no more. Builds before did not count what they began."""
    write.update(upload, actions=[*actions, Upload.counted.remove()], condition=condition)
    if upload.counted:
        write.update(_tally(upload), actions=_counting(-1, -int(upload.size_bytes)))


def _waiting(upload: Upload, sign: int) -> tuple[storage.Holder, dict[str, int]]:
    """What an upload that nobody has used yet takes of its owner's storage."""
    return storage.account(upload.owner), {room.UPLOADS: sign * int(upload.size_bytes)}


def _tally(upload: Upload) -> UploadTally:
    return UploadTally(*UploadTally.at(upload.owner))


def _counting(uploads: int, size_bytes: int) -> list[Action]:
    return [UploadTally.kind.set(UploadTally), UploadTally.uploads.add(uploads), UploadTally.size_bytes.add(size_bytes)]


def _removing(now: datetime, wake_at: datetime) -> list[Action]:
    return [Upload.state.set(REMOVED), Upload.removed_at.set(now), *Upload.waking_at(wake_at)]


def _move(upload: Upload, actions: list[Action], condition: Condition) -> None:
    writes.update(upload, actions, condition, otherwise=_moved_on())


def _moved_on() -> Conflict:
    return Conflict(say("upload_moved", "This upload has moved on meanwhile. Look at it again, or begin a new one."))
