"""Outputs that a run left: where each lies, and who may see which of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from chalicelib import responses, settings
from chalicelib.actions.competitions.permissions import check_organizer, sees_all
from chalicelib.actions.leaderboards import detailed_results, live_pages, visibility
from chalicelib.actions.leaderboards.visibility import ScoreView, own_view_of
from chalicelib.actions.submissions import sharing, showing
from chalicelib.actions.submissions.showing import visible
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file
from chalicelib.contract import Status, uploads
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, places_of_phase
from chalicelib.store.competitions.settings import CompetitionSettings, PhaseSettings
from chalicelib.store.runs import attempts
from chalicelib.store.submissions.submissions import Submission

FILES_SECONDS = 300
#: Of a log in an answer: a function's answer ends at 6 MB, and a log that still grows is no longer either.
MAX_LOG_BYTES = 128 * 1024
_ORGANIZERS_ONLY = frozenset({"private_output"})
#: What has every score, also those of hidden columns.
_SCORES = frozenset({"output"})
#: What makes up the detailed results.
_PAGES = frozenset({uploads.DETAILED_RESULTS, uploads.RESULTS})
#: What the scoring program wrote and printed.
_SCORING = _PAGES.union(_SCORES, (name for name in uploads.LOGS if name.startswith("scoring_")))
_ALL_OUTPUT = _PAGES.union(uploads.ARCHIVES, uploads.LOGS)


def files(submission_id: str, attempt: int | None, in_frames: bool, account: Account, now: datetime) -> responses.Files:
    """Signed URLs of a submission's files, or of an earlier attempt's, for its participant and the organizers.

    `in_frames`: pages are to be shown and not saved. Raises NotFound.
    """
    submission = visible(submission_id, account)
    if attempt is not None and attempt != submission.shown_attempt:
        former = attempts.find(submission.id, attempt)
        submission.uploaded, submission.finished_at, submission.shown = former.uploaded, former.finished_at, attempt
    competition, phase = table.read(*places_of_phase(submission.phase))
    hidden = _hidden(submission, competition, phase, account, now)
    sent = sharing.url_of(submission, submission.filename, FILES_SECONDS)
    url = partial(_url, submission, hidden, in_frames)
    kept = {name: url(name, filename) for name, filename in uploads.FILENAMES.items()}
    begin = f"{uploads.RESULTS}/"
    results = {name.removeprefix(begin): url(name, name) for name in submission.uploaded or [] if name.startswith(begin)}
    shown = {name: one for name, one in results.items() if one}
    live = live_pages.may_open(competition, account)
    return responses.Files(submission=sent, results=shown, extension=submission.plain or "zip", live=live, **kept)


def live_page(submission_id: str, name: str, account: Account, now: datetime) -> responses.LivePage:
    """The address at which the scripts of a run's page run, for an organizer. Raises NotFound, NotAllowed, Conflict."""
    submission = visible(submission_id, account)
    (competition,) = table.read(Competition.at(submission.competition))
    check_organizer(competition, account)
    return live_pages.address_of(submission, name, now)


def logs(submission_id: str, account: Account, now: datetime) -> responses.Logs:
    """The text that a run's programs have printed so far, for its participant and the organizers. Raises NotFound,
    NotAllowed."""
    submission = visible(submission_id, account)
    hidden = _hidden(submission, *table.read(*places_of_phase(submission.phase)), account, now)
    if hidden.issuperset(uploads.LOGS):
        raise NotAllowed(say("output_hidden", "In this phase the organizers show no output and no logs."))
    if Status(submission.status).is_claimed:
        # A log that is there has not been reported yet.
        attempt, sent = int(submission.attempt), set(uploads.LOGS)
    else:
        attempt, sent = submission.shown_attempt, set(submission.uploaded or ())
    names = [name for name in uploads.LOGS if name in sent and name not in hidden]
    bucket = settings.get().runs_bucket
    keys = [run_file(submission.id, attempt, uploads.FILENAMES[name]) for name in names]
    with ThreadPoolExecutor(len(uploads.LOGS)) as executor:
        ends = list(executor.map(lambda key: objects.tail(bucket, key, MAX_LOG_BYTES), keys))
    texts = {name: end.decode("utf-8", "replace") for name, end in zip(names, ends, strict=True) if end is not None}
    status = showing.status_of(submission, showing.read_leases(submission))
    return responses.Logs(status, attempt, texts)  # type: ignore[arg-type]


def _hidden(
    submission: Submission, competition: Competition | None, phase: Phase | None, account: Account, now: datetime
) -> frozenset[str]:
    """The names of what this account may not see of a run."""
    if account.is_admin or (competition is not None and sees_all(competition, account)):
        return frozenset()
    if competition is None or phase is None:
        return _ORGANIZERS_ONLY | _hidden_by(CompetitionSettings(), PhaseSettings())
    score_view = own_view_of(competition, phase, account, now)
    if score_view.audience.is_blind or _is_to_come(submission, score_view):
        # What the programs wrote and printed tells the scores.
        return _ORGANIZERS_ONLY | _ALL_OUTPUT
    hidden = _ORGANIZERS_ONLY | _hidden_by(competition.settings, phase.settings)
    if visibility.keeps_scoring_back(*score_view):
        return hidden | _SCORING
    return hidden | _SCORES if visibility.keeps_scores_back(*score_view) else hidden


def _is_to_come(run: Submission, score_view: ScoreView) -> bool:
    """True for the run on a task of which nothing is shown yet."""
    return not run.is_parent and run.task is not None and int(run.task) not in visibility.shown_tasks(*score_view)


def _hidden_by(of_competition: CompetitionSettings, of_phase: PhaseSettings) -> frozenset[str]:
    """What the settings keep from participants (FORMATS 1.2)."""
    shows_pages = of_competition.enable_detailed_results and of_competition.show_detailed_results_in_submission_panel
    hidden = [
        (not shows_pages, _PAGES),
        (of_phase.hide_output, _ALL_OUTPUT),
        (of_phase.hide_prediction_output, {"prediction_output"}),
        (of_phase.hide_score_output, {"output"}),
    ]
    return frozenset().union(*(names for is_hidden, names in hidden if is_hidden))


def _url(submission: Submission, hidden: frozenset[str], in_frames: bool, name: str, filename: str) -> str | None:
    kind = uploads.RESULTS if name.startswith(f"{uploads.RESULTS}/") else name
    if not submission.finished_at or kind in hidden or name not in (submission.uploaded or []):
        return None
    if in_frames and uploads.is_page(filename):
        return detailed_results.still_url(submission, filename)
    key = run_file(submission.id, submission.shown_attempt, filename)
    return objects.get_url(settings.get().runs_bucket, key, filename, FILES_SECONDS)
