"""Submitting: who may, how often, and what is made of an upload."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import ids, responses, telemetry
from chalicelib.actions.competitions.permissions import visible_phase
from chalicelib.actions.events import outbox
from chalicelib.actions.leaderboards.visibility import own_view_of
from chalicelib.actions.library import room
from chalicelib.actions.people import teams
from chalicelib.actions.queues import queueing
from chalicelib.actions.submissions import children as parts
from chalicelib.actions.submissions import opening, sharing
from chalicelib.actions.submissions.metadata import check_answers
from chalicelib.actions.submissions.showing import answer, read_leases
from chalicelib.contract import Status
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.competitions import access
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.mail.kinds import FAILED, FINISHED, is_wanted
from chalicelib.domain.metering.room import SUBMISSIONS
from chalicelib.domain.people import groups
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import kinds, quotas, robots
from chalicelib.domain.submissions.quotas import Limits
from chalicelib.domain.submissions.robots import Robot
from chalicelib.domain.submissions.sharing import lineage
from chalicelib.errors import Complaint, Conflict, Invalid, say
from chalicelib.requests import Submit
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, competition_of, places_of_phase
from chalicelib.store.events.events import Event, recording
from chalicelib.store.library import uploads
from chalicelib.store.library.uploads import Kept, Upload
from chalicelib.store.mail import readers
from chalicelib.store.mail.readers import MailPreferences
from chalicelib.store.metering import activity, storage
from chalicelib.store.metering.activity import ActiveDay
from chalicelib.store.people import organizations, participants
from chalicelib.store.people.organizations import Organization, OrganizationMember
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.site import Site
from chalicelib.store.people.teams import Team
from chalicelib.store.submissions import creation, shared_code, submissions, usage
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Found, Place, whole_number
from chalicelib.store.writes import Composer, Transaction


def submit(phase_id: str, account: Account, body: Submit, now: datetime) -> responses.Submission:
    """Take a submission: three calls, one to read, one transaction, one message (of several tasks, one for each).

    Who heard no answer sends the same again, and gets the submission that the upload became.

    Raises NotFound, NotAllowed for strangers and addresses that may not, Conflict outside the phase, QuotaExceeded,
    TooLarge, Invalid for a bad upload, one that the phase does not take, a fact sheet that is not filled in, or a start from
    what is not shared.
    """
    found = _read(phase_id, account, body, now)
    competition, phase = visible_phase(phase_id, account, found)
    _check_may_submit(competition, found, account)
    if (taken := _taken_before(body, found, account, phase)) is not None:
        return answer(taken, own_view_of(competition, phase, account, now), leases=read_leases(taken))
    opening.check(competition, phase, _member(competition, found, account), found.get(Site.at()), account, now)
    check_answers(competition.settings.fact_sheet, body.fact_sheet)
    tasks = _chosen(phase, body.tasks)
    source = _source(body, found, competition, phase, account, now)
    material = _material(body, found, account, source)
    plain = kinds.taken_as(material, phase.settings.submission_extensions)
    _check_room(competition, found, material)
    member = _member(competition, found, account)
    group = _group(competition, phase, found, account, body.group)
    limits, tz = limits_of(competition, phase, group, member), competition.settings.timezone
    quotas.check(limits, _used(phase.id, account.id, found, now, tz), int(material.size_bytes), now, tz)
    submission = _new(phase, account, member, material, body, now)
    submission.plain = plain
    submission.group = group.key if group else None
    submission.mails = _wanted_mails(found.get(MailPreferences.at(account.id)))
    submission.charged_day, submission.in_progress = quotas.day(now, tz), limits.at_once is not None or None
    children = parts.divide(submission, competition, tasks) if len(phase.tasks) > 1 else []
    queueing.set_apart(competition, phase, *(children or [submission]))
    queued = _enqueue(submission, children, competition, found)
    submission.ancestors = lineage(source.ancestors, source.id) if source else None
    submission.organization = _organization(body, found, account)
    about = {"phase": phase.id, "submission": submission.id, "user": account.id}
    told = outbox.of(competition, EventKind.SUBMISSION_SUBMITTED, now, **about)
    taking = _taking(submission, material, source, told, found.get(ActiveDay.at(account.id)))
    _store(submission, children, limits, taking, now, tz)
    queueing.wake(*queued)
    outbox.announce(told)
    telemetry.count("SubmissionTaken")
    telemetry.logger.info("submission taken", submission=submission.id, phase=phase.id)
    return answer(submission, own_view_of(competition, phase, account, now))


def quota(phase_id: str, wanted: str | None, account: Account, now: datetime) -> responses.Quota:
    """The attempts left to a participant in a phase, and when the next attempt opens: one call, two for a team's member.

    Who is in several groups and has `wanted` none is told of the first.

    Raises NotFound, NotAllowed.
    """
    used = usage.counters(phase_id, account.id, *quotas.possible_days(now))
    found = table.read_all([*_setting(phase_id, account), *used])
    competition, phase = visible_phase(phase_id, account, found)
    _check_may_submit(competition, found, account)
    member = _member(competition, found, account)
    mine = groups.open_in(_mine(competition, member), int(phase.index), competition.groups)
    group = _group(competition, phase, found, account, wanted) if wanted else next(iter(mine), None)
    limits, tz = limits_of(competition, phase, group, member), competition.settings.timezone
    used_up = _used(phase.id, account.id, found, now, tz)
    closed = opening.why_not(competition, phase, member, found.get(Site.at()), account, now)
    if member is not None and member.team:
        team, of_team = _team(phase.id, member.team, now, tz)
        used_up, closed = quotas.most(used_up, of_team), closed or teams.reason(team, account.id)
    left = quotas.left(limits, used_up, now, tz)
    return responses.Quota(
        today=_allowance(limits.per_day, left.today, used_up.extra_today),
        this_month=_allowance(limits.per_month, left.this_month, used_up.extra_this_month),
        in_all=_allowance(limits.in_all, left.in_all, used_up.extra_in_all),
        at_once=_allowance(limits.at_once, left.at_once),
        bytes=_allowance(limits.participant_bytes, left.bytes),
        submission_bytes=limits.submission_bytes,
        interval_seconds=limits.interval_seconds,
        extra=used_up.extra_in_all,
        timezone=tz,
        group=group.key if group else None,
        opens_at=None if closed else left.opens_at,
        reason=closed or left.reason,
    )


def limits_of(competition: Competition, phase: Phase, group: Group | None, member: Participant | None) -> Limits:
    """The limits of a phase for each of its participants and teams; a group's stand in place of the phase's, and a robot's
    in place of both."""
    settings, own = phase.settings, groups.limits_in(group, int(phase.index))
    sizes = (settings.max_submission_bytes, competition.settings.max_submission_bytes)
    limits = Limits(
        per_day=_first(own.max_submissions_per_day, whole_number(phase.max_submissions_per_day)),
        per_month=_first(own.max_submissions_per_month, settings.max_submissions_per_month),
        in_all=_first(own.max_submissions, whole_number(phase.max_submissions)),
        interval_seconds=settings.min_interval_seconds,
        at_once=settings.max_concurrent_submissions,
        submission_bytes=min((size for size in sizes if size), default=None),
        participant_bytes=settings.max_participant_bytes,
    )
    robot = robots.read(member.robot) if member else None
    return robot.limits(limits) if robot else limits


def _first(own: int | None, otherwise: int | None) -> int | None:
    return otherwise if own is None else own


def _mine(competition: Competition, member: Participant | None) -> list[Group]:
    return groups.of_keys(competition.groups, participants.groups_of(member))


def _group(competition: Competition, phase: Phase, found: Found, account: Account, wanted: str | None) -> Group | None:
    """The group for which somebody submits. Raises Invalid."""
    mine = _mine(competition, _member(competition, found, account))
    return groups.choose(mine, wanted, int(phase.index), competition.groups, account.id in competition.organizer_ids)


def _read(phase_id: str, account: Account, body: Submit, now: datetime) -> Found:
    """All that decides whether a submission is taken, by one call."""
    used = usage.counters(phase_id, account.id, *quotas.possible_days(now))
    turns = queueing.counters(competition_of(phase_id))
    stored = room.places(storage.competition(competition_of(phase_id)))
    return table.read_all([*_setting(phase_id, account), *_made_of(body, account), *used, *turns, *stored])


def _setting(phase_id: str, account: Account) -> Iterable[Place[Any]]:
    member, wishes = Participant.at(competition_of(phase_id), account.id), MailPreferences.at(account.id)
    return *places_of_phase(phase_id), member, Site.at(), wishes


def _check_may_submit(competition: Competition, found: Found, account: Account) -> None:
    member = _member(competition, found, account)
    is_organizer = account.id in competition.organizer_ids
    access.check_may_submit(member.status if member else None, is_organizer, participants.reason_of(member))


def _member(competition: Competition, found: Found, account: Account) -> Participant | None:
    return found.get(Participant.at(competition.id, account.id))


def _store(
    submission: Submission, children: list[Submission], limits: Limits, taking: Composer, now: datetime, tz: str
) -> None:
    """Store what is taken. Raises Conflict, and as `_check_team`."""
    try:
        creation.create(submission, children, limits, taking)
    except Conflict:
        _check_team(submission, limits, now, tz)
        raise


def _check_team(submission: Submission, limits: Limits, now: datetime, tz: str) -> None:
    """Raise what stood in the way of a team, which `submit` does not read: NotAllowed, QuotaExceeded."""
    if submission.team:
        phase_id, size_bytes = submission.phase, int(submission.size_bytes)
        team, used = _team(phase_id, submission.team, now, tz)
        teams.check_may_submit(team, submission.user)
        quotas.check(limits, used, size_bytes, now, tz)


def _team(phase_id: str, team: str, now: datetime, tz: str) -> tuple[Team | None, quotas.Used]:
    """A team, and what it has used up."""
    place = Team.at(competition_of(phase_id), team)
    found = table.read_all([place, *usage.counters(phase_id, team, quotas.day(now, tz))])
    return found.get(place), replace(_used(phase_id, team, found, now, tz), with_team=True)


def _check_room(competition: Competition, found: Found, material: Upload | Submission) -> None:
    """Raise TooLarge for a file that the competition has no room for. What others have sent already takes none."""
    if isinstance(material, Upload):
        room.check(storage.competition(competition.id), found, int(material.size_bytes))


def _used(phase_id: str, competitor: str, found: Found, now: datetime, tz: str) -> quotas.Used:
    return usage.used(found, phase_id, competitor, quotas.day(now, tz))


def _allowance(limit: int | None, left: int | None, extra: int = 0) -> responses.Allowance | None:
    return None if limit is None or left is None else responses.Allowance(limit + extra, left)


def _chosen(phase: Phase, wanted: list[int] | None) -> list[str]:
    """The tasks to submit to, in the phase's order: all, or those that were asked for. Raises Invalid."""
    unknown = sorted(set(wanted or ()) - set(phase.tasks))
    if unknown:
        there = ", ".join(map(str, phase.tasks))
        raise Invalid(
            say("choose_tasks", "Choose tasks of this phase."),
            [Complaint("tasks", say("task_not_among", "Task {task} is not among {tasks}.", task=unknown[0], tasks=there))],
        )
    return [str(index) for index in phase.tasks if wanted is None or index in wanted]


