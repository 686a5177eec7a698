"""Reports to the administrators: of a competition or its organizer, and one list of all that was reported on the site."""

from datetime import datetime
from typing import Literal, cast

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_may_enter
from chalicelib.actions.people import audit_log
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import site_reports
from chalicelib.store.forum.site_reports import SiteReport, Told
from chalicelib.store.writes import ConditionFailed

PAGE_SIZE = 50
_TWICE = say("site_report_twice", "You have reported this already. The administrators look at it.")
_DECIDED = say("site_report_decided", "Somebody else has decided about this report. Load the reports again.")


def report(competition_id: str, body: requests.ReportCompetition, account: Account, now: datetime) -> responses.Reported:
    """Report a competition, or who runs it: two calls. Raises NotFound, Conflict while one's own is open."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_may_enter(found, account, None, now)
    # It tells nobody whose it is, and whoever reports the same twice makes no second one.
    id_ = ids.digest(f"{competition.id} {body.about} {account.id}")[:32]
    made = SiteReport(
        *SiteReport.at(id_),
        id=id_,
        about=body.about,
        competition=competition.id,
        title=competition.title,
        username=account.username,
        reason=body.reason,
        created_at=now,
    )
    try:
        site_reports.make(made, account.id, ids.new(now))
    except ConditionFailed as error:
        raise Conflict(_TWICE) from error
    telemetry.logger.warning("reported to administrators", competition=competition.id, about=body.about)
    return responses.Reported(id_)


def list_all(status: str, before: str | None) -> responses.SiteReports:
    """One page of what was reported on the site, in forums too, by one call."""
    found, following = site_reports.newest(status, before, PAGE_SIZE)
    return responses.SiteReports([_answer(one) for one in found], following)


def decide(report_id: str, body: requests.DecideSiteReport, account: Account, now: datetime) -> responses.Empty:
    """Resolve a report, or dismiss it, with what is said about it in the log. Raises NotFound, Conflict."""
    found = site_reports.find(report_id)
    about = {"competition": found.competition, "title": found.title, "about": found.about, "by": found.username}
    entry = audit_log.entry_of_site(None, "report_decided", about, body.decision, body.reason, account, now)
    try:
        site_reports.decide(found, body.decision, body.reason, account.username, entry, now)
    except ConditionFailed as error:
        raise Conflict(_DECIDED) from error
    return responses.Empty()


def _answer(one: Told) -> responses.SiteReport:
    return responses.SiteReport(
        id=one.id,
        about=cast(Literal["post", "competition", "organizer"], one.about),
        competition=one.competition,
        title=one.title,
        place=one.place,
        by=one.by,
        reason=one.reason,
        at=one.at,
        status="open" if one.decision is None else "resolved",
        decision=cast("Literal['deleted', 'kept', 'resolved', 'dismissed'] | None", one.decision),
        decided_by=one.decided_by or "",
        answer=one.answer,
    )
