"""What participants say of their submissions: a name, the method, answers to the fact sheet, whether others may have it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import answers, telemetry
from chalicelib.actions.competitions import is_organizer
from chalicelib.actions.submissions import check_whole, show, visible
from chalicelib.bodies import ChangeSubmission
from chalicelib.domain import answers as rules
from chalicelib.domain.accounts import Account
from chalicelib.errors import Complaint, Invalid, NotAllowed
from chalicelib.store import competitions, sharing, submissions, table
from chalicelib.store.competitions import Competition


def change(submission_id: str, body: ChangeSubmission, account: Account, now: datetime) -> answers.Submission:
    """Change what is said of a submission; what is not sent stays. Raises NotFound, NotAllowed, Invalid, Conflict."""
    submission = visible(submission_id, account)
    check_whole(submission)
    key = competitions.key(submission.competition)
    competition = table.fetch(key).get(key)
    options = (competition.options or {}) if isinstance(competition, Competition) else {}
    organizes = isinstance(competition, Competition) and is_organizer(competition, account)
    if body.public and not organizes and not options.get("can_participants_make_submissions_public", True):
        raise NotAllowed("In this competition submissions are made public by the organizers alone.")
    if body.public and not (body.licence or submission.licence):
        complaint = Complaint("licence", "Name one, such as MIT, CC-BY-4.0 or your own words.")
        raise Invalid("Say under which licence others may have it.", [complaint])
    if body.fact_sheet is not None:
        check_answers(options.get("fact_sheet"), body.fact_sheet)
    changes, is_public = _changes(body), body.public
    listing = table.nothing if is_public is None else lambda write: sharing.listing(write, submission, is_public)
    submissions.describe(submission, changes, also=listing)
    telemetry.logger.info("submission described", submission=submission.id, by=account.id)
    return show(submission_id, account, now)


def check_answers(sheet: Mapping[str, Any] | None, answered: Mapping[str, rules.Answer]) -> None:
    """Raise Invalid with a complaint for each answer to a fact sheet that is missing or does not fit."""
    complaints = rules.judge(sheet, answered)
    if complaints:
        raise Invalid("Some answers to the fact sheet are missing or do not fit. Correct those in `errors`.", complaints)


def _changes(body: ChangeSubmission) -> dict[str, Any]:
    sent = body.model_dump(exclude_unset=True)
    return {name: value for name, value in sent.items() if value is not None}
