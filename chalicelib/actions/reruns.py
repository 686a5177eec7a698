"""Having submissions run: by hand for the first time, and again."""

from datetime import datetime

from chalicelib import answers, telemetry
from chalicelib.actions import queueing
from chalicelib.actions.competitions import check_organizer
from chalicelib.actions.submissions import answer, check_whole, visible
from chalicelib.contract import Status
from chalicelib.domain import lifecycle
from chalicelib.domain.accounts import Account
from chalicelib.store import attempts, competitions, submissions, table
from chalicelib.store.competitions import Competition
from chalicelib.store.submissions import Submission


def start(submission_id: str, account: Account, now: datetime) -> answers.Submission:
    """Queue a submission that its organizers start by hand. Raises NotFound, NotAllowed, Conflict."""
    submission, competition = _organized(submission_id, account)
    lifecycle.check_transition(Status(submission.status), Status.SUBMITTED)
    queued = submissions.children(submission) or [submission]
    queueing.line_up(competition, table.fetch(*queueing.counters(competition.id)), *queued)
    attempts.start(submission, queued, now)
    queueing.wake(*queued)
    telemetry.logger.info("submission started", submission=submission.id, by=account.id)
    return answer(submissions.find(submission_id), for_organizers=True)


def _organized(submission_id: str, account: Account) -> tuple[Submission, Competition]:
    """A whole submission and its competition, which the account organizes. Raises NotFound, NotAllowed, Conflict."""
    submission = visible(submission_id, account)
    check_whole(submission)
    key = competitions.key(submission.competition)
    return submission, check_organizer(table.fetch(key).get(key), account)
