"""Reports of posts."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.forum import reports
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_REPORTS = "/v1/competitions/{competition}/reports"


@routes.post(
    "/v1/competitions/{competition}/threads/{thread}/posts/{post}/reports",
    body=requests.ReportPost,
    access=Access.SIGNED_IN,
    answer=responses.Reported,
    status=201,
    errors=(Conflict, QuotaExceeded),
)
def report(call: Call[requests.ReportPost], competition: str, thread: str, post: str) -> responses.Reported:
    """Report a post to the organizers."""
    return reports.report(competition, thread, post, call.body, call.account, call.now)


@routes.get(_REPORTS, access=Access.SIGNED_IN, answer=responses.PostReports, query=(CURSOR,), errors=(NotAllowed,))
def list_open(call: Call[None], competition: str) -> responses.PostReports:
    """List the reports that no organizer has decided about."""
    return reports.list_open(competition, call.account, call.asked(CURSOR))


@routes.patch(
    f"{_REPORTS}/{{report}}",
    body=requests.DecideReport,
    access=Access.SIGNED_IN,
    answer=responses.Empty,
    errors=(Conflict, NotAllowed),
)
def decide(call: Call[requests.DecideReport], competition: str, report: str) -> responses.Empty:
    """Delete a reported post, or let it stand, with a reason in the audit log."""
    return reports.decide(competition, report, call.body, call.account, call.now)
