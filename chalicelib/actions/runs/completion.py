"""Ends: what the end of an attempt makes of its submission, of the whole that it is a part of, and of the board."""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib import telemetry
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.actions.submissions import solutions
from chalicelib.aws import messages
from chalicelib.contract import Fault, Status
from chalicelib.domain.leaderboards import scores
from chalicelib.domain.submissions import children, lifecycle
from chalicelib.errors import Conflict, NotFound
from chalicelib.requests import Finish
from chalicelib.store import table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.leaderboards import boards
from chalicelib.store.runs import attempts
from chalicelib.store.runs.attempts import Attempt
from chalicelib.store.submissions import retention, submissions
from chalicelib.store.submissions.submissions import Submission

#: Something changed between our read and our write: the participant's board row, or a sibling ended. Read again.
TRIES = 6
_REMOVED = "The organizers have removed this phase."
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
    found: Mapping[table.Key, table.Item]


@dataclass(frozen=True)
class Completion:
    """What an attempt comes to, and what is kept of its report."""

    status: Status
    fault: Fault | None
    reason: str
    accepted: scores.Accepted = scores.Accepted({})
    report: Finish | None = None
    token_digest: str | None = None


def context_of(submission_id: str, phase_id: str, competitor: str) -> AttemptContext:
    """Read all that an end needs, by one call. Raises NotFound."""
    competition_key, phase_key = competitions.key(competitions.competition_of(phase_id)), competitions.phase_key(phase_id)
    key, parent_id = submissions.key(submission_id), submissions.parent_of(submission_id)
    parent_key = submissions.key(parent_id) if parent_id else key
    keys_around_board = placement.keys_around(phase_id, competitor, parent_id or submission_id)
    found = table.fetch(*{key, parent_key}, competition_key, phase_key, *keys_around_board)
    submission, parent = found.get(key), found.get(parent_key)
    competition, phase = found.get(competition_key), found.get(phase_key)
    if not isinstance(submission, Submission) or not isinstance(parent, Submission):
        raise NotFound("There is no such submission.")
    is_there = isinstance(competition, Competition) and isinstance(phase, Phase)
    return AttemptContext(
        submission=submission,
        parent=parent if parent_id else None,
        competition=competition if is_there else None,
        phase=phase if isinstance(phase, Phase) else None,
        setup=visibility.setup_of(competition, phase) if is_there else None,
        found=found,
    )


def judge(it: AttemptContext, report: Finish, token_digest: str) -> Completion:
    """What a runner's report comes to."""
    if it.setup is None or it.competition is None:
        return Completion(Status.FAILED, Fault.ORGANIZER, _REMOVED, report=report, token_digest=token_digest)
    reported = Fault(report.fault) if report.fault else None
    if reported is None and "scoring_program" not in it.competition.tasks[str(it.submission.task)]["files"]:
        taken = take(it)
        accepted = replace(taken.accepted, notes=(*taken.accepted.notes, *report.notes))
        return replace(taken, accepted=accepted, report=report, token_digest=token_digest)
    judged, boards_ = definition.judged_columns(it.competition), it.setup.boards
    plain = [column.key for board in boards_ for column in board.columns if column.computation is None]
    expected = [key for key in dict.fromkeys(plain) if key not in judged]
    accepted = scores.accept_for(report.scores, boards_, judged) if reported is None else scores.Accepted({})
    status, fault = lifecycle.after_finish(reported, accepted.scores, is_expected=bool(expected))
    reason = report.reason
    if reported is None and fault is not None:
        reason = f"The scoring program reported no finite number for any column. It should report: {', '.join(expected)}."
    accepted = replace(accepted, notes=(*accepted.notes, *report.notes))
    return Completion(status, fault, reason, accepted, report, token_digest)


def take(it: AttemptContext) -> Completion:
    """What a submission comes to that nobody runs, because people alone judge it."""
    if it.competition is None:
        return Completion(Status.FAILED, Fault.ORGANIZER, _REMOVED)
    notes = scores.noted([], {}, definition.judged_columns(it.competition))
    return Completion(Status.FINISHED, None, "", scores.Accepted({}, tuple(notes)))


