"""/people: what everybody sees of somebody, and what nobody does."""

from datetime import UTC, datetime

import pytest

from tests.api.conftest import PASSWORD, Answer, Person, Site
from tests.api.test_account_removal import newcomer, remove, settle
from tests.api.test_organizations import let_in, make, path
from tests.api.test_organizers import appointed

SAID = {
    "display_name": "Ada L.",
    "affiliation": "Night House",
    "site": "https://ada.example",
    "description": "I look at stars.",
}


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


def seen(site: Site, username: str) -> Answer:
    return site.call("GET", f"/people/{username}")


def test_a_page_says_nothing_until_its_owner_does_and_then_what_they_said(site: Site, bob: Person) -> None:
    empty = dict.fromkeys(SAID, "") | {"username": "bob", "competitions": [], "organizations": []}
    assert seen(site, "bob").body == empty
    assert bob.call("PATCH", "/me", SAID).body == empty | SAID
    changed = bob.call("PATCH", "/me", {"affiliation": "", "description": "I look at <b>stars</b>."}).body
    assert changed == seen(site, "bob").body
    assert (changed["affiliation"], changed["display_name"]) == ("", "Ada L.")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("site", "javascript:alert(1)"),
        ("site", "ftp://ada.example"),
        ("display_name", "Ada\u202e"),
        ("display_name", "a" * 101),
        ("affiliation", None),
        ("description", "a" * 2001),
        ("username", "eve"),
    ],
)
def test_what_is_no_word_of_ones_own_is_refused(site: Site, bob: Person, field: str, value: str | None) -> None:
    answer = bob.call("PATCH", "/me", {field: value})
    assert (answer.status, answer.body["errors"][0]["place"].partition(".")[0]) == (422, field)


def test_it_has_the_public_competitions_that_name_them_and_no_other(site: Site, organizer: Person, ada: Person) -> None:
    public = organizer.competition(title="Public")
    organizer.competition(title="Draft", publish=False)
    appointed(organizer, public, ada, "organizer")
    told = [{"id": public["id"], "slug": public["slug"], "title": "Public"}]
    assert seen(site, organizer.username).body["competitions"] == told
    assert seen(site, "ada").body["competitions"] == []
    organizer.call("POST", f"/competitions/{public['id']}/unpublish")
    assert seen(site, organizer.username).body["competitions"] == []


def test_it_has_the_organizations_where_they_agreed_to_be_seen(site: Site, ada: Person, bob: Person) -> None:
    house, other = make(ada, "Night House"), make(ada, "Day House")
    assert [let_in(ada, bob, one).status for one in (house, other)] == [200, 200]
    assert seen(site, "bob").body["organizations"] == []
    assert bob.call("PATCH", path(house, "members", bob.id), {"shown": True}).status == 200
    assert seen(site, "bob").body["organizations"] == [{"id": house["id"], "name": "Night House"}]
    assert ada.call("DELETE", path(house)).status == 200
    assert seen(site, "bob").body["organizations"] == []


def test_who_is_unconfirmed_banned_or_gone_is_nobody(site: Site) -> None:
    nobody = seen(site, "nobody-at-all")
    assert nobody.status == 404
    site.call("POST", "/accounts", {"username": "newcomer", "email": "newcomer@example.org", "password": PASSWORD})
    assert seen(site, "newcomer").body == nobody.body
    root, eve = site.person("root", admin=True), site.person("eve")
    root.call("POST", "/site/accounts/eve/ban", {"reason": "Spam."})
    assert seen(site, "eve").body == nobody.body
    root.call("DELETE", "/site/accounts/eve/ban?reason=Sorry.")
    assert seen(site, eve.username).status == 200


def test_what_one_said_goes_with_the_account(site: Site) -> None:
    leaver = newcomer(site, f"leaver-{datetime.now(UTC):%H%M%S%f}")
    leaver.call("PATCH", "/me", SAID)
    assert remove(leaver).status == 202
    assert seen(site, leaver.username).status == 404
    settle(site, leaver)
    assert not [row for row in site.rows() if SAID["display_name"] in str(row)]
