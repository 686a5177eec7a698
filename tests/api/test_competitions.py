"""Competitions: who sees them, who publishes, who joins."""

import io
import zipfile
from typing import Any

from tests.api.conftest import Person, Site, sender


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


def test_a_competition_tells_its_rules_and_strangers_no_address(site: Site, organizer: Person, ada: Person) -> None:
    rules = "contact_email: team@example.org\nagon: {timezone: Europe/Paris, max_team_members: 3, max_submission_bytes: 9}\n"
    made = organizer.competition(extra=rules, phase_extra="accepts_only_result_submissions: true")
    seen = ada.call("GET", f"/competitions/{made['id']}").body
    assert (seen["timezone"], seen["max_team_members"], seen["max_submission_bytes"]) == ("Europe/Paris", 3, 9)
    assert seen["contact"] == "team@example.org"
    assert seen["phases"][0]["results_only"]
    assert site.call("GET", f"/competitions/{made['id']}").body["contact"] is None


def test_a_competition_tells_when_its_boards_freeze_and_until_when_teams_merge(organizer: Person, ada: Person) -> None:
    teams = "agon: {enable_teams: true, team_merges: always, team_merge_deadline: 2030-01-01T12:00:00+01:00}\n"
    made = organizer.competition(extra=teams, end="2031-01-01", phase_extra="agon: {freeze_board_at: 2030-12-01}")
    seen = ada.call("GET", f"/competitions/{made['id']}").body
    assert (seen["team_merges"], seen["team_merge_deadline"]) == ("always", "2030-01-01T11:00:00Z")
    assert seen["phases"][0]["freezes_at"] == "2030-12-01T00:00:00Z"


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
    kit = sender().get(links["starting_kit"])
    assert zipfile.ZipFile(io.BytesIO(kit.content)).read("readme.txt") == b"Begin here."
    assert "attachment" in kit.headers["content-disposition"]
    assert links["sizes"] == {"starting_kit": len(kit.content)}


def test_a_page_comes_with_signed_urls_of_the_assets_that_it_names(site: Site, organizer: Person, ada: Person) -> None:
    files = {"overview.md": "![](assets/img/a%20b.png)", "assets/img/a b.png": b"png", "assets/unused.png": b"png"}
    competition = organizer.competition(files=files, publish=False)
    path = f"/competitions/{competition['id']}/pages/0"
    assets = organizer.call("GET", path).body["assets"]
    assert list(assets) == ["assets/img/a b.png"]
    image = sender().get(assets["assets/img/a b.png"])
    listed = organizer.call("GET", f"/competitions/{competition['id']}/assets").body["assets"]
    assert {one["name"]: one["size_bytes"] for one in listed} == {"assets/img/a b.png": 3, "assets/unused.png": 3}
    assert (image.content, image.headers["content-type"]) == (b"png", "image/png")
    assert ada.call("GET", path).status == site.call("GET", path).status == 404


INSIDE = {"inside.md": "The truth is in ![](assets/map.png).", "assets/map.png": b"png"}


def only(for_participants: bool) -> dict[str, Any]:
    return {"agon": {"participants_only": for_participants}}


def test_a_page_for_participants_shows_others_its_title_alone(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(auto_approve=False, files=INSIDE)
    path = f"/competitions/{competition['id']}"
    added = {"title": "Inside", "content": INSIDE["inside.md"], "format": "markdown", **only(True)}
    assert organizer.call("POST", f"{path}/settings/pages", added, If_Match="*").status in (200, 201)
    told = site.call("GET", path).body["pages"]
    assert [(one["title"], one["participants_only"]) for one in told] == [
        ("Overview", False),
        ("Inside", True),
        ("Terms", False),
    ]

    def seen(person: Person | None) -> tuple[int, list[str]]:
        token = person.token if person else None
        page = site.call("GET", f"{path}/pages/1", token=token)
        assets = site.call("GET", f"{path}/assets", token=token).body["assets"]
        return page.status, [one["name"] for one in assets]

    ada.join(competition)
    assert [seen(one) for one in (None, ada)] == [(403, []), (403, [])]
    organizer.call("PATCH", f"{path}/participants/{ada.id}", {"status": "approved"})
    assert [seen(one) for one in (ada, organizer)] == [(200, ["assets/map.png"])] * 2
    assert site.call("GET", f"{path}/pages/0").status == 200
    organizer.call("PATCH", f"{path}/participants/{ada.id}", {"status": "denied"})
    assert seen(ada) == (403, [])
    # An edit shows it to everybody again.
    edited = organizer.call("PATCH", f"{path}/settings/pages/1", only(False), If_Match="*")
    assert (edited.status, seen(None)) == (200, (200, ["assets/map.png"]))


def test_a_viewer_reads_what_is_for_participants(site: Site, organizer: Person) -> None:
    vera = site.person("vera")
    competition = organizer.competition(files={"assets/a.png": b"png"})
    path = f"/competitions/{competition['id']}"
    assert organizer.call("PATCH", f"{path}/settings/pages/0", only(True), If_Match="*").status == 200
    assert vera.call("GET", f"{path}/pages/0").status == 403
    organizer.call("POST", f"{path}/organizers", {"username": "vera", "role": "viewer"})
    vera.call("POST", f"{path}/organizers/accept", {"role": "viewer"})
    assert vera.call("GET", f"{path}/pages/0").status == 200
    # What a phase hands out is for participants always, and for viewers.
    assert vera.call("GET", f"/phases/{competition['phases'][0]['id']}/handouts").status == 200


LINKS = 'agon: {downloads: [{name: Papers, url: "https://papers.example", description: By year.}, {name: Kit, key: 7}]}'


def test_a_phases_links_stand_beside_its_data_until_the_organizer_hides_them(organizer: Person, ada: Person) -> None:
    competition = organizer.competition(phase_extra=LINKS)
    ada.join(competition)
    path = f"/phases/{competition['phases'][0]['id']}/handouts"
    told = [{"name": "Papers", "url": "https://papers.example", "description": "By year."}]
    assert ada.call("GET", path).body["links"] == told, "and none without an address"
    etag = organizer.call("GET", f"/competitions/{competition['id']}/settings").headers["etag"]
    hidden = {"agon": {"show_downloads": False}}
    assert organizer.call("PATCH", f"/competitions/{competition['id']}/settings", hidden, If_Match=etag).status == 200
    assert ada.call("GET", path).body["links"] == []
