"""Failing: organizers mark a submission as failed, whatever it is, and its attempt is given back."""

from datetime import datetime

from pynamodb.transactions import TransactWrite

from chalicelib import requests, responses, telemetry
from chalicelib.actions.leaderboards import moderation
from chalicelib.actions.runs import completion
from chalicelib.actions.submissions.showing import show
from chalicelib.contract import Fault, Status
from chalicelib.domain.people.accounts import Account
from chalicelib.store.submissions import submissions, usage
from chalicelib.store.submissions.submissions import Submission, check_not_child


def fail(submission_id: str, body: requests.Why, account: Account, now: datetime) -> responses.Submission:
    """Mark a submission as failed, whatever it is now, and give its attempt back. Raises NotFound, NotAllowed, Conflict."""
    mark(submission_id, body, account, now)
    return show(submission_id, account, now)


def mark(submission_id: str, body: requests.Why, account: Account, now: datetime) -> None:
    """Mark as failed, as `fail` does, and tell nothing. Raises NotFound, NotAllowed, Conflict."""
    case = moderation.case_of(submission_id, account, now, as_organizer=True)
    reason = body.reason or f"Marked as failed by {account.username}."
    submission = case.submission
    if not Status(submission.status).is_final:
        queued = submissions.children(submission) or [submission]
        if submission.standing is not None:
            completion.cancel_rerun(queued, reason, now)
        for row in queued:
            if submission.standing is None and not Status(row.status).is_final:
                completion.fail(row, Fault.ORGANIZER, reason, now)
        case = moderation.case_of(submission_id, account, now, as_organizer=True)
    if case.submission.status != Status.FAILED:
        _fail(case, reason, now)
    telemetry.logger.info("submission marked as failed", submission=submission.id, by=account.id)


def _fail(case: moderation.Case, reason: str, now: datetime) -> None:
    submission = case.submission
    check_not_child(submission)
    actions = [
        Submission.status.set(Status.FAILED),
        Submission.fault.set(Fault.ORGANIZER),
        Submission.reason.set(reason),
        Submission.scores.set({}),
        Submission.charged_day.remove(),
    ]
    values = {"status": Status.FAILED, "scores": {}}
    day = submission.charged_day

    def also(write: TransactWrite) -> None:
        usage.settling(write, submission.phase, submission.counted, day, ends=False)

    entry = moderation.entry_of(case, "failed", submission.status, None, reason, now)
    moderation.change_of(case, actions, values, entry, now, also)
