"""Starting, stopping and repeating the runs of submissions. A re-run is a new attempt of the same submission."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib import ids, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, visible_phase
from chalicelib.actions.events import acts, outbox
from chalicelib.actions.leaderboards import visibility
from chalicelib.actions.leaderboards.visibility import ScoreView
from chalicelib.actions.queues import queueing
from chalicelib.actions.runs import completion
from chalicelib.actions.submissions import endings, showing
from chalicelib.actions.submissions.showing import changeable, visible
from chalicelib.aws import messages
from chalicelib.contract import Status
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import lifecycle
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background import jobs, phase_jobs
from chalicelib.store.background.phase_jobs import PhaseJob, Progress
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import REMOVED, Competition
from chalicelib.store.events.events import recording
from chalicelib.store.metering import activity
from chalicelib.store.runs import attempts
from chalicelib.store.runs.attempts import MOVED_ON_LOAD, Attempt
from chalicelib.store.submissions import settlement, submissions
from chalicelib.store.submissions.submissions import Submission, check_not_child
from chalicelib.store.writes import Action, Composer, ConditionFailed, Transaction

PAGE_SIZE = 25


def start(submission_id: str, account: Account, now: datetime) -> responses.Submission:
    """Queue a submission that its organizers start by hand. Raises NotFound, NotAllowed, Conflict."""
    begin(*_organized(submission_id, account), account, now)
    return showing.show(submission_id, account, now)


def begin(submission: Submission, competition: Competition, account: Account, now: datetime) -> None:
    """Queue a submission that waits for its organizers. Raises Conflict when it does not."""
    lifecycle.check_transition(Status(submission.status), Status.SUBMITTED)
    queued = _enqueue(submission, competition)
    attempts.start(submission, queued, now, audit.along(_entry(submission, "started", account, now)))
    queueing.wake(*queued)
    telemetry.logger.info("submission started", submission=submission.id, by=account.id)


def cancel(submission_id: str, account: Account, now: datetime) -> responses.Submission:
    """Cancel: at once while it waits (refunded), by the next heartbeat once its code has run (charged).

    With a submission go its tasks; one of several tasks alone cannot be cancelled. What a submission that is run again came
    to before stands. Raises NotFound, Conflict.
    """
    stop(submission_id, account, now)
    return showing.show(submission_id, account, now)


def stop(submission_id: str, account: Account, now: datetime) -> None:
    """Cancel, as `cancel` does, and answer nothing. Raises NotFound, Conflict, Busy."""
    reason = f"Cancelled by {account.username}."

    def verb() -> None:
        submission, is_own = changeable(submission_id, account)
        _stop(submission, reason, None if is_own else _entry(submission, "cancelled", account, now), now)

    completion.retried(verb)
    telemetry.logger.info("submission cancelled", submission=submission_id)


def end(submission_id: str, reason: str, now: datetime) -> None:
    """Cancel for a `reason` of the site's. Raises NotFound, Conflict, Busy."""
    completion.retried(lambda: _stop(submissions.find(submission_id), reason, None, now))


def rerun(submission_id: str, account: Account, now: datetime) -> responses.Submission:
    """Run a submission again, uncharged, as its organizer. Raises NotFound, NotAllowed, Conflict while it is in progress."""
    submission, competition = _organized(submission_id, account)
    repeat(submission, competition, account, now)
    telemetry.logger.info("submission is run again", submission=submission.id, by=account.id)
    return showing.show(submission_id, account, now)


def repeat(submission: Submission, competition: Competition, account: Account, now: datetime) -> None:
    """Queue an ended submission for a new attempt, as its organizer. Raises Conflict, as `again`."""
    again(submission, competition, None, now, audit.along(_entry(submission, "rerun", account, now)))


def again(
    submission: Submission, competition: Competition, phase_job: str | None, now: datetime, also: Composer = writes.nothing
) -> None:
    """Queue an ended submission for a new attempt, and do `also`. Raises Conflict while it is in progress, or removed."""
    lifecycle.check_rerun(Status(submission.status))
    if submission.removed_at is not None:
        raise Conflict(say("submission_removed", "This submission was removed."))
    queue(submission, submissions.children(submission), competition, phase_job, now, also)


def queue(
    submission: Submission,
    children: Sequence[Submission],
    competition: Competition,
    phase_job: str | None,
    now: datetime,
    also: Composer = writes.nothing,
) -> None:
    """Line up an ended submission, or its children, for a new attempt, and do `also`. Raises Conflict when it moved on."""
    queued = children or [submission]
    queueing.enqueue(competition, submission.group, table.read_all(queueing.counters(competition.id)), *queued)
    attempts.rerun(submission, children, phase_job, now, also)
    queueing.wake(*queued)


def rerun_phase(phase_id: str, account: Account, now: datetime) -> responses.Empty:
    """Run all submissions of a phase again that have ended, one after the other. Raises NotFound, NotAllowed."""
    competition, phase = visible_phase(phase_id, account)
    check_organizer(competition, account)
    id_ = ids.new(now)
    job = PhaseJob(
        *PhaseJob.at(id_),
        id=id_,
        work=phase_jobs.RERUN,
        phase=phase.id,
        created_at=now,
        owner_pk=phase_jobs.owner_key(phase.id),
        owner_sk=id_,
    )
    jobs.create(job, besides=audit.along(acts.made(phase.id, "rerun", account, now, after={"job": id_})))
    messages.send_phase_job(id_)
    telemetry.logger.info("phase is run again", phase=phase.id, by=account.id)
    return responses.Empty()


