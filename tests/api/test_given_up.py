"""Whatever is given up in the background is told to administrators, is tried again once when they want it, and is told no
more when it is done: jobs of every kind, and what lies on the dead-letter queue of the tasks function.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.actions.background import dispatch, sweep
from chalicelib.actions.background import jobs as background
from chalicelib.domain.mail.audiences import Audience
from chalicelib.domain.mail.letters import Letter, Wording
from chalicelib.store import table
from chalicelib.store.background import failures, jobs, schema_migrations
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.background.phase_jobs import RERUN, PhaseJob
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.bundles.dumps import Dump
from chalicelib.store.bundles.imports import Import
from chalicelib.store.competitions.removals import CompetitionRemoval
from chalicelib.store.forum.mailing import AnnouncementMailing
from chalicelib.store.forum.notices import Notice
from chalicelib.store.mail import mailings
from chalicelib.store.mail.mailings import Mailing
from chalicelib.store.metering import reviews
from chalicelib.store.metering.reviews import StorageReview
from chalicelib.store.people import account_jobs, team_moves
from chalicelib.store.people.account_jobs import STOP, AccountJob
from chalicelib.store.people.group_jobs import GroupJob
from chalicelib.store.people.team_moves import TeamMove
from chalicelib.store.submissions.exports import SubmissionExport
from chalicelib.store.submissions.retention import RetentionRequest
from tests.api.books import Crash
from tests.api.conftest import Person, Site, client

NOW = datetime.now(UTC).replace(microsecond=0)
_C: dict[str, Any] = {"competition": "c"}


def _of(model: Any, *at: str, **said: Any) -> Callable[[], Any]:
    return lambda: model(*model.at(*at), **{"id": "j", **said}, created_at=NOW)


#: A job of each kind.
MADE: dict[type[BackgroundJob], Callable[[], Any]] = {
    Import: _of(Import, "j", owner="u", owner_name="olga", object_key="uploads/x.zip", **_C),
    Dump: _of(Dump, "j", form="full", object_key="dumps/c/j.zip", **_C),
    SubmissionExport: _of(SubmissionExport, "j", phase="c-0", zips=[], **_C),
    GroupJob: _of(GroupJob, "j", owner="u", owner_name="olga", **_C),
    PhaseJob: _of(PhaseJob, "j", work=RERUN, phase="c-0"),
    Mailing: lambda: mailings.made("j", "c", Letter("letters", Wording("Hello", "Hello.")), Audience(), None, NOW),
    RetentionRequest: _of(RetentionRequest, "c-0", "v", id="c-0/v", phase="c-0", competitor="v", competitor_name="ada"),
    Notice: _of(Notice, "j", thread="t", number=1, **_C),
    TeamMove: lambda: team_moves.new("j", "c", "owls", "bats", NOW),
    AccountJob: lambda: account_jobs.new("j", "u", "ada", STOP, NOW),
    CompetitionRemoval: _of(CompetitionRemoval, "j", title="Gone", phases=[], queues=[]),
    StorageReview: lambda: reviews.new("j", False, NOW),
    SchemaMigration: lambda: schema_migrations.new(1, NOW),
    AnnouncementMailing: _of(AnnouncementMailing, "j", announcement="a", **_C),
}
#: Whoever dies at one of these might as well have died before the next that changes something.
READING = ("BatchGet", "Get", "Head", "List", "Query", "Receive")
EACH = pytest.mark.parametrize("kind", background.KINDS, ids=lambda kind: kind.__name__)


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


def broken_off(kind: type[BackgroundJob]) -> Any:
    """A job with which functions broke off too often, and of which nothing was heard since."""
    job = MADE[kind]()
    job.status, job.attempt = jobs.RUNNING, jobs.MAX_ATTEMPTS
    job.wake_at(later(hours=-2))
    job.save()
    return job


def told(admin: Person) -> list[dict[str, Any]]:
    return list(admin.call("GET", "/site/failures").body["failures"])


def press(admin: Person, failure: dict[str, Any]) -> int:
    return admin.call("POST", f"/site/failures/{failure['id']}/retry").status


def retried(admin: Person) -> list[str]:
    """What administrators had tried again, by the audit log."""
    deeds = admin.call("GET", "/site/audit").body["deeds"]
    return [one["after"]["failure"] for one in deeds if one["what"] == "retried"]


def done(job: Any) -> None:
    """Have a job that waits be done."""
    (stored,) = table.read(type(job).at(*job.pk.split("#")[1:]))
    assert stored is not None and jobs.begin(stored, NOW)
    jobs.finish(stored)


def status_of(job: Any) -> str:
    job.refresh()
    return str(job.status)


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[list[str]]:
    """Let the call number `at` of those that change something fail, and all after it: the names of those before."""
    real, calls = BaseClient._make_api_call, list[str]()

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        changes = not operation.startswith(READING)
        if len(calls) + changes >= at:
            raise Crash
        calls.extend([operation] if changes else [])
        return real(self, operation, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        yield calls


def test_a_job_of_each_kind_is_made_here() -> None:
    assert set(MADE) == set(background.KINDS)


@EACH
def test_a_job_that_breaks_off_too_often_is_told_and_tried_again_until_it_is_done(
    site: Site, admin: Person, kind: type[BackgroundJob]
) -> None:
    job = broken_off(kind)
    sweep.sweep(later())
    (failure,) = told(admin)
    assert (failure["item"], failure["dead"], failure["attempts"]) == (f"{job.pk} {job.sk}", True, 1)
    assert failure["about"] and "broke off" in failure["error"] and failure["first_at"] == failure["last_at"]
    assert (status_of(job), site.messages()) == (jobs.FAILED, [])
    # Two at once: it is tried once.
    assert [press(admin, failure), press(admin, failure)] == [200, 200]
    sweep.sweep(later(seconds=1))
    assert (status_of(job), job.attempt, len(site.messages())) == (jobs.WAITING, 0, 1)
    sweep.sweep(later(seconds=2))
    assert (site.messages(), retried(admin)) == ([], [failure["id"]])
    assert [(one["dead"], one["first_at"]) for one in told(admin)] == [(False, failure["first_at"])]
    done(job)
    sweep.sweep(later(minutes=6))
    assert told(admin) == []


@EACH
def test_a_job_that_comes_to_nothing_again_is_told_again_since_when_it_was(
    site: Site, admin: Person, kind: type[BackgroundJob]
) -> None:
    job = broken_off(kind)
    sweep.sweep(later(hours=-1))
    (first,) = told(admin)
    press(admin, first)
    sweep.sweep(later(seconds=1))
    job.refresh()
    job.update(actions=[BackgroundJob.status.set(jobs.RUNNING), BackgroundJob.attempt.set(jobs.MAX_ATTEMPTS)])
    sweep.sweep(later(minutes=2))
    (again,) = told(admin)
    assert (again["dead"], again["first_at"], again["attempts"]) == (True, first["first_at"], 1)
    assert again["last_at"] > first["last_at"]


def test_what_fails_for_its_owners_reason_when_it_is_tried_is_told_no_more_and_not_tried_again_and_again(
    site: Site, admin: Person
) -> None:
    """Its phase is gone, which organizers read: there is nothing that administrators could mend."""
    job = broken_off(PhaseJob)
    sweep.sweep(later())
    press(admin, told(admin)[0])
    sweep.sweep(later(seconds=1))
    site.work()
    assert status_of(job) == jobs.FAILED
    sweep.sweep(later(minutes=6))
    assert (told(admin), site.messages(), status_of(job)) == ([], [], jobs.FAILED)


@pytest.mark.parametrize("kind", [Notice, Dump, Import], ids=lambda kind: kind.__name__)
def test_whatever_call_is_cut_off_a_job_is_given_up_once_and_tried_again_once(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch, kind: type[BackgroundJob]
) -> None:
    def script() -> None:
        sweep.sweep(later())
        for failure in told(admin):
            press(admin, failure)
        sweep.sweep(later(seconds=1))

    for cut in count(1):
        site.clean()
        job = broken_off(kind)
        with dying(monkeypatch, cut) as calls, suppress(Crash, KeyError, TypeError):
            script()
        script()
        assert (status_of(job), len(told(admin)), len(retried(admin))) == (jobs.WAITING, 1, 1), calls
        sweep.sweep(later(minutes=2))
        assert site.messages(), calls
        done(job)
        sweep.sweep(later(minutes=10))
        assert told(admin) == [], calls
        if len(calls) < cut - 1:
            return


def test_what_is_gone_meanwhile_is_told_no_more(site: Site, admin: Person) -> None:
    jobs_ = [broken_off(kind) for kind in (Notice, TeamMove)]
    sweep.sweep(later())
    assert len(told(admin)) == 2
    for job in jobs_:
        job.delete()
    # Whoever asks for one that is gone sees it go at once; the other goes within a day.
    assert press(admin, told(admin)[0]) == 200
    sweep.sweep(later(seconds=1))
    assert len(told(admin)) == 1
    sweep.sweep(later(hours=25))
    assert told(admin) == []


def test_one_that_the_sweeper_could_not_give_up_at_first_is_told_all_the_same(site: Site, admin: Person) -> None:
    """That it was looked after in the end must not take away what is told of its end."""
    job = broken_off(Notice)
    job.update(actions=[table.Item.sweep_failed.set(True)])
    sweep.sweep(later())
    assert [one["dead"] for one in told(admin)] == [True]


def test_what_fails_for_a_reason_is_told_to_administrators_where_nobody_else_reads_it(
    site: Site, admin: Person, competition: dict[str, Any]
) -> None:
    team_moves.new("lost", competition["id"], "owls", "bats", NOW).save()
    team_moves.new("gone", "c", "owls", "bats", NOW).save()
    read = MADE[PhaseJob]()
    jobs.create(read)
    for task, id_ in (("team_move", "lost"), ("team_move", "gone"), ("batch", "j")):
        site.run({"version": 1, "task": task, "id": id_})
    (failure,) = told(admin)
    assert (failure["item"], "The team is gone" in failure["error"]) == ("TEAM_MOVE#lost TEAM_MOVE", True)
    # Of a competition that is gone nothing is to be carried, and of many submissions organizers read why.
    (over,) = table.read(TeamMove.at("gone"))
    assert over is not None and over.status == jobs.FINISHED and status_of(read) == jobs.FAILED


@pytest.mark.parametrize(
    "task", ["import", "dump", "parcel", "batch", "group", "clear", "mailing", "notice", "team_move", "account"]
)
def test_a_message_about_what_is_gone_is_no_failure(site: Site, task: str) -> None:
    site.run({"version": 1, "task": task, "id": "c-0/nobody"})


DEAD = {"version": 1, "task": "notice", "id": "c-t-1"}
BOUNCE = {
    "version": "0",
    "id": "6a7e8feb",
    "source": dispatch.SES,
    "detail-type": "Email Bounced",
    "detail": {
        "eventType": "Bounce",
        "mail": {"destination": ["ada@example.org"]},
        "bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "ada@example.org"}]},
    },
}


def die(site: Site, *messages: Any) -> None:
    """Put messages on the dead-letter queue, as SQS does."""
    for message in messages:
        text = message if isinstance(message, str) else json.dumps(message)
        client("sqs").send_message(QueueUrl=site.outputs["TasksDeadQueueUrl"], MessageBody=text)


@pytest.mark.parametrize("message", [DEAD, BOUNCE], ids=["task", "bounce"])
def test_a_message_that_the_tasks_function_gave_up_is_told_and_done_when_it_is_tried_again(
    site: Site, admin: Person, message: dict[str, Any]
) -> None:
    die(site, message)
    sweep.sweep(later())
    (failure,) = told(admin)
    assert (failure["attempts"], failure["dead"]) == (1, False)
    assert (
        failure["about"] == "Task" and "broke off three times" in failure["error"] and str(message["id"]) in failure["item"]
    )
    assert site.messages("TasksDeadQueueUrl") == site.messages() == []
    assert [press(admin, failure), press(admin, failure)] == [200, 200]
    sweep.sweep(later(seconds=1))
    sweep.sweep(later(seconds=2))
    (again,) = site.messages()
    assert again == {**message, "failure": failure["id"]}
    # It is told until it is done.
    assert len(told(admin)) == 1
    site.run(again)
    assert (told(admin), retried(admin)) == ([], [failure["id"]])


def test_one_that_dies_again_is_the_same_failure_however_often(site: Site, admin: Person) -> None:
    die(site, DEAD, DEAD)
    sweep.sweep(later(hours=-1))
    (failure,) = told(admin)
    assert failure["attempts"] == 2
    press(admin, failure)
    sweep.sweep(later(seconds=1))
    die(site, *site.messages())
    sweep.sweep(later(minutes=1))
    (again,) = told(admin)
    assert (again["id"], again["first_at"], again["attempts"]) == (failure["id"], failure["first_at"], 1)


def test_a_message_is_sent_again_by_itself_for_some_days_and_then_when_somebody_asks(site: Site, admin: Person) -> None:
    die(site, DEAD)
    sweep.sweep(later())
    sent = []
    for hours in range(1, 100):
        sweep.sweep(later(hours=hours))
        sent += site.messages()
    assert len(sent) == failures.SENT_FOR / failures.SENT_EVERY - 1
    (failure,) = told(admin)
    assert failure["dead"] is True
    press(admin, failure)
    sweep.sweep(later(seconds=1))
    assert len(site.messages()) == 1 and [one["dead"] for one in told(admin)] == [False]


def test_whatever_call_is_cut_off_a_message_is_told_once_and_not_lost(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(minutes: int) -> None:
        sweep.sweep(later(minutes=minutes))
        for failure in told(admin):
            press(admin, failure)
        sweep.sweep(later(minutes=minutes, seconds=1))
        for message in site.messages():
            site.run(message)

    for cut in count(1):
        site.clean()
        die(site, DEAD)
        with dying(monkeypatch, cut) as calls, suppress(Crash, KeyError, TypeError):
            script(0)
        # What was received and not taken off is on the queue again after half a minute.
        if "DeleteMessage" not in calls:
            die(site, DEAD)
        script(1)
        # A function that died with the message would get it once more; or it is sent again after a while.
        if told(admin):
            script(60 * 7)
        assert told(admin) == [], calls
        if len(calls) < cut - 1:
            return


def test_what_nobody_can_read_holds_up_no_other_message(site: Site, admin: Person) -> None:
    die(site, "{", *({**DEAD, "id": str(number)} for number in range(12)))
    sweep.sweep(later())
    assert len(told(admin)) == 12
