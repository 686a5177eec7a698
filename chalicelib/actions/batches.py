"""Work on many submissions, a page at a time, for as long as the function lives. Every page may be done twice."""

from collections.abc import Callable
from datetime import UTC, datetime

from chalicelib import telemetry
from chalicelib.actions import migrations, reruns
from chalicelib.actions.copying import MARGIN
from chalicelib.aws import queues
from chalicelib.store import batches
from chalicelib.store.batches import Batch, Progress

_WORKS: dict[str, Callable[[Batch, datetime], Progress]] = {
    batches.MIGRATE: migrations.work,
    batches.RERUN: reruns.work,
}


def run(batch_id: str, now: datetime, deadline: datetime) -> None:
    """Do a work. Does nothing when another function has it or it is over. Near `deadline` it leaves the rest to another."""
    batch = batches.find(batch_id)
    if not batches.begin(batch, now):
        return
    while (progress := _WORKS[batch.work](batch, now)) is Progress.GOES_ON:
        if datetime.now(UTC) > deadline - MARGIN:
            batches.wait_again(batch, deadline + batches.OVERDUE)
            queues.send_batch(batch.id)
            return
    if progress is Progress.WAITS:
        batches.wait_again(batch, now + batches.OVERDUE)
        return
    batches.finish(batch)
    telemetry.logger.info("batch finished", batch=batch.id, work=batch.work, done=int(batch.done))
