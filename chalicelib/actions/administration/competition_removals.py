"""Removal of competitions: one is gone at once, for everybody; what it leaves a background job takes away (ADR 43).

Nothing is locked, and how far it is needs no note: what is gone is not found again. The job goes through everything twice:
at once, and when no function runs any more that had read the competition. So what another one wrote meanwhile goes, too.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from chalicelib import responses, settings, telemetry
from chalicelib.actions.competitions.permissions import check_owner
from chalicelib.actions.events import acts
from chalicelib.actions.library import references
from chalicelib.actions.submissions import removal as submission_removal
from chalicelib.aws import messages, object_keys, objects, secrets
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, say
from chalicelib.store import table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background import jobs, phase_jobs
from chalicelib.store.bundles import dumps
from chalicelib.store.competitions import competitions, removals
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.competitions.removals import SETTLED, CompetitionRemoval
from chalicelib.store.events.events import Event
from chalicelib.store.forum import threads
from chalicelib.store.forum.announcements import Announcement
from chalicelib.store.forum.mailing import AnnouncementMailing
from chalicelib.store.forum.reports import PostReport
from chalicelib.store.judging.cases import JudgingState
from chalicelib.store.judging.jurors import Juror
from chalicelib.store.leaderboards import boards
from chalicelib.store.library import datasets
from chalicelib.store.mail import mailings
from chalicelib.store.metering import storage
from chalicelib.store.metering.storage import StorageCounter
from chalicelib.store.people import group_jobs, invitations, organizations, participants, teams
from chalicelib.store.queues import queues, registries
from chalicelib.store.queues.registries import Registry
from chalicelib.store.runs.determinism import DeterminismCheck
from chalicelib.store.submissions import exports, leases, retention, submissions
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.submissions.usage import Quota
from chalicelib.store.webhooks import webhooks
from chalicelib.store.webhooks.deliveries import Delivery
from chalicelib.store.webhooks.webhooks import Webhook

PAGE_SIZE = 25
_PUBLISHED = say(
    "delete_published", "This competition is published. Unpublish it first, so that nobody finds it; then delete it."
)
_NOT_TYPED = say("delete_unnamed", "A competition that is deleted does not come back. Say which one by its slug.")


def order(competition_id: str, typed: str | None, account: Account, now: datetime) -> responses.Empty:
    """Delete a competition for good, as its owner, who has typed its slug: two calls and a message.

    Raises NotFound, NotAllowed, Conflict for one that is published, Invalid for another slug.
    """
    competition, phases = competitions.find(competition_id)
    check_owner(competition, account)
    if competition.published:
        raise Conflict(_PUBLISHED)
    if typed != competition.called:
        raise Invalid(
            _NOT_TYPED,
            [
                Complaint(
                    "slug",
                    say(
                        "type_the_slug",
                        "Type `{slug}` to delete “{title}”.",
                        slug=competition.called,
                        title=competition.title,
                    ),
                )
            ],
        )
    told = {"competition": competition.id, "slug": competition.called, "title": competition.title}
    entry = acts.along_of_owner(competition.owner, "competition_removed", account, now, before=told)
    own = references.all_of(competition, phases, now)
    removals.order(competition, phases, queues.queues_of(competition), own, entry, now)
    messages.send_competition_removal(competition.id)
    telemetry.logger.warning("competition deleted", competition=competition.id, by=account.id)
    return responses.Empty()


def work(removal: CompetitionRemoval, now: datetime, deadline: datetime) -> None:
    """Take away all that a competition left. Raises OutOfTime, TakenOver, Busy."""
    for done in _everything(removal):
        removals.advance(removal, done)
        if is_late(deadline):
            raise OutOfTime
    if now - removal.created_at < SETTLED:
        jobs.pause(removal, removal.created_at + SETTLED)
        return
    removals.end(removal)
    telemetry.logger.info("competition removed", competition=removal.id, done=int(removal.done))


def _everything(removal: CompetitionRemoval) -> Iterator[int]:
    """Take everything away, page by page: how much each had. What others are found by comes last."""
    competition = removal.id
    for phase in removal.phases:
        yield from _submissions(competition, phase)
        yield from _phase(phase)
    yield from _webhooks(competition)
    yield from _forum(competition)
    yield from _teams(competition, removal.phases)
    yield from _participants(competition, removal.phases)
    for key in (dumps.owner_key(competition), group_jobs.owner_key(competition), mailings.owner_key(competition)):
        yield from _all(removals.owned(key))
    config, files = settings.get(), object_keys.folders_of_competition(competition)
    yield from _objects(config.files_bucket, files)
    yield from _objects(config.runs_bucket, [object_keys.exports_of(competition)])
    secrets.delete(registries.secret_name(Registry.of_competition(competition)[0]))
    turns = [queues.Turn(*queues.Turn.latest(queue, competition)) for queue in {*removal.queues, queues.DEFAULT}]
    writes.delete_many(turns)
    yield from _partitions(
        Event.at(competition, "")[0],
        Juror.at(competition, "")[0],
        AuditEntry.at(competition, "")[0],
        StorageCounter.at(storage.competition(competition))[0],
        Competition.at(competition)[0],
    )


def _submissions(competition: str, phase: str) -> Iterator[int]:
    """Whatever runs is over with its lease: its runner hears that with its next heartbeat."""
    before = None
    while True:
        page, before = submissions.of_phase(phase, before, PAGE_SIZE)
        for submission in page:
            _submission(competition, submission)
        yield from _partitions(*{Quota.at(phase, one)[0] for submission in page for one in submission.counted})
        yield len(page)
        if before is None:
            return


def _submission(competition: str, submission: Submission) -> None:
    """Let go of what others have of it, then of its files; its row is the last."""
    rows = [submission, *submissions.children(submission)]
    writes.delete_many([leases.Lease(*leases.Lease.at(row.id)) for row in rows])
    for row in rows:
        for file in ((row.ran_with or {}).get("files") or {}).values():
            datasets.no_longer_use(file["dataset"], datasets.COMPETITION, competition)
    if submission.organization:
        organizations.forget_entry(submission.organization["id"], competition)
    submission_removal.finish(submission)


def _phase(phase: str) -> Iterator[int]:
    """What a phase has beside its submissions."""
    for key in (phase_jobs.owner_key(phase), exports.owner_key(phase), retention.owner_key(phase)):
        yield from _all(removals.owned(key))
    yield from _partitions(
        boards.partition(phase),
        JudgingState.at(phase)[0],
        DeterminismCheck.at(phase)[0],
        AuditEntry.at(phase, "")[0],
    )
    yield from _objects(settings.get().runs_bucket, object_keys.folders_of_phase(phase))


def _webhooks(competition: str) -> Iterator[int]:
    for webhook in webhooks.of_competition(competition):
        secrets.delete(webhook.secret_name)
        yield from _partitions(Delivery.at(webhook, "")[0])
    yield from _partitions(Webhook.at(competition, "")[0])


def _forum(competition: str) -> Iterator[int]:
    for page in removals.listed(threads.list_key(competition)):
        yield from _partitions(*{str(thread.pk) for thread in page})
    announced = table.everything_at(Announcement.at(competition, "")[0])
    mailed = [AnnouncementMailing.at(f"{competition}-{announcement.sk}") for announcement in announced]
    writes.delete_many([AnnouncementMailing(*place) for place in mailed])
    yield from _partitions(Announcement.at(competition, "")[0], PostReport.at(competition, "")[0])


def _teams(competition: str, phases: Iterable[str]) -> Iterator[int]:
    while page := teams.of_competition(competition, None, PAGE_SIZE)[0]:
        for team in page:
            yield from _all(removals.listed(invitations.list_key(team.id)))
            yield from _partitions(*(Quota.at(phase, team.id)[0] for phase in phases))
        writes.delete_many(page)
        yield len(page)


def _participants(competition: str, phases: Iterable[str]) -> Iterator[int]:
    while page := participants.of_competition(competition, None, PAGE_SIZE)[0]:
        for one in page:
            yield from _partitions(*(Quota.at(phase, one.user)[0] for phase in phases))
        writes.delete_many(page)
        yield len(page)


def _partitions(*pks: str) -> Iterator[int]:
    for pk in pks:
        yield from removals.empty(pk)


def _all(pages: Iterator[list[table.Item]]) -> Iterator[int]:
    for page in pages:
        writes.delete_many(page)
        yield len(page)


def _objects(bucket: str, folders: Iterable[str]) -> Iterator[int]:
    for folder in folders:
        while keys := objects.below(bucket, folder):
            objects.delete(bucket, *keys)
            yield 0
