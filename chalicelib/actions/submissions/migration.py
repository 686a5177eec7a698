"""Migration: each participant's or team's last or best submission to a phase goes along into the next one, at its start
or by hand. Who is in a team competes in the next phase as that team.

Nothing is locked, and nobody waits for anybody: each participant or team is looked at alone, and what goes along has an id
that is derived from the phase and whose it is, so that it is made once however often it is tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all, visible_phase
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.queues import queueing
from chalicelib.actions.submissions import children as parts
from chalicelib.aws import messages
from chalicelib.contract import Status
from chalicelib.domain.leaderboards.ranking import Entry
from chalicelib.domain.people import groups
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import migration
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table
from chalicelib.store.background import jobs, phase_jobs
from chalicelib.store.background.phase_jobs import PhaseJob, Progress
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.teams import Team
from chalicelib.store.submissions import creation, submissions
from chalicelib.store.submissions.submissions import Submission

PAGE_SIZE = 25
#: So long the end of a participant's submissions in progress is waited for; then what has ended goes along.
PATIENCE = timedelta(hours=24)


@dataclass(frozen=True)
class _Setting:
    competition: Competition
    source: Phase
    target: Phase
    rule: migration.Rule


def begin(phase: Phase, now: datetime) -> None:
    """A phase has begun that submissions go along into. Does nothing when that was done before."""
    competition, all_phases = competitions.find(phase.competition)
    source = _before(phase, all_phases)
    if source is not None and jobs.create(_job(phase, source, None, now)):
        messages.send_phase_job(phase_jobs.migration_id(phase.id))
        telemetry.logger.info("migration begins", phase=phase.id, source=source.id, competition=competition.id)


def order(phase_id: str, body: requests.Migrate, account: Account, now: datetime) -> responses.Empty:
    """Have submissions go along into a phase, those that did before left alone. Raises NotFound, NotAllowed, Conflict."""
    competition, phase = visible_phase(phase_id, account)
    check_organizer(competition, account)
    _, all_phases = competitions.find(competition.id)
    source = _source(phase, all_phases, body.source)
    job = _job(phase, source, body.rule, now)
    told = {"source": source.id, "rule": body.rule or phase.settings.migrate}
    entry = acts.made(phase.id, "migrated", account, now, after=told)
    if not jobs.create(job, PhaseJob.status.is_in(*jobs.OVER), audit.along(entry)):
        raise Conflict(
            say(
                "migration_in_progress",
                "Submissions are going along into this phase at this moment. Wait for the end of that.",
            )
        )
    messages.send_phase_job(job.id)
    telemetry.logger.info("migration ordered", phase=phase.id, source=source.id, by=account.id)
    return responses.Empty()


def preview(
    phase_id: str, source_id: str | None, rule: migration.Rule | None, account: Account, after: str | None, now: datetime
) -> responses.Migration:
    """The submissions that would go along into a phase: one page of participants. Raises NotFound, NotAllowed."""
    competition, phase = visible_phase(phase_id, account)
    check_sees_all(competition, account)
    _, all_phases = competitions.find(competition.id)
    source = _source(phase, all_phases, source_id)
    setting = _Setting(competition, source, phase, rule or phase.settings.migrate)
    members, following = participants.of_competition(competition.id, after, PAGE_SIZE)
    competitors = _competitors(setting, members)
    migrating = [_migrating(setting, competitor, name, now) for competitor, name in competitors.items()]
    (job,) = table.read(PhaseJob.at(phase_jobs.migration_id(phase.id)))
    return responses.Migration(
        phase=phase.id,
        source=source.id,
        rule=setting.rule,
        starts_by_itself=phase.settings.auto_migrate_to_this_phase,
        status=job.status if job else None,  # type: ignore[arg-type]
        done=int(job.done) if job else 0,
        reason=(job.reason or "") if job else "",
        participants=migrating,
        next=following,
    )


def work(job: PhaseJob, now: datetime) -> Progress:
    """Look at one page of participants; at the end at those again whose submissions were in progress.

    Raises Conflict when it cannot go on: a phase was removed, or the competition may use its queue no more.
    """
    setting = _setting(job)
    if job.exhausted:
        competitors, cursor, waiting = list(job.waiting_for or []), None, []
    else:
        members, cursor = participants.of_competition(setting.competition.id, job.cursor, PAGE_SIZE)
        waiting = list(job.waiting_for or [])
        # A team's members may be on several pages.
        competitors = [competitor for competitor in _competitors(setting, members) if competitor not in waiting]
    is_late = job.until is not None and now >= job.until
    outcomes = {competitor: _take_along(setting, competitor, now, is_late) for competitor in competitors}
    waiting += [competitor for competitor, outcome in outcomes.items() if outcome is None]
    phase_jobs.advance(job, cursor, waiting, sum(1 for outcome in outcomes.values() if outcome))
    if cursor is not None:
        return Progress.GOES_ON
    return Progress.WAITS if waiting else Progress.DONE


def _competitors(setting: _Setting, members: Sequence[Participant]) -> dict[str, str]:
    """Who competes: the approved participants that are in no team, and the approved teams of the others; and their names."""
    approved = [member for member in members if member.status == participants.APPROVED]
    places = {Team.at(setting.competition.id, member.team) for member in approved if member.team}
    denied = {team.id for team in table.read_many(places) if team.status != participants.APPROVED}
    return {member.competitor: member.competitor_name for member in approved if member.competitor not in denied}


def _take_along(setting: _Setting, competitor: str, now: datetime, is_late: bool) -> bool | None:
    """Make one's submission to the new phase, one for each group. False when there is nothing to take, None when to try
    later."""
    found = placement.newest_of(competitor, setting.source.id, submissions.MANY)
    if not is_late and any(_is_in_progress(one) for one in found):
        return None
    made = [_take(setting, chosen, now) for chosen in _choose(setting, found, now)]
    return any(made)


def _take(setting: _Setting, chosen: Submission, now: datetime) -> bool:
    """False when it was made before."""
    made = _copy(chosen, setting, now)
    children = []
    if len(setting.target.tasks) > 1:
        children = parts.divide(made, setting.competition, [str(index) for index in setting.target.tasks])
    queued = children or [made]
    queueing.set_apart(setting.competition, setting.target, *queued)
    queueing.enqueue(setting.competition, made.group, table.read_all(queueing.counters(setting.competition.id)), *queued)
    made.queue = max(queued, key=lambda one: int(one.turn)).queue
    if not creation.create_uncharged(made, children, chosen):
        return False
    queueing.wake(*queued)
    telemetry.logger.info("submission goes along", submission=made.id, source=chosen.id)
    return True


def _choose(setting: _Setting, found: Sequence[Submission], now: datetime) -> list[Submission]:
    """What goes along of one's submissions: one, or one for each group that takes part in the new phase."""
    setup = visibility.setup_of(setting.competition, setting.source, now)
    reserved = groups.reserved_for(setup.groups.values(), int(setting.target.index))
    eligible = {one.id: one for one in found if placement.is_eligible(one)}
    entries: dict[str | None, list[Entry]] = {}
    for one in eligible.values():
        group = placement.group_of(one, setup)
        if not reserved or group in reserved:
            entries.setdefault(group, []).append(placement.entry(one, setup))
    how = (setup.main.columns, setup.main.primary_index, setup.main.tie_break_indexes)
    chosen = [migration.choose(setting.rule, theirs, *how) for theirs in entries.values()]
    return [eligible[one.submission] for one in chosen if one]


