"""Telling people of a post: those whom it mentions, those who follow its thread, and of a new thread the organizers.

Whoever breaks off is followed by another function, which begins behind the last subscriber who was told. A notification has
the post's id, so who is told twice has it once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions.forum import mailing
from chalicelib.contract import limits
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.competitions.access import APPROVED
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import inbox, notices, subscriptions
from chalicelib.store.forum.inbox import KEPT, Notification
from chalicelib.store.forum.notices import Notice
from chalicelib.store.forum.threads import Post, Thread
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

PAGE_SIZE = 100


@dataclass(frozen=True)
class Telling:
    """All that is told of one post: which one, of which thread of which competition."""

    competition: Competition
    thread: Thread
    post: Post

    def notification(self, user: str, why: str) -> Notification:
        """Notification for one person, who is told of the post once, for whichever reason."""
        return notification(self, user, why, self.post.id, self.post.username, self.post.created_at)


def notification(told: Telling, user: str, why: str, id_: str, username: str, at: datetime) -> Notification:
    """Notification for one person: why they are told of a post, by whom and when."""
    post, competition = told.post, told.competition
    return Notification(
        *Notification.at(user, id_),
        id=id_,
        why=why,
        competition=competition.id,
        competition_title=competition.title,
        thread=post.thread,
        number=int(post.number),
        title=told.thread.title,
        username=username,
        made_at=at,
        gone_at=at + KEPT,
    )


def work(notice: Notice, _now: datetime, deadline: datetime) -> None:
    """Tell everybody whom a post is for. Raises OutOfTime."""
    thread_id, number = notice.thread, int(notice.number)
    competition, thread, post = table.read(
        Competition.at(notice.competition),
        Thread.at(notice.competition, thread_id),
        Post.at(notice.competition, thread_id, number),
    )
    if competition is not None and thread is not None and post is not None and post.deleted_at is None:
        _tell(notice, Telling(competition, thread, post), deadline)
    notices.end(notice)
    telemetry.logger.info("told of a post", notice=notice.id, told=int(notice.told))


def _tell(notice: Notice, told: Telling, deadline: datetime) -> None:
    competition, thread, post = told.competition, told.thread, told.post
    mentioned = _mentioned(competition, post)
    organizers = sorted(competition.organizer_ids)[: limits.MAX_TOLD_ORGANIZERS]

    def deliver(users: Iterable[str], why: str) -> int:
        others = [user for user in _who_see(competition, users) if user != post.user]
        inbox.deliver([told.notification(user, why) for user in others])
        return len(others)

    if notice.cursor is None:
        deliver(mentioned, inbox.MENTION)
        for user in _who_see(competition, mentioned):
            if user != post.user:
                mailing.mention(post, thread, competition, user, *mentioned[user])
        if int(post.number) == 1:
            deliver(set(organizers) - set(mentioned), inbox.THREAD)
    cursor: str | None = notice.cursor
    while True:
        page, following = subscriptions.of_thread(competition.id, thread.id, cursor, PAGE_SIZE)
        following_it = {one.user for one in page if one.active and one.since <= post.created_at} - set(mentioned)
        count = deliver(following_it, inbox.REPLY)
        mailing.reply(post, thread, competition, [user for user in _who_see(competition, following_it) if user != post.user])
        if following is None:
            return
        cursor = following
        notices.advance(notice, cursor, count)
        if is_late(deadline):
            raise OutOfTime


def _who_see(competition: Competition, users: Iterable[str]) -> list[str]:
    """Those who see the competition: of a draft who run it or joined it by its link, whoever has followed it before."""
    if competition.published:
        return list(users)
    insiders = competition.organizer_ids | (competition.viewer_ids or set())
    joined = table.read_many(Participant.at(competition.id, user) for user in users if user not in insiders)
    return [user for user in users if user in insiders] + [one.user for one in joined if participants.sees_draft(one)]


def _mentioned(competition: Competition, post: Post) -> dict[str, tuple[str, str | None]]:
    """The accounts that a post mentions and that take part still, or organize: their names, and addresses where known."""
    names = {user: name for name, user in (post.mentions or {}).items()}
    there = table.read_many(Participant.at(competition.id, user) for user in sorted(names))
    organizing = {user: (name, None) for user, name in names.items() if user in competition.organizer_ids}
    return organizing | {
        one.user: (one.username, one.address) for one in there if one.status == APPROVED and not one.admitted
    }
