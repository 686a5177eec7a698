"""Detailed results as a board's rows lead to them: pages of the scoring program, for everybody who sees the row."""

from datetime import datetime

from chalicelib import answers, settings
from chalicelib.actions import boards, rows
from chalicelib.actions.outputs import SHOWN_PAGE, run_key
from chalicelib.actions.submissions import phase_keys, seen, visible_phase
from chalicelib.aws import objects
from chalicelib.contract import uploads
from chalicelib.domain import exhibits as showing
from chalicelib.domain.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import submissions, table
from chalicelib.store.leaderboards import BoardRow
from chalicelib.store.submissions import Submission

URL_SECONDS = 300
_NOT_ON_BOARD = "No row of a leaderboard that you see is of this submission."


def show(submission_id: str, account: Account | None, now: datetime) -> answers.DetailedResults:
    """The pages behind a row, one of each task that the caller may know of. Raises NotFound, NotAllowed."""
    submission = submissions.find(submission_id)
    row_keys = rows.keys_of(submission.phase, submission.unit, submission.id)
    found = table.fetch(*phase_keys(submission.phase), *row_keys)
    competition, phase = visible_phase(submission.phase, account, found)
    setup, sight = seen(competition, phase, account, now)
    boards.check_details(setup, sight)
    its = [row for key in row_keys if isinstance(row := found.get(key), BoardRow) and row.submission == submission.id]
    if not its or (rows.marks_of(submission).disqualified and not sight.is_organizer):
        raise NotFound(_NOT_ON_BOARD)
    shown = boards.shown_tasks(setup, sight)
    runs = submissions.children(submission) if submission.is_parent else [submission]
    return answers.DetailedResults(
        submission=submission.id,
        competition=submission.competition,
        phase=submission.phase,
        participant=submission.unit_name,
        pages=[
            answers.ResultPage(task, setup.task_names.get(task, ""), _url(run))
            for run in runs
            if (task := int(str(run.task))) in shown
        ],
    )


def _url(run: Submission) -> str | None:
    """A signed URL of a run's page, of a copy that can do nothing but be looked at; None when it has left none."""
    if not run.finished_at or uploads.DETAILED_RESULTS not in (run.uploaded or ()):
        return None
    bucket, name = settings.get().runs_bucket, uploads.FILENAMES[uploads.DETAILED_RESULTS]
    page, copy = (run_key(run.id, run.shown_attempt, one) for one in (name, SHOWN_PAGE))
    if objects.head(bucket, copy) is None:
        if objects.head(bucket, page) is None:
            return None
        safe = showing.made_safe(name, objects.read(bucket, page))
        objects.write(bucket, copy, safe, showing.content_type_of(name))
    return objects.view_url(bucket, copy, showing.content_type_of(name), URL_SECONDS)
