"""Writing in a forum: beginning a thread, replying, changing one's post, deleting it, and what it said before."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib import ids, requests, responses
from chalicelib.actions.forum.entrance import Visitor, check_post, check_thread, enter, number_of
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages
from chalicelib.contract import limits
from chalicelib.domain.forum import mentions, rates
from chalicelib.domain.forum.rates import Rate
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotAllowed, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import notices, subscriptions, threads
from chalicelib.store.forum.notices import Notice
from chalicelib.store.forum.subscriptions import PostRate
from chalicelib.store.forum.threads import Post, Thread, Wording
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant, ParticipantName
from chalicelib.store.table import Found, Place
from chalicelib.store.writes import Composer, Transaction

AUTHOR, ORGANIZER = "author", "organizer"
_MOVED = say("forum_crowded", "Very many people write here at this moment. Nothing was posted; send it again.")
_CHANGED = say("post_changed", "This post was changed or deleted meanwhile. Load the thread again.")


@dataclass(frozen=True)
class Author:
    """A person who writes: what they have posted lately, without this and with it, and whom they mention."""

    visitor: Visitor
    account: Account
    before: PostRate | None
    rate: Rate
    is_named: bool
    mentioned: dict[str, str]

    def writing(self, thread: str, now: datetime, notice: Notice | None = None) -> Composer:
        """Compose what goes along with what they write: their rate and name, that they follow the thread, a notice."""

        def compose(write: Transaction) -> None:
            competition = self.visitor.competition.id
            subscriptions.counting(write, self.account.id, self.before, self.rate)
            subscriptions.subscribing(write, competition, thread, self.account.id, now)
            if not self.is_named:
                participants.naming(write, competition, self.account.username, self.account.id)
            if notice:
                notices.asking(write, notice)

        return compose


def begin(competition_id: str, body: requests.NewThread, account: Account, now: datetime) -> responses.Written:
    """Begin a thread: three calls. Raises NotFound, NotAllowed, QuotaExceeded, Conflict."""

    def attempt() -> Notice | None:
        author = _author(_read(competition_id, body.text, account), competition_id, body.text, account, now)
        author.visitor.check_may_post()
        thread = Thread(
            *Thread.at(competition_id, id_),
            id=id_,
            competition=competition_id,
            title=body.title,
            user=account.id,
            username=account.username,
            created_at=now,
            last=id_,
            last_at=now,
            last_username=account.username,
            list_pk=threads.list_key(competition_id),
            list_sk=threads.place_of(False, id_),
        )
        first = _post(author, thread, id_, 1, body.text, now)
        first.title = body.title
        told = author.mentioned.values() or author.visitor.competition.organizer_ids - {account.id}
        notice = notices.of(first) if told else None
        threads.create(thread, first, author.writing(id_, now, notice))
        return notice

    id_ = ids.new(now)
    _send(writes.retried(attempt, Conflict(_MOVED)))
    return responses.Written(competition_id, id_, 1)


def reply(competition_id: str, thread_id: str, body: requests.NewPost, account: Account, now: datetime) -> responses.Written:
    """Write in a thread: three calls, whatever its size. Raises NotFound, NotAllowed, QuotaExceeded, Conflict."""
    place, id_ = Thread.at(competition_id, thread_id), ids.new(now)

    def attempt() -> Notice:
        found = _read(competition_id, body.text, account, place)
        author = _author(found, competition_id, body.text, account, now)
        thread = check_thread(found.get(place))
        author.visitor.check_may_post(thread)
        if int(thread.posts) >= limits.MAX_POSTS:
            raise Conflict(say("thread_full", "This thread is full. Begin another one."))
        post = _post(author, thread, id_, int(thread.posts) + 1, body.text, now)
        notice = notices.of(post)
        threads.add(thread, post, author.writing(thread.id, now, notice))
        return notice

    notice = writes.retried(attempt, Conflict(_MOVED))
    _send(notice)
    return responses.Written(competition_id, thread_id, int(notice.number))


def change(
    competition_id: str, thread_id: str, number: str, body: requests.ChangePost, account: Account, now: datetime
) -> responses.Written:
    """Change what one's post says: two calls. Nobody is told of it again.

    Raises NotFound, NotAllowed, QuotaExceeded, Invalid, Conflict.
    """
    places = Thread.at(competition_id, thread_id), Post.at(competition_id, thread_id, number_of(number))

    def attempt() -> None:
        found = _read(competition_id, body.text, account, *places)
        author = _author(found, competition_id, body.text, account, now)
        thread, post = check_thread(found.get(places[0])), check_post(found.get(places[1]))
        _check_may_change(author, thread, post, body)
        wording = Wording(body.text, author.mentioned, body.title)
        threads.change(post, wording, now, author.writing(thread.id, now))

    writes.retried(attempt, Conflict(_CHANGED))
    return responses.Written(competition_id, thread_id, number_of(number))


def _check_may_change(author: Author, thread: Thread, post: Post, body: requests.ChangePost) -> None:
    """Raise what keeps somebody from changing a post: NotAllowed, Invalid, Conflict."""
    if not author.visitor.has_written(post):
        raise NotAllowed(
            say("post_of_others", "Only its author changes a post. Organizers delete what should not stand here.")
        )
    author.visitor.check_may_post(thread)
    if body.title is not None and int(post.number) > 1:
        raise Invalid(
            say("title_of_first_post", "Only the first post of a thread has its title."),
            [Complaint("title", say("leave_out_here", "Leave it out here."))],
        )
    if int(post.version) >= limits.MAX_POST_VERSIONS:
        raise Conflict(
            say(
                "enough_versions",
                "A post is changed {most} times at most. Write another one.",
                most=limits.MAX_POST_VERSIONS - 1,
            )
        )


def delete(
    competition_id: str, thread_id: str, number: str, reason: str, account: Account, now: datetime
) -> responses.Empty:
    """Delete a post, with all that it said before: two calls. An organizer's deletion is noted, with their reason.

    Raises NotFound, NotAllowed, Conflict.
    """
    places = Thread.at(competition_id, thread_id), Post.at(competition_id, thread_id, number_of(number))
    competition = Competition.at(competition_id)

    def attempt() -> None:
        found = table.read_all([competition, *places])
        visitor = enter(found.get(competition), account)
        thread, post = check_thread(found.get(places[0])), check_post(found.get(places[1]))
        if not (visitor.has_written(post) or visitor.organizes):
            raise NotAllowed(say("delete_of_others", "Only its author and the organizers delete a post. Report it to them."))
        writes.transact(lambda write: deleting(write, visitor, thread, post, reason, now))

    writes.retried(attempt, Conflict(_CHANGED))
    return responses.Empty()


def deleting(write: Transaction, visitor: Visitor, thread: Thread, post: Post, reason: str, now: datetime) -> None:
    """Within a transaction: delete a post, and note it when it is somebody else's."""
    is_own = visitor.has_written(post)
    threads.deleting(write, thread, post, AUTHOR if is_own else ORGANIZER, now)
    if not is_own and visitor.account:
        at = {"thread": thread.id, "number": int(post.number)}
        competition = visitor.competition.id
        entry = audit_log.entry_about(competition, post.username, "post_deleted", at, None, reason, visitor.account, now)
        audit.recording(write, entry)


