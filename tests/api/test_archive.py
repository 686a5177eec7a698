"""Competitions that are archived: they are read, take nothing new, and stand on no list but that of their own kind."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.actions.discovery import cataloguing
from tests.api.conftest import Answer, Person, Site


def archive(person: Person, competition: dict[str, Any], archived: bool = True) -> Answer:
    body = {"agon": {"archived": archived}}
    return person.call("PATCH", f"/competitions/{competition['id']}/settings", body, If_Match="*")


def listed(site: Site, query: str = "", person: Person | None = None) -> list[str]:
    path = f"/competitions?{query}"
    found = person.call("GET", path) if person else site.call("GET", path)
    assert found.status == 200, found
    return [one["title"] for one in found.body["competitions"]]


@pytest.fixture
def leaves(organizer: Person, ada: Person, site: Site) -> dict[str, Any]:
    """A published competition in which ada takes part, beside another, both in the catalogue."""
    organizer.competition(title="Roots")
    made = organizer.competition(title="Leaves")
    assert ada.join(made).status == 201
    while site.work():
        pass
    return made


def test_it_is_read_and_takes_nothing_new_from_anybody(
    organizer: Person, ada: Person, site: Site, leaves: dict[str, Any]
) -> None:
    path = f"/competitions/{leaves['id']}"
    thread = ada.call("POST", f"{path}/threads", {"title": "Why?", "text": "Because."}).body["thread"]
    assert archive(organizer, leaves).status == 200
    shown = site.call("GET", path)
    assert (shown.status, shown.body["archived"], shown.body["published"]) == (200, True, True)
    for person in (ada, organizer):
        refused = person.submit(leaves)
        assert (refused.status, "“Leaves” is archived" in refused.body["detail"]) == (409, True)
        posted = person.call("POST", f"{path}/threads/{thread}/posts", {"text": "More."})
        assert (posted.status, "is archived" in posted.body["detail"]) == (403, True)
    joined = site.person("grace").join(leaves)
    assert (joined.status, "is archived" in joined.body["detail"]) == (403, True)
    assert site.call("GET", f"/phases/{leaves['phases'][0]['id']}/leaderboard").status == 200
    assert site.call("GET", f"{path}/threads/{thread}").status == 200
    assert archive(organizer, leaves, archived=False).status == 200
    assert ada.submit(leaves).status == 201


def test_lists_leave_it_out_unless_they_are_asked_for_what_is_archived(
    organizer: Person, ada: Person, site: Site, leaves: dict[str, Any]
) -> None:
    assert archive(organizer, leaves).status == 200
    while site.work():
        pass
    cataloguing.rebuild(cataloguing.CHANGES, datetime.now(UTC))
    assert listed(site) == ["Roots"]
    assert listed(site, "open=true") == ["Roots"]
    assert listed(site, "search=leaves") == []
    assert listed(site, "archived=true") == ["Leaves"]
    assert listed(site, "archived=true&search=leaves") == ["Leaves"]
    assert sorted(listed(site, "mine=true", organizer)) == ["Leaves", "Roots"]
    assert sorted(listed(site, "mine=true&open=true", organizer)) == ["Leaves", "Roots"]
    assert listed(site, "mine=true&archived=true", organizer) == ["Leaves"]
    assert listed(site, "joined=true", ada) == ["Leaves"]


def test_a_dump_says_so_and_a_copy_does_not(organizer: Person, leaves: dict[str, Any]) -> None:
    assert archive(organizer, leaves).status == 200
    settings = organizer.call("GET", f"/competitions/{leaves['id']}/settings").body["settings"]
    assert settings["agon"]["archived"] is True
    clone = organizer.call("POST", f"/competitions/{leaves['id']}/clone", {"title": "Again"}).body
    assert clone["archived"] is False
    said = organizer.call("GET", f"/competitions/{clone['id']}/settings").body["settings"]
    assert "archived" not in said.get("agon", {})
