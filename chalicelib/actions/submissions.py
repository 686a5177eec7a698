"""Submitting, and what people may know and do about submissions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import answers, ids, telemetry
from chalicelib.actions import queueing
from chalicelib.actions.competitions import check_organizer, check_visible, is_organizer, whole
from chalicelib.bodies import Submit
from chalicelib.contract import Status
from chalicelib.domain import access, lifecycle, phases, quotas
from chalicelib.domain.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotFound
from chalicelib.store import competitions, participants, submissions, table, uploads
from chalicelib.store import quotas as counters
from chalicelib.store.competitions import Competition, Phase
from chalicelib.store.participants import Participant
from chalicelib.store.quotas import Quota
from chalicelib.store.submissions import Submission

PAGE_SIZE = 50
CANCEL_TRIES = 6
#: What a child has from its parent.
_OF_THE_WHOLE = ("competition", "phase", "user", "username", "name", "status", "object_key", "filename", "size_bytes")
_OF_THE_WHOLE += ("sha256", "created_at")
_NO_PHASE = "There is no such phase. Look at the competition for its phases."
_NO_SUBMISSION = "There is no such submission. Look at the list of your submissions."


def submit(phase_id: str, account: Account, body: Submit, now: datetime) -> answers.Submission:
    """Take a submission: three calls, one to read, one transaction, one message (of several tasks, one for each).

    Raises NotFound, NotAllowed for strangers, Conflict outside the phase, QuotaExceeded, Invalid for a wrong upload.
    """
    day = quotas.day(now)
    member, upload_key = participants.key(competitions.competition_of(phase_id), account.id), uploads.key(body.upload)
    total, today = counters.keys(phase_id, account.id, day)
    turns = queueing.counters(competitions.competition_of(phase_id))
    found = table.fetch(*_phase_keys(phase_id), member, upload_key, total, today, *turns)
    competition, phase = _visible(found, phase_id, account)
    _check_may_submit(competition, found.get(member), account)
    phases.check_open(phase.name, phase.starts_at, phase.ends_at, now)
    per_day, in_all = whole(phase.max_submissions_per_day), whole(phase.max_submissions)
    quotas.check(_used(found.get(today)), _used(found.get(total)), per_day, in_all, now)
    tasks = _chosen(phase, body.tasks)
    upload = _usable(found.get(upload_key), account)
    submission = _new(phase, account, upload, body.name, day, now)
    children = _divide(submission, competition, tasks) if len(phase.tasks) > 1 else []
    queued = children or [submission]
    queueing.line_up(competition, found, *queued)
    submission.queue = queued[0].queue
    submissions.create(submission, children, upload, per_day, in_all)
    queueing.wake(*queued)
    telemetry.count("SubmissionTaken")
    telemetry.logger.info("submission taken", submission=submission.id, phase=phase.id)
    return answer(submission)


def show(submission_id: str, account: Account, now: datetime) -> answers.Submission:
    """One submission, for its participant and the organizers, with its place in line while it waits. Raises NotFound."""
    submission = visible(submission_id, account)
    children = submissions.children(submission)
    shown = answer(submission, for_organizers=submission.user != account.id, children=children)
    return replace(shown, queue=queueing.standing(children or [submission], now))


def list_mine(phase_id: str, account: Account, before: str | None) -> answers.Submissions:
    """One page of the account's own submissions in a phase. Raises NotFound."""
    _visible(table.fetch(*_phase_keys(phase_id)), phase_id, account)
    found, following = submissions.of_participant(account.id, phase_id, before, PAGE_SIZE)
    return answers.Submissions([answer(submission) for submission in found], following)


def list_all(phase_id: str, account: Account, before: str | None) -> answers.Submissions:
    """One page of everybody's submissions in a phase, for organizers. Raises NotFound, NotAllowed."""
    competition, _ = _visible(table.fetch(*_phase_keys(phase_id)), phase_id, account)
    check_organizer(competition, account)
    found, following = submissions.of_phase(phase_id, before, PAGE_SIZE)
    return answers.Submissions([answer(submission, for_organizers=True) for submission in found], following)


def cancel(submission_id: str, account: Account, now: datetime) -> answers.Submission:
    """Cancel: at once while it waits (refunded), by the next heartbeat once its code has run (charged).

    With a submission go its tasks; one of several tasks alone cannot be cancelled. Raises NotFound, Conflict.
    """
    for left in reversed(range(CANCEL_TRIES)):
        submission = visible(submission_id, account)
        check_whole(submission)
        status = Status(submission.status)
        lifecycle.check_transition(status, Status.CANCELLED)
        refund = not lifecycle.is_charged_when_cancelled(status)
        going = [child for child in submissions.children(submission) if not Status(child.status).is_final]
        try:
            submissions.settle(submission, going, Status.CANCELLED, now, f"Cancelled by {account.username}.", refund)
            break
        except Conflict:
            # One of its tasks was claimed or ended meanwhile.
            if not going or not left:
                raise
    telemetry.logger.info("submission cancelled", submission=submission.id)
    return answer(submissions.find(submission_id))


def check_whole(submission: Submission) -> None:
    """Raise Conflict for one of several tasks of a submission: verbs are about the whole."""
    if submission.parent:
        raise Conflict(f"This is one task of the submission {submission.parent}. Do it to the whole.")


