"""The task bank: tasks that stand by themselves, for any competition that may use them."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute

from chalicelib.domain.metering import room
from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.library import datasets, orphans, uploads
from chalicelib.store.library.datasets import Dataset
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.library.uploads import Upload
from chalicelib.store.metering import storage
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

PRIVATE, SHARED, PUBLIC = "private", "shared", "public"
LISTED = "TASKS"


class Task(table.Item, discriminator="task"):
    """A task and the datasets that it is made of. A competition keeps a copy of the version that it took.

    `files` maps scoring_program, ingestion_program, reference_data and input_data to `{dataset, object_key, sha256,
    size_bytes}`; `settings` has the other fields of the model's Task; `validated_by` names the submission of a solution
    whose run finished, and is null until then.
    """

    id = UnicodeAttribute()
    version = NumberAttribute(default=1)
    name = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    visibility = UnicodeAttribute(default=PRIVATE)
    shared_with = UnicodeSetAttribute(null=True)
    files = JSONAttribute()
    settings = JSONAttribute()
    solutions = JSONAttribute(null=True)
    validated_by = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    updated_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, task: str) -> Place["Task"]:
        """The place of a task of the bank."""
        return Place(cls, f"TASK#{task}", "TASK")


@dataclass(frozen=True)
class Bundled:
    """The contribution of a task's own bundle: datasets, whose files were `made` before, and the upload, which goes
    at `wake_at`."""

    datasets: Sequence[Dataset]
    made: Orphan
    upload: Upload
    wake_at: datetime


def owner_key(account: str) -> str:
    return f"TASKS#{account}"


def is_usable(item: "Task", account: str, is_admin: bool = False) -> bool:
    """True for what is the account's own, shared with it, or public."""
    shared = item.visibility == SHARED and account in (item.shared_with or ())
    return is_admin or item.owner == account or item.visibility == PUBLIC or shared


def usable(ids: Collection[str], account: str, is_admin: bool = False) -> dict[str, Task]:
    """The ones of the tasks that the account may use, by id: one call for each hundred."""
    found = table.read_many(Task.at(id_) for id_ in sorted(set(ids)))
    return {item.id: item for item in found if is_usable(item, account, is_admin)}


def of_owner(account: str, before: str | None, limit: int) -> tuple[list[Task], str | None]:
    """One page of an account's tasks, newest first."""
    return table.newest_owned(Task, owner_key(account), before, limit)


def public(before: str | None, limit: int) -> tuple[list[Task], str | None]:
    """One page of the public tasks, newest first."""
    return table.newest_listed(Task, LISTED, before, limit)


def list_if_public(task: Task) -> None:
    """Before it is stored: a public task stands in the list of those."""
    if task.visibility == PUBLIC:
        task.list_pk, task.list_sk = LISTED, task.id


def create(task: Task, besides: Composer, bundled: Bundled | None = None) -> None:
    """Store a task and what it uses, with what goes `besides`, in one transaction.

    Raises Conflict when a dataset or the upload has gone meanwhile.
    """
    new = bundled.datasets if bundled else ()

    def compose(write: Transaction) -> None:
        write.save(task, condition=Task.pk.does_not_exist())
        besides(write)
        for dataset in new:
            datasets.creating(write, dataset, datasets.TASK, task.id)
        for dataset_id in _used(task.files) - {dataset.id for dataset in new}:
            datasets.using(write, dataset_id, datasets.TASK, task.id)
        if bundled:
            orphans.taking_away(write, bundled.made)
            uploads.removing(write, bundled.upload, task.created_at, bundled.wake_at)
            made = sum(int(dataset.size_bytes) for dataset in new)
            changes = {room.UPLOADS: -int(bundled.upload.size_bytes), room.DATASETS: made}
            storage.counting(write, storage.account(task.owner), changes)

    _commit(compose)


def change(task: Task, changes: Mapping[str, Any], now: datetime, besides: Composer) -> None:
    """Change a task and note what it uses now, with what goes `besides`, in one transaction. Raises Conflict on a lost race.

    Other files or settings are a new version, which no solution has validated yet.
    """
    before, after = _used(task.files), _used(changes.get("files", task.files))
    actions = [*writes.setting(Task, changes, LISTED, task.id), Task.updated_at.set(now)]
    if "files" in changes or "settings" in changes:
        actions += [Task.version.add(1), Task.validated_by.remove()]

    def compose(write: Transaction) -> None:
        for dataset in before - after:
            datasets.no_longer_using(write, dataset, datasets.TASK, task.id)
        for dataset in after - before:
            datasets.using(write, dataset, datasets.TASK, task.id)
        write.update(task, actions=actions, condition=Task.version == task.version)
        besides(write)

    _commit(compose)


def validate(task: str, submission: str) -> None:
    """The run of a solution has finished with scores. Does nothing for a task that has left the bank."""
    with suppress(ConditionFailed):
        writes.update(Task(*Task.at(task)), [Task.validated_by.set(submission)], Task.pk.exists())


def take_out(task: Task, besides: Composer = writes.nothing) -> None:
    """Remove a task and what it uses, with what goes `besides`, in one transaction. Raises Conflict on a lost race."""

    def compose(write: Transaction) -> None:
        for dataset in _used(task.files):
            datasets.no_longer_using(write, dataset, datasets.TASK, task.id)
        write.delete(task, condition=Task.version == task.version)
        besides(write)

    _commit(compose)


def succeed(task: Task, user: str, username: str) -> None:
    """Have it be another account's, or its owner's by another name. What went meanwhile stays gone."""
    actions = [Task.owner.set(user), Task.owner_name.set(username), Task.owner_pk.set(owner_key(user))]
    writes.update_if(task, actions, Task.owner == task.owner)


def remove(task: str) -> None:
    """Forget a task that came to nothing. It is no error when it is gone."""
    writes.delete(Task(*Task.at(task)))


def _used(files: Mapping[str, Mapping[str, Any]]) -> set[str]:
    return {ref["dataset"] for ref in files.values()}


def _commit(compose: Composer) -> None:
    moved_on = Conflict(
        say("task_moved", "The task, or a file of it, was changed or removed meanwhile. Look at both again.")
    )
    writes.transact(compose, otherwise=moved_on)
