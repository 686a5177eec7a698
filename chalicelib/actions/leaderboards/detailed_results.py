"""Detailed results as a board's rows lead to them: pages of the scoring program, for everybody who sees the row."""

from datetime import datetime

from chalicelib import responses, settings
from chalicelib.actions.competitions.permissions import visible_phase
from chalicelib.actions.leaderboards import live_pages, placement, visibility
from chalicelib.actions.leaderboards.visibility import score_view_of
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file, still_page
from chalicelib.contract import uploads
from chalicelib.domain.judging import artifact_files
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, NotFound, Sentence, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import places_of_phase
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

URL_SECONDS = 300
_NOT_ON_BOARD = say("not_on_board_seen", "No row of a leaderboard that you see is of this submission.")
_LEADS_NOWHERE = say(
    "no_detailed_results",
    "This leaderboard leads to no detailed results. Its organizers show them to nobody, or with the submission alone.",
)
_ALL_HIDDEN = say("boards_hidden", "The organizers keep the leaderboards of this competition to themselves.")
_PAGE_TELLS = say("page_tells_whose", "The organizers hide the names on this leaderboard, and a page may tell whose it is.")
_FROZEN = say("board_frozen", "The leaderboard is frozen, so nothing behind it is shown before the phase ends.")
_SCORING_TELLS = say(
    "scoring_tells", "Scoring may tell what ranks when the phase is over, so nothing of it is shown before."
)
_JUDGED_STILL = say("judged_still", "People may judge these outputs still, and must not learn whose they are.")


def show(submission_id: str, account: Account | None, now: datetime) -> responses.DetailedResults:
    """The pages behind a row, one of each task that the caller may know of. Raises NotFound, NotAllowed."""
    submission = submissions.find(submission_id)
    places = placement.keys_of(submission.phase, submission.competitor, submission.id, submission.group)
    member_at = Participant.at(submission.competition, account.id if account else "")
    found = table.read_all((*places_of_phase(submission.phase), member_at, *places))
    competition, phase = visible_phase(submission.phase, account, found)
    setup, audience = score_view_of(competition, phase, account, now)
    check(setup, audience)
    rows = [found.get(place) for place in places]
    is_on_board = any(row is not None and row.submission == submission.id for row in rows)
    if not is_on_board or (placement.marks_of(submission).disqualified and not audience.is_organizer):
        raise NotFound(_NOT_ON_BOARD)
    shown = visibility.shown_tasks(setup, audience)
    live = live_pages.may_open(competition, account)
    runs = submissions.children(submission) if submission.is_parent else [submission]
    return responses.DetailedResults(
        submission=submission.id,
        competition=submission.competition,
        phase=submission.phase,
        participant=submission.competitor_name,
        pages=[
            responses.ResultPage(task, setup.task_names.get(task, ""), url := _url(run), run.id if url and live else None)
            for run in runs
            if (task := int(str(run.task))) in shown
        ],
    )


def still_url(run: Submission, filename: str) -> str | None:
    """A signed URL of a result page as a frame may show it: of a copy that can do nothing but be looked at. None when
    there is no such page."""
    bucket = settings.get().runs_bucket
    page, copy = (run_file(run.id, run.shown_attempt, one) for one in (filename, still_page(filename)))
    if objects.head(bucket, copy) is None:
        if objects.head(bucket, page) is None:
            return None
        safe = artifact_files.made_safe(filename, objects.read(bucket, page))
        objects.write(bucket, copy, safe, artifact_files.content_type_of(filename))
    return objects.view_url(bucket, copy, artifact_files.content_type_of(filename), URL_SECONDS)


def check(setup: visibility.BoardSetup, seen: visibility.Audience) -> None:
    """Raise NotAllowed when the boards' rows do not lead this person to detailed results now."""
    if reason := _why_no_detailed_results(setup, seen):
        raise NotAllowed(reason)


def leads_there(setup: visibility.BoardSetup, seen: visibility.Audience) -> bool:
    """True when `check` passes, and the competition is set up so."""
    return setup.shows_detailed_results and not _why_no_detailed_results(setup, seen)


def _why_no_detailed_results(setup: visibility.BoardSetup, seen: visibility.Audience) -> Sentence | None:
    if seen.is_organizer:
        return None
    reasons = {
        _LEADS_NOWHERE: not setup.shows_detailed_results or setup.phase.hide_output,
        visibility.BLIND: seen.is_blind,
        _ALL_HIDDEN: all(one.hidden for one in setup.boards),
        _PAGE_TELLS: setup.is_anonymous,
        _FROZEN: seen.is_frozen,
        _SCORING_TELLS: visibility.keeps_scoring_back(setup, seen),
        _JUDGED_STILL: seen.awaits_jury,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _url(run: Submission) -> str | None:
    if not run.finished_at or uploads.DETAILED_RESULTS not in (run.uploaded or ()):
        return None
    return still_url(run, uploads.FILENAMES[uploads.DETAILED_RESULTS])
