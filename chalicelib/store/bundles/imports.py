"""Bundles on their way to becoming competitions: state, progress and complaints."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import TransactWriteError, UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict, NotFound, Outdated
from chalicelib.store import table
from chalicelib.store.background.states import FAILED, FINISHED, LEASE, RUNNING, WAITING
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Change, Competition, Phase
from chalicelib.store.library.datasets import Use
from chalicelib.store.library.uploads import Upload, using

MAX_ATTEMPTS = 3


class Import(table.Item, discriminator="import"):
    """One import. `competition` is chosen at the start, so that a repeated import makes the same competition.

    `updates` is the revision of the competition that the bundle is to replace, and null for a new one. `files` has each
    file under its place in the manifest: `{bytes, of, object_key}`, with `sent` while S3 puts its parts together; once it
    is copied `{bytes, of, ref}`, the ref as `sent` was, and whether it is `judged`. `uses` lists the uses of datasets that
    the import adds, other than of its own: `[dataset, user_kind, user_id]`; `queue` is one that its competition did not use
    before. `attempt` counts the functions that began and came no further than the one before. Once `errors` are there the
    import has failed, also when it is not over.
    """

    id = UnicodeAttribute()
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    competition = UnicodeAttribute()
    object_key = UnicodeAttribute()
    status = UnicodeAttribute()
    attempt = NumberAttribute(default=0)
    updates = NumberAttribute(null=True)
    files = JSONAttribute(null=True)
    uses = JSONAttribute(null=True)
    queue = UnicodeAttribute(null=True)
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


def advance(import_: Import, files: dict[str, dict[str, Any]], is_further: bool) -> None:
    """Store how far each file is. Whoever comes further than the function before starts counting attempts anew."""
    import_.update(actions=[Import.files.set(files), *([Import.attempt.set(1)] if is_further else [])])


def plan(import_: Import, uses: Collection[Use], queue: str | None) -> None:
    """Remember which uses of datasets and of a queue are about to be added."""
    import_.update(actions=[Import.uses.set(sorted(uses)), *([Import.queue.set(queue)] if queue else [])])


def pause(import_: Import, wake_at: datetime) -> None:
    """The function's time is over: another goes on with what is stored."""
    import_.update(actions=[Import.status.set(WAITING), Import.attempt.set(0), *Import.waking_at(wake_at)])


def finish(import_: Import, competition: Competition, phases: list[Phase], warnings: list[dict[str, object]]) -> None:
    """Store a new competition, its phases and the end of the import in one transaction: all or nothing."""

    def compose(write: TransactWrite) -> None:
        write.save(competition)
        for phase in phases:
            write.save(phase)
        _finishing(write, import_, warnings)

    table.commit(compose)


def finish_update(
    import_: Import, competition: Competition, change: Change, warnings: list[dict[str, object]], now: datetime
) -> None:
    """Change a competition and end the import in one transaction. Raises Outdated when it was changed since it was read."""

    def compose(write: TransactWrite) -> None:
        competitions.changing(write, competition, change, now)
        _finishing(write, import_, warnings)

    try:
        table.commit(compose)
    except TransactWriteError as error:
        # The import's own condition cannot fail: its lease outlives the function.
        if not table.failed_conditions(error):
            raise
        message = "The competition was changed while this bundle was read. Look at it, and send the bundle again."
        raise Outdated(message) from error


def _finishing(write: TransactWrite, import_: Import, warnings: list[dict[str, object]]) -> None:
    write.update(
        import_,
        actions=[Import.status.set(FINISHED), Import.warnings.set(warnings), *Import.asleep()],
        condition=Import.status == RUNNING,
    )


def condemn(import_: Import, errors: list[dict[str, object]], warnings: list[dict[str, object]]) -> None:
    """Store why an import has failed. What it stored goes next, whichever function gets to it."""
    actions = [Import.errors.set(errors), Import.warnings.set(warnings)]
    import_.update(actions=actions, condition=Import.status != FINISHED)


def fail(import_: Import) -> None:
    """End an import that was condemned, and of which nothing is left."""
    import_.update(actions=[Import.status.set(FAILED), *Import.asleep()], condition=Import.status != FINISHED)