def _organization(body: Submit, found: Found, account: Account) -> dict[str, str] | None:
    """The id and the name of the organization for which it is. Raises Invalid for one that the account is not in."""
    if body.organization is None:
        return None
    there = found.get(Organization.at(body.organization))
    if there is None or there.removed or not found.has(OrganizationMember.at(body.organization, account.id)):
        complaint = Complaint(
            "organization",
            say("no_organization_of_yours", "There is no such organization of yours. Look at the list of yours."),
        )
        raise Invalid(say("submit_for_organization", "You submit for an organization in which you are."), [complaint])
    return {"id": there.id, "name": there.name}


def _made_of(body: Submit, account: Account) -> list[Place[Any]]:
    upload: list[Place[Any]] = [ActiveDay.at(account.id), *([Upload.at(body.upload)] if body.upload else [])]
    if body.organization:
        upload += [Organization.at(body.organization), OrganizationMember.at(body.organization, account.id)]
    return [*upload, Submission.at(body.forked_from)] if body.forked_from else upload


def _source(
    body: Submit, found: Found, competition: Competition, phase: Phase, account: Account, now: datetime
) -> Submission | None:
    """The shared code that it starts from. Raises Invalid."""
    if not body.forked_from:
        return None
    source, member = found.get(Submission.at(body.forked_from)), _member(competition, found, account)
    return sharing.source_of_fork(source, competition, phase, account, member, now)


