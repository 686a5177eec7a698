"""Bundles on their way to becoming competitions: state, progress and complaints."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.domain.metering import room
from chalicelib.errors import Conflict, NotFound, Outdated, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import FINISHED, RUNNING, BackgroundJob
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Change, Competition, Phase
from chalicelib.store.library.datasets import Use
from chalicelib.store.library.uploads import NOT_READY, Kept, Upload, using
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, Transaction


class Import(BackgroundJob, discriminator="import"):
    """One import. `competition` is chosen at the start, so that a repeated import makes the same competition.

    `updates` is the revision of the competition that the bundle is to replace, and null for a new one. `files` has each
    file under its place in the manifest: `{bytes, of, object_key}`, with `sent` while S3 puts its parts together; once it
    is copied `{bytes, of, ref}`, the ref as `sent` was, and whether it is `judged`. `uses` lists the uses of datasets that
    the import adds, other than of its own: `[dataset, user_kind, user_id]`; `queues` those that its competition did not use
    before (a former build kept one as `queue`). `attempt` counts the functions that began and came no further than the one
    before. Once `errors` are there the import has failed, also when it is not over.
    """

    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    competition = UnicodeAttribute()
    object_key = UnicodeAttribute()
    updates = NumberAttribute(null=True)
    files = JSONAttribute(null=True)
    uses = JSONAttribute(null=True)
    queue = UnicodeAttribute(null=True)
    queues = JSONAttribute(null=True)
    errors = JSONAttribute(null=True)
    warnings = JSONAttribute(null=True)

    @property
    def planned_queues(self) -> set[str]:
        """The queues that the import adds uses of."""
        return {*(self.queues or ()), *([str(self.queue)] if self.queue else [])}

    @classmethod
    def at(cls, id_: str) -> Place["Import"]:
        """The place of an import."""
        return Place(cls, f"IMPORT#{id_}", "IMPORT")


def find(id_: str, owner: str | None = None) -> Import:
    """An import, of `owner` when given. Raises NotFound, also for somebody else's."""
    (found,) = table.read(Import.at(id_))
    if found is None or (owner is not None and found.owner != owner):
        raise NotFound(say("no_import", "You have no such import."))
    return found


def owner_key(account: str) -> str:
    """The key under which an account's imports are listed."""
    return f"IMPORTER#{account}"


def of_owner(account: str, before: str | None, limit: int) -> tuple[list[Import], str | None]:
    """One page of what an account has imported, newest first."""
    return table.newest_owned(Import, owner_key(account), before, limit)


def succeed(import_: Import, user: str, username: str) -> None:
    """Have it be another account's, or its owner's by another name. What is gone stays gone."""
    actions = [Import.owner.set(user), Import.owner_name.set(username), Import.owner_pk.set(owner_key(user))]
    writes.update_if(import_, actions, Import.owner == import_.owner)


def unusable() -> Conflict:
    """The refusal of an upload that cannot become an import."""
    return Conflict(NOT_READY)


def creating(import_: Import, upload: Upload) -> Composer:
    """The writes that store an import and use its upload, on condition that this is committed and not used."""
    jobs.waiting(import_)

    def compose(write: Transaction) -> None:
        write.save(import_, condition=Import.pk.does_not_exist())
        using(write, upload, Kept(room.BUNDLES, import_.competition))

    return compose


def advance(import_: Import, files: dict[str, dict[str, Any]], is_further: bool) -> None:
    """Store how far each file is. Raises TakenOver."""
    jobs.advance(import_, [Import.files.set(files)], is_further)


def plan(import_: Import, uses: Collection[Use], queues: Collection[str]) -> None:
    """Remember which uses of datasets and of queues are about to be added. Raises TakenOver."""
    queueing = [Import.queues.set(sorted(queues))] if queues else []
    jobs.advance(import_, [Import.uses.set(sorted(uses)), *queueing], is_further=False)


def finish(import_: Import, competition: Competition, phases: list[Phase], warnings: list[dict[str, object]]) -> None:
    """Store a new competition, its phases and the end of the import in one transaction: all or nothing.

    Raises ConditionFailed when its slug was taken meanwhile.
    """
    competitions.create(competition, phases, lambda write: _finishing(write, import_, warnings))


def finish_update(
    import_: Import,
    competition: Competition,
    change: Change,
    warnings: list[dict[str, object]],
    entry: AuditEntry,
    now: datetime,
) -> None:
    """Change a competition and end the import in one transaction, with the record of it.

    Raises Outdated when it was changed since it was read.
    """

    def compose(write: Transaction) -> None:
        competitions.changing(write, competition, change, now)
        audit.recording(write, entry)
        _finishing(write, import_, warnings)

    # The import's own condition cannot fail: its lease outlives the function.
    message = say(
        "changed_while_read",
        "The competition was changed while this bundle was read. Look at it, and send the bundle again.",
    )
    writes.transact(compose, otherwise=Outdated(message))


def _finishing(write: Transaction, import_: Import, warnings: list[dict[str, object]]) -> None:
    write.update(
        import_,
        actions=[Import.status.set(FINISHED), Import.warnings.set(warnings), *Import.asleep()],
        condition=Import.status == RUNNING,
    )


def condemn(import_: Import, errors: list[dict[str, object]], warnings: list[dict[str, object]]) -> None:
    """Store why an import has failed. What it stored goes next, whichever function gets to it."""
    writes.update(import_, [Import.errors.set(errors), Import.warnings.set(warnings)], Import.status != FINISHED)


def fail(import_: Import) -> None:
    """End an import that was condemned, and of which nothing is left. Raises TakenOver when somebody came first."""
    if import_.status == jobs.FAILED:
        jobs.rest(import_)
    else:
        jobs.fail(import_, str(import_.errors[0]["message"]), writes.nothing)
