"""The runner protocol (docs/protocol.md) from the claim on: heartbeat, uploads, finish, abort."""

from datetime import datetime, timedelta

from chalicelib import ids, responses, telemetry
from chalicelib.actions.queues import queueing
from chalicelib.actions.runs import completion, jobs
from chalicelib.contract import Fault, Status
from chalicelib.domain.people.accounts import AttemptToken
from chalicelib.domain.submissions import lifecycle
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.requests import Abort, Finish, Heartbeat
from chalicelib.store import table
from chalicelib.store.runs import attempts
from chalicelib.store.submissions import leases
from chalicelib.store.submissions.leases import Lease
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Item
from chalicelib.store.writes import ConditionFailed

LEASE = timedelta(seconds=60)
ATTEMPT_PREFIX = "agona_"
_STEPS = {"preparing": Status.PREPARING, "prediction": Status.RUNNING, "scoring": Status.SCORING}
LOST = "The runner stopped answering."
_STALE = say("attempt_stale", "This attempt is over or belongs to another runner. Stop it and report nothing more.")


def heartbeat(submission_id: str, token: AttemptToken, body: Heartbeat, now: datetime) -> responses.Beat:
    """Extend the lease: one call, two when the answer is no. Raises Conflict for a stale attempt."""
    status, lease_ends = _STEPS[body.step], now + LEASE
    try:
        leases.extend(submission_id, token.digest, status, lease_ends)
    except ConditionFailed:
        submission = _known(submission_id, token)
        if submission.status == Status.CANCELLED:
            return responses.Beat(False, now)
        _adopt(_held(submission, token), token, status, lease_ends)
    return responses.Beat(True, lease_ends)


def fresh_uploads(submission_id: str, token: AttemptToken) -> responses.FreshUploads:
    """New presigned POSTs for a long job; none for one of a sealed queue. Raises Conflict."""
    submission = _held(_known(submission_id, token), token)
    if (submission.ran_with or {}).get("sealed"):
        return responses.FreshUploads({})
    return responses.FreshUploads(jobs.uploads_of(submission))  # type: ignore[arg-type]


def finish(submission_id: str, token: AttemptToken, body: Finish, now: datetime) -> responses.NewStatus:
    """End an attempt: status, scores, board row and dirty mark in one transaction; three calls.

    The last of a submission's tasks to end settles their parent.

    Sent twice it answers the same. Raises Conflict, Busy.
    """
    return completion.retried(lambda: _finish(submission_id, token, body, now))


def _finish(submission_id: str, token: AttemptToken, body: Finish, now: datetime) -> responses.NewStatus:
    try:
        context = completion.context_of(submission_id, token.phase, token.competitor, token.group, now)
    except NotFound as error:
        raise Conflict(_STALE) from error
    submission = context.submission
    if submission.status == Status.CANCELLED:
        raise Conflict(_STALE)
    if submission.last_digest == token.digest and Status(submission.status).is_final:
        return responses.NewStatus(submission.status)  # type: ignore[arg-type]
    _held(submission, token)
    ending = completion.judge(context, body, token.digest)
    completion.write(context, ending, now)
    return responses.NewStatus(ending.status)  # type: ignore[arg-type]


def abort(submission_id: str, token: AttemptToken, body: Abort, now: datetime) -> responses.NewStatus:
    """Take back an attempt that the platform could not finish. Raises Conflict."""
    submission = _held(_known(submission_id, token), token)
    return responses.NewStatus(give_up(submission, body.reason, now))  # type: ignore[arg-type]


def lapse(lease: Lease, now: datetime) -> None:
    """The time of a lease is over: give its attempt up. Raises Conflict when a heartbeat came meanwhile."""
    (submission,) = table.read(Submission.at(lease.submission))
    if submission is None or submission.token_digest != lease.token_digest:
        # A build without leases has ended the attempt.
        leases.forget(lease)
    else:
        give_up(submission, LOST, now, lease)
        telemetry.count("ClaimLost")


def give_up(submission: Submission, reason: str, now: datetime, lapsed: Item | None = None) -> Status:
    """An attempt was broken off: queue the submission again or, after the third, fail and refund it.

    `lapsed` is as for the store's `leases.ending`.
    """
    status = lifecycle.after_abort(int(submission.attempt) - int(submission.before))
    if status is Status.FAILED:
        completion.fail(submission, Fault.PLATFORM, reason, now, lapsed)
    else:
        attempts.release(submission, now, reason, lapsed)
        queueing.wake(submission)
    telemetry.logger.warning("attempt broken off", submission=submission.id, status=status, reason=reason)
    return status


def _adopt(submission: Submission, token: AttemptToken, status: Status, lease_ends: datetime) -> None:
    """An attempt in progress has no lease: a build claimed it to which the submission itself was one (ADR 18)."""
    try:
        attempts.adopt(submission, token.digest, status, lease_ends)
    except ConditionFailed as error:
        raise Conflict(_STALE) from error


def _known(submission_id: str, token: AttemptToken) -> Submission:
    """The submission that this token is, or was the last, of an attempt of. Raises Conflict.

    To a token that is made up it is the same whether there is such a submission, and what became of it.
    """
    (submission,) = table.read(Submission.at(submission_id))
    if submission is None or token.digest not in (submission.token_digest, submission.last_digest):
        raise Conflict(_STALE)
    return submission


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
    competitor, _, group = competitor.partition("@")
    return AttemptToken(phase, competitor, group or None, ids.digest(token))
