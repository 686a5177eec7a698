"""The safety net under every non-final state: what nobody looked after in time is looked after here."""

import time
from collections.abc import Callable
from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions import datasets, leftovers, migrations, queueing, removals, runs, uploads
from chalicelib.actions import dumps as dumping
from chalicelib.actions import imports as importing
from chalicelib.actions import parcels as parcelling
from chalicelib.actions import queues as queues_of
from chalicelib.aws import queues
from chalicelib.contract import Status
from chalicelib.errors import AgonError
from chalicelib.store import attempts, batches, clearings, exhibits, imports, judging, leaderboards, packing, table
from chalicelib.store.batches import Batch
from chalicelib.store.clearings import Clearing
from chalicelib.store.competitions import Phase
from chalicelib.store.datasets import Dataset
from chalicelib.store.dumps import Dump
from chalicelib.store.exhibits import Exhibit
from chalicelib.store.imports import Import
from chalicelib.store.judging import Case, Desk, Panel
from chalicelib.store.leaderboards import REBUILD_OVERDUE, BoardCounter
from chalicelib.store.leftovers import Leftover
from chalicelib.store.parcels import Parcel
from chalicelib.store.queues import Queue
from chalicelib.store.submissions import Submission
from chalicelib.store.table import Item, Key
from chalicelib.store.uploads import USED, Upload

#: Items looked at together, the longest due first.
PAGE = 100
#: When a sweep leaves the rest to that of the next minute, by which its function has ended.
TIME_LIMIT_SECONDS = 40


def sweep(now: datetime) -> int:
    """Look at everything that is due, and do what each item needs. Returns how many were looked at."""
    enough, seen = time.monotonic() + TIME_LIMIT_SECONDS, set[Key]()
    while time.monotonic() < enough and (keys := _due(now, seen)):
        for item in table.fetch(*keys).values():
            _look_after(item, now)
        seen.update(keys)
    telemetry.metrics.add_metric(name="Swept", unit="Count", value=len(seen))
    return len(seen)


def _due(now: datetime, seen: set[Key]) -> list[Key]:
    """The next page. What was seen can still be due: it was left alone, or the index is behind."""
    return [key for key in table.due_keys(now, PAGE + len(seen)) if key not in seen][:PAGE]


def _look_after(item: Item, now: datetime) -> None:
    try:
        _VERBS[type(item)](item, now)
    except AgonError as error:
        # Somebody else got there first, which is just as well.
        telemetry.logger.info("left alone by the sweeper", pk=item.pk, why=error.detail)


def _submission(submission: Submission, now: datetime) -> None:
    status = Status(submission.status)
    if submission.purged:
        removals.finish(submission)
    elif status is Status.SUBMITTED:
        attempts.wake_again(submission, now)
        queueing.wake(submission)
    elif status.is_claimed:
        runs.give_up(submission, "The runner stopped answering.", now, lease_ran_out=True)


def _upload(upload: Upload, now: datetime) -> None:
    if upload.state != USED:
        uploads.remove(upload, now)


def _import(import_: Import, now: datetime) -> None:
    if int(import_.attempt) >= imports.MAX_ATTEMPTS:
        importing.give_up(import_)
        return
    imports.wait_again(import_, now + importing.OVERDUE)
    queues.send_import(import_.id)


def _dump(dump: Dump, now: datetime) -> None:
    if int(dump.attempt) >= imports.MAX_ATTEMPTS:
        dumping.give_up(dump)
        return
    packing.wait_again(dump, now + packing.OVERDUE)
    queues.send_dump(dump.id)


def _parcel(parcel: Parcel, now: datetime) -> None:
    if parcel.status in (imports.FINISHED, imports.FAILED):
        parcelling.throw_away(parcel)
    elif int(parcel.attempt) >= imports.MAX_ATTEMPTS:
        parcelling.give_up(parcel, now)
    else:
        packing.wait_again(parcel, now + packing.OVERDUE)
        queues.send_parcel(parcel.id)


def _batch(batch: Batch, now: datetime) -> None:
    batches.wait_again(batch, now + batches.OVERDUE)
    queues.send_batch(batch.id)


def _phase(phase: Phase, now: datetime) -> None:
    migrations.begin(phase, now)


def _dataset(dataset: Dataset, _now: datetime) -> None:
    datasets.finish_removal(dataset)


def _queue(queue: Queue, _now: datetime) -> None:
    queues_of.finish_removal(queue)


def _leftover(leftover: Leftover, _now: datetime) -> None:
    leftovers.clear(leftover)


def _clearing(clearing: Clearing, now: datetime) -> None:
    clearings.wait_again(clearing, now)
    queues.send_clearing(clearing.phase, clearing.unit)


def _board(counter: BoardCounter, now: datetime) -> None:
    key = leaderboards.key(counter.phase)
    if leaderboards.is_current(table.fetch(key).get(key), counter):
        leaderboards.rest(counter)
        return
    counter.update(actions=BoardCounter.waking_at(now + REBUILD_OVERDUE))
    queues.send_rebuild(counter.phase)


def _panel(panel: Panel, now: datetime) -> None:
    """A message was lost, or judging has ended, after which fewer judgements are enough."""
    judging.mark_dirty(panel.phase, now)
    queues.send_judging(panel.phase)


def _exhibit(exhibit: Exhibit, now: datetime) -> None:
    exhibit.update(actions=Exhibit.waking_at(now + exhibits.OVERDUE))
    queues.send_unpacking(f"{exhibit.phase}-{exhibit.id}")


def _desk(desk: Desk, _now: datetime) -> None:
    """A juror did not decide in time."""
    key = judging.case_key(desk.phase, str(desk.case))
    case = table.fetch(key).get(key)
    judging.take_back(case if isinstance(case, Case) else None, desk)


_VERBS: dict[type, Callable[..., None]] = {
    Submission: _submission,
    Upload: _upload,
    Import: _import,
    Dump: _dump,
    Parcel: _parcel,
    Batch: _batch,
    Phase: _phase,
    Dataset: _dataset,
    Queue: _queue,
    Leftover: _leftover,
    BoardCounter: _board,
    Clearing: _clearing,
    Panel: _panel,
    Exhibit: _exhibit,
    Desk: _desk,
}