def write(it: AttemptContext, ending: Completion, now: datetime, lease_ran_out: bool = False) -> None:
    """End an attempt: its row, its parent, the attempt's refund, board row and its count, all in one transaction.

    Raises TransactWriteError when something was not as it was read: see `retried`.
    """
    whole = _whole(it, ending)
    change = _change(it, whole)
    former = attempts.find(it.submission.id, it.submission.shown_attempt) if _stands(it.submission, ending) else None
    clears = whole is not None and it.setup is not None and it.setup.phase.keeps_best_and_last_only

    def compose(transaction: TransactWrite) -> None:
        refund = whole is not None and not lifecycle.is_charged(whole.fault)
        actions = _actions(ending, now) if former is None else _restoring(it.submission, former, ending)
        submissions.settling(transaction, it.submission, actions, refund, lease_ran_out)
        # Without a claim there was no attempt.
        if former is not None and it.submission.attempt > it.submission.before:
            attempts.keeping(transaction, it.submission, int(it.submission.attempt), **_said(it.submission, ending, now))
        if it.parent is not None and whole is None:
            submissions.noting(transaction, it.parent, str(it.submission.task), _noted(it, ending))
        elif it.parent is not None and whole is not None:
            submissions.settling(transaction, it.parent, _of_whole(it.parent, whole, now), refund)
        placement.changing(transaction, change, it.submission.phase, now)
        if clears:
            retention.asking(transaction, it.submission.phase, it.submission.competitor, now)

    table.commit(compose)
    if it.competition is not None:
        solutions.note(it.submission, it.competition, ending.status)
    if change and placement.is_news(it.submission.phase, it.submission.competitor, it.found):
        messages.send_rebuild(it.submission.phase)
    if change.is_judged:
        messages.send_judging(it.submission.phase)
    if clears:
        messages.send_retention(it.submission.phase, it.submission.competitor)
    _tell(it.submission, ending)
    if it.parent is not None and whole is not None:
        _tell(it.parent, whole)


def fail(submission: Submission, fault: Fault, reason: str, now: datetime, lease_ran_out: bool = False) -> None:
    """End a submission or one task of it without a report. Raises Conflict when it moved on since it was read."""

    def verb() -> None:
        it = context_of(submission.id, submission.phase, submission.competitor)
        seen = (submission.status, submission.token_digest, submission.due_at if lease_ran_out else it.submission.due_at)
        if (it.submission.status, it.submission.token_digest, it.submission.due_at) != seen:
            raise Conflict("This submission has moved on meanwhile.")
        write(it, Completion(Status.FAILED, fault, reason), now, lease_ran_out)

    try:
        retried(verb)
    except TransactWriteError as error:
        # The sweeper has others to look after, and comes back to this one.
        raise Conflict("This submission changes all the time. Try again.") from error


def cancel_rerun(queued: Sequence[Submission], reason: str, now: datetime) -> None:
    """Stop what is in progress of a submission that is run again: what it came to before stands."""
    for row in queued:
        if not Status(row.status).is_final:
            retried(
                lambda row=row: write(
                    context_of(row.id, row.phase, row.competitor), Completion(Status.CANCELLED, None, reason), now
                )
            )


def retried(verb: Callable[[], Answer]) -> Answer:
    """Do it again when a condition failed: reading again tells what moved. Raises TransactWriteError after several tries."""
    for left in reversed(range(TRIES)):
        try:
            return verb()
        except TransactWriteError as error:
            if not table.failed_conditions(error) or not left:
                raise
    raise AssertionError("unreachable")


def _change(it: AttemptContext, whole: Completion | None) -> placement.Change:
    submission = it.parent or it.submission
    if whole is None or it.setup is None or submission.checking or (it.parent is None and _stands(submission, whole)):
        return placement.Change()
    if submission.standing == Status.FINISHED:
        return _reordered(it, submission, whole)
    if whole.status is not Status.FINISHED:
        return placement.Change()
    return placement.place(submission, it.setup, whole.accepted.scores, it.found)


def _reordered(it: AttemptContext, submission: Submission, whole: Completion) -> placement.Change:
    """A result that was there is another one now, or none: of its participant's submissions another one may be the best."""
    its_rows = boards.rows_of(submission.phase, submission.competitor)
    others = placement.newest_of(submission.competitor, submission.phase, submissions.MANY)
    mine = deepcopy(submission)
    mine.status, mine.scores, mine.standing = whole.status, dict(whole.accepted.scores), None
    assert it.setup is not None
    return placement.reorder(it.setup, its_rows, [mine if one.id == mine.id else one for one in others])


