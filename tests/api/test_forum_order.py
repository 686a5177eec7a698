"""What keeps a forum in order and finds something in it: reports, the search; and announcements."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.actions.forum import mailing, search
from chalicelib.aws import accounts
from chalicelib.contract import limits
from chalicelib.store import writes
from chalicelib.store.forum import reports
from chalicelib.store.forum.mailing import AnnouncementMailing
from tests.api.conftest import PASSWORD, Person, Site
from tests.api.test_forum import begin, reply, shown, told
from tests.api.test_participants import counting


def path_of(competition: dict[str, Any]) -> str:
    return f"/competitions/{competition['id']}"


# Reports


def test_a_report_reaches_the_organizers_who_delete_the_post_with_a_reason(
    site: Site,
    organizer: Person,
    ada: Person,
    bob: Person,
    forum: str,
    competition: dict[str, Any],
) -> None:
    thread = begin(ada, forum, text="Buy watches!")
    made = bob.call("POST", f"{thread}/posts/1/reports", {"reason": "An advertisement."})
    assert made.status == 201
    assert told(site, organizer)[0] == ("report", "bob", 1)
    (open_,) = organizer.call("GET", f"{path_of(competition)}/reports").body["reports"]
    assert [open_[name] for name in ("by", "author", "text", "reason")] == [
        "bob",
        "ada",
        "Buy watches!",
        "An advertisement.",
    ]
    place = f"{path_of(competition)}/reports/{open_['id']}"
    decided = organizer.call("PATCH", place, {"decision": "deleted", "reason": "We sell nothing."})
    assert (decided.status, ada.call("GET", thread).status) == (200, 404)
    assert organizer.call("GET", f"{path_of(competition)}/reports").body["reports"] == []
    (entry,) = organizer.call("GET", f"{path_of(competition)}/audit").body["deeds"]
    facts = [entry[name] for name in ("what", "by", "participant", "after", "reason")]
    assert facts == ["report_handled", "olga", "ada", "deleted", "We sell nothing."]
    assert entry["before"]["reason"] == "An advertisement."
    assert organizer.call("PATCH", place, {"decision": "kept", "reason": "Oh."}).status == 404


def test_a_post_that_may_stay_stays_and_is_reported_once_by_each(
    organizer: Person,
    ada: Person,
    bob: Person,
    forum: str,
    competition: dict[str, Any],
) -> None:
    thread = begin(ada, forum)
    for status in (201, 409):
        assert bob.call("POST", f"{thread}/posts/1/reports", {"reason": "Rude."}).status == status
    (open_,) = organizer.call("GET", f"{path_of(competition)}/reports").body["reports"]
    place = f"{path_of(competition)}/reports/{open_['id']}"
    assert organizer.call("PATCH", place, {"decision": "kept"}).status == 422
    assert organizer.call("PATCH", place, {"decision": "kept", "reason": "It is not."}).status == 200
    assert bob.call("POST", f"{thread}/posts/1/reports", {"reason": "Rude."}).status == 409
    assert shown(bob, thread)["posts"][0]["text"] == "With $F_1$?"


def test_of_two_organizers_who_decide_at_once_one_is_told_so(
    organizer: Person,
    ada: Person,
    forum: str,
    competition: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thread = begin(ada, forum)
    ada.call("POST", f"{thread}/posts/1/reports", {"reason": "Mine."})
    (open_,) = organizer.call("GET", f"{path_of(competition)}/reports").body["reports"]
    place, real = f"{path_of(competition)}/reports/{open_['id']}", reports.deciding

    def late(*given: Any) -> None:
        monkeypatch.setattr(reports, "deciding", real)
        assert organizer.call("PATCH", place, {"decision": "kept", "reason": "First."}).status == 200
        real(*given)

    monkeypatch.setattr(reports, "deciding", late)
    assert organizer.call("PATCH", place, {"decision": "deleted", "reason": "Second."}).status == 404
    assert shown(ada, thread)["posts"][0]["text"]


def test_reports_count_as_posts_do(ada: Person, bob: Person, forum: str, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = begin(ada, forum)
    monkeypatch.setattr(limits, "MAX_POSTS_A_DAY", 0)
    assert bob.call("POST", f"{thread}/posts/1/reports", {"reason": "Rude."}).status == 429


# The search


def test_posts_are_found_by_words_whatever_their_case_accents_and_order(
    site: Site,
    ada: Person,
    forum: str,
    competition: dict[str, Any],
) -> None:
    thread = begin(ada, forum, "Überraschung", "Das Résumé der ersten Woche.")
    reply(ada, thread, "Nothing of it here.")

    def found(query: str) -> list[tuple[str, int, str]]:
        posts = site.call("GET", f"{path_of(competition)}/posts?search={query}").body["posts"]
        return [(post["title"], post["number"], post["excerpt"]) for post in posts]

    first = ("Überraschung", 1, "Das Résumé der ersten Woche.")
    assert found("RESUME%20woche") == found("uberraschung%20ersten") == [first]
    assert (found("woche%20nothing"), found("nothing")) == ([], [("Überraschung", 2, "Nothing of it here.")])
    assert site.call("GET", f"{path_of(competition)}/posts?search=%20").status == 422
    assert ada.call("PATCH", f"{thread}/posts/1", {"text": "Another word.", "title": "Other"}).status == 200
    assert (found("woche"), [one[1] for one in found("other")]) == ([], [1])
    assert ada.call("DELETE", f"{thread}/posts/1").status == 200
    assert found("other") == []


def test_a_search_goes_on_behind_what_it_has_looked_through_at_a_constant_cost(
    ada: Person,
    forum: str,
    competition: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_POSTS_A_MINUTE", 1000)
    thread = begin(ada, forum, text="needle 1")
    for number in range(2, 12):
        reply(ada, thread, f"needle {number}" if number in (4, 5, 6, 11) else "hay")
    monkeypatch.setattr(search, "LOOKED_THROUGH", 4)
    monkeypatch.setattr(search, "PAGE_SIZE", 2)
    pages, query = list[list[int]](), ""
    while True:
        ada.call("GET", "/me")
        with counting(monkeypatch) as calls:
            page = ada.call("GET", f"{path_of(competition)}/posts?search=needle{query}").body
        assert len(calls) <= 2, calls
        pages.append([post["number"] for post in page["posts"]])
        if page["next"] is None:
            break
        query = f"&cursor={page['next']}"
    assert pages == [[11], [6, 5], [4, 1]]


def test_a_drafts_posts_are_not_found(site: Site, organizer: Person, ada: Person) -> None:
    draft = organizer.competition(publish=False, title="Draft")
    begin(organizer, f"{path_of(draft)}/threads", text="needle")
    query = f"{path_of(draft)}/posts?search=needle"
    assert (site.call("GET", query).status, ada.call("GET", query).status) == (404, 404)
    assert len(organizer.call("GET", query).body["posts"]) == 1


# Announcements


def titles(person: Person, path: str) -> list[str]:
    return [one["title"] for one in person.call("GET", path).body["announcements"]]


def test_announcements_are_read_by_competition_and_the_newest_of_each_in_one_place(
    site: Site, organizer: Person, admin: Person, ada: Person, forum: str, competition: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = f"{path_of(competition)}/announcements"
    for title in ("One", "Two"):
        assert organizer.call("POST", path, {"title": title, "text": "Read **this**."}).status == 201
    made = admin.call("POST", "/announcements", {"title": "Site", "text": "A pause on Sunday."})
    assert (made.status, made.body["competition"]) == (201, None)
    elsewhere = organizer.competition(title="Elsewhere")
    organizer.call("POST", f"{path_of(elsewhere)}/announcements", {"title": "Theirs", "text": "x"})
    assert (titles(ada, path), titles(ada, "/announcements")) == (["Two", "One"], ["Site"])
    ada.call("GET", "/me")
    with counting(monkeypatch) as calls:
        assert titles(ada, "/me/announcements") == ["Site", "Two"]
    assert len(calls) <= 2, calls
    newest = ada.call("GET", path).body["announcements"][0]["id"]
    assert organizer.call("DELETE", f"{path}/{newest}").status == 200
    assert admin.call("DELETE", f"/announcements/{made.body['id']}").status == 200
    assert (titles(ada, path), titles(ada, "/me/announcements")) == (["One"], ["One"])
    assert organizer.call("DELETE", f"{path}/{newest}").status == 404
    assert organizer.call("POST", f"{path_of(competition)}/unpublish").status == 200
    assert (titles(ada, "/me/announcements"), ada.call("GET", path).status) == ([], 404)


def test_so_much_is_announced_in_a_day(
    organizer: Person,
    competition: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_ANNOUNCEMENTS_A_DAY", 2)
    path = f"{path_of(competition)}/announcements"
    statuses = [organizer.call("POST", path, {"title": "T", "text": "x", "mail": False}).status for _ in range(3)]
    assert statuses == [201, 201, 429]


def mails(site: Site) -> list[dict[str, Any]]:
    while site.work():
        pass
    return [row for row in site.rows() if row["kind"] == "mail"]


def test_an_announcement_is_mailed_once_to_all_who_take_part(
    site: Site, organizer: Person, ada: Person, bob: Person, forum: str, competition: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    place = f"{path_of(competition)}/participants/{bob.id}"
    eve = site.person("eve")
    eve.join(competition)
    assert organizer.call("PATCH", place, {"status": "denied"}).status == 200
    before = {row["id"] for row in mails(site)}
    monkeypatch.setattr(mailing, "PAGE_SIZE", 1)
    path = f"{path_of(competition)}/announcements"
    assert organizer.call("POST", path, {"title": "New data", "text": "Fetch **it**."}).status == 201
    (message,) = site.messages()
    site.run(message, seconds=10)
    # The power is cut, and the same is done once more from the beginning of a page.
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=20))
    found = [row for row in mails(site) if row["id"] not in before and row["letter_kind"] == "forum"]
    assert sorted(row["reader"] for row in found) == sorted([ada.id, eve.id])
    assert organizer.call("POST", path, {"title": "Quiet", "text": "x", "mail": False}).status == 201
    assert len([row for row in mails(site) if row["id"] not in before and row["letter_kind"] == "forum"]) == 2


def test_an_announcement_says_something_else_and_nobody_is_mailed_again(
    site: Site, organizer: Person, admin: Person, ada: Person, forum: str, competition: dict[str, Any]
) -> None:
    path, known = f"{path_of(competition)}/announcements", len(mails(site))
    of_site = {"title": "A puase", "text": "On Sunday."}
    for person, where, at in ((organizer, path, f"{path_of(competition)}/feed"), (admin, "/announcements", "/feed")):
        older = person.call("POST", where, {"title": "Older", "text": "x", "mail": False}).body["id"]
        made = person.call("POST", where, {**of_site, "mail": False}).body
        assert made["edited_at"] is None
        said = {"title": "A pause", "reason": "A slip of the pen."}
        changed = person.call("PATCH", f"{where}/{made['id']}", said).body
        assert (changed["title"], changed["text"], changed["at"]) == ("A pause", "On Sunday.", made["at"])
        assert person.call("PATCH", f"{where}/{older}", {"text": "On Monday."}).status == 200
        assert [one["title"] for one in ada.call("GET", where).body["announcements"]] == ["A pause", "Older"]
        # The copy of the newest one says so too, and that of an older one is no news.
        assert [one["text"] for one in ada.call("GET", "/me/announcements").body["announcements"]][0] == "On Sunday."
        assert titles(ada, "/me/announcements")[0] == "A pause"
        (item,) = [one for one in site.call("GET", f"{at}?form=json").body["items"] if one["title"] == "A pause"]
        assert item["date_modified"] == changed["edited_at"][:19] + "Z" or item["date_modified"] >= item["date_published"]
        assert ada.call("PATCH", f"{where}/{made['id']}", said).status == 403
        assert person.call("PATCH", f"{where}/{made['id']}", {"title": None}).status == 422
        assert person.call("PATCH", f"{where}/{'0' * 26}", said).status == 404
        assert person.call("PATCH", f"{where}/~NEWEST", said).status == 404
    assert len(mails(site)) == known
    for person, where in ((organizer, f"{path_of(competition)}/audit"), (admin, "/site/audit")):
        entry = [one for one in person.call("GET", where).body["deeds"] if one["what"] == "reannounced"][1]
        assert (entry["before"]["title"], entry["after"]["title"]) == ("A puase", "A pause")
        assert entry["reason"] == "A slip of the pen."


def test_of_two_who_change_an_announcement_at_once_both_are_heard(
    organizer: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{path_of(competition)}/announcements"
    made = organizer.call("POST", path, {"title": "One", "text": "x", "mail": False}).body["id"]
    real = writes.transact

    def late(*composing: Any, **more: Any) -> None:
        monkeypatch.setattr(writes, "transact", real)
        assert organizer.call("PATCH", f"{path}/{made}", {"text": "First."}).status == 200
        real(*composing, **more)

    monkeypatch.setattr(writes, "transact", late)
    assert organizer.call("PATCH", f"{path}/{made}", {"title": "Second"}).status == 200
    (one,) = organizer.call("GET", path).body["announcements"]
    assert (one["title"], one["text"]) == ("Second", "First.")


def test_an_announcement_of_the_site_is_mailed_where_administrators_say_so_to_each_account_once(
    site: Site, admin: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mallory = site.person("mallory")
    assert admin.call("POST", "/site/accounts/mallory/ban", {"reason": "Spam."}).status == 200
    signed_up = {"username": "waits", "email": "waits@example.org", "password": PASSWORD}
    unconfirmed = site.call("POST", "/accounts", signed_up).body["id"]
    known = len(mails(site))
    assert admin.call("POST", "/announcements", {"title": "Quiet", "text": "x"}).status == 201
    assert len(mails(site)) == known
    monkeypatch.setattr(accounts, "PAGE_SIZE", 2)
    assert admin.call("POST", "/announcements", {"title": "A pause", "text": "On **Sunday**.", "mail": True}).status == 201
    (message,) = site.messages()
    site.run(message, seconds=10)
    (row,) = [row for row in site.rows() if row["kind"] == "announcement_mailing"]
    assert row["cursor"]
    # The power is cut, and the cursor is over by then.
    writes.update(AnnouncementMailing(row["pk"], row["sk"]), [AnnouncementMailing.cursor.set("over")])
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=20))
    told = [row for row in mails(site) if row["letter_kind"] == "site"]
    readers = [row["reader"] for row in told]
    assert len(set(readers)) == len(readers) and {ada.id, admin.id} <= set(readers)
    assert not {mallory.id, unconfirmed} & set(readers)
    assert not [row for row in site.rows() if row["kind"] == "announcement_mailing"]


def test_who_follows_is_mailed_once_a_day_of_each_thread_unless_they_want_none(
    site: Site, organizer: Person, ada: Person, bob: Person, forum: str, competition: dict[str, Any]
) -> None:
    thread = begin(ada, forum)
    site.person("eve").call("POST", f"{thread}/subscription")
    while site.work():
        pass
    for text in ("See <b>here</b>.", "And there."):
        reply(bob, thread, text)
    found = [row for row in mails(site) if row["letter_kind"] == "replies"]
    assert sorted(row["reader"] for row in found) == sorted([ada.id, site.person("eve").id])
    # Who does not take part is found by their id.
    assert {row["reader"]: row["username"] for row in found}[site.person("eve").id] in ("eve", site.person("eve").id)
    assert "\\<b\\>" in found[0]["text"] and "forum subscribe" in found[0]["text"]
    assert found[0]["subject"] == "bob wrote in: How is it scored?"
    other = begin(ada, forum, "Another")
    reply(bob, other)
    assert len([row for row in mails(site) if row["letter_kind"] == "replies"]) == 3
    assert bob.call("POST", f"{other}/posts", {"text": "@ada?"}).status == 201
    # Whom a post names is mailed of that, and not of its being written as well.
    assert [row["reader"] for row in mails(site) if row["letter_kind"] == "forum"] == [ada.id]


def test_who_is_named_is_mailed(
    site: Site,
    ada: Person,
    bob: Person,
    forum: str,
) -> None:
    thread = begin(ada, forum)
    reply(bob, thread, "Look, @ada: [click](https://evil.example) <b>here</b>")
    reply(ada, thread, "I do.")
    reply(bob, thread, "@ada, @ada, @ada!")
    # Of one thread somebody is mailed once a day.
    (mail,) = [row for row in mails(site) if row["letter_kind"] == "forum"]
    assert (mail["reader"], "bob" in mail["subject"]) == (ada.id, True)
    # A stranger's words are plain text in it.
    assert "\\[click\\]\\(https" in mail["text"] and "\\<b\\>" in mail["text"]


def test_feeds_tell_of_announcements_and_threads_as_text(
    site: Site, organizer: Person, admin: Person, ada: Person, forum: str, competition: dict[str, Any]
) -> None:
    announced = {"title": "New data", "text": "Fetch <b>it</b>."}
    assert organizer.call("POST", f"{path_of(competition)}/announcements", announced).status == 201
    gone, thread = begin(ada, forum, "Gone"), begin(ada, forum, "How?")
    reply(organizer, gone)
    assert ada.call("DELETE", f"{gone}/posts/1").status == 200
    items = site.call("GET", f"{path_of(competition)}/feed?form=json").body["items"]
    told = {item["title"]: item.get("content_text", "") for item in items}
    assert told["New data"] == "Fetch <b>it</b>." and "How?" in told and "Gone" not in told
    assert ada.call("DELETE", f"{thread}/posts/1").status == 200
    assert admin.call("POST", "/announcements", {"title": "A pause", "text": "x"}).status == 201
    assert "A pause" in [item["title"] for item in site.call("GET", "/feed?form=json").body["items"]]
    again = [item["title"] for item in site.call("GET", f"{path_of(competition)}/feed?form=json").body["items"]]
    assert "How?" not in again and "New data" in again
