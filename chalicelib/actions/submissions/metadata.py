"""Metadata that participants give of their submissions: a name, the method, answers to the fact sheet, whether
others may have it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import responses, telemetry
from chalicelib.actions.competitions.permissions import is_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.submissions.showing import changeable, show
from chalicelib.aws import messages
from chalicelib.domain.leaderboards.policy import board_answers
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import fact_sheet
from chalicelib.errors import Complaint, Invalid, NotAllowed, say
from chalicelib.requests import ChangeSubmission
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.competitions.settings import CompetitionSettings
from chalicelib.store.leaderboards import boards
from chalicelib.store.people import teams
from chalicelib.store.submissions import shared_code, submissions
from chalicelib.store.submissions.submissions import Submission, check_not_child
from chalicelib.store.writes import Composer, Transaction

_OF_ITS_AUTHOR = say("licence_of_author", "The licence of a submission is for whoever submitted it to name.")
_UNLICENSED = say(
    "licence_unnamed", "Whoever submitted it has named no licence, so nobody else may have it. Ask them to name one."
)


def change(submission_id: str, body: ChangeSubmission, account: Account, now: datetime) -> responses.Submission:
    """Change what is said of a submission; what is not sent stays. Raises NotFound, NotAllowed, Invalid, Conflict."""
    submission, is_own = changeable(submission_id, account)
    check_not_child(submission)
    (competition,) = table.read(Competition.at(submission.competition))
    settings = competition.settings if competition else CompetitionSettings()
    organizes = competition is not None and is_organizer(competition, account)
    if body.public and not organizes and not settings.can_participants_make_submissions_public:
        raise NotAllowed(
            say("publish_as_organizer", "In this competition submissions are made public by the organizers alone.")
        )
    _check_licence(submission, body, is_own)
    if body.fact_sheet is not None:
        check_answers(settings.fact_sheet, body.fact_sheet)
    mates = teams.mates_of(submission.competition, submission.team, submission.user) if body.public is not None else ()
    retelling, is_news = _retelling(submission, competition, body, now)

    def also(write: Transaction) -> None:
        if body.public is not None:
            shared_code.listing(write, submission, body.public, mates)
        retelling(write)
        if not is_own:
            audit.recording(write, _entry(submission, body, account, now))

    submissions.describe(submission, _changes(body), also)
    if is_news:
        messages.send_rebuild(submission.phase)
    telemetry.logger.info("submission described", submission=submission.id, by=account.id)
    return show(submission_id, account, now)


def _check_licence(submission: Submission, body: ChangeSubmission, is_own: bool) -> None:
    """Raise NotAllowed where somebody else than its author would license it, Invalid where its author names no licence."""
    if not is_own and body.licence is not None and body.licence != submission.licence:
        raise NotAllowed(_OF_ITS_AUTHOR)
    if not body.public or body.licence or submission.licence:
        return
    if not is_own:
        raise NotAllowed(_UNLICENSED)
    complaint = Complaint("licence", say("licence_shape", "Name one, such as MIT, CC-BY-4.0 or your own words."))
    raise Invalid(say("licence_needed", "Say under which licence others may have it."), [complaint])


def _entry(submission: Submission, body: ChangeSubmission, account: Account, now: datetime) -> AuditEntry:
    """Which keys an organizer changed of somebody's submission."""
    whose = {"submission": submission.id, "participant": submission.competitor_name}
    return acts.made(submission.phase, "described", account, now, **whose, after={"keys": sorted(body.model_fields_set)})


def check_answers(sheet: Mapping[str, Any] | None, answered: Mapping[str, fact_sheet.Answer]) -> None:
    """Raise Invalid with a complaint for each answer to a fact sheet that is missing or does not fit."""
    complaints = fact_sheet.judge(sheet, answered)
    if complaints:
        raise Invalid(
            say(
                "fact_sheet_unfit", "Some answers to the fact sheet are missing or do not fit. Correct those that are named."
            ),
            complaints,
        )


def _retelling(
    submission: Submission, competition: Competition | None, body: ChangeSubmission, now: datetime
) -> tuple[Composer, bool]:
    """What becomes of its row on the boards, which shows some of its answers, and whether to ask for a rebuild."""
    if body.fact_sheet is None or competition is None:
        return writes.nothing, False
    questions = visibility.questions_of(competition.settings.fact_sheet)
    before, after = (board_answers(questions, given) for given in (submission.fact_sheet, body.fact_sheet))
    if before == after:
        return writes.nothing, False
    row_of = submission.phase, submission.competitor, submission.id, submission.group
    places = placement.keys_of(*row_of)
    found = table.read_all(placement.keys_needed(*row_of))
    there = [row for place in places if (row := found.get(place))]

    def compose(write: Transaction) -> None:
        boards.answering(write, places, there, submission.id, after)
        if is_on_board:
            boards.counting(write, submission.phase, submission.competitor, now)

    is_on_board = any(row.submission == submission.id for row in there)
    return compose, is_on_board and placement.is_news(submission.phase, submission.competitor, found)


def _changes(body: ChangeSubmission) -> dict[str, Any]:
    sent = body.model_dump(exclude_unset=True)
    return {name: value for name, value in sent.items() if value is not None}
