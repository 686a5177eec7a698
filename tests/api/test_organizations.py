"""/organizations: who is in one and may do what, and what a submission for one shows."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.actions.people import organizations as actions
from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.people import organizations
from chalicelib.store.people.organizations import Organization
from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.test_exports import export
from tests.api.test_invitations import answer
from tests.api.test_teams import board, compete, finish


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


@pytest.fixture
def eve(site: Site) -> Person:
    return site.person("eve")


def make(person: Person, name: str = "Night House", **said: str) -> dict[str, Any]:
    made = person.call("POST", "/organizations", {"name": name, **said})
    assert made.status == 201, made.body
    return dict(made.body)


def path(house: dict[str, Any], *rest: str) -> str:
    return "/".join([f"/organizations/{house['id']}", *rest])


def let_in(owner: Person, other: Person, house: dict[str, Any], role: str = "member") -> Answer:
    made = owner.call("POST", path(house, "invitations"), {"username": other.username, "role": role})
    assert made.status == 201, made.body
    return answer(other, made.body["id"])


def members(house: dict[str, Any], site: Site, person: Person | None = None) -> list[str]:
    found = site.call("GET", path(house, "members"), token=person.token if person else None).body["members"]
    return sorted(one["username"] for one in found)


def submit_for(person: Person, competition: dict[str, Any], house: dict[str, Any]) -> Answer:
    upload = person.upload(builders.submission())
    body = {"upload": upload, "organization": house["id"]}
    return person.call("POST", f"/phases/{competition['phases'][0]['id']}/submissions", body)


def test_an_organization_has_a_page_and_members_who_agree_to_be_seen(
    site: Site, ada: Person, bob: Person, eve: Person
) -> None:
    house = make(ada, description="We work at night.", site="https://night.example")
    assert (house["my_role"], house["members"]) == ("owner", 1)
    assert let_in(ada, bob, house).status == 200
    shown = site.call("GET", path(house)).body
    assert (shown["name"], shown["description"], shown["members"], shown["my_role"]) == (
        "Night House", "We work at night.", 2, None,
    )  # fmt: skip
    assert (members(house, site), members(house, site, bob)) == ([], ["ada", "bob"])
    assert bob.call("PATCH", path(house, "members", bob.id), {"shown": True}).status == 200
    assert ada.call("PATCH", path(house, "members", bob.id), {"shown": False}).status == 403
    assert members(house, site, eve) == ["bob"]
    assert [one["id"] for one in bob.call("GET", "/organizations").body["organizations"]] == [house["id"]]


def test_pages_for_strangers_have_those_alone_who_agreed_and_their_cursors_too(
    site: Site, ada: Person, bob: Person, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = make(ada)
    for person in (bob, eve):
        let_in(ada, person, house)
        assert person.call("PATCH", path(house, "members", person.id), {"shown": True}).status == 200
    monkeypatch.setattr(actions, "PAGE_SIZE", 1)
    seen, cursors, query = list[str](), list[str](), ""
    while True:
        page = site.call("GET", f"{path(house, 'members')}{query}").body
        seen += [one["username"] for one in page["members"]]
        if page["next"] is None:
            break
        cursors.append(page["next"])
        query = f"?cursor={page['next']}"
    assert sorted(seen) == ["bob", "eve"] and set(cursors) <= {bob.id, eve.id}
    assert bob.call("PATCH", path(house, "members", bob.id), {"shown": False}).status == 200
    assert eve.call("DELETE", path(house, "members", eve.id)).status == 200
    assert members(house, site) == []


@pytest.mark.parametrize("name", ["night house", "N\u0456ght House"])
def test_a_name_that_looks_like_anothers_is_taken_until_that_is_gone(ada: Person, bob: Person, name: str) -> None:
    house = make(ada)
    assert bob.call("POST", "/organizations", {"name": name}).status == 409
    other = make(bob, "Day House")
    assert bob.call("PATCH", path(other), {"name": name}).status == 409
    assert ada.call("PATCH", path(house), {"name": "NIGHT HOUSE"}).body["name"] == "NIGHT HOUSE"
    assert ada.call("DELETE", path(house)).status == 200
    assert bob.call("PATCH", path(other), {"name": name}).status == 200
    assert ada.call("GET", path(house)).status == 404


def test_managers_ask_members_in_and_the_owner_managers(ada: Person, bob: Person, eve: Person) -> None:
    house = make(ada)
    assert let_in(ada, bob, house, "manager").status == 200
    ask = {"username": "eve", "role": "manager"}
    assert bob.call("POST", path(house, "invitations"), ask).status == 403
    assert let_in(bob, eve, house).status == 200
    assert eve.call("POST", path(house, "invitations"), {"username": "kim"}).status == 403
    assert bob.call("PATCH", path(house, "members", eve.id), {"role": "manager"}).status == 403
    assert ada.call("PATCH", path(house, "members", eve.id), {"role": "manager"}).body["role"] == "manager"
    # A manager takes out members, the owner managers too; the owner stays.
    assert bob.call("DELETE", path(house, "members", eve.id)).status == 403
    assert [bob.call("DELETE", path(house, "members", one.id)).status for one in (ada, bob)] == [409, 200]
    assert ada.call("DELETE", path(house, "members", ada.id)).status == 409
    assert ada.call("GET", path(house)).body["members"] == 2
    assert bob.call("PATCH", path(house), {"description": "Mine."}).status == 403


def test_an_organization_is_handed_over_by_offer(ada: Person, bob: Person, eve: Person) -> None:
    house = make(ada)
    let_in(ada, bob, house)
    assert ada.call("POST", path(house, "owner"), {"username": "eve"}).status == 404
    offered = ada.call("POST", path(house, "owner"), {"username": "bob"}).body["id"]
    assert answer(eve, offered).status == 404 and answer(bob, offered).status == 200
    roles = {one["username"]: one["role"] for one in ada.call("GET", path(house, "members")).body["members"]}
    assert roles == {"ada": "manager", "bob": "owner"}
    assert ada.call("DELETE", path(house)).status == 403


def test_an_invitation_to_an_organization_is_taken_back(ada: Person, bob: Person) -> None:
    house = make(ada)
    made = ada.call("POST", path(house, "invitations"), {"address": "bob@example.org"}).body["id"]
    assert [one["id"] for one in ada.call("GET", path(house, "invitations")).body["invitations"]] == [made]
    assert ada.call("DELETE", path(house, "invitations", made)).status == 200
    assert answer(bob, made).status == 404
    assert let_in(ada, bob, house).status == 200
    again = ada.call("POST", path(house, "invitations"), {"address": "bob@example.org"}).body["id"]
    assert answer(bob, again).status == 409


def test_organizations_have_an_end(site: Site, ada: Person, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.actions.people.organizations.MAX_ORGANIZATION_MEMBERS", 1)
    monkeypatch.setattr("chalicelib.actions.people.organizations.MAX_ORGANIZATIONS", 1)
    house = make(ada)
    assert ada.call("POST", "/organizations", {"name": "Another"}).status == 409
    assert let_in(ada, bob, house).status == 409


def test_what_is_submitted_for_an_organization_shows_its_name_beside_ones_own(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition, house = compete(organizer, ada, bob), make(ada)
    made = submit_for(ada, competition, house)
    assert made.status == 201, made.body
    finish(site, admin, made.body["id"], 0.5)
    finish(site, admin, bob.submit(competition).body["id"], 0.4)
    rows = [(row["participant"], row["organization"]) for row in board(site, bob, competition)]
    assert rows == [("ada", {"id": house["id"], "name": "Night House"}), ("bob", None)]
    file = export(organizer, competition["phases"][0]["id"], format="csv").text
    assert [(row["Username"], row["Organization"]) for row in csv.DictReader(io.StringIO(file))] == [
        ("ada", "Night House"),
        ("bob", ""),
    ]
    assert submit_for(bob, competition, house).status == 422
    taken = site.call("GET", path(house, "competitions")).body
    assert [(one["competition"], one["title"]) for one in taken["competitions"]] == [
        (competition["id"], competition["title"])
    ]
    # It has no limits of its own, and what was submitted outlives it.
    assert ada.call("DELETE", path(house)).status == 200
    assert board(site, bob, competition)[0]["organization"]["name"] == "Night House"


def test_where_names_are_hidden_so_is_the_organization(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition, house = compete(organizer, ada, bob, extra="agon: {anonymous_leaderboard: true}"), make(ada)
    finish(site, admin, submit_for(ada, competition, house).body["id"], 0.5)
    assert [row["organization"] for row in board(site, bob, competition)] == [None]
    assert [row["organization"]["name"] for row in board(site, ada, competition)] == ["Night House"]
    assert site.call("GET", path(house, "competitions")).body["competitions"] == []


def test_members_of_a_removed_organization_are_the_sweepers_to_take_away(site: Site, ada: Person, bob: Person) -> None:
    kinds = ("organization", "organization_member", "organization_name")
    house, now = make(ada), datetime.now(UTC)
    let_in(ada, bob, house)
    assert ada.call("DELETE", path(house)).status == 200
    assert [site.call("GET", path(house, *rest)).status for rest in ((), ("members",))] == [404, 404]
    assert bob.call("GET", "/organizations").body["organizations"] == []
    # The API may not remove rows in batches, and of many it would not be through in time.
    assert [row["kind"] for row in site.rows() if row["kind"] in kinds].count("organization_member") == 2
    sweep.sweep(now + timedelta(minutes=1))
    assert [row for row in site.rows() if row["kind"] in kinds] == []


def test_a_removal_that_meets_a_new_name_takes_no_name_from_others(site: Site, ada: Person, bob: Person) -> None:
    house = make(ada)
    (as_read,) = table.read(Organization.at(house["id"]))
    assert as_read is not None
    assert ada.call("PATCH", path(house), {"name": "Day House"}).status == 200
    make(bob, "Night House")
    with pytest.raises(Conflict):
        organizations.begin_removal(as_read, datetime.now(UTC))
    assert ada.call("POST", "/organizations", {"name": "Night House"}).status == 409
    assert ada.call("DELETE", path(house)).status == 200
    assert make(bob, "Day House")["name"] == "Day House"