def answer(submission: Submission, for_organizers: bool = False, children: Sequence[Submission] = ()) -> answers.Submission:
    """A submission as its participant sees it, or the organizers, who learn which versions it ran with."""
    return answers.Submission(
        id=submission.id,
        competition=submission.competition,
        phase=submission.phase,
        participant=submission.username,
        name=submission.name,
        status=submission.status,  # type: ignore[arg-type]
        attempt=int(submission.attempt),
        size_bytes=int(submission.size_bytes),
        created_at=submission.created_at,
        finished_at=submission.finished_at,
        scores=submission.scores or {},
        notes=list(submission.notes or []),
        fault=submission.fault,  # type: ignore[arg-type]
        reason=submission.reason or "",
        steps=[_step(step, for_organizers) for step in submission.steps or []],
        ran_with=_versions(submission.ran_with) if for_organizers else None,
        parent=submission.parent,
        task=submission.task,
        tasks=[_task(child, submission, for_organizers) for child in children],
    )


def _task(child: Submission, parent: Submission, for_organizers: bool) -> answers.TaskRun:
    return answers.TaskRun(
        task=str(child.task),
        name=parent.tasks[str(child.task)],
        submission=child.id,
        status=child.status,  # type: ignore[arg-type]
        attempt=int(child.attempt),
        finished_at=child.finished_at,
        scores=child.scores or {},
        notes=list(child.notes or []),
        fault=child.fault,  # type: ignore[arg-type]
        reason=child.reason or "",
        steps=[answers.StepReport(**step) for step in child.steps or []],
        ran_with=_versions(child.ran_with) if for_organizers else None,
    )


def _step(stored: dict[str, Any], for_organizers: bool) -> answers.StepReport:
    report = answers.StepReport(**stored)
    return report if for_organizers else replace(report, image_digest=None)


def _versions(stored: dict[str, Any] | None) -> answers.Versions | None:
    if not stored:
        return None
    files = {kind: answers.UsedFile(**file) for kind, file in stored["files"].items()}
    return answers.Versions(files, stored["task"], stored["image"])


def _phase_keys(phase_id: str) -> tuple[table.Key, table.Key]:
    return competitions.key(competitions.competition_of(phase_id)), competitions.phase_key(phase_id)


def _visible(found: dict[table.Key, table.Item], phase_id: str, account: Account) -> tuple[Competition, Phase]:
    competition_key, phase_key = _phase_keys(phase_id)
    phase = found.get(phase_key)
    if not isinstance(phase, Phase):
        raise NotFound(_NO_PHASE)
    return check_visible(found.get(competition_key), account), phase


def _check_may_submit(competition: Competition, participant: table.Item | None, account: Account) -> None:
    status = participant.status if isinstance(participant, Participant) else None
    access.check_may_submit(status, account.id in competition.organizer_ids)


def _chosen(phase: Phase, wanted: list[int] | None) -> list[str]:
    """The tasks to submit to, in the phase's order: all, or those that were asked for. Raises Invalid."""
    unknown = sorted(set(wanted or ()) - set(phase.tasks))
    if unknown:
        there = ", ".join(map(str, phase.tasks))
        raise Invalid("Choose tasks of this phase.", [Complaint("tasks", f"Task {unknown[0]} is not among {there}.")])
    return [str(index) for index in phase.tasks if wanted is None or index in wanted]


def _used(quota: table.Item | None) -> int:
    return int(quota.used) if isinstance(quota, Quota) else 0


def _usable(upload: table.Item | None, account: Account) -> uploads.Upload:
    mine = uploads.owned(upload, account.id)
    if mine.purpose != "submission":
        raise Invalid(f"This upload is a {mine.purpose}. Begin one with the purpose `submission`.")
    if mine.state != uploads.COMMITTED:
        raise Invalid(f"This upload is {mine.state}. Submit one that is committed and was not used before.")
    return mine


def _new(phase: Phase, account: Account, upload: uploads.Upload, name: str, day: str, now: datetime) -> Submission:
    id_ = ids.new(now)
    return Submission(
        *submissions.key(id_),
        id=id_,
        competition=phase.competition,
        phase=phase.id,
        task=str(phase.tasks[0]),
        user=account.id,
        username=account.username,
        name=name,
        status=Status.SUBMITTED,
        object_key=upload.object_key,
        filename=upload.filename,
        size_bytes=upload.size_bytes,
        sha256=upload.sha256,
        charged_day=day,
        created_at=now,
        list_pk=submissions.list_key(phase.id),
        list_sk=id_,
        owner_pk=submissions.owner_key(account.id, phase.id),
        owner_sk=id_,
    )


def _divide(submission: Submission, competition: Competition, tasks: list[str]) -> list[Submission]:
    """Make a submission the parent of one child a task. Gives the children."""
    submission.task, submission.attempt = None, 1
    submission.tasks = {task: competition.tasks[task]["name"] for task in tasks}
    submission.pending, submission.results = set(tasks), {}
    return [_child(submission, task) for task in tasks]


def _child(parent: Submission, task: str) -> Submission:
    id_ = submissions.child_id(parent.id, task)
    return Submission(
        *submissions.key(id_),
        id=id_,
        parent=parent.id,
        task=task,
        **{name: getattr(parent, name) for name in _OF_THE_WHOLE},
    )


def visible(submission_id: str, account: Account) -> Submission:
    """A submission that is the account's own or in a competition that it organizes. Raises NotFound."""
    submission = submissions.find(submission_id)
    if submission.user != account.id and not account.is_admin:
        key = competitions.key(submission.competition)
        if not is_organizer(_competition(table.fetch(key).get(key)), account):
            raise NotFound(_NO_SUBMISSION)
    return submission


def _competition(item: table.Item | None) -> Competition:
    if not isinstance(item, Competition):
        raise NotFound(_NO_SUBMISSION)
    return item
