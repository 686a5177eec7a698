"""Background jobs of every kind: run by the tasks function, looked after by the sweeper, given up with a reason.

Whatever breaks off too often is told to administrators, and so is each job that fails and of which nobody else reads why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib import ids, telemetry
from chalicelib.actions.administration import account_jobs, competition_removals, own_data, schema, storage_reviews
from chalicelib.actions.bundles import dumps, imports
from chalicelib.actions.forum import mailing, notices
from chalicelib.actions.leaderboards import regrouping, reordering
from chalicelib.actions.people import groups, mailings
from chalicelib.actions.runs import reruns
from chalicelib.actions.submissions import exports, migration, retention, team_moves
from chalicelib.aws import messages
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.errors import AgonError, Busy, NotFound
from chalicelib.store import writes
from chalicelib.store.background import failures, jobs, phase_jobs, schema_migrations
from chalicelib.store.background.jobs import OVERDUE, BackgroundJob, TakenOver
from chalicelib.store.background.phase_jobs import PhaseJob, Progress
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.bundles import dumps as stored_dumps
from chalicelib.store.bundles import imports as stored_imports
from chalicelib.store.bundles.dumps import Dump
from chalicelib.store.bundles.imports import Import
from chalicelib.store.competitions import removals as stored_removals
from chalicelib.store.competitions.removals import CompetitionRemoval
from chalicelib.store.forum import mailing as stored_mailing
from chalicelib.store.forum import notices as stored_notices
from chalicelib.store.forum.mailing import AnnouncementMailing
from chalicelib.store.forum.notices import Notice
from chalicelib.store.mail import mailings as stored_mailings
from chalicelib.store.mail.mailings import Mailing
from chalicelib.store.metering import reviews as stored_reviews
from chalicelib.store.metering.reviews import StorageReview
from chalicelib.store.people import account_jobs as stored_account_jobs
from chalicelib.store.people import group_jobs
from chalicelib.store.people import team_moves as stored_team_moves
from chalicelib.store.people.account_jobs import AccountJob
from chalicelib.store.people.group_jobs import GroupJob
from chalicelib.store.people.team_moves import TeamMove
from chalicelib.store.submissions import exports as stored_exports
from chalicelib.store.submissions import retention as stored_retention
from chalicelib.store.submissions.exports import SubmissionExport
from chalicelib.store.submissions.retention import RetentionRequest
from chalicelib.store.writes import Composer

#: What its owner is told, and what administrators are.
_BROKE_OFF = "It broke off three times at one place, by no fault of yours that we know of. Try again, or ask us."
_SEE_LOG = "Functions broke off three times at one place. The log of the tasks function says why, under this job's id."


@dataclass(frozen=True)
class Kind:
    """A kind of job, with what administrators are told it is `about`. `find` gives None for one that is over and gone, or
    raises NotFound. `work` ends it, or raises OutOfTime to leave the rest to another function, for which `send` sends the
    message.

    `give_up` ends it with a reason, in one transaction with what goes along, and leaves nothing of it; `put_aside` does so
    where it may be begun again, and leaves what that takes. `when_over` does what is due of one that has ended. `is_read`
    says whether somebody reads why it failed.
    """

    about: str
    find: Callable[[str], Any]
    work: Callable[[Any, datetime, datetime], None]
    give_up: Callable[[Any, str, datetime, Composer], None]
    send: Callable[[Any], None]
    when_over: Callable[[Any, datetime], None] | None = None
    put_aside: Callable[[Any, str, datetime, Composer], None] | None = None
    is_read: Callable[[Any], bool] = lambda _job: True


def _phase_job(job: PhaseJob, now: datetime, deadline: datetime) -> None:
    """Do page after page. What waits for others is looked at again in a minute."""
    pages: dict[str, Callable[[PhaseJob, datetime], Progress]] = {
        phase_jobs.MIGRATE: migration.work,
        phase_jobs.RERUN: reruns.work,
        phase_jobs.REORDER: partial(reordering.work, set()),
    }
    page = pages[job.work]
    while (progress := page(job, now)) is Progress.GOES_ON:
        if is_late(deadline):
            raise OutOfTime
    if progress is Progress.WAITS:
        jobs.pause(job, now + OVERDUE)
        return
    jobs.finish(job)
    telemetry.logger.info("phase job finished", job=job.id, work=job.work, done=int(job.done))


def _group_job(job: GroupJob, now: datetime, deadline: datetime) -> None:
    """Do page after page. What is moved is looked at again in a minute."""
    page = groups.work if job.participants is None else regrouping.work
    while (progress := page(job, now)) is Progress.GOES_ON:
        if is_late(deadline):
            raise OutOfTime
    if progress is Progress.WAITS:
        jobs.pause(job, now + OVERDUE)
        return
    jobs.finish(job)
    telemetry.logger.info("group job finished", job=job.id, done=int(job.done), changed=int(job.changed))


def _fail(job: BackgroundJob, reason: str, _now: datetime, along: Composer) -> None:
    jobs.fail(job, reason, along)


def begin_again(job: BackgroundJob, now: datetime) -> None:
    """Begin what failed again, as an administrator wants it. It is told of until it is done. Raises TakenOver."""
    id_ = ids.of_item(job.pk, job.sk)
    jobs.begin_again(job, now + OVERDUE, lambda write: failures.trying(write, id_, now))
    KINDS[type(job)].send(job)


def _account_job_over(job: AccountJob, now: datetime) -> None:
    """Throw an old export away. What failed is due where a former build has it begun again."""
    if job.status == jobs.FAILED:
        begin_again(job, now)
    else:
        own_data.throw_away(job)


def _nobody(_job: BackgroundJob) -> bool:
    return False


def _sends(by_id: Callable[[str], None]) -> Callable[[BackgroundJob], None]:
    return lambda job: by_id(job.id)


KINDS: dict[type[BackgroundJob], Kind] = {
    Import: Kind(
        "Import of a bundle",
        stored_imports.find,
        imports.work,
        imports.give_up,
        _sends(messages.send_import),
        when_over=imports.throw_away,
        put_aside=imports.put_aside,
    ),
    Dump: Kind("Dump of a competition", stored_dumps.find, dumps.work, dumps.give_up, _sends(messages.send_dump)),
    SubmissionExport: Kind(
        "Export of submissions",
        stored_exports.find,
        exports.work,
        exports.give_up,
        _sends(messages.send_export),
        lambda export, _now: exports.throw_away(export),
    ),
    GroupJob: Kind("Work on groups", group_jobs.find, _group_job, _fail, _sends(messages.send_group_job)),
    PhaseJob: Kind("Work on many submissions", phase_jobs.find, _phase_job, _fail, _sends(messages.send_phase_job)),
    Mailing: Kind("Letter to participants", stored_mailings.find, mailings.work, _fail, _sends(messages.send_letter)),
    RetentionRequest: Kind(
        "Removal of superfluous submissions",
        stored_retention.find,
        retention.work,
        _fail,
        lambda job: messages.send_retention(job.phase, job.competitor),
    ),
    Notice: Kind(
        "Telling of a post", stored_notices.find, notices.work, _fail, _sends(messages.send_notice), is_read=_nobody
    ),
    TeamMove: Kind(
        "Carrying what a team submitted",
        stored_team_moves.find,
        team_moves.work,
        _fail,
        _sends(messages.send_team_move),
        is_read=_nobody,
    ),
    AccountJob: Kind(
        "Work on an account",
        stored_account_jobs.find,
        account_jobs.work,
        _fail,
        _sends(messages.send_account_job),
        _account_job_over,
        # Who is banned or departs cannot sign in to read why.
        is_read=lambda job: job.work == stored_account_jobs.EXPORT,
    ),
    CompetitionRemoval: Kind(
        "Removal of a competition",
        stored_removals.find,
        competition_removals.work,
        _fail,
        _sends(messages.send_competition_removal),
        begin_again,
        is_read=_nobody,
    ),
    StorageReview: Kind(
        "Review of the storage", stored_reviews.find, storage_reviews.work, _fail, _sends(messages.send_storage_review)
    ),
    SchemaMigration: Kind(
        "Migration of the schema",
        schema_migrations.find,
        schema.work,
        _fail,
        _sends(messages.send_schema_migration),
        begin_again,
        is_read=_nobody,
    ),
    AnnouncementMailing: Kind(
        "Mailing of an announcement",
        stored_mailing.find,
        mailing.work,
        _fail,
        _sends(messages.send_mailing),
        is_read=_nobody,
    ),
}


def run(model: type[BackgroundJob], id_: str, now: datetime, deadline: datetime) -> None:
    """Do a job. Does nothing when another function has it or it is over. Near `deadline` it leaves the rest to another.

    What its owner can do something about ends it, and is its reason; a busy table and our own defects raise, and the sweeper
    has it tried again.
    """
    kind = KINDS[model]
    job = _found(kind, id_)
    if job is None or not jobs.begin(job, now):
        return
    try:
        kind.work(job, now, deadline)
    except OutOfTime:
        jobs.pause(job, deadline + OVERDUE)
        kind.send(job)
        telemetry.logger.info("job paused", job=job.id)
    except (TakenOver, Busy):
        raise
    except AgonError as error:
        along = writes.nothing if kind.is_read(job) else _telling(job, error.detail, now)
        kind.give_up(job, error.detail, now, along)
        telemetry.logger.info("job failed", job=job.id, why=error.detail)


def look_after(job: BackgroundJob, now: datetime) -> None:
    """Of a job that is due: throw an old one's work away, give up what broke off too often, have the rest tried again.

    What is given up is told to administrators, whoever else reads of it, in the transaction that ends it.
    """
    kind = KINDS[type(job)]
    if job.status in jobs.OVER:
        if kind.when_over:
            kind.when_over(job, now)
    elif jobs.is_exhausted(job):
        (kind.put_aside or kind.give_up)(job, _BROKE_OFF, now, _telling(job, _SEE_LOG, now))
    else:
        jobs.wait_again(job, now + OVERDUE)
        kind.send(job)


def _found(kind: Kind, id_: str) -> Any:
    """The job of an id; None for one that is gone, as with what it was about, and of which a message was still there."""
    try:
        return kind.find(id_)
    except NotFound:
        return None


def _telling(job: BackgroundJob, reason: str, now: datetime) -> Composer:
    """What goes along with the end of a job of which administrators are told, and which they may have tried again."""
    id_, about = ids.of_item(job.pk, job.sk), KINDS[type(job)].about
    telemetry.count("GivenUp")
    return lambda write: failures.giving_up(write, id_, job, about, reason, now)
