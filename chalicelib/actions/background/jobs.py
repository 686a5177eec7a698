"""Background jobs of every kind: run by the tasks function, looked after by the sweeper, given up with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import telemetry
from chalicelib.actions.bundles import dumps, imports
from chalicelib.actions.runs import reruns
from chalicelib.actions.submissions import exports, migration
from chalicelib.aws import messages
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.errors import AgonError, Busy
from chalicelib.store.background import jobs, phase_jobs
from chalicelib.store.background.jobs import OVERDUE, BackgroundJob, TakenOver
from chalicelib.store.background.phase_jobs import PhaseJob
from chalicelib.store.bundles import dumps as stored_dumps
from chalicelib.store.bundles import imports as stored_imports
from chalicelib.store.bundles.dumps import Dump
from chalicelib.store.bundles.imports import Import
from chalicelib.store.submissions import exports as stored_exports
from chalicelib.store.submissions.exports import SubmissionExport

_BROKE_OFF = "It broke off three times at one place, by no fault of yours that we know of. Try again, or ask us."


@dataclass(frozen=True)
class Kind:
    """A kind of job. `work` ends it, or raises OutOfTime to leave the rest to another function.

    `give_up` ends it with a reason, and leaves nothing of it; `throw_away` removes what an old one made.
    """

    find: Callable[[str], Any]
    work: Callable[[Any, datetime, datetime], None]
    give_up: Callable[[Any, str, datetime], None]
    send: Callable[[str], None]
    throw_away: Callable[[Any], None] | None = None


def _phase_job(job: PhaseJob, now: datetime, deadline: datetime) -> None:
    """Do page after page. What waits for others is looked at again in a minute."""
    page = {phase_jobs.MIGRATE: migration.work, phase_jobs.RERUN: reruns.work}[job.work]
    while (progress := page(job, now)) is phase_jobs.Progress.GOES_ON:
        if is_late(deadline):
            raise OutOfTime
    if progress is phase_jobs.Progress.WAITS:
        jobs.pause(job, now + OVERDUE)
        return
    jobs.finish(job)
    telemetry.logger.info("phase job finished", job=job.id, work=job.work, done=int(job.done))


KINDS: dict[type[BackgroundJob], Kind] = {
    Import: Kind(stored_imports.find, imports.work, imports.give_up, messages.send_import),
    Dump: Kind(stored_dumps.find, dumps.work, dumps.give_up, messages.send_dump),
    SubmissionExport: Kind(
        stored_exports.find, exports.work, exports.give_up, messages.send_export, throw_away=exports.throw_away
    ),
    PhaseJob: Kind(phase_jobs.find, _phase_job, lambda job, reason, _now: jobs.fail(job, reason), messages.send_phase_job),
}


def run(model: type[BackgroundJob], id_: str, now: datetime, deadline: datetime) -> None:
    """Do a job. Does nothing when another function has it or it is over. Near `deadline` it leaves the rest to another.

    What its owner can do something about ends it, and is its reason; a busy table and our own defects raise, and the sweeper
    has it tried again.
    """
    kind = KINDS[model]
    job = kind.find(id_)
    if not jobs.begin(job, now):
        return
    try:
        kind.work(job, now, deadline)
    except OutOfTime:
        jobs.pause(job, deadline + OVERDUE)
        kind.send(job.id)
        telemetry.logger.info("job paused", job=job.id)
    except (TakenOver, Busy):
        raise
    except AgonError as error:
        kind.give_up(job, error.detail, now)
        telemetry.logger.info("job failed", job=job.id, why=error.detail)


def look_after(job: BackgroundJob, now: datetime) -> None:
    """Of a job that is due: throw an old one's work away, give up what broke off too often, have the rest tried again."""
    kind = KINDS[type(job)]
    if job.status in jobs.OVER:
        if kind.throw_away:
            kind.throw_away(job)
    elif jobs.is_exhausted(job):
        kind.give_up(job, _BROKE_OFF, now)
    else:
        jobs.wait_again(job, now + OVERDUE)
        kind.send(job.id)
