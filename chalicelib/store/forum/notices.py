"""Notices: background jobs, each to tell the inboxes of those who follow or are named of one post.

A notice that is done is removed, so that those which wait, run or failed are all that there are.
"""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.forum.threads import Post
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction


class Notice(BackgroundJob, discriminator="notice"):
    """The telling of one post. `cursor` is the last subscriber who was told; `told` counts all."""

    competition = UnicodeAttribute()
    thread = UnicodeAttribute()
    number = NumberAttribute()
    cursor = UnicodeAttribute(null=True)
    told = NumberAttribute(default=0)

    @classmethod
    def at(cls, notice: str) -> Place["Notice"]:
        """Place of a notice, by its id: `{competition}-{thread}-{number}`."""
        return Place(cls, f"NOTICE#{notice}", "NOTICE")


def of(post: Post) -> Notice:
    """The notice of a post, which waits."""
    id_ = f"{post.competition}-{post.thread}-{int(post.number)}"
    notice = Notice(
        *Notice.at(id_),
        id=id_,
        competition=post.competition,
        thread=post.thread,
        number=int(post.number),
        created_at=post.created_at,
    )
    jobs.waiting(notice)
    return notice


def asking(write: Transaction, notice: Notice) -> None:
    """Within a transaction: have a notice done."""
    write.save(notice)


def find(id_: str) -> Notice | None:
    """A notice; None when it is done."""
    (found,) = table.read(Notice.at(id_))
    return found


def advance(notice: Notice, cursor: str, told: int) -> None:
    """A page of subscribers is told. Raises TakenOver."""
    jobs.advance(notice, [Notice.cursor.set(cursor), Notice.told.add(told)])


def end(notice: Notice) -> None:
    """All are told."""
    writes.delete(notice)
