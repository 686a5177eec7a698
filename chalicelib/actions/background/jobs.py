"""Work on many submissions, a page at a time, for as long as the function lives. Every page may be done twice."""

from collections.abc import Callable
from datetime import UTC, datetime

from chalicelib import telemetry
from chalicelib.actions.runs import reruns
from chalicelib.actions.submissions import migration
from chalicelib.aws import messages
from chalicelib.deadlines import MARGIN
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import Batch, Progress

_WORKS: dict[str, Callable[[Batch, datetime], Progress]] = {
    jobs.MIGRATE: migration.work,
    jobs.RERUN: reruns.work,
}


def run(batch_id: str, now: datetime, deadline: datetime) -> None:
    """Do a work. Does nothing when another function has it or it is over. Near `deadline` it leaves the rest to another."""
    batch = jobs.find(batch_id)
    if not jobs.begin(batch, now):
        return
    while (progress := _WORKS[batch.work](batch, now)) is Progress.GOES_ON:
        if datetime.now(UTC) > deadline - MARGIN:
            jobs.wait_again(batch, deadline + jobs.OVERDUE)
            messages.send_batch(batch.id)
            return
    if progress is Progress.WAITS:
        jobs.wait_again(batch, now + jobs.OVERDUE)
        return
    jobs.finish(batch)
    telemetry.logger.info("batch finished", batch=batch.id, work=batch.work, done=int(batch.done))
