"""Reports to the administrators, and one list of all that was reported."""

from typing import Any

from tests.api.conftest import Person, Site


def listed(admin: Person, status: str = "open") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = admin.call("GET", f"/site/reports?status={status}").body["reports"]
    return found


def test_a_competition_and_its_organizer_are_reported_and_decided_about(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition(title="Tides")
    path = f"/competitions/{competition['id']}/reports"
    first = ada.call("POST", path, {"reason": "It copies mine."})
    second = ada.call("POST", path, {"reason": "Rude.", "about": "organizer"})
    assert (first.status, second.status) == (201, 201)
    assert ada.call("POST", path, {"reason": "Again."}).status == 409
    assert [(one["about"], one["title"], one["by"], one["reason"]) for one in listed(admin)] == [
        ("organizer", "Tides", "ada", "Rude."),
        ("competition", "Tides", "ada", "It copies mine."),
    ]
    decided = {"decision": "resolved", "reason": "Taken down."}
    assert admin.call("PATCH", f"/site/reports/{first.body['id']}", decided).status == 200
    assert admin.call("PATCH", f"/site/reports/{first.body['id']}", decided).status == 409
    assert [one["about"] for one in listed(admin)] == ["organizer"]
    (one,) = listed(admin, "resolved")
    assert (one["decision"], one["decided_by"], one["answer"]) == ("resolved", "root", "Taken down.")
    (deed,) = admin.call("GET", "/site/audit").body["deeds"]
    assert (deed["what"], deed["before"]["title"], deed["after"]) == ("report_decided", "Tides", "resolved")
    # What was decided may come up again.
    assert ada.call("POST", path, {"reason": "Once more."}).status == 201
    assert [one["reason"] for one in listed(admin)] == ["Once more.", "Rude."]


def test_reported_posts_of_all_forums_are_listed_and_their_ids_tell_nobody(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    grace = site.person("grace")
    competition = organizer.competition()
    path = f"/competitions/{competition['id']}"
    for person in (ada, grace):
        person.join(competition)
    thread = grace.call("POST", f"{path}/threads", {"title": "Buy this", "text": "Cheap."}).body["thread"]
    post = f"{path}/threads/{thread}/posts/1/reports"
    id_ = ada.call("POST", post, {"reason": "Spam."}).body["id"]
    assert ada.call("POST", post, {"reason": "Spam."}).status == 409
    assert not any(part in id_ for part in (ada.id, ada.id.split("-")[0]))
    (one,) = listed(admin)
    assert (one["about"], one["place"], one["by"], one["status"]) == ("post", f"{thread}/1", "ada", "open")
    assert admin.call("PATCH", f"/site/reports/{id_}", {"decision": "resolved", "reason": "x"}).status == 404
    decided = {"decision": "deleted", "reason": "Spam."}
    assert admin.call("PATCH", f"{path}/reports/{id_}", decided).status == 200
    assert listed(admin) == []
    assert [one["decision"] for one in listed(admin, "resolved")] == ["deleted"]


def test_who_takes_a_competition_off_the_list_stands_in_a_log(site: Site, admin: Person, organizer: Person) -> None:
    competition = organizer.competition(title="Tides")
    path = f"/competitions/{competition['id']}"
    for verb in ("unpublish", "unpublish", "publish"):
        assert organizer.call("POST", f"{path}/{verb}").status == 200
    told = [(one["what"], one["by"]) for one in organizer.call("GET", f"{path}/audit").body["deeds"]]
    assert told == [("published", "olga"), ("unpublished", "olga")]
    assert admin.call("POST", f"{path}/unpublish").status == 200
    (one,) = admin.call("GET", "/site/audit").body["deeds"]
    assert (one["what"], one["before"]["title"]) == ("unpublished", "Tides")
