"""Bundles on their way to becoming competitions: state, progress and complaints."""

from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import TransactWriteError, UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.competitions import Competition, Phase
from chalicelib.store.uploads import Upload, using

WAITING, RUNNING, FINISHED, FAILED = "Waiting", "Running", "Finished", "Failed"

#: Longer than a Lambda function lives (15 minutes), so that two never import the same bundle at once.
LEASE = timedelta(minutes=16)
MAX_ATTEMPTS = 3


class Import(table.Item, discriminator="import"):
    """One import. `competition` is chosen at the start, so that a repeated import makes the same competition."""

    id = UnicodeAttribute()
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    competition = UnicodeAttribute()
    object_key = UnicodeAttribute()
    status = UnicodeAttribute()
    attempt = NumberAttribute(default=0)
    done = NumberAttribute(default=0)
    total = NumberAttribute(default=0)
    errors = JSONAttribute(null=True)
    warnings = JSONAttribute(null=True)
    created_at = UTCDateTimeAttribute()


def key(id_: str) -> table.Key:
    return f"IMPORT#{id_}", "IMPORT"


def find(id_: str, owner: str | None = None) -> Import:
    """An import, of `owner` when given. Raises NotFound, also for somebody else's."""
    found = table.fetch(key(id_)).get(key(id_))
    if not isinstance(found, Import) or (owner is not None and found.owner != owner):
        raise NotFound("You have no such import.")
    return found


def create(import_: Import, upload: Upload, wake_at: datetime) -> None:
    """Store an import and use its upload. Raises Conflict when the upload was used or not committed."""
    import_.wake_at(wake_at)

    def compose(write: TransactWrite) -> None:
        write.save(import_, condition=Import.pk.does_not_exist())
        using(write, upload)

    try:
        table.commit(compose)
    except TransactWriteError as error:
        raise Conflict("This upload was used already, or not committed. Begin a new one.") from error


def begin(import_: Import, now: datetime) -> bool:
    """Take the import. False when another function has it or had it."""
    try:
        import_.update(
            actions=[Import.status.set(RUNNING), Import.attempt.add(1), *Import.waking_at(now + LEASE)],
            condition=Import.status == WAITING,
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def wait_again(import_: Import, wake_at: datetime) -> None:
    """An import whose message or function was lost waits for another. Raises Conflict on a lost race."""
    try:
        import_.update(
            actions=[Import.status.set(WAITING), *Import.waking_at(wake_at)],
            condition=Import.due_at == import_.due_at,
        )
    except UpdateError as error:
        raise Conflict("Somebody else has just looked after this import.") from error


def advance(import_: Import, done: int, total: int) -> None:
    """Say how many files are copied."""
    import_.update(actions=[Import.done.set(done), Import.total.set(total)])


def finish(import_: Import, competition: Competition, phases: list[Phase], warnings: list[dict[str, object]]) -> None:
    """Store the competition, its phases and the end of the import in one transaction: all or nothing."""

    def compose(write: TransactWrite) -> None:
        write.save(competition)
        for phase in phases:
            write.save(phase)
        write.update(
            import_,
            actions=[Import.status.set(FINISHED), Import.warnings.set(warnings), *Import.asleep()],
            condition=Import.status == RUNNING,
        )

    table.commit(compose)


def fail(import_: Import, errors: list[dict[str, object]], warnings: list[dict[str, object]]) -> None:
    """End an import with its complaints."""
    import_.update(
        actions=[
            Import.status.set(FAILED),
            Import.errors.set(errors),
            Import.warnings.set(warnings),
            *Import.asleep(),
        ],
        condition=Import.status != FINISHED,
    )
