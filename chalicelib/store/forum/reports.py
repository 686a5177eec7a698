"""Reports of posts, by whoever reads them, for the organizers: open until one of them has decided."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.store import table, writes
from chalicelib.store.forum.inbox import Notification
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

OPEN, RESOLVED = "open", "resolved"


class PostReport(table.Item, discriminator="post_report"):
    """One person's report of a post. Its id is a digest of both, so nobody reports a post twice.

    The open ones are listed by their competition, and all of them by what has become of them.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    thread = UnicodeAttribute()
    number = NumberAttribute()
    username = UnicodeAttribute()
    reason = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    decision = UnicodeAttribute(null=True)
    decided_by = UnicodeAttribute(null=True)
    decided_at = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, competition: str, report: str) -> Place["PostReport"]:
        """Place of a report, by its id, which tells nobody whose it is."""
        return Place(cls, f"REPORTS#{competition}", report)


def all_key(status: str) -> str:
    """Key under which the reports of the whole site are listed, the open ones or those that are resolved."""
    return f"SITE_REPORTS#{status}"


def list_key(competition: str) -> str:
    """Key under which a competition's open reports are listed, by when they were made."""
    return f"REPORTS#{competition}"


def newest(competition: str, before: str | None, limit: int) -> tuple[list[PostReport], str | None]:
    """One page of a competition's open reports, newest first."""
    return table.newest_listed(PostReport, list_key(competition), before, limit)


def rename_reporter(competition: str, former: str, username: str) -> None:
    """Call who reported something otherwise, in all reports of a competition, those that are decided too."""
    pk, _ = PostReport.at(competition, "")
    theirs = PostReport.username == former
    for one in patiently(lambda: list(PostReport.query(pk, filter_condition=theirs, consistent_read=True))):
        writes.update_if(one, [PostReport.username.set(username)], PostReport.username == former)


def making(write: Transaction, report: PostReport, notifications: Sequence[Notification]) -> None:
    """Within a transaction: store a report, on condition that it is the first, and tell the organizers."""
    report.owner_pk, report.owner_sk = all_key(OPEN), report.list_sk
    write.save(report, condition=PostReport.pk.does_not_exist())
    for notification in notifications:
        write.save(notification)


def deciding(write: Transaction, report: PostReport, decision: str, by: str, at: str, now: datetime) -> None:
    """Within a transaction: close a report, on condition that it is open; it is listed by the id `at` of that time."""
    said = PostReport.decision.set(decision), PostReport.decided_by.set(by), PostReport.decided_at.set(now)
    listed: list[Action] = [PostReport.owner_pk.set(all_key(RESOLVED)), PostReport.owner_sk.set(at)]
    actions: list[Action] = [*said, *listed, PostReport.list_pk.remove(), PostReport.list_sk.remove()]
    key = PostReport(*PostReport.at(report.competition, report.id))
    write.update(key, actions=actions, condition=PostReport.pk.exists() & PostReport.decision.does_not_exist())
