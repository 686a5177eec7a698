"""Invitations by mail: who signs in with an invited address takes part at once, and nobody else does by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.aws import accounts
from chalicelib.contract import limits
from chalicelib.domain.people.guests import id_of
from chalicelib.store.people import guests
from tests.api.conftest import Answer, Person, Post, Site
from tests.api.test_participants import counting


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(auto_approve=False)


def path_of(competition: dict[str, Any], rest: str = "") -> str:
    return f"/competitions/{competition['id']}{rest}"


def invite(by: Person, competition: dict[str, Any], *addresses: str, **more: Any) -> Answer:
    return by.call("POST", path_of(competition, "/guests"), {"addresses": list(addresses), **more})


def listed(by: Person, competition: dict[str, Any]) -> dict[str, str]:
    found = by.call("GET", path_of(competition, "/guests")).body["guests"]
    return {one["address"]: one["status"] for one in found}


def expire(competition: dict[str, Any], address: str) -> None:
    place = guests.Guest.at(competition["id"], id_of(address))
    found = guests.Guest.get(*place)
    found.update(actions=[guests.Guest.expires_at.set(datetime.now(UTC) - timedelta(seconds=1))])


def test_who_is_invited_takes_part_at_once_and_others_wait(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    (made,) = invite(organizer, competition, " Ada@Example.org".strip()).body["guests"]
    assert (made["address"], made["status"], made["invited_by"]) == ("ada@example.org", "waiting", "olga")
    (mine,) = ada.call("GET", "/me/guest-lists").body["guests"]
    assert (mine["competition"], mine["title"], mine["by"]) == (competition["id"], "Guess", "olga")
    assert ada.join(competition).body["status"] == "approved"
    assert site.person("bob").join(competition).body["status"] == "pending"
    assert listed(organizer, competition) == {"ada@example.org": "accepted"}
    assert ada.call("GET", "/me/guest-lists").body["guests"] == []
    assert site.call("GET", path_of(competition)).body["participants"] == 1


def test_to_join_by_an_invitation_is_three_calls_as_ever(
    organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(organizer, competition, "ada@example.org")
    ada.call("GET", "/me")
    with counting(monkeypatch) as calls:
        assert ada.join(competition).status == 201
    assert calls == ["AdminGetUser", "BatchGetItem", "TransactWriteItems"]


def test_who_had_asked_before_is_let_in_by_joining_again(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    assert ada.join(competition).body["status"] == "pending"
    assert ada.join(competition).status == 409
    invite(organizer, competition, "ada@example.org")
    assert ada.join(competition).body["status"] == "approved"
    assert (ada.submit(competition).status, ada.join(competition).status) == (201, 409)


def test_an_invitation_opens_a_draft_to_its_address_alone(site: Site, organizer: Person, ada: Person) -> None:
    draft, bob = organizer.competition(publish=False), site.person("bob")
    invite(organizer, draft, "ada@example.org")
    for rest in ("", "/pages/0", "/assets"):
        assert ada.call("GET", path_of(draft, rest)).status == 200
        assert (bob.call("GET", path_of(draft, rest)).status, site.call("GET", path_of(draft, rest)).status) == (404, 404)
    assert (bob.join(draft).status, ada.join(draft).status) == (404, 201)
    assert ada.submit(draft).status == 201


def test_an_invitation_goes_before_lists_of_addresses(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(extra="agon: {allowed_addresses: [uni.example]}")
    assert ada.join(competition).status == 403
    invite(organizer, competition, "ada@example.org")
    assert ada.join(competition).status == 201


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_what_is_revoked_or_has_expired_lets_nobody_in(
    organizer: Person, ada: Person, competition: dict[str, Any], end: str
) -> None:
    (made,) = invite(organizer, competition, "ada@example.org").body["guests"]
    if end == "expired":
        expire(competition, "ada@example.org")
    else:
        body = {"guests": [made["id"], "01jd"]}
        told = organizer.call("POST", path_of(competition, "/guests/revoke"), body).body
        assert (told["done"], list(told["refused"])) == ([made["id"]], ["01jd"])
    assert (listed(organizer, competition), ada.call("GET", "/me/guest-lists").body["guests"]) == (
        {"ada@example.org": end},
        [],
    )
    assert ada.join(competition).body["status"] == "pending"
    # Another one takes its place.
    assert invite(organizer, competition, "ada@example.org").body["guests"][0]["status"] == "waiting"
    assert ada.join(competition).body["status"] == "approved"


def test_who_came_by_an_invitation_is_neither_invited_nor_uninvited_any_more(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    (made,) = invite(organizer, competition, "ada@example.org").body["guests"]
    ada.join(competition)
    again = invite(organizer, competition, "ada@example.org", "bob@example.org").body
    assert ([one["address"] for one in again["guests"]], list(again["refused"])) == (
        ["bob@example.org"],
        ["ada@example.org"],
    )
    told = organizer.call("POST", path_of(competition, "/guests/revoke"), {"guests": [made["id"]]}).body
    assert list(told["refused"]) == [made["id"]]


def test_a_hundred_are_invited_by_six_calls_and_a_day_has_an_end(
    organizer: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    organizer.call("GET", "/me")
    with counting(monkeypatch) as calls:
        made = invite(organizer, competition, *(f"p{number}@example.org" for number in range(98)))
    assert (len(made.body["guests"]), calls) == (98, ["BatchGetItem"] * 2 + ["UpdateItem"] + ["TransactWriteItems"] * 2)
    monkeypatch.setattr(limits, "MAX_INVITATIONS_A_DAY", 99)
    told = invite(organizer, competition, "x@example.org", "y@example.org").body
    assert (told["guests"], set(told["refused"])) == ([], {"x@example.org", "y@example.org"})
    assert invite(organizer, competition, "x@example.org").body["refused"] == {}
    assert invite(organizer, competition, "nobody").status == 422


def test_each_who_is_invited_is_mailed_once_in_which_nothing_of_strangers_is_markup(
    site: Site, organizer: Person, competition: dict[str, Any], post: Post
) -> None:
    invite(organizer, competition, "ada@example.org", "ada@example.org", message="Come [here](http://evil.example) *now*")
    site.work()
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=1))
    site.work()
    (sent,) = post.sent
    assert sent["Destination"] == {"ToAddresses": ["ada@example.org"]}
    said = sent["Content"]["Simple"]
    assert said["Subject"]["Data"] == "You are invited: Guess"
    assert "Come [here](http://evil.example) *now*" in said["Body"]["Text"]["Data"]
    assert 'href="http://evil.example"' not in said["Body"]["Html"]["Data"]


def test_who_waited_and_is_invited_to_what_is_a_draft_by_now_sees_it_when_they_have_come(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    assert ada.join(competition).body["status"] == "pending"
    organizer.call("POST", path_of(competition, "/unpublish"))
    assert ada.call("GET", path_of(competition)).status == 404
    invite(organizer, competition, "ada@example.org")
    assert ada.call("GET", path_of(competition)).status == 200
    assert ada.join(competition).body["status"] == "approved"
    assert ada.call("GET", path_of(competition)).body["my_status"] == "approved"


def test_a_token_of_an_account_that_is_gone_opens_nothing_to_which_its_name_is_invited(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    token = site.person("gone").call("POST", "/tokens", {"name": "Old", "expires_in_days": 366}).body["token"]
    former = replace(site.people.pop(("gone", False)), token=token)
    accounts.remove("gone")
    site.person("gone")
    organizer.call("POST", path_of(competition, "/unpublish"))
    invite(organizer, competition, "gone@example.org")
    assert former.call("GET", "/me/guest-lists").body["guests"] == []
    assert former.call("GET", path_of(competition)).status == former.join(competition).status == 404
    assert site.person("gone").join(competition).body["status"] == "approved"


def test_an_address_is_mailed_so_many_invitations_whoever_invites_it_and_the_others_hold_without(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], post: Post
) -> None:
    other = organizer.competition(title="Another guess", auto_approve=False)
    for number in range(12):
        invite(organizer, [competition, other][number % 2], "Ada@example.org" if number % 3 else "ada@example.org")
    invite(organizer, competition, "bob@example.org")
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=1))
    while site.work():
        pass
    assert post.readers == ["ada"] * 10 + ["bob"]
    assert [ada.join(one).body["status"] for one in (competition, other)] == ["approved"] * 2


def test_the_log_tells_how_many_were_invited_and_no_address(organizer: Person, competition: dict[str, Any]) -> None:
    made = invite(organizer, competition, "ada@example.org", "bob@example.org").body["guests"]
    organizer.call("POST", path_of(competition, "/guests/revoke"), {"guests": [made[0]["id"]]})
    entries = organizer.call("GET", path_of(competition, "/audit")).body["deeds"]
    assert [(one["what"], one["after"]) for one in entries] == [
        ("uninvited", {"guests": 1}),
        ("invited", {"guests": 2}),
    ]
    assert "example.org" not in str(entries)


def test_each_look_at_the_list_stands_in_the_log_with_how_many_addresses_it_showed(
    organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with counting(monkeypatch) as calls:
        assert listed(organizer, competition) == {}
    assert calls == ["BatchGetItem", "Query"]
    invite(organizer, competition, "ada@example.org", "bob@example.org")
    with counting(monkeypatch) as calls:
        assert set(listed(organizer, competition).values()) == {"waiting"}
    assert calls == ["BatchGetItem", "Query", "PutItem"]
    ada.join(competition)
    assert listed(organizer, competition)["ada@example.org"] == "accepted"
    entries = organizer.call("GET", path_of(competition, "/audit")).body["deeds"]
    assert [(one["what"], one["by"], one["after"]) for one in entries] == [
        ("addresses_read", "olga", {"guests": 2}),
        ("addresses_read", "olga", {"guests": 2}),
        ("invited", "olga", {"guests": 2}),
    ]
