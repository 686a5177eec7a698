"""Account jobs: what is done with all that one account has, competition by competition, by a background job."""

from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place

#: The kinds of `work`.
STOP, EXPORT, REMOVAL, MERGER = "stop", "export", "removal", "merger"
#: Those that end the account.
DEPARTURES = (REMOVAL, MERGER)
#: The stages of a walk through the competitions in which an account has anything, in their order.
TAKING_PART, RUNNING, WRITTEN, JUDGING, TOLD, THROUGH = "taking part", "running", "written", "judging", "told", "through"
#: Those of an account that is gone, beside these.
JUDGING, DATASETS, TASKS, IMPORTS, QUEUES = "judging", "datasets", "tasks", "imports", "queues"
#: What it reported to the administrators.
REPORTED = "reported"
#: Where it stood in phases that are over.
RESULTS = "results"
#: The code that it shares.
SHARING = "sharing"
#: By then every process has heard that an account is banned or gone, and every index has what was made before.
SETTLED = timedelta(minutes=1)
#: How long what it packed lies ready.
LIFETIME = timedelta(days=1)


class AccountJob(BackgroundJob, discriminator="account_job"):
    """A job of some `work` on what an account has. `stage` and `cursor` say how far its walk through competitions is.

    `into` and `into_name` are the account into which one is merged; `left` counts what is in progress, for another round.
    `zips` has the size in bytes of each zip that an export has made, which are thrown away at `expires_at`.
    """

    account = UnicodeAttribute()
    username = UnicodeAttribute()
    work = UnicodeAttribute()
    stage = UnicodeAttribute(default=TAKING_PART)
    cursor = UnicodeAttribute(null=True)
    into = UnicodeAttribute(null=True)
    into_name = UnicodeAttribute(null=True)
    left = NumberAttribute(default=0)
    zips = JSONAttribute(null=True)
    expires_at = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, job: str) -> Place["AccountJob"]:
        """The place of a job."""
        return Place(cls, f"ACCOUNT_JOB#{job}", "ACCOUNT_JOB")


def new(id_: str, account: str, username: str, work: str, now: datetime) -> AccountJob:
    """A job to be stored with what asks for it."""
    made = AccountJob(*AccountJob.at(id_), id=id_, account=account, username=username, work=work, created_at=now)
    jobs.waiting(made)
    return made


def find(job: str) -> AccountJob | None:
    """None for one that there is not."""
    (found,) = table.read(AccountJob.at(job))
    return found


def go_on(job: AccountJob, stage: str, cursor: str | None) -> None:
    """Store how far its walk is. Raises TakenOver."""
    at = AccountJob.cursor.remove() if cursor is None else AccountJob.cursor.set(cursor)
    jobs.advance(job, [AccountJob.stage.set(stage), at])


def go_on_with(job: AccountJob, stage: str, cursor: str | None, left: int) -> None:
    """Store how far its walk is, and how much is left in all for another round. Raises TakenOver."""
    at = AccountJob.cursor.remove() if cursor is None else AccountJob.cursor.set(cursor)
    jobs.advance(job, [AccountJob.stage.set(stage), at, AccountJob.left.set(left)])


def departure_of(account: str) -> str:
    """The id of the one job that removes an account, or merges it into another."""
    return f"departure-{account}"


def export_of(account: str) -> str:
    """The id of the one job that packs what an account has; a newer one takes its place."""
    return f"export-{account}"


def may_be_replaced(before: datetime) -> Condition:
    """A job that failed, or is finished and was asked for `before` a time."""
    is_old = (AccountJob.status == jobs.FINISHED) & (AccountJob.created_at < before)
    replaced: Condition = (AccountJob.status == jobs.FAILED) | is_old
    return replaced


def keep_zip(job: AccountJob, size_bytes: int, stage: str, cursor: str | None) -> None:
    """Store that a zip is there, and how far its walk is behind that. Raises TakenOver."""
    at = AccountJob.cursor.remove() if cursor is None else AccountJob.cursor.set(cursor)
    jobs.advance(job, [AccountJob.zips.set([*(job.zips or []), size_bytes]), AccountJob.stage.set(stage), at])


def finish_export(job: AccountJob, now: datetime) -> None:
    """Say that all of it is there, for a while. Raises TakenOver."""
    jobs.finish(job, [AccountJob.expires_at.set(now + LIFETIME)], expires_at=now + LIFETIME)
