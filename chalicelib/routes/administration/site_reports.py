"""Reports to the administrators, and usage of the site over time."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.administration import site_reports, usage
from chalicelib.errors import Conflict
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_MONTH = parameters.text("month", "Such as 2026-11; absent, it is this one.", most=7)
_STATUS = parameters.choice("status", "Those to be decided about, or those that are.", ("open", "resolved"), "open")


@routes.post(
    "/v1/competitions/{competition}/reports",
    body=requests.ReportCompetition,
    access=Access.SIGNED_IN,
    answer=responses.Reported,
    status=201,
    errors=(Conflict,),
)
def report(call: Call[requests.ReportCompetition], competition: str) -> responses.Reported:
    """Report a competition, or who runs it, to the administrators."""
    return site_reports.report(competition, call.body, call.account, call.now)


@routes.get("/v1/site/reports", access=Access.ADMIN, answer=responses.SiteReports, query=(_STATUS, CURSOR))
def list_all(call: Call[None]) -> responses.SiteReports:
    """List what was reported on the site, posts in forums too, as an administrator."""
    return site_reports.list_all(call.asked(_STATUS), call.asked(CURSOR))


@routes.patch(
    "/v1/site/reports/{report}",
    body=requests.DecideSiteReport,
    access=Access.ADMIN,
    answer=responses.Empty,
    errors=(Conflict,),
)
def decide(call: Call[requests.DecideSiteReport], report: str) -> responses.Empty:
    """Resolve a report of a competition or its organizer, or dismiss it, as an administrator."""
    return site_reports.decide(report, call.body, call.account, call.now)


@routes.get("/v1/site/usage", access=Access.ADMIN, answer=responses.SiteUsage, query=(_MONTH,))
def show_usage(call: Call[None]) -> responses.SiteUsage:
    """Tell what happened on the site day by day in a month, as an administrator."""
    return usage.show(call.asked(_MONTH), call.now)
