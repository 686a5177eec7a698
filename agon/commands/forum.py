"""`agon forum`, `agon announce`, `agon inbox`: what people say to one another, as plain text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Ask, answer and read in a competition's forum.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]
Thread = Annotated[str, typer.Argument(metavar="THREAD", help="The thread's id, as `agon forum list` tells it.")]
Post = Annotated[int, typer.Argument(metavar="POST", help="The post's number in the thread.")]
Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="What it says, in Markdown with $formulas$.")]
File = Annotated[Path | None, typer.Option("--file", metavar="FILE", help="What it says, from a file; - is standard input.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the log.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take that back.")]
#: In place of a competition's id: all who are on the site.
SITE = "site"
Subject = Annotated[str, typer.Argument(metavar="ID", help="The competition's id; of administrators also `site`.")]
#: So many are printed, and no more.
MOST = 100
_WHY = {
    "mention": "mentions you in",
    "reply": "wrote in",
    "thread": "began",
    "report": "reports a post of",
}


@app.command("list")
def list_threads(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """The threads: the pinned ones first, then those in which somebody wrote last."""
    with sign_in.client() as client:
        found = list(islice(client.threads(competition), MOST))
    screen.answer({"threads": found}, json, lambda: _list(found))


@app.command("show")
def show(
    competition: Id,
    thread: Thread,
    page: Annotated[int, typer.Option("--page", metavar="NUMBER", help="The page, from 1.")] = 1,
    post: Annotated[int, typer.Option("--post", metavar="NUMBER", help="The page on which this post stands.")] = 0,
    newest: Annotated[bool, typer.Option("--newest", help="The newest posts first.")] = False,
    json: screen.Json = False,
) -> None:
    """A page of a thread."""
    wanted = {"post": str(post)} if post else {"page": str(page)}
    with sign_in.client() as client:
        found = client.thread(competition, thread, **wanted, order="newest" if newest else "oldest")
    screen.answer(found, json, lambda: _show(found))


@app.command("post")
def post(
    competition: Id,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is about, on one line.")],
    text: Text = "",
    file: File = None,
    json: screen.Json = False,
) -> None:
    """Begin a thread. `@name` tells a participant of it."""
    said = _said(text, file)
    with sign_in.client() as client:
        made = client.begin_thread(competition, title, said)
    told = f"It is posted. Look at it: agon forum show {competition} {made['thread']}"
    screen.answer(made, json, lambda: screen.show(told))


@app.command("reply")
def reply(competition: Id, thread: Thread, text: Text = "", file: File = None, json: screen.Json = False) -> None:
    """Write in a thread. You are told of further posts from then on."""
    said = _said(text, file)
    with sign_in.client() as client:
        made = client.reply(competition, thread, said)
    screen.answer(made, json, lambda: screen.show(f"It is post {made['number']} of the thread."))


@app.command("edit")
def edit(
    competition: Id,
    thread: Thread,
    post: Post,
    text: Text = "",
    file: File = None,
    title: Annotated[str, typer.Option("--title", metavar="TITLE", help="Of a first post: another title.")] = "",
    json: screen.Json = False,
) -> None:
    """Have your post say something else. You and the organizers still read what it said."""
    said = _said(text, file)
    with sign_in.client() as client:
        made = client.change_post(competition, thread, post, said, title)
    screen.answer(made, json, lambda: screen.show("It is changed."))


@app.command("delete")
def delete(competition: Id, thread: Thread, post: Post, reason: Reason = "", json: screen.Json = False) -> None:
    """Delete your post; as an organizer, anybody's. Its text is gone for good."""
    with sign_in.client() as client:
        client.delete_post(competition, thread, post, reason)
    screen.answer({"deleted": post}, json, lambda: screen.show(f"Post {post} is deleted."))


@app.command("history")
def history(competition: Id, thread: Thread, post: Post, form: screen.Format = "table", json: screen.Json = False) -> None:
    """What a post said before it was changed, for its author and the organizers."""
    with sign_in.client() as client:
        found = client.post_history(competition, thread, post)
    screen.answer({"versions": found}, json, lambda: _history(found))


@app.command("pin")
def pin(competition: Id, thread: Thread, undo: Undo = False, json: screen.Json = False) -> None:
    """For organizers: have a thread stand above the others."""
    _mark(competition, thread, {"pinned": not undo}, "It is not pinned." if undo else "It is pinned.", json)


@app.command("lock")
def lock(competition: Id, thread: Thread, undo: Undo = False, json: screen.Json = False) -> None:
    """For organizers: let nobody else write in a thread."""
    _mark(competition, thread, {"locked": not undo}, "It is open." if undo else "It is locked.", json)


