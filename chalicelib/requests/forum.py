"""Texts of forums and announcements."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.contract import limits
from chalicelib.requests.fields import ONE_LINE, Body, Changed, Id, Reason


def _refuse_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "Nothing stands here. Write something.")
    return text


Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=limits.MAX_THREAD_TITLE_CHARACTERS, strip_whitespace=True),
    ONE_LINE,
]
#: Markdown with formulas, as its author wrote it: whoever shows it makes it safe.
Markdown = Annotated[
    str, StringConstraints(min_length=1, max_length=limits.MAX_POST_CHARACTERS), AfterValidator(_refuse_blank)
]


class NewThread(Body):
    """A thread's title, and its first post in Markdown."""

    title: Title
    text: Markdown


class NewPost(Body):
    """A post, in Markdown with formulas. `@name` tells a participant of it."""

    text: Markdown


class ChangePost(Body):
    """Words that one's post has from now on; and the thread's title, of its first post alone."""

    text: Markdown
    title: Changed[Title] = None


class MarkThread(Body):
    """Marks of a thread: pinned and locked, by organizers; and the number of the post that answers it, null for none."""

    pinned: Changed[bool] = None
    locked: Changed[bool] = None
    answer: Annotated[int, Field(ge=2, le=limits.MAX_POSTS)] | None = None


class ReportPost(Body):
    """Reason why the organizers should look at a post."""

    reason: Annotated[Reason, Field(min_length=1)]


class DecideReport(Body):
    """Decision about a report, whether the post is deleted or kept, and its reason, for the audit log."""

    decision: Literal["deleted", "kept"]
    reason: Annotated[Reason, Field(min_length=1)]


class AnnounceToSite(Body):
    """Title and text, in Markdown, of a word to everybody on the site. `mail`: all are mailed, but for who wants none."""

    title: Title
    text: Markdown
    mail: bool = False


class Announce(AnnounceToSite):
    """Title and text, in Markdown, of a word to all who take part. `mail`: they are mailed too, but for who wants none."""

    mail: bool = True


class ChangeAnnouncement(Body):
    """Title and text that an announcement has from now on, and why, for the audit log."""

    title: Changed[Title] = None
    text: Changed[Markdown] = None
    reason: Reason = ""


class ReadInbox(Body):
    """The id of the newest notification that was read: it and all older ones are."""

    through: Id
