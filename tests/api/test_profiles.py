"""/people: what everybody sees of somebody, and what nobody does."""

from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks.counting import Counter
from chalicelib.actions.submissions import portfolios
from chalicelib.domain.bundle.group import Group
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.submissions import shared_code, submissions
from chalicelib.store.submissions.shared_code import OwnSharedCode
from chalicelib.store.submissions.submissions import Submission
from tests.api import phases
from tests.api.conftest import PASSWORD, Answer, Person, Site
from tests.api.test_account_mergers import merge
from tests.api.test_account_removal import newcomer, remove, settle
from tests.api.test_organizations import let_in, make, path
from tests.api.test_organizers import appointed
from tests.api.test_sharing import GOOD, publish

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
    nothing: dict[str, Any] = {name: [] for name in ("competitions", "organizations", "results", "code")}
    empty = dict.fromkeys(SAID, "") | nothing | {"username": "bob", "shows_results": True}
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


def shares(site: Site, username: str) -> list[str]:
    return [one["submission"] for one in seen(site, username).body["code"]]


def test_it_lists_the_code_that_somebody_shares_with_everybody_the_newest_first(
    site: Site, organizer: Person, ada: Person
) -> None:
    first, second = phases.competition(organizer), phases.competition(organizer)
    code = [publish(ada, phases.score(ada, first, GOOD, 1))]
    code += [publish(ada, phases.score(ada, second, GOOD, 2), "CC0-1.0")]
    phases.score(ada, first, GOOD, 3)
    told = seen(site, "ada").body["code"]
    assert [(one["submission"], one["phase"], one["licence"]) for one in told] == [
        (code[1], second, "CC0-1.0"),
        (code[0], first, "MIT"),
    ]
    assert (told[0]["title"], told[0]["competition"]) == ("Guess", second.removesuffix("-0"))
    assert not {"scores", "score", "rank"} & set(told[0]) and ada.call("PATCH", "/me", SAID).body["code"] == told
    assert shares(site, organizer.username) == []
    assert ada.call("PATCH", f"/submissions/{code[1]}", {"public": False}).status == 200
    assert shares(site, "ada") == code[:1]


def test_what_it_lists_costs_the_same_however_much_that_is(site: Site, organizer: Person, ada: Person) -> None:
    counter, counts = Counter(), []
    for _ in range(3):
        publish(ada, phases.score(ada, phases.competition(organizer), GOOD))
        with counter.counting() as counted:
            assert seen(site, "ada").status == 200
        counts.append(counted.names)
    assert counts[0] == counts[-1] and len(counts[0]) <= 10 and len(shares(site, "ada")) == 3


@pytest.mark.parametrize(
    ("settings", "attributes"),
    [
        ({"anonymous_leaderboard": True}, {}),
        ({"published": False}, {}),
        ({"groups": (Group("students", "Students", phases=(0,)),)}, {}),
        ({}, {"status": "Failed"}),
        ({}, {"marks": {"disqualified": True}}),
        ({}, {"solution": 0}),
        ({}, {"removed_at": phases.NOW}),
    ],
    ids=["anonymous", "a draft's", "a group's", "failed", "disqualified", "a solution", "withdrawn"],
)
def test_it_lists_no_code_that_is_not_for_everybody_or_names_nobody(
    site: Site, organizer: Person, ada: Person, settings: dict[str, Any], attributes: dict[str, Any]
) -> None:
    shown = publish(ada, phases.score(ada, phases.competition(organizer), GOOD))
    hidden = submissions.find(publish(ada, phases.score(ada, phases.competition(organizer, **settings), GOOD, 1)))
    if attributes:
        hidden.update(actions=[getattr(Submission, name).set(value) for name, value in attributes.items()])
    assert shares(site, "ada") == [shown]


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


def a_team(site: Site, organizer: Person, ada: Person, bob: Person, **settings: Any) -> tuple[str, str]:
    """A phase and a team of both that takes part in it."""
    phase = phases.competition(organizer, enable_teams=True, **settings)
    for person in (ada, bob):
        phases.join(person, phase)
    path = f"/competitions/{phase.removesuffix('-0')}/teams"
    team = ada.call("POST", path, {"name": "Owls"}).body
    assert bob.call("POST", f"{path}/join", {"code": team["code"]}).status == 200
    return phase, team["id"]


def test_what_a_team_shares_is_on_the_pages_of_who_was_in_it_then(
    site: Site, organizer: Person, ada: Person, bob: Person
) -> None:
    phase, team = a_team(site, organizer, ada, bob)
    code = publish(ada, phases.score(ada, phase, GOOD, team=team, team_name="Owls"))
    assert [shares(site, one) for one in ("ada", "bob")] == [[code], [code]]
    assert seen(site, "bob").body["code"][0]["team_name"] == "Owls"
    eve = site.person("eve")
    phases.join(eve, phase)
    assert shares(site, "eve") == []
    assert bob.call("PATCH", f"/submissions/{code}", {"public": False}).status == 200
    assert [shares(site, one) for one in ("ada", "bob")] == [[], []]


def test_what_was_shared_before_pages_had_code_is_found(site: Site, organizer: Person, ada: Person, bob: Person) -> None:
    phase, team = a_team(site, organizer, ada, bob)
    Competition(*Competition.at(phase.removesuffix("-0"))).update(
        actions=[Competition.list_pk.set("COMPETITIONS"), Competition.list_sk.set(phase.removesuffix("-0"))]
    )
    code = publish(ada, phases.score(ada, phase, GOOD, team=team, team_name="Owls"))
    alone = publish(bob, phases.score(bob, phase, GOOD, 1))
    for submission in (code, alone):
        for row in table.everything_at(Submission.at(submission)[0]):
            if isinstance(row, OwnSharedCode):
                row.delete()
    assert [shares(site, one) for one in ("ada", "bob")] == [[], []]
    for _ in range(2):
        site.run({"version": 1, "task": "code_review", "id": portfolios.FROM_THE_FIRST})
        while site.work():
            pass
    assert [shares(site, one) for one in ("ada", "bob")] == [[code], [alone, code]]


def test_an_account_that_is_gone_or_merged_leaves_no_note_of_what_its_team_shares(
    site: Site, organizer: Person, ada: Person
) -> None:
    gone, stays = (newcomer(site, f"{name}-{datetime.now(UTC):%H%M%S%f}") for name in ("old", "new"))
    phase, team = a_team(site, organizer, ada, gone)
    code = publish(ada, phases.score(ada, phase, GOOD, team=team, team_name="Owls"))
    root = site.person("root", admin=True)
    assert merge(root, gone, stays).status == 202
    settle(site, gone)
    assert (shares(site, stays.username), shared_code.of_account(gone.id, 5)) == ([code], [])
    assert remove(stays).status == 202
    settle(site, stays)
    assert (shares(site, "ada"), shared_code.of_account(stays.id, 5)) == ([code], [])
