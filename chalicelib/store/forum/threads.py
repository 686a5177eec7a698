"""Threads of a competition's forum, and their posts. All of one thread is one partition.

A post's number is its place: it is counted on the thread in the post's own transaction, and never moves. What is deleted
leaves its number, so that a page is always the same keys, however long the thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, Transaction


class Thread(table.Item, discriminator="thread"):
    """A question or a subject, with its posts. `title` is empty once its first post is deleted.

    `posts` counts the numbers that are taken, `deleted` those of them that are tombstones; `last` is the newest post's id,
    which with `pinned` makes its place on the list. `answer` is the number of the post that answers it.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    title = UnicodeAttribute()
    user = UnicodeAttribute()
    username = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    posts = NumberAttribute(default=1)
    deleted = NumberAttribute(default=0)
    last = UnicodeAttribute()
    last_at = UTCDateTimeAttribute()
    last_username = UnicodeAttribute()
    pinned = BooleanAttribute(default=False)
    locked = BooleanAttribute(default=False)
    answer = NumberAttribute(null=True)

    @classmethod
    def at(cls, competition: str, thread: str) -> Place["Thread"]:
        """Place of a thread."""
        return Place(cls, _partition(competition, thread), "THREAD")

    @property
    def is_gone(self) -> bool:
        """All that was written in it is deleted."""
        return int(self.deleted) >= int(self.posts)


class Post(table.Item, discriminator="post"):
    """One contribution to a thread, in Markdown. `title` is its thread's, of the first one alone.

    `mentions` has the accounts that it names, by their names in small letters. `version` counts its changes. A deleted one
    has no text; `deleted_by` says who did that: author or organizer.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    thread = UnicodeAttribute()
    number = NumberAttribute()
    user = UnicodeAttribute()
    username = UnicodeAttribute()
    by_organizer = BooleanAttribute(default=False)
    title = UnicodeAttribute(null=True)
    text = UnicodeAttribute(null=True)
    mentions = JSONAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    version = NumberAttribute(default=1)
    edited_at = UTCDateTimeAttribute(null=True)
    deleted_at = UTCDateTimeAttribute(null=True)
    deleted_by = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, competition: str, thread: str, number: int) -> Place["Post"]:
        """Place of the post of a number."""
        return Place(cls, _partition(competition, thread), f"POST#{number:06d}")


class PostVersion(table.Item, discriminator="post_version"):
    """A post as it was before a change, until `replaced_at`."""

    version = NumberAttribute()
    title = UnicodeAttribute(null=True)
    text = UnicodeAttribute()
    replaced_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, competition: str, thread: str, number: int, version: int) -> Place["PostVersion"]:
        """Place of one of a post's former versions."""
        return Place(cls, _partition(competition, thread), f"VERSION#{number:06d}#{version:03d}")


def list_key(competition: str) -> str:
    """Under which a competition's threads are listed, by `place_of`."""
    return f"THREADS#{competition}"


def place_of(pinned: bool, last: str) -> str:
    """A thread's place on the list: the pinned ones first, then who was written in last."""
    return f"{int(pinned)}-{last}"


def posts_key(competition: str) -> str:
    """Under which all posts of a competition are listed, by their ids."""
    return f"POSTS#{competition}"


def author_key(account: str) -> str:
    """Under which all posts of an account are listed, by their ids."""
    return f"POSTED#{account}"


def newest(competition: str, before: str | None, limit: int) -> tuple[list[Thread], str | None]:
    """One page of a competition's threads, the pinned ones first, then the newest words first."""
    return table.newest_listed(Thread, list_key(competition), before, limit)


def newest_posts(competition: str, before: str | None, limit: int) -> tuple[list[Post], str | None]:
    """The newest posts, at most so many, by one call: fewer where they are long."""
    return table.listed_in_one_call(Post, posts_key(competition), before, limit)


def newest_of(account: str, before: str | None, limit: int) -> tuple[list[Post], str | None]:
    """One page of an account's posts, newest first."""
    return table.newest_owned(Post, author_key(account), before, limit)


def versions_of(post: Post) -> list[PostVersion]:
    """Versions of a post before each of its changes, the oldest first."""
    pk, first = PostVersion.at(post.competition, post.thread, int(post.number), 1)
    _, last = PostVersion.at(post.competition, post.thread, int(post.number), int(post.version))
    return patiently(lambda: list(PostVersion.query(pk, PostVersion.sk.between(first, last), consistent_read=True)))


def create(thread: Thread, first: Post, besides: Composer) -> None:
    """Store a thread and its first post, and what goes with it. Raises ConditionFailed when that has moved."""

    def compose(write: Transaction) -> None:
        write.save(thread, condition=Thread.pk.does_not_exist())
        write.save(first)
        besides(write)

    writes.transact(compose)


