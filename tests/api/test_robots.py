"""Robots: accounts with limits of their own, which an organizer admits, and which rank only where they say so."""

from typing import Any

import pytest

from tests import clock
from tests.api.conftest import Answer, Person, Post, Site


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    clock.within_one(clock.DAY)
    return organizer.competition(auto_approve=False, per_day=1, in_all=1)


def path_of(competition: dict[str, Any], rest: str = "") -> str:
    return f"/competitions/{competition['id']}{rest}"


def admit(by: Person, competition: dict[str, Any], username: str = "ada", **rules: Any) -> Answer:
    return by.call("POST", path_of(competition, "/robots"), {"username": username, **rules})


def quota(person: Person, competition: dict[str, Any]) -> tuple[Any, Any]:
    told = person.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body
    return told["today"], told["in_all"]


def test_an_account_is_admitted_without_joining_and_submits_by_its_own_limits(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    admitted = admit(organizer, competition, max_per_day=2, reason="The nightly baseline.").body
    assert (admitted["status"], admitted["robot"]) == ("approved", {"per_day": 2, "in_all": None, "ranks": False})
    assert site.call("GET", path_of(competition)).body["participants"] == 1
    assert quota(ada, competition) == ({"limit": 2, "left": 2}, None)
    assert [ada.submit(competition).status for _ in range(3)] == [201, 201, 429]
    (row,) = organizer.call("GET", path_of(competition, "/participants")).body["participants"]
    assert row["robot"] == admitted["robot"]
    (entry,) = organizer.call("GET", path_of(competition, "/audit")).body["deeds"]
    assert (entry["what"], entry["participant"], entry["before"], entry["after"], entry["reason"]) == (
        "robot",
        "ada",
        None,
        {"per_day": 2, "in_all": None, "ranks": False},
        "The nightly baseline.",
    )


def test_who_waits_is_approved_as_a_robot_and_is_a_person_again(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    assert ada.join(competition).body["status"] == "pending"
    assert admit(organizer, competition).body["status"] == "approved"
    assert admit(organizer, competition, max_in_all=7).body["robot"]["in_all"] == 7
    assert site.call("GET", path_of(competition)).body["participants"] == 1
    assert quota(ada, competition) == (None, {"limit": 7, "left": 7})
    place = path_of(competition, f"/robots/{ada.id}")
    released = organizer.call("DELETE", f"{place}?reason=It%20is%20Ada.")
    assert (released.body["robot"], quota(ada, competition)[1]) == (None, {"limit": 1, "left": 1})
    assert organizer.call("DELETE", place).status == 404


@pytest.mark.parametrize("ranks", [False, True])
def test_a_robot_stands_on_boards_only_where_the_organizer_says_so(
    site: Site, organizer: Person, admin: Person, ada: Person, competition: dict[str, Any], ranks: bool
) -> None:
    admit(organizer, competition, ranks=ranks)
    submission = ada.submit(competition).body
    assert submission["robot"] == ("ranked" if ranks else "unranked")
    job = site.claim(submission["id"], site.runner_token(admin)).body
    assert site.finish(job, {"accuracy": 0.9, "seconds": 1.0}).status == 200
    told = ada.call("GET", f"/submissions/{submission['id']}").body
    assert (told["status"], told["scores"]["accuracy"], told["robot"]) == ("Finished", 0.9, submission["robot"])
    while site.work():
        pass
    board = site.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body
    assert [row["participant"] for row in board["rows"]] == (["ada"] if ranks else [])
    # What an organizer does by hand to a submission does not rank it either.
    organizer.call("PATCH", f"/submissions/{submission['id']}/marks", {"verified": True})
    while site.work():
        pass
    again = site.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body
    assert len(again["rows"]) == int(ranks)


def test_a_robot_competes_alone_and_is_asked_for_no_terms(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(extra="agon: {enable_teams: true, require_team_approval: false}")
    bob, teams = site.person("bob"), path_of(competition, "/teams")
    for person in (ada, bob):
        person.join(competition)
    code = bob.call("POST", teams, {"name": "Owls"}).body["code"]
    assert admit(organizer, competition, "bob").status == 409
    admit(organizer, competition)
    assert ada.call("POST", f"{teams}/join", {"code": code}).status == 409
    changed = organizer.call("PATCH", path_of(competition, "/terms"), {"content": "Play fairer."}, If_Match="*")
    assert (changed.status, ada.submit(competition).status, bob.submit(competition).status) == (200, 201, 409)


def test_unknown_names_are_refused_and_other_peoples_robots_not_touched(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    assert admit(organizer, competition, "nobody").body["errors"][0]["place"] == "username"
    ada.join(competition)
    assert admit(ada, competition).status == 403
    other = organizer.competition(title="Other")
    admit(organizer, competition)
    assert organizer.call("DELETE", path_of(other, f"/robots/{ada.id}")).status == 404


@pytest.mark.parametrize("released", [False, True])
def test_who_never_joined_is_mailed_nothing_and_their_address_told_to_nobody(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], post: Post, released: bool
) -> None:
    admit(organizer, competition)
    if released:
        assert organizer.call("DELETE", path_of(competition, f"/robots/{ada.id}")).status == 200
    for status in ("denied", "approved"):
        decided = organizer.call("PATCH", path_of(competition, f"/participants/{ada.id}"), {"status": status})
        assert decided.status == 200, decided
    assert organizer.call("POST", path_of(competition, "/mailings"), {"subject": "Buy", "text": "This."}).status == 202
    assert organizer.call("POST", path_of(competition, "/announcements"), {"title": "Buy", "text": "This."}).status == 201
    while site.work():
        pass
    assert post.subjects(ada) == []
    assert "ada@example.org" not in str([row for row in site.rows() if row["kind"] == "participant"])