def _material(body: Submit, found: Found, account: Account, source: Submission | None) -> Upload | Submission:
    """What is run: an upload, or without one what it starts from, as that is. Raises NotFound, Invalid."""
    if body.upload:
        return usable_upload(found.get(Upload.at(body.upload)), account)
    if source is None:
        complaint = Complaint("upload", say("upload_or_fork", "Name a committed upload, or shared code as `forked_from`."))
        raise Invalid(say("nothing_to_run", "There is nothing to be run."), [complaint])
    return source


def _taken_before(body: Submit, found: Found, account: Account, phase: Phase) -> Submission | None:
    """What was made of this upload in this phase already."""
    upload = found.get(Upload.at(body.upload)) if body.upload else None
    if upload is None or not (used_for := uploads.owned(upload, account.id).used_for):
        return None
    (made,) = table.read(Submission.at(used_for))
    return made if made is not None and made.phase == phase.id and not made.purged else None


def _taking(
    submission: Submission,
    material: Upload | Submission,
    source: Submission | None,
    told: Sequence[Event],
    active: ActiveDay | None,
) -> Composer:
    def compose(write: Transaction) -> None:
        if isinstance(material, Upload):
            uploads.using(write, material, Kept(SUBMISSIONS, submission.competition, submission.id))
        activity.submitting(write, submission.user, active, submission.created_at)
        if source is not None:
            shared_code.forking(write, source, submission)
        if submission.organization:
            of, at = submission.organization["id"], submission.competition
            organizations.submitting(write, of, submission.user, at, submission.created_at)
        recording(write, told)

    return compose


