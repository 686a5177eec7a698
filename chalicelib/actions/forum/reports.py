"""Reports of posts: made by readers, decided by organizers, with a reason in the audit log."""

from datetime import datetime

from chalicelib import ids, requests, responses
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.forum import notices
from chalicelib.actions.forum.entrance import check_post, check_thread, enter, number_of
from chalicelib.actions.forum.notices import Telling
from chalicelib.actions.people import audit_log
from chalicelib.contract import limits
from chalicelib.domain.forum import rates
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import inbox, reports, subscriptions, threads
from chalicelib.store.forum.reports import PostReport
from chalicelib.store.forum.subscriptions import PostRate
from chalicelib.store.forum.threads import Post, Thread
from chalicelib.store.writes import Transaction

PAGE_SIZE = 25
DELETED, KEPT = "deleted", "kept"
_TWICE = say("report_twice", "You have reported this post already, or very many do so now. The organizers look at it.")
_DECIDED = say(
    "report_just_decided", "Somebody else has just decided about this, or the post has changed. Load the reports again."
)


def report(
    competition_id: str, thread_id: str, number: str, body: requests.ReportPost, account: Account, now: datetime
) -> responses.Reported:
    """Report a post to the organizers: two calls. Raises NotFound, Conflict, QuotaExceeded."""
    places = Thread.at(competition_id, thread_id), Post.at(competition_id, thread_id, number_of(number))
    found = table.read_all([Competition.at(competition_id), PostRate.at(account.id), *places])
    competition = enter(found.get(Competition.at(competition_id)), account).competition
    thread, post = check_thread(found.get(places[0])), check_post(found.get(places[1]))
    before = found.get(PostRate.at(account.id))
    rate = rates.counted(subscriptions.rate_of(before), now)
    id_, at = ids.digest(f"{thread.id} {int(post.number)} {account.id}")[:32], ids.new(now)
    made = PostReport(
        *PostReport.at(competition.id, id_),
        id=id_,
        competition=competition.id,
        thread=thread.id,
        number=int(post.number),
        username=account.username,
        reason=body.reason,
        created_at=now,
        list_pk=reports.list_key(competition.id),
        list_sk=at,
    )
    organizers = sorted(competition.organizer_ids)[: limits.MAX_TOLD_ORGANIZERS]
    telling = Telling(competition, thread, post)
    told = [notices.notification(telling, user, inbox.REPORT, at, account.username, now) for user in organizers]

    def compose(write: Transaction) -> None:
        subscriptions.counting(write, account.id, before, rate)
        reports.making(write, made, told)

    writes.transact(compose, otherwise=Conflict(_TWICE))
    return responses.Reported(id_)


def list_open(competition_id: str, account: Account, before: str | None) -> responses.PostReports:
    """One page of the open reports, for organizers: three calls. Raises NotFound, NotAllowed."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    page, following = reports.newest(competition.id, before, PAGE_SIZE)
    posts = table.read_all(Post.at(competition.id, one.thread, int(one.number)) for one in page)
    told = [_told(one, posts.get(Post.at(competition.id, one.thread, int(one.number)))) for one in page]
    return responses.PostReports(told, following)


def decide(
    competition_id: str, report_id: str, body: requests.DecideReport, account: Account, now: datetime
) -> responses.Empty:
    """Delete the post or let it stand, with a reason for the log: three calls. Raises NotFound, NotAllowed, Conflict."""

    def attempt() -> None:
        found, one = table.read(Competition.at(competition_id), PostReport.at(competition_id, report_id))
        competition = check_organizer(found, account)
        if one is None or one.decision is not None:
            raise NotFound(say("no_report", "There is no such report, or it was decided. Look at the open ones."))
        places = Thread.at(competition_id, one.thread), Post.at(competition_id, one.thread, int(one.number))
        thread, post = table.read(*places)
        writes.transact(lambda write: _deciding(write, competition, one, thread, post))

    def _deciding(
        write: Transaction, competition: Competition, one: PostReport, thread: Thread | None, post: Post | None
    ) -> None:
        about = {"thread": one.thread, "number": int(one.number), "by": one.username, "reason": one.reason}
        author = post.username if post else None
        entry = audit_log.entry_about(
            competition.id, author, "report_handled", about, body.decision, body.reason, account, now
        )
        reports.deciding(write, one, body.decision, account.username, ids.new(now), now)
        audit.recording(write, entry)
        if body.decision == DELETED and thread is not None and post is not None and post.deleted_at is None:
            threads.deleting(write, thread, post, "organizer", now)

    writes.retried(attempt, Conflict(_DECIDED))
    return responses.Empty()


def _told(one: PostReport, post: Post | None) -> responses.PostReport:
    return responses.PostReport(
        id=one.id,
        thread=one.thread,
        number=int(one.number),
        by=one.username,
        reason=one.reason,
        at=one.created_at,
        author=post.username if post else "",
        text=(post.text or "") if post else "",
    )
