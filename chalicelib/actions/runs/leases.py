"""The runner protocol (docs/protocol.md) from the claim on: heartbeat, uploads, finish, abort."""

from datetime import datetime, timedelta

from chalicelib import ids, responses, telemetry
from chalicelib.actions.queues import queueing
from chalicelib.actions.runs import completion, jobs
from chalicelib.contract import Fault, Status
from chalicelib.domain.people.accounts import AttemptToken
from chalicelib.domain.submissions import lifecycle
from chalicelib.errors import Conflict
from chalicelib.requests import Abort, Finish, Heartbeat
from chalicelib.store.runs import attempts
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

LEASE = timedelta(seconds=60)
ATTEMPT_PREFIX = "agona_"
_STEPS = {"preparing": Status.PREPARING, "prediction": Status.RUNNING, "scoring": Status.SCORING}
_STALE = "This attempt is over or belongs to another runner. Stop it and report nothing more."


def heartbeat(submission_id: str, token: AttemptToken, body: Heartbeat, now: datetime) -> responses.Beat:
    """Extend the lease: one call, two when the answer is no. Raises Conflict for a stale attempt."""
    lease_ends = now + LEASE
    try:
        attempts.beat(submission_id, token.digest, _STEPS[body.step], lease_ends)
    except Conflict:
        if submissions.find(submission_id).status == Status.CANCELLED:
            return responses.Beat(False, now)
        raise
    return responses.Beat(True, lease_ends)


def fresh_uploads(submission_id: str, token: AttemptToken) -> responses.FreshUploads:
    """New presigned POSTs for a long job; none for one of a sealed queue. Raises NotFound, Conflict."""
    submission = _held(submissions.find(submission_id), token)
    if (submission.ran_with or {}).get("sealed"):
        return responses.FreshUploads({})
    return responses.FreshUploads(jobs.uploads_of(submission))  # type: ignore[arg-type]


def finish(submission_id: str, token: AttemptToken, body: Finish, now: datetime) -> responses.NewStatus:
    """End an attempt: status, scores, board row and dirty mark in one transaction; three calls.

    The last of a submission's tasks to end settles the whole.

    Sent twice it answers the same. Raises NotFound, Conflict.
    """
    return completion.retried(lambda: _finish(submission_id, token, body, now))


def _finish(submission_id: str, token: AttemptToken, body: Finish, now: datetime) -> responses.NewStatus:
    it = completion.context_of(submission_id, token.phase, token.competitor)
    submission = it.submission
    if submission.last_digest == token.digest and Status(submission.status).is_final:
        return responses.NewStatus(submission.status)  # type: ignore[arg-type]
    _held(submission, token)
    ending = completion.judge(it, body, token.digest)
    completion.write(it, ending, now)
    return responses.NewStatus(ending.status)  # type: ignore[arg-type]


def abort(submission_id: str, token: AttemptToken, body: Abort, now: datetime) -> responses.NewStatus:
    """Take back an attempt that the platform could not finish. Raises NotFound, Conflict."""
    submission = _held(submissions.find(submission_id), token)
    return responses.NewStatus(give_up(submission, body.reason, now))  # type: ignore[arg-type]


def give_up(submission: Submission, reason: str, now: datetime, lease_ran_out: bool = False) -> Status:
    """An attempt was broken off: queue the submission again or, after the third, fail and refund it."""
    status = lifecycle.after_abort(int(submission.attempt) - int(submission.before))
    if status is Status.FAILED:
        completion.fail(submission, Fault.PLATFORM, reason, now, lease_ran_out)
    else:
        attempts.release(submission, now, reason, lease_ran_out)
        queueing.wake(submission)
    telemetry.logger.warning("attempt broken off", submission=submission.id, status=status, reason=reason)
    return status


def _held(submission: Submission, token: AttemptToken) -> Submission:
    """The submission, when this token's attempt holds it. Raises Conflict."""
    if submission.token_digest != token.digest or not Status(submission.status).is_claimed:
        raise Conflict(_STALE)
    return submission


def read_token(token: str) -> AttemptToken:
    """Take an attempt's token apart. It is believed only when its digest is the row's. Raises Conflict."""
    phase, _, rest = token.removeprefix(ATTEMPT_PREFIX).partition(".")
    competitor, _, secret = rest.partition(".")
    if not (token.startswith(ATTEMPT_PREFIX) and phase and competitor and secret):
        raise Conflict(_STALE)
    return AttemptToken(phase, competitor, ids.digest(token))
