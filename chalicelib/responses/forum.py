"""Forums, announcements and the inbox."""

from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class Thread:
    """A thread of a competition's forum. `posts` counts all numbers that are taken, `deleted` the posts that are no more.

    `answer` is the number of the post that answers it. `title` is empty once its first post is deleted.
    """

    id: str
    competition: str
    title: str
    by: str
    created_at: datetime
    posts: int
    deleted: int
    last_at: datetime
    last_by: str
    pinned: bool
    locked: bool
    answer: int | None


@dataclass(frozen=True)
class Threads:
    """One page of a forum's threads: the pinned ones, then those in which somebody wrote last."""

    threads: list[Thread]
    next: str | None


@dataclass(frozen=True)
class ForumPost:
    """A post, in Markdown as its author wrote it. Who shows it must make it safe.

    `mentions` are the names in it that are participants', in small letters. A deleted one has no text.
    """

    number: int
    by: str
    by_organizer: bool
    text: str
    mentions: list[str]
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    deleted_by: Literal["author", "organizer"] | None
    is_answer: bool
    mine: bool


@dataclass(frozen=True)
class ThreadPage:
    """A thread and one page of its posts. `subscribed`: you are told of new ones."""

    thread: Thread
    posts: list[ForumPost]
    page: int
    pages: int
    subscribed: bool
    may_post: bool


@dataclass(frozen=True)
class Written:
    """Place of what was posted: the thread, and the post's number in it."""

    competition: str
    thread: str
    number: int


@dataclass(frozen=True)
class PostVersion:
    """A post as it was until `replaced_at`; of a thread's first post with its title."""

    version: int
    title: str | None
    text: str
    replaced_at: datetime


@dataclass(frozen=True)
class PostHistory:
    """Versions of a post before each of its changes, the oldest first."""

    versions: list[PostVersion]


@dataclass(frozen=True)
class FoundPost:
    """A post in which the words that were looked for stand: its thread, its number there, and the text around them."""

    thread: str
    title: str
    number: int
    by: str
    at: datetime
    excerpt: str


@dataclass(frozen=True)
class FoundPosts:
    """One page of the posts that were found, newest first. It may be empty while `next` leads to older ones."""

    posts: list[FoundPost]
    next: str | None


@dataclass(frozen=True)
class Reported:
    """A report that the organizers have now."""

    id: str


@dataclass(frozen=True)
class PostReport:
    """An open report: the post, by its thread and number, who reports it and why. `text` is empty once that is deleted."""

    id: str
    thread: str
    number: int
    by: str
    reason: str
    at: datetime
    author: str
    text: str


@dataclass(frozen=True)
class PostReports:
    """One page of a competition's open reports, newest first."""

    reports: list[PostReport]
    next: str | None


@dataclass(frozen=True)
class Announcement:
    """A word to everybody, in Markdown. `competition` is null for one of the site's administrators.

    `edited_at` is null for one that says what it always said.
    """

    id: str
    competition: str | None
    competition_title: str | None
    title: str
    text: str
    by: str
    at: datetime
    edited_at: datetime | None


@dataclass(frozen=True)
class Announcements:
    """One page of announcements, newest first."""

    announcements: list[Announcement]
    next: str | None


@dataclass(frozen=True)
class Subscribed:
    """Your wish to be told of a thread's new posts."""

    subscribed: bool


@dataclass(frozen=True)
class Notification:
    """One thing that you are told of: a post, and why.

    `mention`: it names you. `reply`: you follow its thread. `thread`: it is a new thread of a competition that you organize.
    `report`: somebody reports it to the organizers. `read`: you have said that you have read as far.
    """

    id: str
    why: Literal["mention", "reply", "thread", "report"]
    competition: str
    competition_title: str
    thread: str
    number: int
    title: str
    by: str
    at: datetime
    read: bool


@dataclass(frozen=True)
class Inbox:
    """One page of what you are told of, newest first."""

    notifications: list[Notification]
    next: str | None