def history(competition_id: str, thread_id: str, number: str, account: Account) -> responses.PostHistory:
    """Former versions of a post, for its author and the organizers: two calls. Raises NotFound, NotAllowed."""
    found, stored = table.read(Competition.at(competition_id), Post.at(competition_id, thread_id, number_of(number)))
    visitor, post = enter(found, account), check_post(stored)
    if not (visitor.has_written(post) or visitor.sees_all):
        raise NotAllowed(say("versions_of_others", "What a post said before is for its author and the organizers."))
    return responses.PostHistory(
        [
            responses.PostVersion(int(one.version), one.title, one.text, one.replaced_at)
            for one in threads.versions_of(post)
            if one.version < post.version
        ]
    )


def _read(competition_id: str, text: str, account: Account, *more: Place[Thread] | Place[Post]) -> Found:
    """All that is to be known of somebody who writes, in one call."""
    names = (account.username, *mentions.names_in(text))
    theirs = Participant.at(competition_id, account.id), PostRate.at(account.id)
    named = (ParticipantName.at(competition_id, name) for name in names)
    return table.read_all([Competition.at(competition_id), *theirs, *named, *more])


def _author(found: Found, competition_id: str, text: str, account: Account, now: datetime) -> Author:
    """Who writes, of what `_read` found. Raises NotFound, QuotaExceeded."""
    member = found.get(Participant.at(competition_id, account.id))
    visitor = enter(found.get(Competition.at(competition_id)), account, member)
    visitor.check_may_post()
    before = found.get(PostRate.at(account.id))
    named = {name: found.get(ParticipantName.at(competition_id, name)) for name in mentions.names_in(text)}
    own = found.get(ParticipantName.at(competition_id, account.username))
    return Author(
        visitor,
        account,
        before,
        rates.counted(subscriptions.rate_of(before), now),
        own is not None and own.user == account.id,
        {name: one.user for name, one in named.items() if one is not None},
    )


def _post(author: Author, thread: Thread, id_: str, number: int, text: str, now: datetime) -> Post:
    return Post(
        *Post.at(thread.competition, thread.id, number),
        id=id_,
        competition=thread.competition,
        thread=thread.id,
        number=number,
        user=author.account.id,
        username=author.account.username,
        by_organizer=author.visitor.organizes,
        text=text,
        mentions=author.mentioned or None,
        created_at=now,
        list_pk=threads.posts_key(thread.competition),
        list_sk=id_,
        owner_pk=threads.author_key(author.account.id),
        owner_sk=id_,
    )


def _send(notice: Notice | None) -> None:
    if notice is not None:
        messages.send_notice(notice.id)
