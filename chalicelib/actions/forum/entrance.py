"""The way into a competition's forum: who may see it, and what each may do in it."""

from dataclasses import dataclass

from chalicelib.actions.competitions.permissions import check_visible, is_organizer, sees_all
from chalicelib.domain.forum import rights
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import AgonError, NotAllowed, NotFound, say
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum.threads import Post, Thread
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

_NO_FORUM = say("no_forum", "This competition has no forum. Its organizers can have one: `forum_enabled` in its settings.")
_NO_THREAD = say("no_thread", "There is no such thread. Look at the competition's forum for those that there are.")
_NO_POST = say("no_post", "There is no such post, or it was deleted. Load the thread again.")


@dataclass(frozen=True)
class Visitor:
    """A reader of a forum, and what they are in its competition. `account` None: they have not signed in."""

    competition: Competition
    account: Account | None
    member: Participant | None

    @property
    def organizes(self) -> bool:
        """True for who keeps order here."""
        return is_organizer(self.competition, self.account)

    @property
    def sees_all(self) -> bool:
        """True for who sees all that organizers do."""
        return sees_all(self.competition, self.account)

    def check_may_post(self, thread: Thread | None = None) -> None:
        """Raise NotAllowed, or Conflict for a thread that is locked."""
        if self.competition.settings.archived:
            raise NotAllowed(say("forum_archived", "This competition is archived: its forum is there to be read."))
        status = self.member.status if self.member else None
        rights.check_may_post(status, self.organizes, participants.reason_of(self.member))
        rights.check_is_open(bool(thread and thread.locked), self.organizes)

    def may_post(self, thread: Thread) -> bool:
        """True for those whom `check_may_post` lets."""
        try:
            self.check_may_post(thread)
        except AgonError:
            return False
        return True

    def has_written(self, post: Post) -> bool:
        """True for a post of theirs."""
        return self.account is not None and post.user == self.account.id


def enter(found: Competition | None, account: Account | None, member: Participant | None = None) -> Visitor:
    """A visitor of the forum of a competition that was read. Raises NotFound, also where there is no forum."""
    competition = check_visible(found, account)
    if not competition.settings.forum_enabled:
        raise NotFound(_NO_FORUM)
    return Visitor(competition, account, member)


def check_thread(thread: Thread | None) -> Thread:
    """The thread, when something is left of it. Raises NotFound."""
    if thread is None or thread.is_gone:
        raise NotFound(_NO_THREAD)
    return thread


def check_post(post: Post | None) -> Post:
    """The post, when it is not deleted. Raises NotFound."""
    if post is None or post.deleted_at is not None:
        raise NotFound(_NO_POST)
    return post


def number_of(text: str) -> int:
    """A post's number in a path. Raises NotFound for what is none."""
    if not (text.isdecimal() and text.isascii() and len(text) <= 6 and int(text) > 0):
        raise NotFound(_NO_POST)
    return int(text)
