"""Mails that tell of invitations into teams and organizations: once each, and never so many that they are a weapon."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.actions.people import invitations
from chalicelib.store.people.buckets import Refill
from tests.api.conftest import Person, Post, Site
from tests.api.test_invitations import answer, compete, invite, make, path
from tests.api.test_organizations import let_in
from tests.api.test_organizations import make as make_organization


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


def mailed(site: Site, post: Post) -> list[dict[str, Any]]:
    """What was mailed by now, and since the last time."""
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=1))
    site.work()
    sent = [*post.sent]
    post.sent.clear()
    return sent


def subjects(sent: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["Destination"]["ToAddresses"][0], one["Content"]["Simple"]["Subject"]["Data"]) for one in sent]


@pytest.mark.parametrize("whom", [{"username": "bob"}, {"address": "bob@example.org"}])
def test_who_is_asked_into_a_team_is_mailed_how_to_answer(
    site: Site, organizer: Person, ada: Person, bob: Person, post: Post, whom: dict[str, str]
) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition, name="Owls & Co.")
    made = invite(ada, competition, team, **whom).body
    [sent] = mailed(site, post)
    assert subjects([sent]) == [("bob@example.org", "ada asks you into the team Owls & Co.")]
    body = sent["Content"]["Simple"]["Body"]
    assert f"agon team accept {made['id']}" in body["Text"]["Data"]
    assert "Owls &amp; Co." in body["Html"]["Data"]


def test_an_address_without_an_account_is_mailed_as_one_with(
    site: Site, organizer: Person, ada: Person, bob: Person, post: Post
) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition)
    answers = [invite(ada, competition, team, address=f"{name}@example.org") for name in ("bob", "nobody")]
    assert [one.status for one in answers] == [201, 201] and set(answers[0].body) == set(answers[1].body)
    told = subjects(mailed(site, post))
    assert sorted(told) == [(f"{name}@example.org", "ada asks you into the team Owls") for name in ("bob", "nobody")]


def test_to_invite_again_or_to_take_back_and_invite_mails_nothing_more(
    site: Site, organizer: Person, ada: Person, bob: Person, post: Post
) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition)
    for _ in range(3):
        made = invite(ada, competition, team, username="bob").body
    assert ada.call("DELETE", path(competition, team["id"], "invitations", made["id"])).status == 200
    assert len(mailed(site, post)) == 1
    assert invite(ada, competition, team, username="bob").status == 201
    assert mailed(site, post) == []


def test_a_merger_is_mailed_to_who_leads_the_other_team(
    site: Site, organizer: Person, ada: Person, bob: Person, post: Post
) -> None:
    competition = compete(organizer, ada, bob)
    team, other = make(ada, competition), make(bob, competition, name="Bats")
    assert ada.call("POST", path(competition, team["id"], "mergers"), {"team": other["id"]}).status == 201
    assert subjects(mailed(site, post)) == [("bob@example.org", "ada asks your team to go into the team Owls")]


def test_an_organization_mails_whom_it_asks_and_to_whom_it_is_offered(
    site: Site, ada: Person, bob: Person, post: Post
) -> None:
    house = make_organization(ada)
    assert let_in(ada, bob, house).status == 200
    assert subjects(mailed(site, post)) == [("bob@example.org", "ada asks you into the organization Night House")]
    assert ada.call("POST", f"/organizations/{house['id']}/owner", {"username": "bob"}).status == 201
    assert subjects(mailed(site, post)) == [("bob@example.org", "ada offers you to own the organization Night House")]


def test_who_wants_no_invitations_gets_none(site: Site, organizer: Person, ada: Person, bob: Person, post: Post) -> None:
    competition = compete(organizer, ada, bob)
    assert bob.call("PATCH", "/me/mail", {"kinds": {"invitations": False}}).status == 200
    made = invite(ada, competition, make(ada, competition), username="bob").body
    assert mailed(site, post) == []
    assert answer(bob, made["id"]).status == 200


def test_an_account_that_has_mailed_too_many_invites_nobody_for_a_while(
    site: Site, organizer: Person, ada: Person, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "SENT", Refill(2, timedelta(hours=1)))
    competition = compete(organizer, ada)
    team = make(ada, competition)
    answers = [invite(ada, competition, team, address=f"p{number}@example.org").status for number in range(3)]
    assert answers == [201, 201, 429]
    assert len(mailed(site, post)) == 2


def test_a_reader_is_mailed_few_invitations_whoever_sends_them_and_has_the_others(
    site: Site, organizer: Person, ada: Person, bob: Person, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "RECEIVED", Refill(1, timedelta(hours=1)))
    competition = compete(organizer, ada, bob)
    assert invite(ada, competition, make(ada, competition), username="bob").status == 201
    eve = site.person("eve")
    house = eve.call("POST", "/organizations", {"name": "Night House"}).body
    body = {"username": "bob", "role": "member"}
    assert eve.call("POST", f"/organizations/{house['id']}/invitations", body).status == 201
    assert subjects(mailed(site, post)) == [("bob@example.org", "ada asks you into the team Owls")]
    assert len(bob.call("GET", "/me/invitations").body["invitations"]) == 2
