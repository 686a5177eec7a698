"""Unsealing: logs and outputs of a sealed queue's jobs, which stay on the runner until the queue's owner lets them out."""

from datetime import datetime

from chalicelib import responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.judging import artifacts
from chalicelib.actions.queues import queues
from chalicelib.actions.queues.runners import Runner, check_token
from chalicelib.actions.runs import jobs
from chalicelib.actions.submissions.showing import visible
from chalicelib.contract import Status
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.requests import Release, Released
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.runs import unsealing
from chalicelib.store.runs.unsealing import UnsealingRequest
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

_NOT_ASKED = say("release_unasked", "Nobody released this submission, or the runner sent it already. Keep it.")


def ask(submission_id: str, account: Account) -> responses.Empty:
    """Have the runner send what it keeps of a submission, or of each of its tasks, within a minute or two.

    For who organizes the competition and owns the queue: its data may stand in the logs. Raises NotFound, NotAllowed,
    Conflict.
    """
    submission = visible(submission_id, account)
    (competition,) = table.read(Competition.at(submission.competition))
    check_organizer(competition, account)
    queues.own(submission.queue, account)
    rows = submissions.children(submission) if submission.is_parent else [submission]
    kept = [row for row in rows if _is_kept(row)]
    if not kept:
        raise Conflict(
            say(
                "nothing_sealed", "No runner keeps anything of this submission: its queue was not sealed, or it has not run."
            )
        )
    for runner in {str(row.runner) for row in kept}:
        unsealing.ask(submission.queue, runner, {row.id for row in kept if row.runner == runner})
    telemetry.logger.info("release asked for", submission=submission.id)
    return responses.Empty()


def begin(submission_id: str, runner: Runner, body: Release, now: datetime) -> responses.FreshUploads:
    """Presigned POSTs for what a runner keeps of a released submission: one call. Raises NotSignedIn, NotFound."""
    return responses.FreshUploads(jobs.uploads_of(_released(submission_id, runner, body, now)))  # type: ignore[arg-type]


def end(submission_id: str, runner: Runner, body: Released, now: datetime) -> responses.Empty:
    """A runner has sent what it kept, `uploaded`. Raises NotSignedIn, NotFound, Conflict when it was run again meanwhile."""
    submission = _released(submission_id, runner, body, now)
    unsealing.note(submission, body.uploaded)
    artifacts.look_again(submission, now)
    unsealing.forget(runner.queue, body.runner, submission.id)
    telemetry.logger.info("release arrived", submission=submission.id, files=len(body.uploaded))
    return responses.Empty()


def _released(submission_id: str, runner: Runner, body: Release, now: datetime) -> Submission:
    of_runner = UnsealingRequest.at(runner.queue, body.runner)
    token, submission, asked = table.read(runner.token_key, Submission.at(submission_id), of_runner)
    check_token(token, runner, now)
    if submission is None or submission_id not in unsealing.of(asked):
        raise NotFound(_NOT_ASKED)
    if submission.runner != body.runner or int(submission.attempt) != body.attempt:
        unsealing.forget(runner.queue, body.runner, submission_id)
        raise NotFound(_NOT_ASKED)
    return submission


def _is_kept(submission: Submission) -> bool:
    is_sealed = bool((submission.ran_with or {}).get("sealed"))
    return is_sealed and bool(submission.runner) and Status(submission.status).is_final
