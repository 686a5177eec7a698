"""/competitions/{competition}/jurors and /juries."""

from typing import Any

import pytest

from tests import judged
from tests.api.conftest import Person, Site


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(files=judged.files())


def path(competition: dict[str, Any]) -> str:
    return f"/competitions/{competition['id']}/jurors"


def test_an_organizer_invites_by_user_name(site: Site, organizer: Person, competition: dict[str, Any]) -> None:
    juno = site.person("juno")
    invited = organizer.call("POST", path(competition), {"username": "juno"})
    assert (invited.status, invited.body["user"], invited.body["status"]) == (201, juno.id, "active")
    assert invited.body["invited_by"] == "olga"
    assert [one["username"] for one in organizer.call("GET", path(competition)).body["jurors"]] == ["juno"]


def test_who_has_no_account_cannot_be_invited(organizer: Person, competition: dict[str, Any]) -> None:
    refused = organizer.call("POST", path(competition), {"username": "nobody-at-all"})
    assert (refused.status, refused.body["errors"][0]["place"]) == (422, "username")


def test_nobody_is_invited_twice(site: Site, organizer: Person, competition: dict[str, Any]) -> None:
    site.person("juno")
    assert [organizer.call("POST", path(competition), {"username": "juno"}).status for _ in range(2)] == [201, 409]


def test_a_juror_sees_their_juries(site: Site, organizer: Person, competition: dict[str, Any]) -> None:
    juno = site.person("juno")
    assert juno.call("GET", "/juries").body == {"juries": [], "next": None}
    organizer.call("POST", path(competition), {"username": "juno"})
    [jury] = juno.call("GET", "/juries").body["juries"]
    assert (jury["competition"], jury["title"], jury["status"]) == (competition["id"], "Guess", "active")


def test_a_juror_is_excluded_counted_again_and_removed(site: Site, organizer: Person, competition: dict[str, Any]) -> None:
    juno = site.person("juno")
    organizer.call("POST", path(competition), {"username": "juno"})
    its = f"{path(competition)}/{juno.id}"
    assert organizer.call("PATCH", its, {"status": "excluded"}).body["status"] == "excluded"
    phase = competition["phases"][0]["id"]
    assert juno.call("GET", f"/phases/{phase}/judging/next").status == 403
    assert organizer.call("PATCH", its, {"status": "active"}).body["status"] == "active"
    assert organizer.call("DELETE", its).status == 200
    assert organizer.call("GET", path(competition)).body["jurors"] == []
    assert [organizer.call("DELETE", its).status, organizer.call("PATCH", its, {"status": "active"}).status] == [404, 404]


@pytest.mark.parametrize("who", ["stranger", "participant", "juror", "other_organizer"])
def test_only_its_organizers_have_a_jurys_list(site: Site, organizer: Person, competition: dict[str, Any], who: str) -> None:
    person = site.person(who.replace("_", ""))
    if who == "participant":
        person.join(competition)
    if who == "juror":
        organizer.call("POST", path(competition), {"username": person.username})
    if who == "other_organizer":
        person.competition(files=judged.files())
    its = f"{path(competition)}/{person.id}"
    calls = [("POST", path(competition), {"username": "olga"}), ("GET", path(competition), None)]
    calls += [("PATCH", its, {"status": "excluded"}), ("DELETE", its, None)]
    assert {person.call(*call).status for call in calls} == {403}
    assert {site.call(*call).status for call in calls} == {401}


def test_the_jury_of_a_draft_does_not_exist_for_a_stranger(site: Site, organizer: Person) -> None:
    draft = organizer.competition(publish=False, files=judged.files())
    assert site.person("stranger").call("GET", path(draft)).status == 404


def test_a_competition_tells_which_phases_are_judged_and_whether_one_is_to(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    juno = site.person("juno")
    organizer.call("POST", path(competition), {"username": "juno"})
    shown = f"/competitions/{competition['id']}"
    seen = {who: person.call("GET", shown).body for who, person in (("juror", juno), ("organizer", organizer))}
    assert (seen["juror"]["is_juror"], seen["juror"]["my_status"]) == (True, None)
    assert (seen["organizer"]["is_juror"], seen["organizer"]["my_status"]) == (False, "organizer")
    assert [phase["judged"] for phase in seen["juror"]["phases"]] == [True]
    plain = organizer.competition()
    assert (plain["is_juror"], [phase["judged"] for phase in plain["phases"]]) == (False, [False])
