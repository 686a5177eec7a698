"""Competitions: who sees them, who publishes, who joins."""

import io
import zipfile

import httpx

from tests.api.conftest import Person, Site


def test_the_list_shows_what_is_published_and_nothing_else(site: Site, organizer: Person) -> None:
    organizer.competition(publish=False, title="Draft")
    organizer.competition(title="Public")
    listed = site.call("GET", "/competitions").body
    assert ([one["title"] for one in listed["competitions"]], listed["next"]) == (["Public"], None)


def test_an_organizer_lists_drafts_too(organizer: Person) -> None:
    organizer.competition(publish=False, title="Draft")
    assert [one["title"] for one in organizer.call("GET", "/competitions?mine=true").body["competitions"]] == ["Draft"]


def test_a_draft_does_not_exist_for_a_stranger(site: Site, organizer: Person, ada: Person) -> None:
    draft = organizer.competition(publish=False)
    for answer in (site.call("GET", f"/competitions/{draft['id']}"), ada.call("GET", f"/competitions/{draft['id']}")):
        assert answer.status == 404
    assert ada.join(draft).status == 404


def test_only_an_organizer_publishes(organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    assert ada.call("POST", f"/competitions/{competition['id']}/unpublish").status == 403
    assert organizer.call("POST", f"/competitions/{competition['id']}/unpublish").body["published"] is False


def test_joining_twice_is_refused_and_counted_once(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    assert ada.join(competition).body["status"] == "approved"
    assert ada.join(competition).status == 409
    assert site.call("GET", f"/competitions/{competition['id']}").body["participants"] == 1


def test_an_applicant_waits_for_an_organizer(organizer: Person, ada: Person) -> None:
    competition = organizer.competition(auto_approve=False)
    assert ada.join(competition).body["status"] == "pending"
    assert "approve" in ada.submit(competition).body["detail"]
    path = f"/competitions/{competition['id']}/participants"
    applicant = organizer.call("GET", path).body["participants"][0]
    assert ada.call("PATCH", f"{path}/{applicant['user']}", {"status": "approved"}).status == 403
    assert organizer.call("PATCH", f"{path}/{applicant['user']}", {"status": "approved"}).body["status"] == "approved"
    assert ada.submit(competition).status == 201


def test_terms_must_be_accepted(organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    path = f"/competitions/{competition['id']}/participants"
    assert ada.call("POST", path, {"accept_terms": False}).status == 422


def test_the_starting_kit_is_for_who_takes_part(site: Site, organizer: Person, ada: Person) -> None:
    files = {"kit/readme.txt": "Begin here."}
    competition = organizer.competition(files=files, phase_extra="starting_kit: kit/")
    path = f"/phases/{competition['phases'][0]['id']}/handouts"
    assert ada.call("GET", path).status == 403
    ada.join(competition)
    links = ada.call("GET", path).body
    assert links["public_data"] is None
    kit = httpx.get(links["starting_kit"])
    assert zipfile.ZipFile(io.BytesIO(kit.content)).read("readme.txt") == b"Begin here."
    assert "attachment" in kit.headers["content-disposition"]


def test_a_page_comes_with_signed_urls_of_the_assets_that_it_names(site: Site, organizer: Person, ada: Person) -> None:
    files = {"overview.md": "![](assets/img/a%20b.png)", "assets/img/a b.png": b"png", "assets/unused.png": b"png"}
    competition = organizer.competition(files=files, publish=False)
    path = f"/competitions/{competition['id']}/pages/0"
    assets = organizer.call("GET", path).body["assets"]
    assert list(assets) == ["assets/img/a b.png"]
    image = httpx.get(assets["assets/img/a b.png"])
    assert (image.content, image.headers["content-type"]) == (b"png", "image/png")
    assert ada.call("GET", path).status == site.call("GET", path).status == 404
