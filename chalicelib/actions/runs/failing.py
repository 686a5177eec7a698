"""Failing: organizers mark a submission as failed, whatever it is, and its attempt is given back."""

from datetime import datetime

from chalicelib import requests, responses, telemetry
from chalicelib.actions.events import outbox
from chalicelib.actions.leaderboards import moderation
from chalicelib.actions.leaderboards.moderation import ModeratedSubmission
from chalicelib.actions.runs import completion
from chalicelib.actions.submissions import endings
from chalicelib.actions.submissions.showing import show
from chalicelib.contract import Fault, Status
from chalicelib.domain.people.accounts import Account
from chalicelib.store.events.events import recording
from chalicelib.store.submissions import submissions, usage
from chalicelib.store.submissions.submissions import Submission, check_not_child
from chalicelib.store.writes import Transaction


def fail(submission_id: str, body: requests.Why, account: Account, now: datetime) -> responses.Submission:
    """Mark a submission as failed, whatever it is now, and give its attempt back. Raises NotFound, NotAllowed, Conflict."""
    mark(submission_id, body, account, now)
    return show(submission_id, account, now)


def mark(submission_id: str, body: requests.Why, account: Account, now: datetime) -> None:
    """Mark as failed, as `fail` does, and answer nothing. Raises NotFound, NotAllowed, Conflict."""
    moderated = moderation.moderated_submission(submission_id, account, now, as_organizer=True)
    reason = body.reason or f"Marked as failed by {account.username}."
    submission = moderated.submission
    if not Status(submission.status).is_final:
        queued = submissions.children(submission) or [submission]
        if submission.standing is not None:
            completion.cancel_rerun(queued, reason, now)
        for row in queued:
            if submission.standing is None and not Status(row.status).is_final:
                completion.fail(row, Fault.ORGANIZER, reason, now)
        moderated = moderation.moderated_submission(submission_id, account, now, as_organizer=True)
    if moderated.submission.status != Status.FAILED:
        _fail(moderated, reason, now)
    telemetry.logger.info("submission marked as failed", submission=submission.id, by=account.id)


def _fail(moderated: ModeratedSubmission, reason: str, now: datetime) -> None:
    submission = moderated.submission
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

    told = endings.of(moderated.competition, submission, Status.FAILED, now)

    def also(write: Transaction) -> None:
        usage.settling(write, submission.phase, submission.counted, day, ends=False)
        recording(write, told)

    entry = moderation.entry_of(moderated, "failed", submission.status, None, reason, now)
    moderation.change_of(moderated, actions, values, entry, now, also)
    outbox.announce(told)
