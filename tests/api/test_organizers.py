"""Who runs a competition: its owner, organizers and viewers, how they come to it and leave it, and handing it over."""

from typing import Any

import pytest

from chalicelib.contract import limits
from tests.api.conftest import Answer, Person, Site


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(publish=False)


@pytest.fixture
def vera(site: Site) -> Person:
    return site.person("vera")


def path_of(competition: dict[str, Any], rest: str = "") -> str:
    return f"/competitions/{competition['id']}{rest}"


def offer(by: Person, competition: dict[str, Any], person: Person, role: str, reason: str = "") -> Answer:
    body = {"username": person.username, "role": role, "reason": reason}
    return by.call("POST", path_of(competition, "/organizers"), body)


def accept(person: Person, competition: dict[str, Any], role: str) -> Answer:
    return person.call("POST", path_of(competition, "/organizers/accept"), {"role": role})


def appointed(by: Person, competition: dict[str, Any], person: Person, role: str) -> None:
    assert offer(by, competition, person, role).status == 200
    assert accept(person, competition, role).status == 200


def listed(by: Person, competition: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    found = by.call("GET", path_of(competition, "/organizers")).body["organizers"]
    return {one["username"]: (one["role"], one["offered"]) for one in found}


def log(by: Person, competition: dict[str, Any]) -> list[tuple[Any, ...]]:
    entries = by.call("GET", path_of(competition, "/audit")).body["deeds"]
    return [(one["by"], one["what"], one["participant"], one["before"], one["after"], one["reason"]) for one in entries]


def test_a_role_is_theirs_who_accept_it_and_each_step_is_in_the_log(
    organizer: Person, ada: Person, vera: Person, competition: dict[str, Any]
) -> None:
    offered = offer(organizer, competition, ada, "organizer", "She knows the data.")
    assert (offered.body["role"], offered.body["offered"], offered.body["by"]) == (None, "organizer", "olga")
    assert ada.call("GET", path_of(competition)).status == 404
    (waiting,) = ada.call("GET", "/offers").body["offers"]
    told = ("competition", "title", "role", "by", "reason")
    assert [waiting[name] for name in told] == [competition["id"], "Guess", "organizer", "olga", "She knows the data."]
    assert accept(ada, competition, "organizer").body["role"] == "organizer"
    assert ada.call("GET", "/offers").body["offers"] == []
    appointed(organizer, competition, vera, "viewer")
    assert listed(vera, competition) == {"olga": ("owner", None), "ada": ("organizer", None), "vera": ("viewer", None)}
    assert log(vera, competition)[::-1] == [
        ("olga", "offered", "ada", None, "organizer", "She knows the data."),
        ("ada", "appointed", "ada", None, "organizer", "She knows the data."),
        ("olga", "offered", "vera", None, "viewer", ""),
        ("vera", "appointed", "vera", None, "viewer", ""),
    ]


def test_everybody_finds_what_they_run_and_learns_in_which_role(
    organizer: Person, ada: Person, vera: Person, competition: dict[str, Any]
) -> None:
    own = ada.competition(publish=False, title="Own")
    appointed(organizer, competition, ada, "organizer")
    appointed(organizer, competition, vera, "viewer")
    mine = ada.call("GET", "/competitions?mine=true").body["competitions"]
    assert {one["id"] for one in mine} == {competition["id"], own["id"]}
    assert mine == sorted(mine, key=lambda one: str(one["id"]), reverse=True)
    shown = [one.call("GET", path_of(competition)).body for one in (organizer, ada, vera)]
    assert [one["my_role"] for one in shown] == ["owner", "organizer", "viewer"]
    assert [one["my_status"] for one in shown] == ["organizer", "organizer", None]


def test_nobody_takes_on_what_they_are_not_offered(
    organizer: Person, ada: Person, vera: Person, competition: dict[str, Any]
) -> None:
    offer(organizer, competition, ada, "viewer")
    assert accept(ada, competition, "organizer").status == 404
    assert accept(vera, competition, "viewer").status == 404
    assert offer(organizer, competition, ada, "organizer").status == 200
    # What took the place of the former offer is what holds.
    assert accept(ada, competition, "viewer").status == 404
    declined = ada.call("DELETE", path_of(competition, f"/organizers/{ada.id}"))
    assert (declined.status, accept(ada, competition, "organizer").status) == (200, 404)


def test_what_is_less_holds_at_once_and_what_is_more_again_waits(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    appointed(organizer, competition, ada, "organizer")
    assert ada.call("POST", path_of(competition, "/publish")).status == 200
    assert offer(organizer, competition, ada, "viewer", "The race is on.").body["role"] == "viewer"
    assert ada.call("POST", path_of(competition, "/unpublish")).status == 403
    assert ada.call("GET", path_of(competition, "/participants")).status == 200
    assert offer(organizer, competition, ada, "organizer").body["offered"] == "organizer"
    assert ada.call("POST", path_of(competition, "/unpublish")).status == 403
    assert log(organizer, competition)[1] == ("olga", "appointed", "ada", "organizer", "viewer", "The race is on.")


def test_who_is_dismissed_sees_the_draft_no_more_and_who_leaves_neither(
    organizer: Person, ada: Person, vera: Person, competition: dict[str, Any]
) -> None:
    for person, by in ((ada, organizer), (vera, vera)):
        appointed(organizer, competition, person, "viewer")
        gone = by.call("DELETE", path_of(competition, f"/organizers/{person.id}?reason=It%20is%20over."))
        assert (gone.status, person.call("GET", path_of(competition)).status) == (200, 404)
        assert person.call("GET", "/competitions?mine=true").body["competitions"] == []
    assert log(organizer, competition)[0] == ("vera", "dismissed", "vera", "viewer", None, "It is over.")
    assert organizer.call("DELETE", path_of(competition, f"/organizers/{ada.id}")).status == 404
    assert organizer.call("DELETE", path_of(competition, f"/organizers/{ada.id}?reason=a%0Ab")).status == 422


def test_a_competition_is_handed_over_when_the_other_accepts(
    organizer: Person, ada: Person, vera: Person, competition: dict[str, Any]
) -> None:
    appointed(organizer, competition, ada, "organizer")
    assert offer(organizer, competition, ada, "owner").status == 200
    assert listed(organizer, competition) == {"olga": ("owner", None), "ada": ("organizer", "owner")}
    assert accept(ada, competition, "owner").body["role"] == "owner"
    assert listed(organizer, competition) == {"ada": ("owner", None), "olga": ("organizer", None)}
    assert organizer.call("GET", path_of(competition)).body["organizer"] == "ada"
    assert offer(organizer, competition, vera, "viewer").status == 403
    assert ada.call("DELETE", path_of(competition, f"/organizers/{organizer.id}")).status == 200
    assert organizer.call("GET", path_of(competition)).status == 404
    assert [one["id"] for one in ada.call("GET", "/competitions?mine=true").body["competitions"]] == [competition["id"]]


def test_who_declines_the_ownership_stays_an_organizer(organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    appointed(organizer, competition, ada, "organizer")
    offer(organizer, competition, ada, "owner")
    place = path_of(competition, f"/organizers/{ada.id}?offer=true")
    assert [ada.call("DELETE", place).status for _ in range(2)] == [200, 404]
    assert listed(ada, competition) == {"olga": ("owner", None), "ada": ("organizer", None)}
    assert accept(ada, competition, "owner").status == 404


def test_an_offer_of_whom_it_belongs_to_no_more_holds_no_more(
    organizer: Person, admin: Person, ada: Person, vera: Person, site: Site, competition: dict[str, Any]
) -> None:
    bob = site.person("bob")
    assert offer(organizer, competition, vera, "viewer").status == 200
    assert offer(admin, competition, bob, "organizer").status == 200
    assert admin.call("POST", path_of(competition, "/organizers"), {"username": "ada", "role": "owner"}).status == 200
    for person, role in ((vera, "viewer"), (bob, "organizer")):
        assert person.call("GET", "/offers").body["offers"] == []
        refused = accept(person, competition, role)
        assert (refused.status, "does not own it any more" in refused.body["detail"]) == (409, True)
    assert listed(ada, competition) == {"ada": ("owner", None), "olga": ("organizer", None)}
    appointed(ada, competition, vera, "organizer")


def test_of_two_who_are_offered_a_competition_the_first_has_it(
    organizer: Person, ada: Person, vera: Person, competition: dict[str, Any]
) -> None:
    for person in (ada, vera):
        offer(organizer, competition, person, "owner")
    assert accept(vera, competition, "owner").status == 200
    late = accept(ada, competition, "owner")
    assert (late.status, "does not own it any more" in late.body["detail"]) == (409, True)
    assert listed(vera, competition)["vera"] == ("owner", None)


def test_the_owner_neither_leaves_nor_is_made_less(
    organizer: Person, admin: Person, ada: Person, competition: dict[str, Any]
) -> None:
    appointed(organizer, competition, ada, "organizer")
    for person in (organizer, admin):
        assert person.call("DELETE", path_of(competition, f"/organizers/{organizer.id}")).status == 409
        assert offer(person, competition, organizer, "viewer").status == 409
    assert offer(ada, competition, ada, "owner").status == 403
    assert offer(organizer, competition, ada, "organizer").status == 409


def test_administrators_hand_a_competition_over_at_once(
    organizer: Person, admin: Person, ada: Person, competition: dict[str, Any]
) -> None:
    offer(organizer, competition, ada, "viewer")
    assert offer(admin, competition, ada, "owner", "She answers for the lab now.").body["role"] == "owner"
    assert listed(ada, competition) == {"ada": ("owner", None), "olga": ("organizer", None)}
    assert log(ada, competition)[0] == ("root", "appointed", "ada", None, "owner", "She answers for the lab now.")


def test_a_competition_has_only_so_many_and_a_name_must_be_known(
    organizer: Person, ada: Person, vera: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ORGANIZERS", 1)
    assert offer(organizer, competition, ada, "viewer").status == 200
    assert offer(organizer, competition, vera, "viewer").status == 409
    # Who is one of them already is not one more.
    assert offer(organizer, competition, ada, "organizer").status == 200
    unknown = organizer.call("POST", path_of(competition, "/organizers"), {"username": "nobody", "role": "viewer"})
    assert (unknown.status, unknown.body["errors"][0]["place"]) == (422, "username")


def test_a_viewer_sees_hidden_scores_and_who_takes_part_but_no_addresses(
    site: Site, organizer: Person, admin: Person, ada: Person, vera: Person
) -> None:
    groups = "[{key: owls, title: Owls, addresses: [ada@example.org]}]"
    settings = f"agon: {{allowed_addresses: [example.org], groups: {groups}}}"
    phase = "agon: {is_blind: true, allowed_addresses: [ada@example.org]}"
    competition = organizer.competition(phase_extra=phase, end="2030-01-01", extra=settings)
    appointed(organizer, competition, vera, "viewer")
    ada.join(competition)
    submission = ada.submit(competition).body["id"]
    job = site.claim(submission, site.runner_token(admin)).body
    site.finish(job, {"accuracy": 0.5, "secret": 1.0})
    scores = [one.call("GET", f"/submissions/{submission}").body["scores"] for one in (ada, vera)]
    assert (scores[0], scores[1]["accuracy"]) == ({}, 0.5)
    assert vera.call("GET", path_of(competition, "/participants")).body["participants"][0]["username"] == "ada"
    exports = path_of(competition, "/participants/exports")
    assert vera.call("POST", exports, {}).status == 200
    assert vera.call("POST", exports, {"addresses": True}).status == 403
    for told in ("/settings", "/groups"):
        assert "example.org" in str(organizer.call("GET", path_of(competition, told)).body)
        shown = str(vera.call("GET", path_of(competition, told)).body)
        assert "example.org" not in shown and "Owls" in shown
    assert vera.submit(competition).status == 403
