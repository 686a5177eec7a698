"""Departing: an account ends, and what it has and did goes, stays under a name that tells nobody, or becomes another's.

Nothing is locked, and each step may be done twice. The account's job walks through all that it has, and again a minute
later: what another process took that had not heard of its end yet is in the second round. What is in progress has it come
back. The user pool's account goes last, so until then its name and its address are nobody else's.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib import ids, telemetry
from chalicelib.actions.administration import belongings, places, roles
from chalicelib.actions.mail import composing
from chalicelib.actions.people import accounts, invitations
from chalicelib.aws import accounts as cognito
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.people import departures
from chalicelib.domain.people.departures import Leaver, Successor
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import OVERDUE
from chalicelib.store.bundles import imports
from chalicelib.store.discovery import calendar_keys
from chalicelib.store.forum import announcements, inbox, site_reports, threads
from chalicelib.store.forum.site_reports import SiteReport
from chalicelib.store.forum.subscriptions import PostRate
from chalicelib.store.forum.threads import Post
from chalicelib.store.judging import jurors
from chalicelib.store.leaderboards import results
from chalicelib.store.library import datasets, tasks
from chalicelib.store.mail import readers
from chalicelib.store.metering import reviews, storage
from chalicelib.store.people import account_jobs, guests, organizers, participants, sessions, tokens
from chalicelib.store.people import departures as stored
from chalicelib.store.people import invitations as asked
from chalicelib.store.people.account_jobs import (
    DATASETS,
    IMPORTS,
    JUDGING,
    QUEUES,
    REPORTED,
    RESULTS,
    RUNNING,
    SHARING,
    TAKING_PART,
    TASKS,
    THROUGH,
    WRITTEN,
    AccountJob,
)
from chalicelib.store.queues import queues
from chalicelib.store.submissions import shared_code

PAGE_SIZE = 10
#: What is in progress is waited for at such pauses, longer ones the longer it takes.
_LONGEST_PAUSE = timedelta(minutes=30)
Page = Callable[[str, str | None, int], tuple[list[Any], str | None]]
#: Does something with one of what an account has: how much of it is left for another round.
Verb = Callable[[Leaver, Any, datetime], int]


def work(job: AccountJob, now: datetime, deadline: datetime) -> None:
    """Walk through all that the account has, and end it at last. Raises OutOfTime, Busy, TakenOver, Conflict."""
    leaver_of(job, now)
    tokens.revoke_all(job.account, now)
    _rename_counted(job)
    while job.stage != THROUGH:
        # Each time anew: the successor may have begun to end itself since.
        _step(job, leaver_of(job, now), now)
        if job.stage != THROUGH and is_late(deadline):
            raise OutOfTime
    leaver = leaver_of(job, now)
    if job.left or not leaver.is_settled:
        account_jobs.go_on_with(job, TAKING_PART, None, 0)
        jobs.pause(job, now + max(OVERDUE, min((now - job.created_at) / 10, _LONGEST_PAUSE)))
        return
    roles.leave_organizations(leaver, now)
    _close(job, leaver, now)
    telemetry.logger.warning("account is gone", account=job.account, into=job.into)


def nobody(account: str) -> Successor:
    """The successor of an account that is removed."""
    return departures.nobody(account, ids.digest(account))


def leaver_of(job: AccountJob, now: datetime) -> Leaver:
    """The account of a job, with its successor. Raises Conflict when that is gone, or going, itself by now."""
    if job.into is None:
        successor = nobody(job.account)
    elif stored.is_former(accounts.digest_of_name(job.into_name)):
        raise Conflict(
            say(
                "both_accounts_go",
                "The account {account} is gone, or being removed, itself by now. Merge this one into another account, or "
                "remove it, too.",
                account=job.into_name or "",
            )
        )
    else:
        successor = Successor(job.into, job.into_name)
    return Leaver(job.account, job.username, successor, now - job.created_at >= account_jobs.SETTLED)


def _step(job: AccountJob, leaver: Leaver, now: datetime) -> None:
    stages = list(_STEPS)
    page, verb = _STEPS[str(job.stage)]
    found, following = page(job.account, job.cursor, PAGE_SIZE)
    left = int(job.left) + sum(verb(leaver, one, now) for one in found)
    at = stages.index(str(job.stage))
    after = stages[at + 1] if at + 1 < len(stages) else THROUGH
    account_jobs.go_on_with(job, str(job.stage) if following else after, following, left)


def _give_post(leaver: Leaver, post: Post, _now: datetime) -> int:
    threads.succeed(post, leaver.successor.user, leaver.successor.username)
    return 0


def _give_report(leaver: Leaver, report: SiteReport, _now: datetime) -> int:
    site_reports.succeed(report, leaver.successor.user, leaver.successor.username)
    return 0


#: The walk's stages in their order. Tasks use datasets, so they go before them.
_STEPS: Mapping[str, tuple[Page, Verb]] = {
    TAKING_PART: (participants.of_account, places.leave),
    RESULTS: (results.of_account, places.leave_result),
    SHARING: (shared_code.of_account_in_full, places.leave_code),
    RUNNING: (organizers.run_by, roles.give_up),
    JUDGING: (jurors.of_account, roles.leave_jury),
    WRITTEN: (threads.newest_of, _give_post),
    REPORTED: (site_reports.of_account, _give_report),
    TASKS: (tasks.of_owner, belongings.leave_task),
    DATASETS: (datasets.of_owner, belongings.leave_dataset),
    IMPORTS: (imports.of_owner, belongings.leave_import),
    QUEUES: (queues.of_owner, belongings.leave_queue),
}


def _rename_counted(job: AccountJob) -> None:
    """Take the name from what is counted under the account's id. A review takes it from the counter, so that goes first."""
    name = nobody(job.account).username
    storage.rename(job.account, name)
    reviews.rename(job.account, name)


def _close(job: AccountJob, leaver: Leaver, now: datetime) -> None:
    """Throw away what was the account's alone, and take it out of the user pool; then its job says so."""
    profile = cognito.find(job.username)
    is_there = profile is not None and profile.id == job.account
    address = profile.email if profile is not None and is_there else ""
    calendar_keys.take_back(job.account)
    announcements.rename_author(announcements.SITE, leaver.username, leaver.successor.username)
    inbox.forget(job.account)
    writes.delete(PostRate(*PostRate.at(job.account)))
    readers.forget(job.account)
    sessions.end_all(job.account)
    organizers.forget_offers(job.account)
    asked.forget(job.account)
    if leaver.is_removed:
        audit.forget(job.account)
    else:
        audit.succeed(job.account, leaver.successor.user)
    if address:
        readers.forget(composing.digest(address))
        asked.forget(invitations.key_of(address))
        guests.forget(address)
    stored.forget(job.account, [accounts.digest_of(address)] if address else [])
    if is_there:
        cognito.remove(job.username)
    stored.finish(job, nobody(job.account).username, now)
