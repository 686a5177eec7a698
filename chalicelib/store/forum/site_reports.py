"""Reports to the administrators: of competitions and their organizers, and beside them what was reported in forums."""

from datetime import datetime
from typing import NamedTuple

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.forum.reports import OPEN, RESOLVED, PostReport, all_key
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Transaction

POST = "post"


class SiteReport(table.Item, discriminator="site_report"):
    """One person's report of a competition, or of its organizer, to the administrators. It is open until one has decided."""

    id = UnicodeAttribute()
    about = UnicodeAttribute()
    competition = UnicodeAttribute()
    title = UnicodeAttribute()
    username = UnicodeAttribute()
    reason = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    decision = UnicodeAttribute(null=True)
    answer = UnicodeAttribute(null=True)
    decided_by = UnicodeAttribute(null=True)
    decided_at = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, report: str) -> Place["SiteReport"]:
        """Place of a report."""
        return Place(cls, f"SITE_REPORT#{report}", "SITE_REPORT")


class Told(NamedTuple):
    """A report as administrators look at it, of whichever kind: what it is `about` and where, by whom, and what was decided.

    `place` is the number of a post in its thread.
    """

    id: str
    about: str
    competition: str
    title: str
    place: str
    by: str
    reason: str
    at: datetime
    decision: str | None
    decided_by: str | None
    answer: str


def make(report: SiteReport, account: str, at: str) -> None:
    """Store an `account`'s report, listed by its time `at`. Raises ConditionFailed while an earlier one of it is open."""
    report.owner_pk, report.owner_sk = all_key(OPEN), at
    report.list_pk, report.list_sk = _account_key(account), at
    writes.put(report, SiteReport.pk.does_not_exist() | SiteReport.decision.exists())


def newest(status: str, before: str | None, limit: int) -> tuple[list[Told], str | None]:
    """One page of the reports of all kinds that are open, or resolved, newest first."""
    table.know_every_model()
    found, following = table.newest_owned(table.Item, all_key(status), before, limit)
    told = [_of_post(one) if isinstance(one, PostReport) else _told(one) for one in found if _is_report(one)]
    return told, following


def of_account(account: str, before: str | None, limit: int) -> tuple[list[SiteReport], str | None]:
    """One page of what an account has reported, newest first."""
    return table.newest_listed(SiteReport, _account_key(account), before, limit)


def succeed(report: SiteReport, user: str, username: str) -> None:
    """Have it be another account's report, or the same one's by another name."""
    actions: list[Action] = [SiteReport.username.set(username), SiteReport.list_pk.set(_account_key(user))]
    writes.update_if(report, actions, SiteReport.username == report.username)


def find(report: str) -> SiteReport:
    """Raises NotFound."""
    (found,) = table.read(SiteReport.at(report))
    if found is None:
        raise NotFound(
            say(
                "no_site_report",
                "There is no such report. Look at the list of reports; one of a post is decided in its competition.",
            )
        )
    return found


def decide(report: SiteReport, decision: str, answer: str, by: str, entry: AuditEntry, now: datetime) -> None:
    """Close a report, and record that. Raises ConditionFailed when somebody else has."""
    actions: list[Action] = [SiteReport.decision.set(decision), SiteReport.answer.set(answer), SiteReport.decided_by.set(by)]
    actions += [SiteReport.decided_at.set(now), SiteReport.owner_pk.set(all_key(RESOLVED))]

    def compose(write: Transaction) -> None:
        write.update(report, actions=actions, condition=SiteReport.pk.exists() & SiteReport.decision.does_not_exist())
        audit.recording(write, entry)

    writes.transact(compose)


def _account_key(account: str) -> str:
    return f"SITE_REPORTS_OF#{account}"


def _is_report(item: table.Item) -> bool:
    return isinstance(item, PostReport | SiteReport)


def _told(one: table.Item) -> Told:
    assert isinstance(one, SiteReport)
    decided = (one.decision, one.decided_by, one.answer or "")
    said = (one.username, one.reason, one.created_at)
    return Told(one.id, one.about, one.competition, one.title, "", *said, *decided)


def _of_post(one: PostReport) -> Told:
    place = f"{one.thread}/{int(one.number)}"
    said = (one.username, one.reason, one.created_at)
    return Told(one.id, POST, one.competition, "", place, *said, one.decision, one.decided_by, "")