def _stands(submission: Submission, ending: Completion) -> bool:
    standing = Status(submission.standing) if submission.standing else None
    # What is repeated to see whether it comes to the same replaces nothing.
    return bool(submission.checking) or lifecycle.stands(standing, ending.status, ending.fault)


def _effective(it: AttemptContext, ending: Completion) -> children.Result:
    """What a task comes to: its end, or what stands in place of a re-run that came to nothing."""
    row = it.submission
    if not _stands(row, ending):
        return children.Result(ending.status, ending.fault, ending.reason, ending.accepted.scores)
    return children.Result(Status(row.standing), None, row.reason or "", row.scores or {})


def _whole(it: AttemptContext, ending: Completion) -> Completion | None:
    """What the submission as a whole comes to: None while other tasks of it are pending."""
    parent, task = it.parent, str(it.submission.task)
    if parent is None:
        return ending
    if parent.pending != {task}:
        return None
    results = {each: _result(text) for each, text in (parent.results.as_dict() if parent.results else {}).items()}
    results[task] = _effective(it, ending)
    whole = children.judge(results, parent.tasks)
    of_phase = [str(index) for index in it.phase.tasks] if it.phase else []
    its = children.scores(results, of_phase) if whole.status is Status.FINISHED else {}
    return Completion(whole.status, whole.fault, whole.reason, scores.Accepted(its))


def _noted(it: AttemptContext, ending: Completion) -> str:
    result = _effective(it, ending)
    return json.dumps(asdict(replace(result, reason=result.reason[: children.MAX_REASON_CHARACTERS])))


def _result(text: str) -> children.Result:
    noted = json.loads(text)
    fault = Fault(noted["fault"]) if noted["fault"] else None
    return children.Result(Status(noted["status"]), fault, noted["reason"], noted["scores"])


def _actions(ending: Completion, now: datetime) -> list[Any]:
    actions = [
        Submission.status.set(ending.status),
        Submission.finished_at.set(now),
        Submission.reason.set(ending.reason),
        Submission.fault.set(ending.fault) if ending.fault else Submission.fault.remove(),
        Submission.scores.set(dict(ending.accepted.scores)),
        Submission.original_scores.remove(),
        Submission.notes.set(list(ending.accepted.notes)),
        Submission.shown.remove(),
        Submission.standing.remove(),
    ]
    if ending.report is not None:
        actions += [
            Submission.steps.set([step.model_dump() for step in ending.report.steps]),
            Submission.uploaded.set(list(ending.report.uploaded)),
            Submission.last_digest.set(ending.token_digest),
        ]
    return actions


def _of_whole(parent: Submission, whole: Completion, now: datetime) -> list[Any]:
    if parent.checking:
        return _restoring(parent, attempts.find(parent.id, parent.shown_attempt), whole)
    return _actions(whole, now)


def _restoring(submission: Submission, former: Attempt, ending: Completion) -> list[Any]:
    """The row goes back to the result that stands; what the claim wrote over is that attempt's again."""
    actions = [Submission.status.set(submission.standing), Submission.standing.remove(), Submission.checking.remove()]
    if ending.token_digest:
        actions.append(Submission.last_digest.set(ending.token_digest))
    for name in attempts.CLAIMED_FIELDS:
        attribute, value = getattr(Submission, name), getattr(former, name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    return actions


def _said(submission: Submission, ending: Completion, now: datetime) -> dict[str, Any]:
    """What a re-run came to that changes nothing, as it is kept."""
    report, checking = ending.report, submission.checking
    return {
        "status": ending.status,
        "fault": ending.fault,
        "reason": ending.reason,
        "scores": dict(ending.accepted.scores) if checking else None,
        "check": checking["check"] if checking else None,
        "notes": list(ending.accepted.notes),
        "steps": [step.model_dump() for step in report.steps] if report else None,
        "uploaded": list(report.uploaded) if report else None,
        "finished_at": now,
    }


def _tell(submission: Submission, ending: Completion) -> None:
    if not submission.parent:
        telemetry.count(f"Submission{ending.status}")
    telemetry.logger.info("submission ended", submission=submission.id, status=ending.status, fault=ending.fault)
