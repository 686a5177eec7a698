"""A draft's secret link: whoever has it sees the draft and joins it, and nobody learns anything of another one."""

from typing import Any

import pytest

from tests.api.conftest import Answer, Person, Site


@pytest.fixture
def draft(organizer: Person) -> dict[str, Any]:
    return organizer.competition(publish=False, files={"assets/map.png": b"png"})


def path_of(draft: dict[str, Any], rest: str = "") -> str:
    return f"/competitions/{draft['id']}{rest}"


def link_of(organizer: Person, draft: dict[str, Any]) -> str:
    return str(organizer.call("POST", path_of(draft, "/link")).body["token"])


def join(person: Person, draft: dict[str, Any], link: str = "") -> Answer:
    sent = {"Agon_Link": link} if link else {}
    return person.call("POST", path_of(draft, "/participants"), {"accept_terms": True}, **sent)


def test_who_has_the_link_sees_the_page_and_its_files_without_an_account(
    site: Site, organizer: Person, draft: dict[str, Any]
) -> None:
    link = link_of(organizer, draft)
    for rest in ("", "/pages/0", "/assets"):
        assert site.call("GET", path_of(draft, rest)).status == 404
        assert site.call("GET", path_of(draft, rest), Agon_Link=link).status == 200
    # What is its participants' stays so.
    phase = draft["phases"][0]["id"]
    assert site.call("GET", f"/phases/{phase}/leaderboards", Agon_Link=link).status == 404
    assert site.call("GET", "/competitions").body["competitions"] == []


def test_who_joined_by_the_link_takes_part_also_when_it_opens_nothing_any_more(
    organizer: Person, ada: Person, draft: dict[str, Any]
) -> None:
    assert join(ada, draft).status == 404
    assert join(ada, draft, link_of(organizer, draft)).status == 201
    assert organizer.call("DELETE", path_of(draft, "/link")).status == 200
    assert ada.call("GET", path_of(draft)).body["my_status"] == "approved"
    assert ada.submit(draft).status == 201
    assert ada.call("GET", f"/phases/{draft['phases'][0]['id']}/submissions").status == 200
    revoked = {"status": "denied", "reason": "No."}
    assert organizer.call("PATCH", path_of(draft, f"/participants/{ada.id}"), revoked).status == 200
    assert ada.call("GET", path_of(draft)).status == 404


def test_another_link_takes_the_place_of_the_former(site: Site, organizer: Person, draft: dict[str, Any]) -> None:
    former = link_of(organizer, draft)
    latter = link_of(organizer, draft)
    told = [site.call("GET", path_of(draft), Agon_Link=link).status for link in (former, latter)]
    assert (told, organizer.call("GET", path_of(draft)).body["link_made_at"] is not None) == ([404, 200], True)
    organizer.call("DELETE", path_of(draft, "/link"))
    assert site.call("GET", path_of(draft), Agon_Link=latter).status == 404
    entries = organizer.call("GET", path_of(draft, "/audit")).body["deeds"]
    assert [one["what"] for one in entries] == ["closed", "opened", "opened"]


def test_a_wrong_link_is_answered_as_one_to_nothing(site: Site, organizer: Person, draft: dict[str, Any]) -> None:
    other = organizer.competition(publish=False, title="Other")
    link_of(organizer, other)
    wrong = link_of(organizer, draft)
    nothing = site.call("GET", "/competitions/01jd0000000000000000000000", Agon_Link=wrong)
    told = site.call("GET", path_of(other), Agon_Link=wrong)
    assert (told.status, told.body) == (nothing.status, nothing.body) == (404, nothing.body)
    without = organizer.competition(publish=False, title="Without")
    for shown in ("", "None", "0"):
        assert site.call("GET", path_of(without), Agon_Link=shown).body == nothing.body


def test_only_the_digest_of_a_link_is_kept_and_nobody_else_is_told_of_it(
    site: Site, organizer: Person, ada: Person, draft: dict[str, Any]
) -> None:
    link = link_of(organizer, draft)
    assert not [row for row in site.rows() if link in str(row)]
    assert ada.call("GET", path_of(draft), Agon_Link=link).body["link_made_at"] is None
    for method in ("POST", "DELETE"):
        assert ada.call(method, path_of(draft, "/link"), Agon_Link=link).status == 404


def test_a_clone_has_no_link(site: Site, organizer: Person, draft: dict[str, Any]) -> None:
    link = link_of(organizer, draft)
    clone = organizer.call("POST", path_of(draft, "/clone"), {"title": "Again"}).body
    assert site.call("GET", path_of(clone), Agon_Link=link).status == 404
