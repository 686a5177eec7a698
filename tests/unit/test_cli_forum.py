"""`agon forum`, `agon announce`, `agon inbox`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine

THREADS, THREAD = "/competitions/c/threads", "/competitions/c/threads/t"


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def thread(**more: Any) -> dict[str, Any]:
    facts = {"id": "t", "competition": "c", "title": "How [1]?", "by": "ada", "created_at": NOW, "posts": 3, "deleted": 1}
    return facts | {"last_at": NOW, "last_by": "bob", "pinned": True, "locked": False, "answer": 2} | more


def post(number: int, text: str, **more: Any) -> dict[str, Any]:
    facts = {"number": number, "by": "bob", "by_organizer": False, "text": text, "mentions": [], "created_at": NOW}
    return facts | {"edited_at": None, "deleted_at": None, "deleted_by": None, "is_answer": False, "mine": False} | more


def page(*posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"thread": thread(), "posts": list(posts), "page": 1, "pages": 1, "subscribed": False, "may_post": True} | more


def test_threads_are_listed_with_their_marks(agon):
    agon.api.on("GET", THREADS, {"threads": [thread()], "next": "x"}).on("GET", THREADS, {"threads": [], "next": None})
    ran = agon("forum", "list", "c")
    for told in ("How [1]?", "pinned, answered", "ada", "bob", "2"):
        assert told in ran.out
    assert [one.query for one in agon.api.asked("GET", THREADS)] == ["", "cursor=x"]


def test_a_thread_is_plain_text_whatever_strangers_wrote(agon):
    wild = post(2, "[bold]$x^2$\x1b[31m\u202e <b>", by_organizer=True, is_answer=True)
    gone = post(3, "", deleted_at=NOW, deleted_by="organizer")
    agon.api.on("GET", THREAD, page(wild, gone, pages=4, may_post=False))
    ran = agon("forum", "show", "c", "t", "--post", "2", "--newest")
    assert "[bold]$x^2$\ufffd[31m\ufffd <b>" in ran.out
    assert "#2 · bob (organizer)" in ran.out and "the answer" in ran.out and "(deleted by the organizer)" in ran.out
    assert "Page 1 of 4" in ran.said and "cannot write" in ran.said
    (asked,) = agon.api.asked("GET", THREAD)
    assert asked.query == "post=2&order=newest"


@pytest.mark.parametrize(
    ("words", "method", "path", "body"),
    [
        (["forum", "post", "c", "T", "--text", "x"], "POST", THREADS, {"title": "T", "text": "x"}),
        (["forum", "reply", "c", "t", "--file", "-"], "POST", f"{THREAD}/posts", {"text": "typed"}),
        (["forum", "edit", "c", "t", "1", "--text", "x", "--title", "T"], "PATCH", f"{THREAD}/posts/1",
         {"text": "x", "title": "T"}),
        (["forum", "pin", "c", "t"], "PATCH", THREAD, {"pinned": True}),
        (["forum", "lock", "c", "t", "--undo"], "PATCH", THREAD, {"locked": False}),
        (["forum", "answer", "c", "t", "2"], "PATCH", THREAD, {"answer": 2}),
        (["forum", "answer", "c", "t", "2", "--undo"], "PATCH", THREAD, {"answer": None}),
        (["forum", "report", "c", "t", "2", "--reason", "Spam."], "POST", f"{THREAD}/posts/2/reports", {"reason": "Spam."}),
        (["forum", "decide", "c", "r", "kept", "--reason", "Fine."], "PATCH", "/competitions/c/reports/r",
         {"decision": "kept", "reason": "Fine."}),
        (["announce", "c", "T", "--text", "x", "--no-mail"], "POST", "/competitions/c/announcements",
         {"title": "T", "text": "x", "mail": False}),
        (["announce", "c", "T", "--text", "x"], "POST", "/competitions/c/announcements",
         {"title": "T", "text": "x", "mail": True}),
        (["announce", "site", "T", "--text", "x"], "POST", "/announcements", {"title": "T", "text": "x", "mail": False}),
        (["announce", "site", "T", "--text", "x", "--mail"], "POST", "/announcements",
         {"title": "T", "text": "x", "mail": True}),
        (["amend", "site", "a", "--title", "T"], "PATCH", "/announcements/a", {"title": "T"}),
        (["amend", "c", "a", "--text", "x", "--reason", "Why."], "PATCH", "/competitions/c/announcements/a",
         {"text": "x", "reason": "Why."}),
    ],
)  # fmt: skip
def test_a_verb_sends_what_was_said(agon, words, method, path, body):
    answer = {"id": "a", "thread": "t", "number": 2, "competition": "c"}
    agon.api.on(method, path, answer)
    ran = agon(*words, "--json", stdin="typed")
    (asked,) = agon.api.asked(method, path)
    assert (ran.code, asked.body) == (0, body)


@pytest.mark.parametrize(
    ("words", "method", "path"),
    [
        (["forum", "delete", "c", "t", "2", "--reason", "A leak."], "DELETE", f"{THREAD}/posts/2"),
        (["forum", "subscribe", "c", "t"], "POST", f"{THREAD}/subscription"),
        (["forum", "subscribe", "c", "t", "--undo"], "DELETE", f"{THREAD}/subscription"),
        (["withdraw", "site", "a"], "DELETE", "/announcements/a"),
    ],
)
def test_what_needs_no_text_is_done(agon, words, method, path):
    agon.api.on(method, path, {"subscribed": True})
    assert agon(*words).code == 0
    assert len(agon.api.asked(method, path)) == 1


@pytest.mark.parametrize("more", [[], ["--text", "x", "--file", "f"], ["--file", "there-is-none"]])
def test_a_post_without_a_text_is_not_sent(agon, more):
    ran = agon("forum", "reply", "c", "t", *more)
    assert (ran.code, agon.api.requests) == (1, [])


def test_a_search_goes_through_pages_that_are_empty(agon):
    found = {"thread": "t", "title": "", "number": 7, "by": "bob", "at": NOW, "excerpt": "…a needle"}
    agon.api.on("GET", "/competitions/c/posts", {"posts": [], "next": "n1"})
    agon.api.on("GET", "/competitions/c/posts", {"posts": [found], "next": None})
    ran = agon("forum", "search", "c", "needle", "hay")
    assert "…a needle" in ran.out and "(deleted)" in ran.out
    queries = [one.query for one in agon.api.asked("GET", "/competitions/c/posts")]
    assert queries == ["search=needle+hay", "search=needle+hay&cursor=n1"] or "needle%20hay" in queries[0]


def test_an_inbox_tells_announcements_and_posts_and_is_marked_as_read(agon):
    one = {"id": "n2", "why": "mention", "competition": "c", "competition_title": "Iris", "thread": "t", "number": 3}
    one |= {"title": "How?", "by": "bob", "at": NOW, "read": False}
    announced = {"id": "a", "competition": None, "competition_title": None, "title": "A pause", "text": "x", "by": "root"}
    agon.api.on("GET", "/me/announcements", {"announcements": [announced | {"at": NOW}], "next": None})
    agon.api.on("GET", "/me/inbox", {"notifications": [one, one | {"id": "n1", "read": True}], "next": None})
    agon.api.on("POST", "/me/inbox/read", {})
    ran = agon("inbox", "--read")
    for told in ("A pause", "the site", "bob mentions you in “How?”", "agon forum show c t --post 3"):
        assert told in ran.out
    (asked,) = agon.api.asked("POST", "/me/inbox/read")
    assert asked.body == {"through": "n2"}