def add(thread: Thread, post: Post, besides: Composer) -> None:
    """Store a post as its thread's next one. Raises ConditionFailed when another came first, or the thread was marked."""
    actions: list[Action] = [
        Thread.posts.set(int(post.number)),
        Thread.last.set(post.id),
        Thread.last_at.set(post.created_at),
        Thread.last_username.set(post.username),
        Thread.list_pk.set(list_key(thread.competition)),
        Thread.list_sk.set(place_of(bool(thread.pinned), post.id)),
    ]
    same = (Thread.posts == thread.posts) & (Thread.pinned == thread.pinned) & (Thread.locked == thread.locked)

    def compose(write: Transaction) -> None:
        write.update(_key_of(thread), actions=actions, condition=same & (Thread.deleted == thread.deleted))
        write.save(post, condition=Post.pk.does_not_exist())
        besides(write)

    writes.transact(compose)


@dataclass(frozen=True)
class Wording:
    """Words that a post is to have: its text, whom that names, and of a thread's first post its title."""

    text: str
    mentions: Mapping[str, str]
    title: str | None = None


def change(post: Post, wording: Wording, now: datetime, besides: Composer) -> None:
    """Have a post say something else, and keep what it said. Raises ConditionFailed when somebody came first."""
    number, version = int(post.number), int(post.version)
    former = PostVersion(
        *PostVersion.at(post.competition, post.thread, number, version),
        version=version,
        title=post.title,
        text=post.text,
        replaced_at=now,
    )
    actions: list[Action] = [
        Post.text.set(wording.text),
        Post.mentions.set(dict(wording.mentions)) if wording.mentions else Post.mentions.remove(),
        Post.version.set(version + 1),
        Post.edited_at.set(now),
    ]
    if wording.title is not None:
        actions.append(Post.title.set(wording.title))

    def compose(write: Transaction) -> None:
        write.update(_key_of_post(post), actions=actions, condition=_is_as(post))
        write.save(former)
        if wording.title is not None and wording.title != post.title:
            thread = Thread(*Thread.at(post.competition, post.thread))
            write.update(thread, actions=[Thread.title.set(wording.title)], condition=Thread.pk.exists())
        besides(write)

    writes.transact(compose)


def succeed(post: Post, user: str, username: str) -> None:
    """Have a post, and the thread that it began, be another account's: nothing else of them changes."""
    thread = Thread(*Thread.at(post.competition, post.thread))
    mine: list[Action] = [Post.user.set(user), Post.username.set(username), Post.owner_pk.set(author_key(user))]
    writes.update_if(thread, [Thread.last_username.set(username)], Thread.last == post.id)
    if int(post.number) == 1:
        began: list[Action] = [Thread.user.set(user), Thread.username.set(username)]
        writes.update_if(thread, began, Thread.pk.exists())
    # At last: by this post the account's threads are found.
    writes.update_if(_key_of_post(post), mine, Post.pk.exists())


def deleting(write: Transaction, thread: Thread, post: Post, by: str, now: datetime) -> None:
    """Within a transaction: leave of a post its number, and of its thread no title when it was the first one."""
    gone: list[Action] = [one.remove() for one in (Post.text, Post.title, Post.mentions, Post.list_pk, Post.list_sk)]
    gone += [Post.deleted_at.set(now), Post.deleted_by.set(by)]
    write.update(_key_of_post(post), actions=gone, condition=_is_as(post))
    for version in range(1, int(post.version)):
        write.delete(PostVersion(*PostVersion.at(post.competition, post.thread, int(post.number), version)))
    actions: list[Action] = [Thread.deleted.add(1)]
    if int(post.number) == 1:
        actions.append(Thread.title.set(""))
    if thread.answer is not None and int(thread.answer) == int(post.number):
        actions.append(Thread.answer.remove())
    if int(thread.deleted) + 1 >= int(thread.posts):
        actions += [Thread.list_pk.remove(), Thread.list_sk.remove()]
    write.update(_key_of(thread), actions=actions, condition=_is_counted_as(thread))


def mark(thread: Thread, changes: dict[str, bool], answer: Post | None, has_answer: bool, also: Composer) -> None:
    """Pin or lock a thread, or say which post answers it, `has_answer`, if any; and do `also`.

    Raises ConditionFailed on a lost race.
    """
    actions: list[Action] = [getattr(Thread, name).set(value) for name, value in changes.items()]
    if "pinned" in changes:
        actions.append(Thread.list_sk.set(place_of(changes["pinned"], thread.last)))
    if has_answer:
        actions.append(Thread.answer.remove() if answer is None else Thread.answer.set(int(answer.number)))

    def compose(write: Transaction) -> None:
        write.update(_key_of(thread), actions=actions, condition=_is_counted_as(thread) & (Thread.last == thread.last))
        if answer is not None:
            write.condition_check(Post, answer.pk, answer.sk, Post.deleted_at.does_not_exist())
        also(write)

    writes.transact(compose)


def _is_as(post: Post) -> Condition:
    is_same: Condition = (Post.version == post.version) & Post.deleted_at.does_not_exist()
    return is_same


def _is_counted_as(thread: Thread) -> Condition:
    is_same: Condition = (Thread.posts == thread.posts) & (Thread.deleted == thread.deleted)
    return is_same


def _key_of(thread: Thread) -> Thread:
    return Thread(*Thread.at(thread.competition, thread.id))


def _key_of_post(post: Post) -> Post:
    return Post(*Post.at(post.competition, post.thread, int(post.number)))


def _partition(competition: str, thread: str) -> str:
    return f"THREAD#{competition}#{thread}"
