"""Completion: what the end of an attempt makes of its submission, of the parent that it is one task of, and of the board."""

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from chalicelib import telemetry
from chalicelib.actions.events import outbox
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.actions.submissions import endings, solutions
from chalicelib.aws import messages
from chalicelib.contract import Fault, Status
from chalicelib.domain.leaderboards import scores
from chalicelib.domain.submissions import children, lifecycle, verdicts
from chalicelib.domain.submissions.verdicts import Verdict
from chalicelib.errors import Busy, Conflict, NotFound, say
from chalicelib.requests import Finish
from chalicelib.store import table, writes
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import Competition, Phase, places_of_phase
from chalicelib.store.events.events import Event, recording
from chalicelib.store.leaderboards import boards
from chalicelib.store.mail.outbox import Mail, queueing
from chalicelib.store.metering import activity
from chalicelib.store.runs import attempts
from chalicelib.store.runs.attempts import MOVED_ON, Attempt
from chalicelib.store.submissions import retention, settlement, submissions
from chalicelib.store.submissions.submissions import NO_SUBMISSION, Submission
from chalicelib.store.table import Found
from chalicelib.store.writes import Action, Composer, ConditionFailed, Transaction

_REMOVED = "The organizers have removed this phase."
_CHANGES = say("submission_changes", "This submission changes all the time. Nothing was changed; try again in a moment.")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class AttemptContext:
    """A submission whose attempt ends, and what its end may change. `parent` is None for what is no child.

    Of a submission whose phase was removed, competition, phase and setup are None: it can only fail. `found` has what its
    board row depends on.
    """

    submission: Submission
    parent: Submission | None
    competition: Competition | None
    phase: Phase | None
    setup: BoardSetup | None
    found: Found


@dataclass(frozen=True)
class Completion:
    """The result of an attempt, and what is kept of its report."""

    status: Status
    fault: Fault | None
    reason: str
    accepted: scores.Accepted = scores.Accepted({})
    report: Finish | None = None
    token_digest: str | None = None


def context_of(submission_id: str, phase_id: str, competitor: str, group: str | None, now: datetime) -> AttemptContext:
    """Read all that an end needs, by one call; by two where somebody was put in another group since. Raises NotFound."""
    of_competition, of_phase = places_of_phase(phase_id)
    parent_id = submissions.parent_of(submission_id)
    of_submission, of_parent = Submission.at(submission_id), Submission.at(parent_id or submission_id)
    of_board = placement.keys_needed(phase_id, competitor, parent_id or submission_id, group)
    found = table.read_all([of_submission, of_parent, of_competition, of_phase, *of_board])
    submission, parent = found.get(of_submission), found.get(of_parent)
    competition, phase = found.get(of_competition), found.get(of_phase)
    if submission is None or parent is None:
        raise NotFound(NO_SUBMISSION)
    if parent.group != group:
        return context_of(submission_id, phase_id, competitor, parent.group, now)
    is_there = competition is not None and phase is not None
    return AttemptContext(
        submission=submission,
        parent=parent if parent_id else None,
        competition=competition if is_there else None,
        phase=phase,
        setup=visibility.setup_of(competition, phase, now) if competition is not None and phase is not None else None,
        found=found,
    )


def judge(context: AttemptContext, report: Finish, token_digest: str) -> Completion:
    """The result of a runner's report."""
    if context.setup is None or context.competition is None:
        return Completion(Status.FAILED, Fault.ORGANIZER, _REMOVED, report=report, token_digest=token_digest)
    judged = definition.judged_columns(context.competition)
    if report.fault is None and "scoring_program" not in context.competition.tasks[str(context.submission.task)]["files"]:
        verdict = verdicts.await_jurors(judged, report.notes)
    else:
        verdict = verdicts.judge(report, context.setup.boards, judged)
    return replace(_as_judged(verdict), report=report, token_digest=token_digest)


