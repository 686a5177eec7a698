"""Inboxes: what an account is told of, newest first, and how far it has read. One partition an account, read by one call."""

from collections.abc import Sequence
from datetime import timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place

MENTION, REPLY, THREAD, REPORT = "mention", "reply", "thread", "report"
#: Afterwards nobody looks for it, and the table forgets it.
KEPT = timedelta(days=180)
#: Behind every id, so that the newest page begins with it.
_MARK = "~READ"


class Notification(table.Item, discriminator="notification"):
    """One thing that somebody is told of: which post, whose, and why they are told (`why`). Its id is the post's.

    So a job that is done twice tells nobody twice, and of two reasons to tell somebody of a post one is told.
    """

    id = UnicodeAttribute()
    why = UnicodeAttribute()
    competition = UnicodeAttribute()
    competition_title = UnicodeAttribute()
    thread = UnicodeAttribute()
    number = NumberAttribute()
    title = UnicodeAttribute()
    username = UnicodeAttribute()
    made_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, user: str, notification: str) -> Place["Notification"]:
        """Place of a notification in somebody's inbox."""
        return Place(cls, f"INBOX#{user}", notification)


class InboxMark(table.Item, discriminator="inbox_mark"):
    """Reading mark of an account in its inbox: `through` is the id of the newest notification that it had then."""

    through = UnicodeAttribute()

    @classmethod
    def at(cls, user: str) -> Place["InboxMark"]:
        """Place of an account's mark."""
        return Place(cls, f"INBOX#{user}", _MARK)


def newest(user: str, before: str | None, limit: int) -> tuple[list[Notification], InboxMark | None, str | None]:
    """One page of an inbox, its mark where it is the first one, and the id before which the next page begins. One call."""
    older = table.Item.sk < before if before else None
    items = patiently(lambda: list(table.Item.query(f"INBOX#{user}", older, scan_index_forward=False, limit=limit + 1)))
    marks = [item for item in items if isinstance(item, InboxMark)]
    found = [item for item in items if isinstance(item, Notification)]
    following = found[limit - 1].id if len(items) > limit and len(found) >= limit else None
    return found[:limit], marks[0] if marks else None, following


def mark(user: str, through: str) -> None:
    """Note how far somebody has read. An older mark does not come back."""
    is_later = InboxMark.pk.does_not_exist() | (InboxMark.through < through)
    writes.update_if(
        InboxMark(*InboxMark.at(user)), [InboxMark.kind.set(InboxMark), InboxMark.through.set(through)], is_later
    )


def deliver(notifications: Sequence[Notification]) -> None:
    """Store what several people are told, 25 a call. What is there already stays the same."""
    writes.put_many(notifications)


def forget(user: str) -> None:
    """Throw an account's inbox away."""
    writes.delete_many(table.everything_at(InboxMark.at(user)[0]))
