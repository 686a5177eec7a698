"""Live pages: result pages whose scripts run, from an origin that has nothing else, when an organizer opens one (ADR 60)."""

from datetime import datetime, timedelta

from chalicelib import responses, settings
from chalicelib.actions.competitions.permissions import is_organizer
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file
from chalicelib.contract import uploads
from chalicelib.domain.judging import artifact_files
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.submissions.submissions import Submission

#: A frame loads the page at once.
URL_SECONDS = 60
_NO_ORIGIN = say(
    "no_pages_origin",
    "Scripts of result pages run at an address of their own alone, and this site has none. Whoever "
    "operates it can add one: docs/administrators.md, “The console, and one name for all”.",
)


def may_open(competition: Competition | None, account: Account | None) -> bool:
    """True for who organizes a competition, where there is an origin at which scripts may run."""
    return competition is not None and bool(settings.get().pages_url) and is_organizer(competition, account)


def address_of(run: Submission, name: str, now: datetime) -> responses.LivePage:
    """The address at which the scripts of a run's page run. Raises NotFound without such a page, Conflict without an origin.

    `name` is `detailed_results.html`, or that of a page beside it.
    """
    if not settings.get().pages_url:
        raise Conflict(_NO_ORIGIN, "no_pages_origin")
    filename = _filename(name)
    if not run.finished_at or _upload(filename) not in (run.uploaded or ()) or not uploads.is_page(filename):
        raise NotFound(say("no_result_page", "The run left no page of this name. Its files tell which there are."))
    key = run_file(run.id, run.shown_attempt, filename)
    url = objects.live_url(settings.get().runs_bucket, key, artifact_files.content_type_of(filename), URL_SECONDS)
    return responses.LivePage(url, now + timedelta(seconds=URL_SECONDS))


def _filename(name: str) -> str:
    """The file of a page, by the name that people see."""
    is_main = name == uploads.FILENAMES[uploads.DETAILED_RESULTS]
    return name if is_main else f"{uploads.RESULTS}/{name}"


def _upload(filename: str) -> str:
    return uploads.DETAILED_RESULTS if filename == uploads.FILENAMES[uploads.DETAILED_RESULTS] else filename