@app.command("answer")
def answer(competition: Id, thread: Thread, post: Post, undo: Undo = False, json: screen.Json = False) -> None:
    """Say which post answers your thread; as an organizer, any thread."""
    told = "No post is its answer." if undo else f"Post {post} is its answer."
    _mark(competition, thread, {"answer": None if undo else post}, told, json)


@app.command("subscribe")
def subscribe(competition: Id, thread: Thread, undo: Undo = False, json: screen.Json = False) -> None:
    """Be told of a thread's new posts."""
    with sign_in.client() as client:
        found = client.unsubscribe(competition, thread) if undo else client.subscribe(competition, thread)
    told = "You are told of its new posts." if found["subscribed"] else "You are told of its new posts no more."
    screen.answer(found, json, lambda: screen.show(told))


@app.command("search")
def search(
    competition: Id,
    wanted: Annotated[list[str], typer.Argument(metavar="WORD…", help="Words that all stand in a post.")],
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Posts in which all words stand, newest first."""
    with sign_in.client() as client:
        found = list(islice(client.find_posts(competition, " ".join(wanted)), MOST))
    screen.answer({"posts": found}, json, lambda: _found(found))


@app.command("report")
def report(competition: Id, thread: Thread, post: Post, reason: Reason, json: screen.Json = False) -> None:
    """Report a post to the organizers."""
    with sign_in.client() as client:
        made = client.report_post(competition, thread, post, reason)
    screen.answer(made, json, lambda: screen.show("The organizers are told."))


@app.command("reports")
def reports(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """For organizers: reported posts that nobody has decided about."""
    with sign_in.client() as client:
        found = list(islice(client.reports(competition), MOST))
    screen.answer({"reports": found}, json, lambda: _reports(found))


@app.command("decide")
def decide(
    competition: Id,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id, as `agon forum reports` tells it.")],
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="deleted or kept.")],
    reason: Reason,
    json: screen.Json = False,
) -> None:
    """For organizers: have a reported post deleted, or keep it."""
    with sign_in.client() as client:
        client.decide_report(competition, report, decision, reason)
    screen.answer({"decision": decision}, json, lambda: screen.show(f"The post is {decision}."))


def announce(
    subject: Subject,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is about, on one line.")],
    text: Text = "",
    file: File = None,
    mail: Annotated[
        bool | None,
        typer.Option("--mail/--no-mail", help="Mail it to all whom it is for; of the site it is not, unless you say so."),
    ] = None,
    json: screen.Json = False,
) -> None:
    """For organizers: tell all who take part something; for administrators, everybody on the site."""
    said = _said(text, file)
    with sign_in.client() as client:
        made = client.announce(None if subject == SITE else subject, title, said, mail)
    screen.answer(made, json, lambda: screen.show(f"It is announced. Take it back: agon withdraw {subject} {made['id']}"))


def amend(
    subject: Subject,
    announcement: Annotated[str, typer.Argument(metavar="ANNOUNCEMENT", help="Its id.")],
    title: Annotated[str, typer.Option("--title", metavar="TITLE", help="What it is about, on one line.")] = "",
    text: Text = "",
    file: File = None,
    reason: Reason = "",
    json: screen.Json = False,
) -> None:
    """For organizers: have an announcement say something else. Nobody is mailed again."""
    said = {"title": title, "text": _said(text, file) if text or file or not title else "", "reason": reason}
    with sign_in.client() as client:
        changes = {name: value for name, value in said.items() if value}
        made = client.change_announcement(None if subject == SITE else subject, announcement, changes)
    screen.answer(made, json, lambda: screen.show("It says so now. What was mailed is mailed."))


def withdraw(
    subject: Subject,
    announcement: Annotated[str, typer.Argument(metavar="ANNOUNCEMENT", help="Its id.")],
    json: screen.Json = False,
) -> None:
    """For organizers: take an announcement back. What was mailed is mailed."""
    with sign_in.client() as client:
        client.withdraw_announcement(None if subject == SITE else subject, announcement)
    screen.answer({"withdrawn": announcement}, json, lambda: screen.show("It is taken back."))


def announcements(subject: Subject = SITE, form: screen.Format = "table", json: screen.Json = False) -> None:
    """Announcements of a competition, or of the site."""
    with sign_in.client(signed_in=False) as client:
        found = client.announcements(None if subject == SITE else subject)
    screen.answer({"announcements": found}, json, lambda: _announcements(found))


def inbox(
    read: Annotated[bool, typer.Option("--read", help="Mark all that is listed as read.")] = False,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """What you are told of: the newest announcements, and posts that mention you or are in threads that you follow."""
    with sign_in.client() as client:
        announced = client.my_announcements()
        found = list(islice(client.inbox(), MOST))
        if read and found:
            client.read_inbox(found[0]["id"])
    screen.answer({"announcements": announced, "notifications": found}, json, lambda: _inbox(announced, found))


def _said(text: str, file: Path | None) -> str:
    """The text of a post. Raises AgonError when it is given twice or not at all."""
    if bool(text) == bool(file):
        raise AgonError("Say what to write: --text TEXT or --file FILE, where - is standard input.")
    if file is None:
        return text
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AgonError(f"{file} cannot be read as text. Name a file of text in UTF-8.") from error


def _mark(competition: str, thread: str, marks: dict[str, object], told: str, json: bool) -> None:
    with sign_in.client() as client:
        found = client.mark_thread(competition, thread, **marks)
    screen.answer(found, json, lambda: screen.show(told))


def _list(found: Sequence[api.Thread]) -> None:
    if not found:
        screen.say("Nobody has written anything yet.")
        return
    rows = [
        (_title(one["title"]), _marks(one), one["by"], one["posts"] - one["deleted"], words.time(one["last_at"]))
        + (one["last_by"], one["id"])
        for one in found
    ]
    screen.table("", ["Thread", "", "By", "Posts", "Last post", "By", "Id"], rows, right=["Posts"])


def _show(found: api.ThreadPage) -> None:
    thread = found["thread"]
    screen.show(f"{_title(thread['title'])}  {_marks(thread)}".rstrip(), style="bold")
    for one in found["posts"]:
        _post(one)
    if found["pages"] > 1:
        screen.say(f"Page {found['page']} of {found['pages']}.")
    if not found["may_post"]:
        screen.say("You cannot write here.")


def _post(one: api.ForumPost) -> None:
    signs = [
        f"#{one['number']}",
        one["by"] + (" (organizer)" if one["by_organizer"] else ""),
        words.time(one["created_at"]),
        *(["changed"] if one["edited_at"] else []),
        *(["the answer"] if one["is_answer"] else []),
    ]
    screen.show("")
    screen.show(" · ".join(signs), style="cyan")
    gone = f"(deleted by the {one['deleted_by']})"
    screen.show(gone if one["deleted_at"] else one["text"], style="dim" if one["deleted_at"] else None)


def _history(found: Sequence[api.PostVersion]) -> None:
    if not found:
        screen.say("It was never changed.")
    for one in found:
        title = f" · {one['title']}" if one["title"] else ""
        screen.show(f"until {words.time(one['replaced_at'])}{title}", style="cyan")
        screen.show(one["text"])


def _found(found: Sequence[api.FoundPost]) -> None:
    if not found:
        screen.say("Nothing is found.")
        return
    rows = [
        (_title(one["title"]), one["number"], one["by"], words.time(one["at"]), one["excerpt"], one["thread"])
        for one in found
    ]
    screen.table("", ["Thread", "Post", "By", "When", "Text", "Id"], rows, right=["Post"])


def _reports(found: Sequence[api.PostReport]) -> None:
    if not found:
        screen.say("No post is reported.")
        return
    rows = [(one["author"], one["text"][:200], one["by"], one["reason"], words.time(one["at"]), one["id"]) for one in found]
    screen.table("", ["Post of", "It says", "Reported by", "Why", "When", "Id"], rows)


def _announcements(found: Sequence[api.Announcement]) -> None:
    if not found:
        screen.say("Nothing is announced.")
    for one in found:
        screen.show(f"{one['title']} · {one['by']} · {words.time(one['at'])} · {one['id']}", style="bold")
        screen.show(one["text"])


def _inbox(announced: Sequence[api.Announcement], found: Sequence[api.Notification]) -> None:
    if not announced and not found:
        screen.say("You are told of nothing.")
    if announced:
        rows = [(one["title"], one["competition_title"] or "the site", words.time(one["at"])) for one in announced]
        screen.table("Announcements", ["What", "Of", "When"], rows)
    if found:
        told = [
            ("" if one["read"] else "new", f"{one['by']} {_WHY[one['why']]} “{_title(one['title'])}”", words.time(one["at"]))
            + (f"agon forum show {one['competition']} {one['thread']} --post {one['number']}",)
            for one in found
        ]
        screen.table("", ["", "What", "When", "Read it"], told)


def _title(title: str) -> str:
    return title or "(deleted)"


def _marks(thread: api.Thread) -> str:
    marks = {"pinned": thread["pinned"], "locked": thread["locked"], "answered": thread["answer"] is not None}
    return ", ".join(name for name, is_set in marks.items() if is_set)
