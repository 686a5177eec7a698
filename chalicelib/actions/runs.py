"""The runner protocol (docs/protocol.md) from the claim on: heartbeat, uploads, finish, abort."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib import answers, ids, telemetry
from chalicelib.actions import jobs, queueing, rows, solutions
from chalicelib.actions.competitions import leaderboard_of
from chalicelib.aws import queues
from chalicelib.bodies import Abort, Finish, Heartbeat
from chalicelib.contract import Fault, Status
from chalicelib.domain import lifecycle, scores
from chalicelib.domain.accounts import AttemptToken
from chalicelib.domain.bundle.model import Leaderboard
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import competitions, leaderboards, submissions, table
from chalicelib.store.competitions import Competition
from chalicelib.store.leaderboards import Board
from chalicelib.store.submissions import Submission

LEASE = timedelta(seconds=60)
#: A participant's own board row changed between our read and our write: read again.
FINISH_TRIES = 4
ATTEMPT_PREFIX = "agona_"
_STEPS = {"preparing": Status.PREPARING, "ingestion": Status.RUNNING, "scoring": Status.SCORING}
_STALE = "This attempt is over or belongs to another runner. Stop it and report nothing more."


def heartbeat(submission_id: str, token: AttemptToken, body: Heartbeat, now: datetime) -> answers.Beat:
    """Extend the lease: one call, two when the answer is no. Raises Conflict for a stale attempt."""
    lease_ends = now + LEASE
    try:
        submissions.beat(submission_id, token.digest, _STEPS[body.step], lease_ends)
    except Conflict:
        if submissions.find(submission_id).status == Status.CANCELLED:
            return answers.Beat(False, now)
        raise
    return answers.Beat(True, lease_ends)


def fresh_uploads(submission_id: str, token: AttemptToken) -> answers.FreshUploads:
    """New presigned POSTs for a long job. Raises NotFound, Conflict."""
    submission = _held(submissions.find(submission_id), token)
    return answers.FreshUploads(jobs.uploads_of(submission))  # type: ignore[arg-type]


def finish(submission_id: str, token: AttemptToken, body: Finish, now: datetime) -> answers.NewStatus:
    """End an attempt: status, scores, board row and dirty mark in one transaction; three calls.

    Sent twice it answers the same. Raises NotFound, Conflict.
    """
    for left in reversed(range(FINISH_TRIES)):
        try:
            return _finish(submission_id, token, body, now)
        except TransactWriteError as error:
            # The attempt went stale, or the participant's board row changed: reading again tells which.
            if not table.failed_conditions(error) or not left:
                raise
    raise AssertionError("unreachable")


def abort(submission_id: str, token: AttemptToken, body: Abort, now: datetime) -> answers.NewStatus:
    """Take back an attempt that the platform could not finish. Raises NotFound, Conflict."""
    submission = _held(submissions.find(submission_id), token)
    return answers.NewStatus(give_up(submission, body.reason, now))  # type: ignore[arg-type]


def give_up(submission: Submission, reason: str, now: datetime, lease_ran_out: bool = False) -> Status:
    """An attempt was broken off: queue the submission again or, after the third, fail and refund it."""
    status = lifecycle.after_abort(int(submission.attempt))
    if status is Status.FAILED:
        submissions.settle(submission, status, now, Fault.PLATFORM, reason, refund=True, lease_ran_out=lease_ran_out)
    else:
        submissions.release(submission, now, reason, lease_ran_out)
        queueing.wake(submission)
    telemetry.logger.warning("attempt broken off", submission=submission.id, status=status, reason=reason)
    return status


@dataclass(frozen=True)
class _Ending:
    """What an attempt comes to."""

    status: Status
    fault: Fault | None
    reason: str
    accepted: scores.Accepted


def _finish(submission_id: str, token: AttemptToken, body: Finish, now: datetime) -> answers.NewStatus:
    submission_key, board_key = submissions.key(submission_id), leaderboards.key(token.phase)
    competition_key = competitions.key(competitions.competition_of(token.phase))
    row_key = leaderboards.row_key(token.phase, token.user)
    found = table.fetch(submission_key, competition_key, board_key, row_key)
    submission, competition = found.get(submission_key), found.get(competition_key)
    if not isinstance(submission, Submission) or not isinstance(competition, Competition):
        raise NotFound("There is no such submission.")
    if submission.last_digest == token.digest and Status(submission.status).is_final:
        return answers.NewStatus(submission.status)  # type: ignore[arg-type]
    _held(submission, token)
    board = leaderboard_of(competition)
    ending = _judge(body, board)
    placing = None
    if ending.status is Status.FINISHED:
        placing = rows.place(submission, board, ending.accepted.scores, found.get(row_key))
    _write_end(submission, token, body, ending, placing, now)
    solutions.note(submission, competition, ending.status)
    if placing is not None and not _is_dirty(found.get(board_key)):
        queues.send_rebuild(token.phase)
    telemetry.count(f"Submission{ending.status}")
    telemetry.logger.info("submission ended", submission=submission.id, status=ending.status, fault=ending.fault)
    return answers.NewStatus(ending.status)  # type: ignore[arg-type]


def _judge(body: Finish, board: Leaderboard) -> _Ending:
    reported = Fault(body.fault) if body.fault else None
    accepted = scores.accept(body.scores, board.columns) if reported is None else scores.Accepted({})
    status, fault = lifecycle.after_finish(reported, accepted.scores)
    reason = body.reason
    if reported is None and fault is not None:
        keys = ", ".join(column.key for column in board.columns if column.computation is None)
        reason = f"The scoring program reported no finite number for any column. It should report: {keys}."
    return _Ending(status, fault, reason, scores.Accepted(accepted.scores, (*accepted.notes, *body.notes)))


def _write_end(
    submission: Submission,
    token: AttemptToken,
    body: Finish,
    ending: _Ending,
    placing: rows.Placing | None,
    now: datetime,
) -> None:
    actions = [
        Submission.status.set(ending.status),
        Submission.finished_at.set(now),
        Submission.scores.set(ending.accepted.scores),
        Submission.notes.set(list(ending.accepted.notes)),
        Submission.steps.set([step.model_dump() for step in body.steps]),
        Submission.uploaded.set(list(body.uploaded)),
        Submission.reason.set(ending.reason),
        Submission.last_digest.set(token.digest),
        *([Submission.fault.set(ending.fault)] if ending.fault else [Submission.fault.remove()]),
    ]

    def compose(write: TransactWrite) -> None:
        submissions.settling(write, submission, actions, refund=not lifecycle.is_charged(ending.fault))
        if placing is not None:
            rows.placing(write, placing, submission.phase, now)

    table.commit(compose)


def _held(submission: Submission, token: AttemptToken) -> Submission:
    """The submission, when this token's attempt holds it. Raises Conflict."""
    if submission.token_digest != token.digest or not Status(submission.status).is_claimed:
        raise Conflict(_STALE)
    return submission


def _is_dirty(board: table.Item | None) -> bool:
    return isinstance(board, Board) and bool(board.dirty)


def read_token(token: str) -> AttemptToken:
    """Take an attempt's token apart. It is believed only when its digest is the row's. Raises Conflict."""
    phase, _, rest = token.removeprefix(ATTEMPT_PREFIX).partition(".")
    user, _, secret = rest.partition(".")
    if not (token.startswith(ATTEMPT_PREFIX) and phase and user and secret):
        raise Conflict(_STALE)
    return AttemptToken(phase, user, ids.digest(token))