def _wanted_mails(preferences: MailPreferences | None) -> set[str] | None:
    on, off = readers.choices(preferences)
    return {kind for kind in (FAILED, FINISHED) if is_wanted(kind, on, off)} or None


def usable_upload(upload: Upload | None, account: Account) -> Upload:
    """An upload that can become a submission of the account. Raises NotFound, Invalid."""
    mine = uploads.owned(upload, account.id)
    if mine.purpose != "submission":
        raise Invalid(
            say(
                "upload_no_submission",
                "This upload is a {purpose}. Begin one with the purpose `submission`.",
                purpose=mine.purpose,
            )
        )
    if mine.state != uploads.COMMITTED:
        raise Invalid(
            say(
                "submission_upload_state",
                "This upload is {state}. Submit one that is committed and was not used before.",
                state=mine.state,
            )
        )
    return mine


def _new(
    phase: Phase,
    account: Account,
    member: Participant | None,
    material: Upload | Submission,
    body: Submit,
    now: datetime,
) -> Submission:
    id_ = ids.new(now)
    return Submission(
        *Submission.at(id_),
        id=id_,
        competition=phase.competition,
        phase=phase.id,
        task=str(phase.tasks[0]),
        user=account.id,
        username=account.username,
        team=member.team if member else None,
        team_name=member.team_name if member else None,
        robot=Robot(**member.robot).standing if member and member.robot else None,
        name=body.name,
        method=body.method.model_dump(exclude_unset=True) if body.method else None,
        fact_sheet=dict(body.fact_sheet) or None,
        status=Status.SUBMITTED,
        object_key=material.object_key,
        filename=material.filename if isinstance(material, Upload) else sharing.filename_of(material),
        size_bytes=material.size_bytes,
        sha256=material.sha256,
        created_at=now,
        list_pk=submissions.list_key(phase.id),
        list_sk=id_,
        owner_pk=submissions.owner_key(member.competitor if member else account.id, phase.id),
        owner_sk=id_,
    )


def _enqueue(submission: Submission, children: list[Submission], competition: Competition, found: Found) -> list[Submission]:
    """Have it wait for runners, or for an organizer to start it. Gives what runners are to be woken for."""
    queued = children or [submission]
    queueing.enqueue(competition, submission.group, found, *queued)
    submission.queue = max(queued, key=lambda one: int(one.turn)).queue
    if competition.settings.auto_run_submissions:
        return queued
    for row in (submission, *children):
        row.status = Status.SUBMITTING
        row.waiting_pk = row.waiting_sk = None
    return []