def take(context: AttemptContext) -> Completion:
    """The result of a submission that nobody runs, because people alone judge it."""
    if context.competition is None:
        return Completion(Status.FAILED, Fault.ORGANIZER, _REMOVED)
    return _as_judged(verdicts.await_jurors(definition.judged_columns(context.competition)))


def write(
    context: AttemptContext,
    completion: Completion,
    now: datetime,
    lapsed: table.Item | None = None,
    also: Composer = writes.nothing,
) -> None:
    """End an attempt: its row, its parent, the refund, board row and its count, and `also`, all in one transaction.

    `lapsed` is as for `leases.ending`. Raises ConditionFailed when something was not as it was read: see `retried`.
    """
    submission, parent = context.submission, context.parent
    outcome = _outcome(context, completion)
    change = _change(context, outcome)
    former = attempts.find(submission.id, submission.shown_attempt) if _stands(submission, completion) else None
    told, mails = _told(context, outcome, now)
    counts = _counts(context, outcome, now)

    def compose(transaction: Transaction) -> None:
        refund = outcome is not None and not lifecycle.is_charged(outcome.fault)
        actions = _completing(completion, now) if former is None else _restoring(submission, former, completion)
        settlement.settling(transaction, submission, actions, refund, lapsed)
        # Without a claim there was no attempt.
        if former is not None and submission.attempt > submission.before:
            attempts.keeping(transaction, submission, int(submission.attempt), **_as_kept(submission, completion, now))
        if parent is not None and outcome is None:
            settlement.noting(transaction, parent, str(submission.task), _as_noted(context, completion))
        elif parent is not None and outcome is not None:
            settlement.settling(transaction, parent, _completing_parent(parent, outcome, now), refund)
        placement.changing(transaction, change, submission.phase, now, context.found)
        if _clears(context, outcome):
            retention.asking(transaction, submission.phase, submission.competitor, submission.competitor_name, now)
        recording(transaction, told)
        queueing(transaction, mails)
        activity.counting(transaction, now, **counts)
        also(transaction)

    writes.transact(compose)
    if counts["runner_seconds"]:
        telemetry.seconds("ScoringSeconds", counts["runner_seconds"])
    _follow(context, completion, outcome, change)
    outbox.announce(told)


def fail(submission: Submission, fault: Fault, reason: str, now: datetime, lapsed: table.Item | None = None) -> None:
    """End a submission or one task of it without a report. Raises Conflict when it moved on since it was read, Busy.

    `lapsed` is as for `leases.ending`: whoever looks after that has others to look after, and comes back.
    """

    def verb() -> None:
        context = context_of(submission.id, submission.phase, submission.competitor, submission.group, now)
        stored = context.submission
        if (stored.status, stored.token_digest) != (submission.status, submission.token_digest):
            raise Conflict(MOVED_ON)
        try:
            write(context, Completion(Status.FAILED, fault, reason), now, lapsed)
        except ConditionFailed as error:
            if lapsed is None:
                raise
            raise Conflict(MOVED_ON) from error

    retried(verb)


def cancel_rerun(queued: Sequence[Submission], reason: str, now: datetime, also: Composer = writes.nothing) -> bool:
    """Stop what is in progress of a submission that is run again, and do `also` with the first that stops: what it came to
    before stands. False when all of it has ended by itself meanwhile. Raises Busy.
    """

    def verb(row: Submission, along: Composer) -> bool:
        context = context_of(row.id, row.phase, row.competitor, row.group, now)
        if Status(context.submission.status).is_final:
            return False
        write(context, Completion(Status.CANCELLED, None, reason), now, also=along)
        return True

    has_stopped = False
    for row in queued:
        if not Status(row.status).is_final:
            along = writes.nothing if has_stopped else also
            has_stopped = retried(partial(verb, row, along)) or has_stopped
    return has_stopped


def retried(verb: Callable[[], Answer]) -> Answer:
    """Do it again when the participant's row changed meanwhile, or a sibling ended. Raises Busy after several tries."""
    return writes.retried(verb, Busy(_CHANGES))


