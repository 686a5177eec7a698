"""Invitations into teams, the offer to lead one, and what organizers change about teams."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.people import answering, team_invitations
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.requests import Invite
from chalicelib.store.people import invitations
from tests.api.conftest import Answer, Person, Site
from tests.api.test_teams import board, compete, finish, leave, make, path, shown

FULL = "agon: {enable_teams: true, require_team_approval: false, max_team_members: 2}"


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


@pytest.fixture
def eve(site: Site) -> Person:
    return site.person("eve")


def invite(person: Person, competition: dict[str, Any], team: dict[str, Any], **whom: str) -> Answer:
    return person.call("POST", path(competition, team["id"], "invitations"), whom)


def mine(person: Person) -> list[dict[str, Any]]:
    return list(person.call("GET", "/me/invitations").body["invitations"])


def answer(person: Person, invitation: str, what: str = "accept") -> Answer:
    return person.call("POST", f"/me/invitations/{invitation}/{what}")


def listed(person: Person, competition: dict[str, Any], team: dict[str, Any]) -> list[dict[str, Any]]:
    return list(person.call("GET", path(competition, team["id"], "invitations")).body["invitations"])


def account(person: Person) -> Account:
    return Account(person.id, person.username, False, "session")


@pytest.mark.parametrize("whom", [{"username": "bob"}, {"address": "BOB@example.org"}])
def test_who_is_invited_by_name_or_address_accepts_once(
    organizer: Person, ada: Person, bob: Person, eve: Person, whom: dict[str, str]
) -> None:
    competition = compete(organizer, ada, bob, eve)
    team = make(ada, competition)
    made = invite(ada, competition, team, **whom)
    assert made.status == 201, made.body
    assert [(one["id"], one["name"], one["by"]) for one in mine(bob)] == [(made.body["id"], "Owls", "ada")]
    assert mine(eve) == [] and answer(eve, made.body["id"]).status == 404
    assert answer(bob, made.body["id"]).status == 200
    assert [one["username"] for one in shown(bob, competition, team)["members"]] == ["ada", "bob"]
    assert (mine(bob), answer(bob, made.body["id"]).status) == ([], 404)


def test_an_invitation_is_declined_and_not_repeated_before_it_would_be_over(
    organizer: Person, ada: Person, bob: Person
) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition)
    first, again = (invite(ada, competition, team, username="bob").body["id"] for _ in range(2))
    assert first == again and len(mine(bob)) == 1
    assert answer(bob, first, "decline").status == 200
    assert (mine(bob), answer(bob, first).status) == ([], 404)
    assert [one["status"] for one in listed(ada, competition, team)] == ["declined"]
    refused = invite(ada, competition, team, username="bob")
    assert refused.status == 409 and "declined lately" in refused.body["detail"]
    assert ada.call("DELETE", path(competition, team["id"], "invitations", first)).status == 409


def test_an_invitation_is_taken_back_by_who_leads_and_nobody_else(
    organizer: Person, ada: Person, bob: Person, eve: Person
) -> None:
    competition = compete(organizer, ada, bob, eve)
    team, other = make(ada, competition), make(eve, competition, name="Bats")
    id_ = invite(ada, competition, team, username="bob").body["id"]
    assert bob.call("DELETE", path(competition, team["id"], "invitations", id_)).status == 403
    assert eve.call("DELETE", path(competition, other["id"], "invitations", id_)).status == 404
    assert ada.call("DELETE", path(competition, team["id"], "invitations", id_)).status == 200
    assert answer(bob, id_).status == 404


def test_an_invitation_is_over_after_two_weeks(site: Site, organizer: Person, ada: Person, bob: Person) -> None:
    competition, now = compete(organizer, ada, bob), datetime.now(UTC)
    team = make(ada, competition)
    made = team_invitations.invite(competition["id"], team["id"], Invite(username="bob"), account(ada), now)
    late = now + timedelta(days=14, seconds=1)
    assert answering.list_mine(account(bob), late).invitations == []
    with pytest.raises(NotFound):
        answering.accept(made.id, account(bob), late)
    assert answering.accept(made.id, account(bob), late - timedelta(seconds=2)).id == made.id


def test_who_is_asked_must_take_part_and_a_full_team_asks_nobody(
    site: Site, organizer: Person, ada: Person, bob: Person, eve: Person
) -> None:
    competition = compete(organizer, ada, extra=FULL)
    team = make(ada, competition)
    ids = [invite(ada, competition, team, username=name).body["id"] for name in ("bob", "eve")]
    assert answer(bob, ids[0]).status == 403
    for person in (bob, eve):
        person.join(competition)
    assert answer(bob, ids[0]).status == 200
    refused = answer(eve, ids[1])
    assert refused.status == 409 and "2 at most" in refused.body["detail"]
    assert invite(ada, competition, team, username="eve").status == 409


@pytest.mark.parametrize("whom", [{}, {"username": "bob", "address": "b@example.org"}, {"username": "nobody"}])
def test_one_person_is_named_in_one_way(organizer: Person, ada: Person, whom: dict[str, str]) -> None:
    competition = compete(organizer, ada)
    assert invite(ada, competition, make(ada, competition), **whom).status == 422


def test_an_address_is_told_in_whole_to_who_wrote_it_alone(organizer: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition)
    invite(ada, competition, team, address="kim@lab.example.org")
    assert [one["invited"] for one in listed(ada, competition, team)] == ["kim@lab.example.org"]
    assert [one["invited"] for one in listed(organizer, competition, team)] == ["k…@lab.example.org"]


def test_an_address_is_invited_whether_it_has_an_account_or_not(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada)
    team = make(ada, competition)
    known, unknown = (invite(ada, competition, team, address=one) for one in ("bob@example.org", "nobody@example.org"))
    assert (known.status, unknown.status) == (201, 201) and known.body.keys() == unknown.body.keys()


def test_a_team_has_an_end_of_open_invitations(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = compete(organizer, ada)
    team = make(ada, competition)
    monkeypatch.setattr("chalicelib.actions.people.invitations.MAX_INVITATIONS", 2)
    statuses = [invite(ada, competition, team, address=f"{n}@example.org").status for n in range(3)]
    assert statuses == [201, 201, 409]


def test_the_lead_is_offered_and_accepted(organizer: Person, ada: Person, bob: Person, eve: Person) -> None:
    competition = compete(organizer, ada, bob, eve)
    team = make(ada, competition, bob)
    lead = path(competition, team["id"], "leader")
    assert ada.call("POST", lead, {"username": "bob"}).body["members"][0]["username"] == "ada"
    [offer] = mine(bob)
    assert (offer["to"], answer(eve, offer["id"]).status, answer(bob, offer["id"]).status) == ("lead", 404, 200)
    assert [one["username"] for one in shown(bob, competition, team)["members"]] == ["bob", "ada"]
    # What a former leader offered is not theirs to give any more.
    bob.call("POST", lead, {"username": "ada"})
    [offer] = mine(ada)
    assert leave(ada, competition, team).status == 200
    refused = answer(ada, offer["id"])
    assert refused.status == 409 and "not in it any more" in refused.body["detail"]


def test_organizers_rename_lead_and_disband_teams_and_the_audit_log_tells_of_it(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition = compete(organizer, ada, bob)
    team, place = make(ada, competition, bob), f"/competitions/{competition['id']}"
    finish(site, admin, ada.submit(competition).body["id"], 0.5)
    assert bob.call("PATCH", path(competition, team["id"]), {"name": "Mine"}).status == 403
    renamed = organizer.call("PATCH", path(competition, team["id"]), {"name": "Bats", "reason": "Rude."})
    assert (renamed.status, renamed.body["name"]) == (200, "Bats")
    assert organizer.call("POST", path(competition, team["id"], "leader"), {"username": "bob"}).status == 200
    while site.work():
        pass
    assert [(row["participant"], row["team"]) for row in board(site, ada, competition)] == [("Bats", team["id"])]
    assert {one["team"] for one in organizer.call("GET", f"{place}/participants").body["participants"]} == {"Bats"}
    other = {"name": "Bats"}
    assert organizer.call("DELETE", path(competition, f"{team['id']}?reason=Cheated.")).status == 200
    gone = shown(ada, competition, team)
    assert (gone["status"], gone["members"], gone["code"]) == ("disbanded", [], None)
    # Who is let go competes alone; what was the team's stays, and nobody makes another of its name.
    assert ada.call("GET", f"{place}").body["my_team"] is None and ada.submit(competition).status == 201
    assert len(board(site, ada, competition)) == 1
    assert ada.call("POST", path(competition), other).status == 409
    for change in ({"status": "approved"}, {"name": "Cats"}):
        assert organizer.call("PATCH", path(competition, team["id"]), change).status == 409
    deeds = organizer.call("GET", f"{place}/audit").body["deeds"]
    told = [(one["what"], one["participant"], one["reason"]) for one in deeds]
    assert told == [("disbanded", "Bats", "Cheated."), ("led", "Bats", ""), ("renamed", "Owls", "Rude.")]


def test_a_name_that_looks_like_anothers_is_none_to_be_called_by(organizer: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob)
    make(ada, competition)
    bats = make(bob, competition, name="Bats")
    assert organizer.call("PATCH", path(competition, bats["id"]), {"name": "0wls"}).status == 409
    # One's own name in another writing is no other team's.
    assert organizer.call("PATCH", path(competition, bats["id"]), {"name": "BATS"}).body["name"] == "BATS"


def test_what_is_over_is_not_stored_for_ever(organizer: Person, site: Site, ada: Person) -> None:
    competition = compete(organizer, ada)
    invite(ada, competition, make(ada, competition), address="kim@example.org")
    [row] = [row for row in site.rows() if row["kind"] == "invitation"]
    assert int(row["ttl"]) > datetime.now(UTC).timestamp() and row["status"] == invitations.OPEN