def _migrating(setting: _Setting, competitor: str, name: str, now: datetime) -> responses.Migrating:
    found = placement.newest_of(competitor, setting.source.id, submissions.MANY)
    chosen = next(iter(_choose(setting, found, now)), None)
    (made,) = table.read(Submission.at(_id(setting.target, competitor, chosen.group if chosen else None)))
    return responses.Migrating(
        participant=name,
        submission=chosen.id if chosen else None,
        in_progress=sum(1 for one in found if _is_in_progress(one)),
        became=made.id if made else None,
    )


def _is_in_progress(submission: Submission) -> bool:
    status = Status(submission.status)
    return not status.is_final and status is not Status.SUBMITTING and submission.solution is None


def _copy(source: Submission, setting: _Setting, now: datetime) -> Submission:
    id_ = _id(setting.target, source.competitor, source.group)
    return Submission(
        *Submission.at(id_),
        id=id_,
        competition=setting.competition.id,
        phase=setting.target.id,
        task=str(setting.target.tasks[0]),
        user=source.user,
        username=source.username,
        team=source.team,
        team_name=source.team_name,
        group=source.group,
        organization=source.organization,
        robot=source.robot,
        name=source.name,
        description=source.description,
        method=source.method,
        fact_sheet=source.fact_sheet,
        status=Status.SUBMITTED,
        object_key=source.object_key,
        filename=source.filename,
        size_bytes=source.size_bytes,
        sha256=source.sha256,
        plain=source.plain,
        migrated_from=source.id,
        created_at=now,
        list_pk=submissions.list_key(setting.target.id),
        list_sk=id_,
        owner_pk=submissions.owner_key(source.competitor, setting.target.id),
        owner_sk=id_,
    )


def _id(target: Phase, competitor: str, group: str | None) -> str:
    of_group = f" @{group}" if group else ""
    return ids.derived(target.competition, f"{target.id} {competitor}{of_group}")


def _job(phase: Phase, source: Phase, rule: str | None, now: datetime) -> PhaseJob:
    id_ = phase_jobs.migration_id(phase.id)
    return PhaseJob(
        *PhaseJob.at(id_),
        id=id_,
        work=phase_jobs.MIGRATE,
        phase=phase.id,
        source=source.id,
        rule=rule or phase.settings.migrate,
        until=now + PATIENCE,
        created_at=now,
        owner_pk=phase_jobs.owner_key(phase.id),
        owner_sk=id_,
    )


def _before(phase: Phase, all_phases: Sequence[Phase]) -> Phase | None:
    earlier = [one for one in all_phases if one.index < phase.index]
    return earlier[-1] if earlier else None


def _source(phase: Phase, all_phases: Sequence[Phase], wanted: str | None) -> Phase:
    """The phase that submissions come from. Raises NotFound, Conflict."""
    if wanted is None:
        before = _before(phase, all_phases)
        if before is None:
            raise Conflict(say("migration_source_needed", "No phase comes before this one. Name one as `source`."))
        return before
    named = [one for one in all_phases if one.id == wanted and one.id != phase.id]
    if not named:
        raise NotFound(say("migration_source_unknown", "`source` is no other phase of this competition."))
    return named[0]


def _setting(job: PhaseJob) -> _Setting:
    """Raises Conflict when something of it was removed meanwhile."""
    competition, source, target = table.read(
        Competition.at(competitions.competition_of(job.phase)), Phase.at(str(job.source)), Phase.at(job.phase)
    )
    if competition is None or source is None or target is None:
        raise Conflict(
            say(
                "migration_phase_removed",
                "The phase that submissions come from, or the one that they go to, was removed meanwhile.",
            )
        )
    return _Setting(competition, source, target, "best" if job.rule == "best" else "last")
