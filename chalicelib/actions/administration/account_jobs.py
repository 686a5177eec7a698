"""Account jobs: what is done with all that one account has, wherever it takes part or runs a competition.

Nothing is locked. Each competition is looked at by itself, and how far the walk is stands on the job, so another function
goes on where one stopped.
"""

from collections.abc import Callable
from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions.administration import cancelling, departing, own_data
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import OVERDUE
from chalicelib.store.people import account_jobs, organizers, participants, tokens
from chalicelib.store.people.account_jobs import (
    EXPORT,
    MERGER,
    REMOVAL,
    RUNNING,
    STOP,
    TAKING_PART,
    THROUGH,
    AccountJob,
)

PAGE_SIZE = 25
_BANNED = "Cancelled by an administrator of the site."
Verb = Callable[[AccountJob, str, datetime], None]


def work(job: AccountJob, now: datetime, deadline: datetime) -> None:
    """Go through all that the account has. Raises OutOfTime, Busy, TakenOver, Conflict."""
    {STOP: _stop, EXPORT: own_data.pack, REMOVAL: departing.work, MERGER: departing.work}[job.work](job, now, deadline)
    telemetry.logger.info("account job finished", job=job.id, work=job.work, account=job.account)


def _stop(job: AccountJob, now: datetime, deadline: datetime) -> None:
    """Take the tokens away that a banned account had, and cancel what it has submitted and is not through.

    Twice: what another process took in the seconds in which it had not heard of the ban is found in the second round.
    """
    tokens.revoke_all(job.account, job.created_at)
    _walk(job, _cancel, now, deadline)
    if now - job.created_at < account_jobs.SETTLED:
        account_jobs.go_on(job, TAKING_PART, None)
        jobs.pause(job, now + OVERDUE)
        return
    jobs.finish(job)


def _walk(job: AccountJob, verb: Verb, now: datetime, deadline: datetime) -> None:
    """Do something in each competition in which the account takes part or which it runs, page by page."""
    while job.stage != THROUGH:
        if job.stage == TAKING_PART:
            members, following = participants.of_account(job.account, job.cursor, PAGE_SIZE)
            found, after = [str(member.competition) for member in members], RUNNING
        else:
            run, following = organizers.run_by(job.account, job.cursor, PAGE_SIZE)
            found, after = [str(competition.id) for competition in run], THROUGH
        for competition in found:
            verb(job, competition, now)
        account_jobs.go_on(job, str(job.stage) if following else after, following)
        if is_late(deadline):
            raise OutOfTime


def _cancel(job: AccountJob, competition_id: str, now: datetime) -> None:
    cancelling.cancel(job.account, competition_id, _BANNED, now)
