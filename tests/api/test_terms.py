"""Terms have versions: a change of them asks each participant again, and submitting waits for it."""

from typing import Any

import pytest

from chalicelib.store import table
from chalicelib.store.people.participants import Participant
from tests import builders
from tests.api.conftest import Answer, Person, Site


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    assert ada.join(made).status == 201
    return made


def path_of(competition: dict[str, Any]) -> str:
    return f"/competitions/{competition['id']}"


def change(organizer: Person, competition: dict[str, Any], text: str) -> None:
    body = {"content": text, "format": "markdown"}
    assert organizer.call("PATCH", f"{path_of(competition)}/terms", body, If_Match="*").status == 200


def terms(person: Person, competition: dict[str, Any]) -> Any:
    return person.call("GET", path_of(competition)).body["terms"]


def accept(person: Person, competition: dict[str, Any], version: int) -> Answer:
    return person.call("POST", f"{path_of(competition)}/terms/accept", {"version": version})


def test_who_joins_has_accepted_the_terms_that_hold(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    assert terms(ada, competition) == {"version": 1, "page": 1, "accepted": True}
    assert terms(site.person("bob"), competition)["accepted"] is False
    shown = ada.call("GET", f"{path_of(competition)}/pages/1").body
    assert (shown["title"], shown["content"]) == ("Terms", "Play fair.")


def test_submitting_waits_until_changed_terms_are_accepted(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    change(organizer, competition, "Play fairer.")
    refused = ada.submit(competition)
    assert (refused.status, f"agon join {competition['id']}" in refused.body["detail"]) == (409, True)
    phase = competition["phases"][0]["id"]
    assert ada.call("GET", f"/phases/{phase}/quota").body["reason"] == refused.body["detail"]
    assert terms(ada, competition) == {"version": 2, "page": 1, "accepted": False}
    assert accept(ada, competition, 2).status == 200
    assert terms(ada, competition)["accepted"] is True
    assert ada.submit(competition).status == 201


def test_only_what_was_read_is_accepted(site: Site, organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    change(organizer, competition, "Play fairer.")
    assert [accept(ada, competition, version).status for version in (1, 3)] == [409, 409]
    body = {"accept_terms": True, "terms_version": 1}
    assert site.person("bob").call("POST", f"{path_of(competition)}/participants", body).status == 409
    assert ada.submit(competition).status == 409


def test_the_same_terms_once_more_ask_nobody(organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    change(organizer, competition, "Play fair.")
    upload = organizer.upload(builders.bundle({"overview.md": "Another page."}), "bundle")
    assert organizer.call("POST", f"{path_of(competition)}/bundles", {"upload": upload}).status == 202
    organizer.site.work()
    assert terms(ada, competition)["version"] == 1
    assert ada.submit(competition).status == 201


def test_an_update_by_a_bundle_with_other_terms_asks_again(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    upload = organizer.upload(builders.bundle({"terms.md": "Play fairer."}), "bundle")
    assert organizer.call("POST", f"{path_of(competition)}/bundles", {"upload": upload}).status == 202
    organizer.site.work()
    assert terms(ada, competition) == {"version": 2, "page": 1, "accepted": False}
    assert ada.submit(competition).status == 409


def test_who_joined_before_terms_were_counted_is_asked_when_they_change(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    (member,) = table.read(Participant.at(competition["id"], ada.id))
    assert member is not None
    member.update(actions=[Participant.terms_version.remove()])
    assert ada.submit(competition).status == 201
    change(organizer, competition, "Play fairer.")
    assert ada.submit(competition).status == 409
    assert accept(ada, competition, 2).status == 200
    assert ada.submit(competition).status == 201


def test_an_earlier_yes_that_comes_late_takes_no_later_one_back(
    organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.store.people import participants

    change(organizer, competition, "Play fairer.")
    real = participants.accept

    def late(member: Any, version: int) -> None:
        monkeypatch.setattr(participants, "accept", real)
        change(organizer, competition, "Play fairest.")
        assert accept(ada, competition, 3).status == 200
        real(member, version)

    monkeypatch.setattr(participants, "accept", late)
    assert accept(ada, competition, 2).status == 200
    assert terms(ada, competition) == {"version": 3, "page": 1, "accepted": True}


def test_organizers_try_their_competition_out_whatever_its_terms(organizer: Person, competition: dict[str, Any]) -> None:
    change(organizer, competition, "Play fairer.")
    assert organizer.submit(competition).status == 201
