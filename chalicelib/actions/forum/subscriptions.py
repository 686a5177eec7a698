"""Following a thread, and the inbox that tells of what was posted."""

from datetime import datetime

from chalicelib import responses
from chalicelib.actions.forum.entrance import check_thread, enter
from chalicelib.domain.people.accounts import Account
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import inbox, subscriptions
from chalicelib.store.forum.inbox import Notification
from chalicelib.store.forum.threads import Thread

PAGE_SIZE = 50


def subscribe(competition_id: str, thread_id: str, active: bool, account: Account, now: datetime) -> responses.Subscribed:
    """Be told of a thread's new posts, or no more: two calls. Raises NotFound."""
    found, thread = table.read(Competition.at(competition_id), Thread.at(competition_id, thread_id))
    enter(found, account)
    subscriptions.subscribe(competition_id, check_thread(thread).id, account.id, active, now)
    return responses.Subscribed(active)


def read(account: Account, cursor: str | None) -> responses.Inbox:
    """One page of what somebody is told of: one call. The cursor has what was read when the first page was."""
    before, _, through = (cursor or "").partition("-")
    page, mark, following = inbox.newest(account.id, before or None, PAGE_SIZE)
    through = mark.through if mark else through
    return responses.Inbox([_told(one, through) for one in page], f"{following}-{through}" if following else None)


def mark_read(through: str, account: Account) -> responses.Empty:
    """Note how far somebody has read: one call."""
    inbox.mark(account.id, through)
    return responses.Empty()


def _told(one: Notification, through: str) -> responses.Notification:
    return responses.Notification(
        id=one.id,
        why=one.why,  # type: ignore[arg-type]
        competition=one.competition,
        competition_title=one.competition_title,
        thread=one.thread,
        number=int(one.number),
        title=one.title,
        by=one.username,
        at=one.made_at,
        read=one.id <= through,
    )
