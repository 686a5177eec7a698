"""Ends of submissions, as they are told to those who listen."""

from datetime import datetime

from chalicelib import ids
from chalicelib.actions.events import outbox as events
from chalicelib.contract import Status, reasons
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.mail import notices
from chalicelib.domain.mail.kinds import FAILED, FINISHED
from chalicelib.domain.mail.letters import contact
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.events.events import Event
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.submissions.submissions import Submission

_KINDS = {
    Status.FINISHED: EventKind.SUBMISSION_FINISHED,
    Status.FAILED: EventKind.SUBMISSION_FAILED,
    Status.CANCELLED: EventKind.SUBMISSION_CANCELLED,
}


_MAILS = {Status.FINISHED: FINISHED, Status.FAILED: FAILED}


def mails_of(
    competition: Competition, submission: Submission, status: Status, now: datetime, own_fault: str = ""
) -> list[Mail]:
    """The mail about a submission's first end, which its participant wanted. None of a re-run: others decide about those.

    `own_fault` is why a submission failed that is to blame for that itself.
    """
    if submission.standing is not None or _MAILS.get(status) not in (submission.mails or ()):
        return []
    reply_to = contact(competition.settings.contact_email)
    finished = status is Status.FINISHED
    # What a program printed is quoted only where its participant may read logs, and that can change.
    said = reasons.without_quotes(own_fault)
    letter = notices.ended(submission.id, str(submission.name or ""), competition.title, finished, reply_to, said)
    return [outbox.to_account(ids.new(now), letter, submission.user, submission.username, now)]


def of(competition: Competition, submission: Submission, status: Status, now: datetime) -> list[Event]:
    """The event of a submission's end. None of a run of the organizers' own solution, which nobody has submitted."""
    if submission.solution is not None:
        return []
    about = {"phase": submission.phase, "submission": submission.id, "user": submission.user}
    return events.of(competition, _KINDS[status], now, **about)
