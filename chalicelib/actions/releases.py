"""Releases: logs and outputs of a sealed queue's jobs, which stay on the runner until the queue's owner lets them out."""

from datetime import datetime

from chalicelib import answers, telemetry
from chalicelib.actions import exhibits, jobs, queues
from chalicelib.actions.competitions import check_organizer
from chalicelib.actions.runners import Runner, check_token
from chalicelib.actions.submissions import visible
from chalicelib.bodies import Release, Released
from chalicelib.contract import Status
from chalicelib.domain.accounts import Account
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import competitions, releases, submissions, table
from chalicelib.store.submissions import Submission

_NOT_ASKED = "Nobody released this submission, or the runner sent it already. Keep it."


def ask(submission_id: str, account: Account) -> answers.Empty:
    """Have the runner send what it keeps of a submission, or of each of its tasks, within a minute or two.

    For who organizes the competition and owns the queue: its data may stand in the logs. Raises NotFound, NotAllowed,
    Conflict.
    """
    submission = visible(submission_id, account)
    key = competitions.key(submission.competition)
    check_organizer(table.fetch(key).get(key), account)
    queues.own(submission.queue, account)
    rows = submissions.children(submission) if submission.is_parent else [submission]
    kept = [row for row in rows if _is_kept(row)]
    if not kept:
        raise Conflict("No runner keeps anything of this submission: its queue was not sealed, or it has not run.")
    for runner in {str(row.runner) for row in kept}:
        releases.ask(submission.queue, runner, {row.id for row in kept if row.runner == runner})
    telemetry.logger.info("release asked for", submission=submission.id)
    return answers.Empty()


def begin(submission_id: str, runner: Runner, body: Release, now: datetime) -> answers.FreshUploads:
    """Presigned POSTs for what a runner keeps of a released submission: one call. Raises NotSignedIn, NotFound."""
    return answers.FreshUploads(jobs.uploads_of(_released(submission_id, runner, body, now)))  # type: ignore[arg-type]


def end(submission_id: str, runner: Runner, body: Released, now: datetime) -> answers.Empty:
    """A runner has sent what it kept, `uploaded`. Raises NotSignedIn, NotFound, Conflict when it was run again meanwhile."""
    submission = _released(submission_id, runner, body, now)
    releases.note(submission, body.uploaded)
    exhibits.look_again(submission, now)
    releases.forget(runner.queue, body.runner, submission.id)
    telemetry.logger.info("release arrived", submission=submission.id, files=len(body.uploaded))
    return answers.Empty()


def _released(submission_id: str, runner: Runner, body: Release, now: datetime) -> Submission:
    key, release_key = submissions.key(submission_id), releases.key(runner.queue, body.runner)
    found = table.fetch(runner.token_key, key, release_key)
    check_token(found.get(runner.token_key), runner, now)
    submission = found.get(key)
    if not isinstance(submission, Submission) or submission_id not in releases.of(found.get(release_key)):
        raise NotFound(_NOT_ASKED)
    if submission.runner != body.runner or int(submission.attempt) != body.attempt:
        releases.forget(runner.queue, body.runner, submission_id)
        raise NotFound(_NOT_ASKED)
    return submission


def _is_kept(submission: Submission) -> bool:
    is_sealed = bool((submission.ran_with or {}).get("sealed"))
    return is_sealed and bool(submission.runner) and Status(submission.status).is_final