def _follow(context: AttemptContext, completion: Completion, outcome: Completion | None, change: placement.Change) -> None:
    """Have done what follows from an end that is stored."""
    submission = context.submission
    if context.competition is not None:
        solutions.note(submission, context.competition, completion.status)
    if change and placement.is_news(submission.phase, submission.competitor, context.found):
        messages.send_rebuild(submission.phase)
    if change.is_judged:
        messages.send_judging(submission.phase)
    if _clears(context, outcome):
        messages.send_retention(submission.phase, submission.competitor)
    _log(submission, completion)
    if context.parent is not None and outcome is not None:
        _log(context.parent, outcome)


def _clears(context: AttemptContext, outcome: Completion | None) -> bool:
    """True where the phase keeps the best and the last submission alone, and this was one's newest to end."""
    return outcome is not None and context.setup is not None and bool(context.setup.phase.keeps_best_and_last_only)


def _as_judged(verdict: Verdict) -> Completion:
    return Completion(verdict.status, verdict.fault, verdict.reason, verdict.accepted)


def _change(context: AttemptContext, outcome: Completion | None) -> placement.Change:
    submission = context.parent or context.submission
    if outcome is None or context.setup is None or submission.checking:
        return placement.Change()
    if context.parent is None and _stands(submission, outcome):
        return placement.Change()
    if submission.standing == Status.FINISHED:
        return _reordered(context.setup, submission, outcome)
    if outcome.status is not Status.FINISHED:
        return placement.Change()
    if context.setup.counts_choices:
        return _reordered(context.setup, submission, outcome)
    return placement.place(submission, context.setup, outcome.accepted.scores, context.found)


def _told(context: AttemptContext, outcome: Completion | None, now: datetime) -> tuple[list[Event], list[Mail]]:
    """What is told of an end, and mailed: nothing of a task's, of a check, and of a re-run that came to nothing."""
    submission, competition = context.parent or context.submission, context.competition
    if outcome is None or competition is None or submission.checking:
        return [], []
    if context.parent is None and _stands(submission, outcome):
        return [], []
    about = (competition, submission, outcome.status, now)
    own_fault = outcome.reason if outcome.fault is Fault.PARTICIPANT else ""
    return endings.of(*about), endings.mails_of(*about, own_fault)


def _counts(context: AttemptContext, outcome: Completion | None, now: datetime) -> dict[str, int]:
    """What an end counts for the day: the seconds that a runner had it, and the submission that ended with it."""
    submission, ended = context.submission, outcome is not None and not (context.parent or context.submission).checking
    began = submission.started_at if submission.token_digest is not None else None
    seconds = max(0, int((now - began).total_seconds())) if began else 0
    return {"runner_seconds": seconds, **({str(outcome.status).lower(): 1} if ended and outcome is not None else {})}


def _reordered(setup: BoardSetup, submission: Submission, outcome: Completion) -> placement.Change:
    """A result that was there is another one now, or none; or others count, which were chosen: of its participant's
    submissions another one may be the best."""
    rows = boards.rows_of(submission.phase, submission.competitor)
    others = placement.newest_of(submission.competitor, submission.phase, submissions.MANY)
    ended = deepcopy(submission)
    ended.status, ended.scores = outcome.status, dict(outcome.accepted.scores)
    ended.standing = ended.shown = None
    chosen = placement.chosen_of(setup, submission.phase, submission.competitor)
    older = table.read_many(Submission.at(id_) for id_ in chosen - {one.id for one in others})
    change = placement.reorder(setup, rows, [ended, *(one for one in (*others, *older) if one.id != ended.id)], chosen)
    return replace(change, retold=submission.competitor)


def _stands(submission: Submission, completion: Completion) -> bool:
    standing = Status(submission.standing) if submission.standing else None
    # What is repeated to see whether it comes to the same replaces nothing.
    return bool(submission.checking) or lifecycle.stands(standing, completion.status, completion.fault)


def _result(submission: Submission, completion: Completion) -> children.Result:
    """The result of a task: its end, or what stands in place of a re-run that came to nothing."""
    if not _stands(submission, completion):
        return children.Result(completion.status, completion.fault, completion.reason, completion.accepted.scores)
    return children.Result(Status(submission.standing), None, submission.reason or "", submission.scores or {})


