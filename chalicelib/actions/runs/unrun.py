"""Submissions that nobody runs, because people alone judge them: a look at the archive, and they stand on the board."""

from datetime import datetime

from chalicelib import settings
from chalicelib.actions.runs import completion
from chalicelib.aws import objects
from chalicelib.contract import Fault, Status
from chalicelib.domain.bundle import archive
from chalicelib.errors import Conflict, NotFound
from chalicelib.store.queues import queues
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission


def receive(submission_id: str, now: datetime) -> None:
    """End a submission that waits for no runner: Finished, or Failed by its participant's fault. Twice is once."""
    try:
        submission = submissions.find(submission_id)
    except NotFound:
        return
    if submission.queue != queues.NONE or submission.status != Status.SUBMITTED:
        return
    problem = _problem(submission)
    try:
        if problem:
            completion.fail(submission, Fault.PARTICIPANT, problem, now)
        else:
            completion.retried(lambda: _take(submission, now))
    except Conflict:
        # It was cancelled meanwhile.
        return


def _take(submission: Submission, now: datetime) -> None:
    context = completion.context_of(submission.id, submission.phase, submission.competitor, submission.group, now)
    if context.submission.status == Status.SUBMITTED:
        completion.write(context, completion.take(context), now)


def _problem(submission: Submission) -> str | None:
    with objects.opened(settings.get().files_bucket, submission.object_key) as content:
        errors = archive.inspect(content).errors
    return errors[0].message if errors else None
