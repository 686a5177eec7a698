"""Belongings of an account that ends: tasks, datasets, bundles and queues. What others use stays, the rest goes with it."""

from datetime import datetime
from functools import partial

from chalicelib.actions.queues import queues as queueing
from chalicelib.aws import object_keys
from chalicelib.domain.people.departures import Leaver
from chalicelib.errors import Conflict
from chalicelib.store.background import jobs
from chalicelib.store.bundles import imports
from chalicelib.store.bundles.imports import Import
from chalicelib.store.library import datasets, shares, tasks, uploads
from chalicelib.store.library.datasets import Dataset
from chalicelib.store.library.tasks import Task
from chalicelib.store.queues import queues
from chalicelib.store.queues.queues import Queue


def leave_task(leaver: Leaver, task: Task, _now: datetime) -> int:
    """Take a task out of the bank, or give it to the successor: competitions keep their copies. Nothing is left."""
    if not leaver.is_removed:
        tasks.succeed(task, leaver.successor.user, leaver.successor.username)
        return 0
    shares.change(shares.TASKS, Task.at(task.id), task.id, task.shared_with or (), ())
    try:
        tasks.take_out(task)
    except Conflict:
        # It has just been changed: the next round finds it as it is then.
        return 1
    return 0


def leave_dataset(leaver: Leaver, dataset: Dataset, now: datetime) -> int:
    """Remove a dataset that nothing uses; the sweeper has the rights to its file. Others stay. Nothing is left."""
    upload = object_keys.upload_of(dataset.object_key)
    # What was sent is counted by its upload.
    counted = 0 if upload else int(dataset.size_bytes)
    stay = partial(datasets.succeed, dataset, leaver.successor.user, leaver.successor.username, counted)
    if not leaver.is_removed:
        if upload:
            uploads.succeed(upload, leaver.account, leaver.successor.user)
        stay()
        return 0
    try:
        datasets.begin_removal(dataset, now)
    except Conflict:
        stay()
    return 0


def leave_import(leaver: Leaver, import_: Import, _now: datetime) -> int:
    """Have an import be the successor's, and the bundle that was sent count for them, once it is over.

    It is left for another round until it has been theirs for one: what it made may be of a moment ago.
    """
    successor = leaver.successor
    if import_.status not in jobs.OVER:
        return 1
    if (import_.owner, import_.owner_name) == (successor.user, successor.username):
        return 0
    if upload := object_keys.upload_of(import_.object_key):
        uploads.succeed(upload, leaver.account, successor.user)
    imports.succeed(import_, successor.user, successor.username)
    return 1


def leave_queue(leaver: Leaver, queue: Queue, now: datetime) -> int:
    """Remove a queue that nothing uses; the sweeper has the rights to its messages. Others stay. Nothing is left."""
    stay = partial(queues.succeed, queue, leaver.successor.user, leaver.successor.username)
    if not leaver.is_removed or not queueing.is_idle(queue):
        stay()
        return 0
    try:
        queues.begin_removal(queue, now)
    except Conflict:
        stay()
    return 0
