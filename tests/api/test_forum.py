"""Forums: who reads and writes, pages of long threads, marks, changes and deletions, and whom a post is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.contract import limits
from chalicelib.store import writes
from chalicelib.store.forum import inbox, threads
from chalicelib.store.forum.subscriptions import Subscription
from chalicelib.store.forum.threads import Post, Thread
from tests.api.conftest import Answer, Person, Site
from tests.api.test_participants import counting

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def begin(person: Person, forum: str, title: str = "How is it scored?", text: str = "With $F_1$?") -> str:
    answer = person.call("POST", forum, {"title": title, "text": text})
    assert answer.status == 201, answer
    return f"{forum}/{answer.body['thread']}"


def reply(person: Person, thread: str, text: str = "As the page says.") -> Answer:
    return person.call("POST", f"{thread}/posts", {"text": text})


def shown(person: Person, thread: str, query: str = "") -> dict[str, Any]:
    answer = person.call("GET", f"{thread}{query}")
    assert answer.status == 200, answer
    return dict(answer.body)


def told(site: Site, person: Person) -> list[tuple[str, str, int]]:
    while site.work():
        pass
    found = person.call("GET", "/me/inbox").body["notifications"]
    return [(one["why"], one["by"], one["number"]) for one in found]


def long_thread(competition: str, posts: int) -> str:
    """A thread as it stands after so many posts, of which the last thirty are stored: the others would only cost time."""
    id_ = "01kdth0000000000000000000a"
    made = [
        Post(*Post.at(competition, id_, number), id=f"{number:026d}", competition=competition, thread=id_, number=number,
             user="u", username="eve", text=f"Post {number}", created_at=NOW)
        for number in {*range(max(1, posts - 29), posts + 1), 1}
    ]  # fmt: skip
    thread = Thread(*Thread.at(competition, id_), id=id_, competition=competition, title="Long", user="u", username="eve",
                    created_at=NOW, posts=posts, last=id_, last_at=NOW, last_username="eve")  # fmt: skip
    writes.put_many([thread, *made])
    return f"/competitions/{competition}/threads/{id_}"


def follow(thread: tuple[str, str], people: int) -> None:
    users = [f"u{number:03d}" for number in range(people)]
    writes.put_many([Subscription(*Subscription.at(*thread, user), user=user, active=True, since=NOW) for user in users])


# Reading and writing


def test_a_thread_is_begun_answered_and_read_by_everybody(site: Site, organizer: Person, ada: Person, forum: str) -> None:
    thread = begin(ada, forum)
    assert reply(organizer, thread).body["number"] == 2
    found = site.call("GET", thread).body
    facts = [(post["number"], post["by"], post["by_organizer"], post["text"]) for post in found["posts"]]
    assert facts == [(1, "ada", False, "With $F_1$?"), (2, "olga", True, "As the page says.")]
    assert (found["thread"]["posts"], found["thread"]["last_by"], found["may_post"]) == (2, "olga", False)
    (listed,) = site.call("GET", forum).body["threads"]
    assert listed == found["thread"]


def test_a_draft_has_a_forum_for_its_organizers_alone(site: Site, organizer: Person, ada: Person) -> None:
    draft = organizer.competition(publish=False, title="Draft")
    forum = f"/competitions/{draft['id']}/threads"
    thread = begin(organizer, forum)
    for path in (forum, thread):
        assert (ada.call("GET", path).status, site.call("GET", path).status) == (404, 404)
    assert (ada.call("POST", forum, {"title": "T", "text": "x"}).status, reply(ada, thread).status) == (404, 404)


def test_a_competition_without_a_forum_has_none_and_keeps_what_was_written(
    organizer: Person, ada: Person, forum: str, competition: dict[str, Any]
) -> None:
    thread = begin(ada, forum)
    path = f"/competitions/{competition['id']}/settings"
    for enabled, status in ((False, 404), (True, 200)):
        assert organizer.call("PATCH", path, {"forum_enabled": enabled}, If_Match="*").status == 200
        assert {ada.call("GET", forum).status, ada.call("GET", thread).status} == {status}


def test_only_approved_participants_and_organizers_write_and_read_why_not(
    site: Site, organizer: Person, ada: Person
) -> None:
    closed = organizer.competition(auto_approve=False)
    forum, place = f"/competitions/{closed['id']}/threads", f"/competitions/{closed['id']}/participants/{ada.id}"
    thread = begin(organizer, forum)
    for said, done in (
        ("Join it first", lambda: ada.join(closed)),
        ("has yet to approve", lambda: organizer.call("PATCH", place, {"status": "denied", "reason": "Spam."})),
        ("“Spam.”", lambda: organizer.call("PATCH", place, {"status": "approved"})),
    ):
        answer = reply(ada, thread)
        assert (answer.status, said in answer.body["detail"]) == (403, True), answer
        assert not shown(ada, thread)["may_post"]
        done()
    assert (reply(ada, thread).status, shown(ada, thread)["may_post"]) == (201, True)


@pytest.mark.parametrize(
    "body",
    [{"title": "T\u202e", "text": "x"}, {"title": " ", "text": "x"}, {"title": "T", "text": " \n"}, {"text": "x"},
     {"title": "T" * 201, "text": "x"}, {"title": "T", "text": "x" * (limits.MAX_POST_CHARACTERS + 1)}],
)  # fmt: skip
def test_what_no_post_may_be_is_refused(ada: Person, forum: str, body: dict[str, Any]) -> None:
    assert ada.call("POST", forum, body).status == 422
    assert ada.call("GET", forum).body["threads"] == []


@pytest.mark.parametrize("number", ["0", "01m", "-1", "1000000", "9"])
def test_what_is_no_posts_number_is_not_found(ada: Person, forum: str, number: str) -> None:
    thread = begin(ada, forum)
    assert ada.call("DELETE", f"{thread}/posts/{number}").status == 404
    assert ada.call("GET", f"{thread}?post={number}").status in (404, 422)


def test_a_thread_is_not_found_by_way_of_another_competition(organizer: Person, ada: Person, forum: str) -> None:
    thread = begin(ada, forum)
    other = organizer.competition(title="Another")
    elsewhere = f"/competitions/{other['id']}/threads/{thread.rpartition('/')[2]}"
    assert {organizer.call("GET", elsewhere).status, reply(organizer, elsewhere).status} == {404}


# Pages


def test_a_long_thread_is_paged_by_place_from_either_end(ada: Person, competition: dict[str, Any]) -> None:
    thread = long_thread(competition["id"], 10_000)
    for query, page, numbers in (
        ("?page=400", 400, range(9976, 10_001)),
        ("?post=9980", 400, range(9976, 10_001)),
        ("?order=newest", 1, range(10_000, 9975, -1)),
        ("?order=newest&post=9975", 2, range(9975, 9970, -1)),
        ("", 1, range(1, 2)),
    ):
        found = shown(ada, thread, query)
        assert [post["number"] for post in found["posts"]] == list(numbers), query
        assert (found["page"], found["pages"], found["thread"]["posts"]) == (page, 400, 10_000)
    assert ada.call("GET", f"{thread}?page=401").status == 404
    assert ada.call("GET", f"{thread}?post=10001").status == 404


def test_posting_reading_and_listing_cost_the_same_however_long_the_thread(
    ada: Person, forum: str, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = begin(ada, forum), long_thread(competition["id"], 10_000)
    for thread in (short, long):
        text = {"text": "@olga and @ada: see @nobody."}
        for method, path, body, most in (
            ("POST", f"{thread}/posts", text, 3), ("GET", thread, None, 1), ("GET", f"{thread}?order=newest", None, 2),
            ("GET", forum, None, 2), ("GET", "/me/inbox", None, 1), ("PATCH", f"{short}/posts/1", text, 2),
        ):  # fmt: skip
            ada.call("GET", "/me")
            with counting(monkeypatch) as calls:
                assert ada.call(method, path, body).status < 300
            assert len(calls) <= most, calls


def test_of_two_who_post_at_once_each_has_a_place(
    ada: Person, bob: Person, forum: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, real = begin(ada, forum), threads.add

    def late(*given: Any) -> None:
        monkeypatch.setattr(threads, "add", real)
        assert reply(bob, thread, "First.").body["number"] == 2
        real(*given)

    monkeypatch.setattr(threads, "add", late)
    assert reply(ada, thread, "Second.").body["number"] == 3
    found = shown(ada, thread)
    assert [post["text"] for post in found["posts"]][1:] == ["First.", "Second."]
    assert found["thread"]["posts"] == 3


def test_nobody_posts_faster_than_a_person(ada: Person, forum: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_POSTS_A_MINUTE", 1000)
    monkeypatch.setattr(limits, "MAX_POSTS_A_DAY", 2)
    thread = begin(ada, forum)
    assert reply(ada, thread).status == 201
    refused = reply(ada, thread)
    assert (refused.status, "next_attempt_at" in refused.body, "retry-after" in refused.headers) == (429, True, True)
    change = ada.call("PATCH", f"{thread}/posts/1", {"text": "Again."})
    assert (change.status, shown(ada, thread)["thread"]["posts"]) == (429, 2)


# Marks


def test_pinned_threads_come_first_and_then_the_newest_words(organizer: Person, ada: Person, forum: str) -> None:
    old, middle, new = (begin(ada, forum, title) for title in ("Old", "Middle", "New"))
    assert organizer.call("PATCH", middle, {"pinned": True}).body["pinned"]
    assert reply(ada, old).status == 201

    def titles() -> list[str]:
        return [one["title"] for one in ada.call("GET", forum).body["threads"]]

    assert titles() == ["Middle", "Old", "New"]
    assert not organizer.call("PATCH", middle, {"pinned": False}).body["pinned"]
    assert titles() == ["Old", "New", "Middle"]
    assert {ada.call("PATCH", new, {"pinned": True}).status, ada.call("PATCH", new, {"locked": True}).status} == {403}
    assert ada.call("PATCH", new, {}).status == 422


def test_in_a_locked_thread_organizers_alone_write(organizer: Person, ada: Person, forum: str) -> None:
    thread = begin(ada, forum)
    assert organizer.call("PATCH", thread, {"locked": True}).body["locked"]
    assert (reply(ada, thread).status, shown(ada, thread)["may_post"]) == (409, False)
    assert ada.call("PATCH", f"{thread}/posts/1", {"text": "Other."}).status == 409
    assert reply(organizer, thread).status == 201
    assert organizer.call("PATCH", thread, {"locked": False}).status == 200
    assert reply(ada, thread).status == 201


def test_a_thread_that_is_locked_while_somebody_writes_takes_nothing_more(
    organizer: Person, ada: Person, forum: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, real = begin(ada, forum), threads.add

    def late(*given: Any) -> None:
        monkeypatch.setattr(threads, "add", real)
        assert organizer.call("PATCH", thread, {"locked": True}).status == 200
        real(*given)

    monkeypatch.setattr(threads, "add", late)
    assert (reply(ada, thread).status, shown(ada, thread)["thread"]["posts"]) == (409, 1)


def test_who_asked_or_an_organizer_says_what_answers(organizer: Person, ada: Person, bob: Person, forum: str) -> None:
    thread = begin(ada, forum)
    for number in (2, 3):
        assert reply(bob, thread).body["number"] == number
    assert bob.call("PATCH", thread, {"answer": 2}).status == 403
    assert ada.call("PATCH", thread, {"answer": 2}).body["answer"] == 2
    assert organizer.call("PATCH", thread, {"answer": 3}).body["answer"] == 3
    assert [post["is_answer"] for post in shown(bob, thread)["posts"]] == [False, False, True]
    assert ada.call("PATCH", thread, {"answer": 4}).status == 404
    assert bob.call("DELETE", f"{thread}/posts/3").status == 200
    assert shown(bob, thread)["thread"]["answer"] is None
    assert ada.call("PATCH", thread, {"answer": 3}).status == 404
    assert ada.call("PATCH", thread, {"answer": 2}).status == 200
    assert ada.call("PATCH", thread, {"answer": None}).body["answer"] is None


# Changing and deleting


def test_a_post_is_changed_and_its_author_and_organizers_read_what_it_said(
    organizer: Person, ada: Person, bob: Person, forum: str
) -> None:
    thread = begin(ada, forum, "Wrnog", "One.")
    assert ada.call("PATCH", f"{thread}/posts/1", {"text": "Two."}).status == 200
    assert ada.call("PATCH", f"{thread}/posts/1", {"text": "Three.", "title": "Right"}).status == 200
    found = shown(bob, thread)
    (post,) = found["posts"]
    assert (post["text"], found["thread"]["title"], post["edited_at"] is not None) == ("Three.", "Right", True)
    for person in (ada, organizer):
        versions = person.call("GET", f"{thread}/posts/1/history").body["versions"]
        assert [(one["text"], one["title"]) for one in versions] == [("One.", "Wrnog"), ("Two.", "Wrnog")]
    assert bob.call("GET", f"{thread}/posts/1/history").status == 403


def test_nobody_puts_words_into_anothers_mouth(organizer: Person, ada: Person, forum: str) -> None:
    thread = begin(ada, forum)
    reply(ada, thread)
    assert organizer.call("PATCH", f"{thread}/posts/1", {"text": "I agree."}).status == 403
    assert ada.call("PATCH", f"{thread}/posts/2", {"text": "x", "title": "Mine"}).status == 422


def test_a_post_is_changed_so_often_and_no_more(ada: Person, forum: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_POST_VERSIONS", 2)
    thread = begin(ada, forum)
    changes = [ada.call("PATCH", f"{thread}/posts/1", {"text": text}).status for text in ("One.", "Two.")]
    assert changes == [200, 409]


def test_of_a_deleted_post_only_its_place_is_left(
    site: Site, organizer: Person, ada: Person, bob: Person, forum: str, competition: dict[str, Any]
) -> None:
    thread = begin(ada, forum, text="A secret word.")
    reply(bob, thread, "Another one.")
    assert bob.call("PATCH", f"{thread}/posts/2", {"text": "A third one."}).status == 200
    assert bob.call("DELETE", f"{thread}/posts/1").status == 403
    assert bob.call("DELETE", f"{thread}/posts/2").status == 200
    assert organizer.call("DELETE", f"{thread}/posts/2").status == 404
    reply(ada, thread, "Still here.")
    assert organizer.call("DELETE", f"{thread}/posts/1?reason=A%20leak.").status == 200
    found = shown(bob, thread)
    assert [(post["text"], post["deleted_by"]) for post in found["posts"]] == [
        ("", "organizer"), ("", "author"), ("Still here.", None),
    ]  # fmt: skip
    assert (found["thread"]["title"], found["thread"]["posts"], found["thread"]["deleted"]) == ("", 3, 2)
    assert bob.call("GET", f"{thread}/posts/2/history").status == 404
    assert not [row for row in site.rows() if "word" in str(row) or "one." in str(row)]
    (entry,) = organizer.call("GET", f"/competitions/{competition['id']}/audit").body["deeds"]
    facts = [entry[name] for name in ("what", "by", "participant", "reason", "before")]
    assert facts == ["post_deleted", "olga", "ada", "A leak.", {"thread": thread.rpartition("/")[2], "number": 1}]


def test_a_thread_of_which_nothing_is_left_is_gone(ada: Person, forum: str) -> None:
    thread = begin(ada, forum)
    assert ada.call("DELETE", f"{thread}/posts/1").status == 200
    assert ada.call("GET", forum).body["threads"] == []
    assert {ada.call("GET", thread).status, reply(ada, thread).status} == {404}


@pytest.mark.parametrize("reason", ["x" * 1001, "a%E2%80%AEb"])
def test_a_reason_is_one_line(organizer: Person, ada: Person, forum: str, reason: str) -> None:
    thread = begin(ada, forum)
    assert organizer.call("DELETE", f"{thread}/posts/1?reason={reason}").status == 422
    assert len(shown(ada, thread)["posts"]) == 1


# Being told


def test_a_post_is_told_to_whom_it_names_and_who_follows_its_thread_once_each(
    site: Site, organizer: Person, ada: Person, bob: Person, forum: str
) -> None:
    thread = begin(ada, forum)
    assert told(site, organizer) == [("thread", "ada", 1)]
    reply(bob, thread, "Ask @Olga, @ADA or @nobody; `@bob` is code, and a@olga.example an address.")
    reply(organizer, thread, "It is @ada's.")
    assert told(site, ada) == [("mention", "olga", 3), ("mention", "bob", 2)]
    assert told(site, bob) == [("reply", "olga", 3)]
    assert told(site, organizer) == [("thread", "ada", 1)]
    assert [post["mentions"] for post in shown(bob, thread)["posts"]] == [[], ["ada"], ["ada"]]


def test_organizers_are_named_once_they_have_written(site: Site, organizer: Person, ada: Person, forum: str) -> None:
    thread = begin(organizer, forum)
    reply(ada, thread, "Thank you, @olga.")
    assert told(site, organizer) == [("mention", "ada", 2)]


def test_who_wants_to_hear_no_more_stays_so_whatever_they_post(site: Site, ada: Person, bob: Person, forum: str) -> None:
    thread = begin(ada, forum)
    assert shown(ada, thread)["subscribed"] and not shown(bob, thread)["subscribed"]
    assert ada.call("DELETE", f"{thread}/subscription").body == {"subscribed": False}
    reply(ada, thread)
    assert bob.call("POST", f"{thread}/subscription").body == {"subscribed": True}
    reply(ada, thread)
    assert (told(site, ada), told(site, bob)) == ([], [("reply", "ada", 3)])
    assert ada.call("POST", f"{thread}/subscription").status == 200
    reply(bob, thread)
    assert told(site, ada) == [("reply", "bob", 4)]


def test_an_inbox_is_read_as_far_as_its_owner_says(site: Site, ada: Person, bob: Person, forum: str) -> None:
    thread = begin(ada, forum)
    for _ in range(2):
        reply(bob, thread)
        while site.work():
            pass
    newest, older = ada.call("GET", "/me/inbox").body["notifications"]
    assert (newest["read"], older["read"], newest["title"]) == (False, False, "How is it scored?")
    for through in (newest["id"], older["id"]):
        assert ada.call("POST", "/me/inbox/read", {"through": through}).status == 200
    reply(bob, thread)
    told(site, ada)
    assert [one["read"] for one in ada.call("GET", "/me/inbox").body["notifications"]] == [False, True, True]
    assert bob.call("GET", "/me/inbox").body == {"notifications": [], "next": None}


@pytest.mark.parametrize("is_marked", [False, True])
def test_an_inbox_has_pages(ada: Person, is_marked: bool) -> None:
    made = [
        inbox.Notification(*inbox.Notification.at(ada.id, f"{number:026d}"), id=f"{number:026d}", why="reply",
                           competition="c", competition_title="C", thread="t", number=number, title="T", username="eve",
                           made_at=NOW, gone_at=datetime.now(UTC) + timedelta(days=1))
        for number in range(60)
    ]  # fmt: skip
    writes.put_many(made)
    if is_marked:
        ada.call("POST", "/me/inbox/read", {"through": made[8].id})
    seen, query = list[dict[str, Any]](), ""
    while True:
        page = ada.call("GET", f"/me/inbox{query}").body
        seen += page["notifications"]
        if page["next"] is None:
            break
        query = f"?cursor={page['next']}"
    assert [one["number"] for one in seen] == list(range(59, -1, -1))
    assert sum(one["read"] for one in seen) == (9 if is_marked else 0)


def test_a_lost_message_is_made_up_for_by_the_sweeper(site: Site, ada: Person, bob: Person, forum: str) -> None:
    thread = begin(ada, forum)
    reply(bob, thread)
    assert site.messages()
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=2))
    assert told(site, ada) == [("reply", "bob", 2)]
    assert not [row for row in site.rows() if row["kind"] == "notice"]


def test_telling_many_goes_on_where_it_broke_off_and_tells_nobody_twice(
    site: Site, ada: Person, bob: Person, forum: str, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = begin(ada, forum)
    place = competition["id"], thread.rpartition("/")[2]
    while site.work():
        pass
    follow(place, 250)
    reply(bob, thread)
    delivered, real = list[str](), inbox.deliver

    def counted(notifications: Any) -> None:
        real(notifications)
        delivered.extend(one.pk for one in notifications)

    def breaking(notifications: Any) -> None:
        counted(notifications)
        if len(delivered) > 150:
            monkeypatch.setattr(inbox, "deliver", counted)
            raise RuntimeError("The power is cut.")

    monkeypatch.setattr(inbox, "deliver", breaking)
    (message,) = site.messages()
    with pytest.raises(RuntimeError):
        site.run(message)
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=20))
    while site.work():
        pass
    rows = [row for row in site.rows() if row["kind"] == "notification"]
    of_reply = [row["pk"] for row in rows if row["why"] == "reply"]
    assert len(set(of_reply)) == len(of_reply) == 251
    # Of those who were told before the power was cut, one page at most is told the same once more.
    assert len(delivered) - len(set(delivered)) <= 100


def test_telling_ends_before_its_function_does(
    site: Site, ada: Person, bob: Person, forum: str, competition: dict[str, Any]
) -> None:
    thread = begin(ada, forum)
    place = competition["id"], thread.rpartition("/")[2]
    while site.work():
        pass
    follow(place, 250)
    reply(bob, thread)
    rounds = 0
    while site.work(seconds=10):
        rounds += 1
    rows = [row for row in site.rows() if row["kind"] == "notification" and row["why"] == "reply"]
    assert (rounds, len(rows)) == (3, 251)


def test_of_a_deleted_post_and_in_a_draft_nobody_else_is_told(
    site: Site, organizer: Person, ada: Person, bob: Person, forum: str, competition: dict[str, Any]
) -> None:
    thread = begin(ada, forum)
    reply(bob, thread)
    assert bob.call("DELETE", f"{thread}/posts/2").status == 200
    assert told(site, ada) == []
    reply(bob, thread, "@olga")
    assert organizer.call("POST", f"/competitions/{competition['id']}/unpublish").status == 200
    assert told(site, ada) == []


def test_who_was_turned_away_is_not_told_by_name(
    site: Site, organizer: Person, ada: Person, bob: Person, forum: str, competition: dict[str, Any]
) -> None:
    thread = begin(ada, forum)
    place = f"/competitions/{competition['id']}/participants/{bob.id}"
    assert organizer.call("PATCH", place, {"status": "denied"}).status == 200
    reply(ada, thread, "And you, @bob?")
    assert told(site, bob) == []


def test_a_change_while_its_author_posts_elsewhere_is_made_all_the_same(
    ada: Person, forum: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, real = begin(ada, forum), threads.change

    def late(*given: Any) -> None:
        monkeypatch.setattr(threads, "change", real)
        assert reply(ada, thread).status == 201
        real(*given)

    monkeypatch.setattr(threads, "change", late)
    assert ada.call("PATCH", f"{thread}/posts/1", {"text": "Other."}).status == 200
    assert [post["text"] for post in shown(ada, thread)["posts"]] == ["Other.", "As the page says."]