def _outcome(context: AttemptContext, completion: Completion) -> Completion | None:
    """The result of the submission: of one task the attempt's end, of several None while others are pending."""
    parent, task = context.parent, str(context.submission.task)
    if parent is None:
        return completion
    if parent.pending != {task}:
        return None
    results = {each: _read_result(parent.results[each]) for each in parent.results or ()}
    results[task] = _result(context.submission, completion)
    judged = children.judge(results, parent.tasks)
    of_phase = [str(index) for index in context.phase.tasks] if context.phase else []
    together = (
        scores.stored_of({one: result.scores for one, result in results.items()}, of_phase)
        if judged.status is Status.FINISHED
        else {}
    )
    return Completion(judged.status, judged.fault, judged.reason, scores.Accepted(together))


def _as_noted(context: AttemptContext, completion: Completion) -> str:
    """A task's result as its parent keeps it."""
    result = _result(context.submission, completion)
    return json.dumps(asdict(replace(result, reason=result.reason[: children.MAX_REASON_CHARACTERS])))


def _read_result(text: str) -> children.Result:
    noted = json.loads(text)
    fault = Fault(noted["fault"]) if noted["fault"] else None
    return children.Result(Status(noted["status"]), fault, noted["reason"], noted["scores"])


def _completing(completion: Completion, now: datetime) -> list[Action]:
    actions: list[Action] = [
        Submission.status.set(completion.status),
        Submission.finished_at.set(now),
        Submission.reason.set(completion.reason),
        Submission.fault.set(completion.fault) if completion.fault else Submission.fault.remove(),
        Submission.scores.set(dict(completion.accepted.scores)),
        Submission.original_scores.remove(),
        Submission.notes.set(list(completion.accepted.notes)),
        Submission.shown.remove(),
        Submission.standing.remove(),
    ]
    if completion.report is not None:
        actions += [
            Submission.steps.set([step.model_dump() for step in completion.report.steps]),
            Submission.uploaded.set(list(completion.report.uploaded)),
        ]
    if completion.token_digest:
        actions.append(Submission.last_digest.set(completion.token_digest))
    return actions


def _completing_parent(parent: Submission, outcome: Completion, now: datetime) -> list[Action]:
    if parent.checking:
        return _restoring(parent, attempts.find(parent.id, parent.shown_attempt), outcome)
    return _completing(outcome, now)


def _restoring(submission: Submission, former: Attempt, completion: Completion) -> list[Action]:
    """The row goes back to the result that stands; what the claim wrote over is that attempt's again."""
    actions: list[Action] = [
        Submission.status.set(submission.standing),
        Submission.standing.remove(),
        Submission.checking.remove(),
    ]
    if completion.token_digest:
        actions.append(Submission.last_digest.set(completion.token_digest))
    for name in attempts.CLAIMED_FIELDS:
        attribute, value = getattr(Submission, name), getattr(former, name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    return actions


def _as_kept(submission: Submission, completion: Completion, now: datetime) -> dict[str, Any]:
    """A re-run that changes nothing, as its attempt is kept."""
    report, checking = completion.report, submission.checking
    return {
        "status": completion.status,
        "fault": completion.fault,
        "reason": completion.reason,
        "scores": dict(completion.accepted.scores) if checking else None,
        "check": checking["check"] if checking else None,
        "notes": list(completion.accepted.notes),
        "steps": [step.model_dump() for step in report.steps] if report else None,
        "uploaded": list(report.uploaded) if report else None,
        "finished_at": now,
    }


def _log(submission: Submission, completion: Completion) -> None:
    if not submission.parent:
        telemetry.count(f"Submission{completion.status}")
        if completion.status is Status.FAILED and completion.fault:
            telemetry.count(f"FailedBy{completion.fault.title()}")
    telemetry.logger.info("submission ended", submission=submission.id, status=completion.status, fault=completion.fault)
