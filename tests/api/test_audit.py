"""The audit log of the site: each act of an administrator, told once, and none that was refused."""

from typing import Any

from chalicelib.domain.discovery import signing
from tests.api.conftest import Person, Site
from tests.publisher import KEY, NEXT


def told(admin: Person) -> list[tuple[Any, ...]]:
    """The acts so far, the first one first."""
    deeds = admin.call("GET", "/site/audit").body["deeds"]
    assert {one["by"] for one in deeds} <= {"root"}
    return [(one["what"], one["participant"], one["before"], one["after"], one["reason"]) for one in reversed(deeds)]


def test_a_pause_and_its_end_are_told_with_what_was_said(site: Site, admin: Person, organizer: Person) -> None:
    admin.call("PATCH", "/site", {"paused": True, "message": "We move."})
    admin.call("PATCH", "/site", {"paused": False})
    assert organizer.call("PATCH", "/site", {"paused": True}).status == 403
    assert told(admin) == [("paused", None, None, None, "We move."), ("resumed", None, None, None, "")]


def test_announcements_of_the_site_are_told_and_those_taken_back_still_by_their_title(
    site: Site, admin: Person, organizer: Person
) -> None:
    competition = organizer.competition()
    theirs = organizer.call("POST", f"/competitions/{competition['id']}/announcements", {"title": "Ours", "text": "x"})
    assert theirs.status == 201
    id_ = admin.call("POST", "/announcements", {"title": "A pause", "text": "On Sunday."}).body["id"]
    assert admin.call("DELETE", f"/announcements/{id_}").status == 200
    assert admin.call("DELETE", f"/announcements/{id_}").status == 404
    said = {"announcement": id_, "title": "A pause"}
    assert told(admin) == [("announced", None, None, said, ""), ("unannounced", None, said, None, "")]


def test_which_competitions_were_featured_and_handed_over_is_told(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition(title="Tides")
    path = f"/competitions/{competition['id']}"
    for method in ("POST", "DELETE"):
        assert admin.call(method, f"{path}/featured").status == 200
    # What its owner offers is the competition's alone; what goes over their head is the site's.
    offer = {"username": "ada", "role": "owner", "reason": "She answers for it."}
    assert organizer.call("POST", f"{path}/organizers", offer).status == 200
    assert admin.call("POST", f"{path}/organizers", offer).body["role"] == "owner"
    here = {"competition": competition["id"], "title": "Tides"}
    assert told(admin) == [
        ("featured", None, None, here, ""),
        ("unfeatured", None, here, None, ""),
        (
            "handed_over",
            "ada",
            {"competition": competition["id"], "owner": "olga"},
            {"competition": competition["id"], "owner": "ada"},
            "She answers for it.",
        ),
    ]


def test_which_sites_were_trusted_by_which_key_is_told_and_each_new_key_of_our_own(site: Site, admin: Person) -> None:
    url = "https://far.example"
    former, later = ({"site": url, "key": signing.public_key(key)} for key in (KEY, NEXT))
    for known in (former, later):
        made = admin.call("POST", "/federation/sites", {"url": url, "key": known["key"]}).body
    assert [one["key"] for one in admin.call("GET", "/federation/sites").body["sites"]] == [later["key"]]
    assert admin.call("DELETE", f"/federation/sites/{made['id']}").status == 200
    assert admin.call("DELETE", f"/federation/sites/{made['id']}").status == 404
    before = site.call("GET", "/federation/key").body["key"]
    after = admin.call("POST", "/federation/key").body["key"]
    assert told(admin) == [
        ("trusted", None, None, former, ""),
        ("trusted", None, former, later, ""),
        ("distrusted", None, later, None, ""),
        ("key_changed", None, before, after, ""),
    ]