def work(job: PhaseJob, now: datetime) -> Progress:
    """Run one page of a phase's submissions again: those that were there when it was asked for, each once.

    Raises Conflict when the competition was removed meanwhile.
    """
    (competition,) = table.read(Competition.at(competitions.competition_of(job.phase)))
    if competition is None:
        raise Conflict(REMOVED)
    listed, cursor = submissions.of_phase(job.phase, job.cursor, PAGE_SIZE)
    # An index lags behind, so it tells the ids alone.
    there = table.read_many(Submission.at(one.id) for one in listed)
    meant = [one for one in there if _is_meant(one, job)]
    refusals = [_refusal(one, competition, job, now) for one in meant]
    refused = [refusal for refusal in refusals if refusal is not None]
    phase_jobs.advance(job, cursor, [], len(meant) - len(refused), refused[-1] if refused else None)
    return Progress.GOES_ON if cursor else Progress.DONE


def list_attempts(submission_id: str, account: Account, now: datetime) -> responses.Attempts:
    """The earlier attempts of a submission, the oldest first. Raises NotFound."""
    submission = visible(submission_id, account)
    competition, phase = table.read(*competitions.places_of_phase(submission.phase))
    if competition is None or phase is None:
        raise NotFound(say("phase_of_submission_removed", "The phase of this submission was removed."))
    score_view = visibility.own_view_of(competition, phase, account, now)
    return responses.Attempts([_attempt(attempt, submission, score_view) for attempt in attempts.kept(submission)])


def _entry(submission: Submission, what: str, account: Account, now: datetime) -> AuditEntry:
    whose = {"submission": submission.id, "participant": submission.competitor_name}
    return acts.made(submission.phase, what, account, now, **whose)


def _stop(submission: Submission, reason: str, entry: AuditEntry | None, now: datetime) -> None:
    """Cancel, with the record of it where somebody else than its owner does. Each task that is run again ends by itself, so
    that record goes with the first.

    Raises Conflict when it ended meanwhile, and ConditionFailed when one of its tasks was claimed or ended."""
    check_not_child(submission)
    status = Status(submission.status)
    lifecycle.check_transition(status, Status.CANCELLED)
    children = submissions.children(submission)
    if submission.standing is not None:
        along = writes.nothing if entry is None else audit.along(entry)
        if not completion.cancel_rerun(children or [submission], reason, now, along):
            raise Conflict(MOVED_ON_LOAD)
        return
    refund = not lifecycle.is_charged_when_cancelled(status)
    going = [child for child in children if not Status(child.status).is_final]
    (competition,) = table.read(Competition.at(submission.competition))
    told = endings.of(competition, submission, Status.CANCELLED, now) if competition else []

    def also(write: Transaction) -> None:
        recording(write, told)
        activity.counting(write, now, cancelled=1)
        if entry is not None:
            audit.recording(write, entry)

    try:
        settlement.settle(submission, going, _cancelled(reason, now), refund, also)
    except ConditionFailed as error:
        if going:
            raise
        raise Conflict(MOVED_ON_LOAD) from error
    outbox.announce(told)


def _cancelled(reason: str, now: datetime) -> list[Action]:
    return [
        Submission.status.set(Status.CANCELLED),
        Submission.finished_at.set(now),
        Submission.reason.set(reason),
    ]


def _attempt(attempt: Attempt, submission: Submission, score_view: ScoreView) -> responses.Attempt:
    for_organizers = score_view.audience.is_organizer
    return responses.Attempt(
        number=int(attempt.number),
        status=attempt.status,  # type: ignore[arg-type]
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        scores=showing.scores_of(submission, attempt.scores, score_view),
        notes=showing.notes_of(submission, attempt.notes, score_view),
        fault=attempt.fault,  # type: ignore[arg-type]
        reason=showing.reason_of(submission, attempt.reason, score_view),
        steps=[showing.step(stored, for_organizers) for stored in attempt.steps or []],
        ran_with=showing.versions(attempt.ran_with) if for_organizers else None,
        is_check=attempt.check is not None,
    )


def _is_meant(submission: Submission, job: PhaseJob) -> bool:
    is_new = submission.phase_job != job.id and submission.created_at <= job.created_at and submission.solution is None
    return is_new and Status(submission.status).is_final and submission.removed_at is None


def _refusal(submission: Submission, competition: Competition, job: PhaseJob, now: datetime) -> str | None:
    """Why a submission cannot be run again; None when it is."""
    try:
        again(submission, competition, job.id, now)
    except Conflict as error:
        return error.detail
    return None


def _enqueue(submission: Submission, competition: Competition) -> Sequence[Submission]:
    queued = submissions.children(submission) or [submission]
    queueing.enqueue(competition, submission.group, table.read_all(queueing.counters(competition.id)), *queued)
    return queued


def _organized(submission_id: str, account: Account) -> tuple[Submission, Competition]:
    """A submission and its competition, which the account organizes. Raises NotFound, NotAllowed, Conflict for one task."""
    submission = visible(submission_id, account)
    check_not_child(submission)
    (competition,) = table.read(Competition.at(submission.competition))
    return submission, check_organizer(competition, account)
