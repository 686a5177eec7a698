"""Search: what is found, in which order, how soon, and what never comes out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarks.counting import Counter
from tests.api.conftest import Answer, Person, Site


def titles(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [one["title"] for one in answer.body["competitions"]]


def search(site: Site | Person, query: str) -> list[str]:
    return titles(site.call("GET", f"/competitions?{query}"))


def catalogued(site: Site) -> None:
    """Have the catalogue made of all that is published."""
    site.run({"version": 1, "task": "catalogue", "id": "all"})


@pytest.fixture
def two(site: Site, organizer: Person, ada: Person) -> list[dict[str, Any]]:
    """Published: flowers with tags, and tides with a reward, in which ada takes part."""
    flowers = organizer.competition(title="Café flowers", extra="agon: {tags: [Vision, botany]}")
    tides = organizer.competition(title="Tides", extra="reward: A cup\nagon: {tags: [Sea café]}")
    ada.join(tides)
    catalogued(site)
    return [flowers, tides]


def test_words_are_found_without_capitals_and_accents_and_by_how_they_begin(site: Site, two: Any) -> None:
    assert search(site, "search=CAFE") == ["Café flowers", "Tides"]
    assert search(site, "search=vis") == search(site, "search=flow%20caf") == ["Café flowers"]
    assert search(site, "search=olga") == ["Tides", "Café flowers"]
    assert search(site, "search=cafes") == search(site, "search=flowers%20sea") == []


def test_filters_and_orders(site: Site, ada: Person, organizer: Person, two: Any) -> None:
    assert search(site, "reward=true") == ["Tides"]
    assert search(site, "sort=popular") == ["Tides", "Café flowers"]
    assert search(site, "open=true&sort=recent") == ["Tides", "Café flowers"]
    assert search(ada, "joined=true") == ["Tides"] and search(ada, "joined=true&search=flowers") == []
    assert search(organizer, "mine=true&search=flowers") == ["Café flowers"]
    assert site.call("GET", "/competitions?sort=prettiest").status == 422
    assert site.call("GET", "/competitions?search=tides&cursor=abc").status == 422
    assert site.call("GET", "/competitions?joined=true").status == 401
    assert ada.call("GET", "/competitions?joined=true&mine=true").status == 422


def test_drafts_are_found_among_ones_own_alone(site: Site, organizer: Person) -> None:
    organizer.competition(publish=False, title="Secret tides")
    catalogued(site)
    assert search(site, "search=secret") == search(organizer, "search=secret") == []
    assert search(organizer, "mine=true&search=secret") == ["Secret tides"]


def test_what_is_published_is_found_as_soon_as_its_message_is_done(site: Site, organizer: Person, two: Any) -> None:
    draft = organizer.competition(publish=False, title="New tides")
    catalogued(site)
    organizer.call("POST", f"/competitions/{draft['id']}/publish")
    [message] = site.messages()
    assert message["task"] == "catalogue"
    site.run(message)
    assert search(site, "search=new") == ["New tides"]
    assert not [row for row in site.rows() if row.get("kind") == "catalogue_change"]


def test_what_is_unpublished_comes_out_no_more_whatever_the_catalogue_says(site: Site, organizer: Person, two: Any) -> None:
    organizer.call("POST", f"/competitions/{two[1]['id']}/unpublish")
    assert search(site, "search=tides") == search(site, "reward=true") == []
    site.work()
    assert search(site, "search=cafe") == ["Café flowers"]


def test_an_edited_title_is_found_after_the_sweeper_has_looked(site: Site, organizer: Person, two: Any) -> None:
    from chalicelib.actions.background import sweep

    path = f"/competitions/{two[1]['id']}/settings"
    assert organizer.call("PATCH", path, {"title": "Waves", "agon": {"tags": ["ocean"]}}, If_Match="*").status == 200
    assert search(site, "search=tides") == ["Waves"]
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=1))
    site.work()
    assert search(site, "search=waves%20ocean") == ["Waves"] and search(site, "search=tides") == []


def test_many_changes_are_taken_up_by_one_rebuild(site: Site, organizer: Person, two: Any) -> None:
    for competition in two:
        organizer.call("POST", f"/competitions/{competition['id']}/unpublish")
    first, *others = site.messages()
    site.run(first)
    assert not [row for row in site.rows() if row.get("kind") == "catalogue_change"]
    before = _version(site)
    for message in others:
        site.run(message)
    assert others and _version(site) == before


def test_a_site_without_a_catalogue_searches_its_newest_and_asks_for_one(site: Site, organizer: Person) -> None:
    organizer.competition(title="Tides")
    assert search(site, "search=tides") == ["Tides"]
    [message] = site.messages()
    assert (message["task"], message["id"]) == ("catalogue", "all")
    site.run(message)
    assert search(site, "search=tides") == ["Tides"] and site.messages() == []


def test_all_is_looked_through_once_a_day_and_counts_participants(site: Site, ada: Person, two: Any) -> None:
    from chalicelib.actions.background import sweep

    site.person("grace").join(two[0])
    ada.join(two[0])
    assert search(site, "sort=popular") == ["Tides", "Café flowers"]
    sweep.sweep(datetime.now(UTC) + timedelta(days=1, minutes=1))
    messages = site.messages()
    assert ("catalogue", "all") in [(one["task"], one["id"]) for one in messages]
    for message in messages:
        site.run(message)
    assert search(site, "sort=popular") == ["Café flowers", "Tides"]


def test_two_rebuilds_at_once_lose_nothing(site: Site, organizer: Person, two: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one comes between the first one's read and its write."""
    from chalicelib.actions.discovery import cataloguing, snapshots

    drafts = [organizer.competition(publish=False, title=title) for title in ("Alpha", "Beta")]
    catalogued(site)
    organizer.call("POST", f"/competitions/{drafts[0]['id']}/publish")
    [first] = site.messages()
    replace, others = snapshots.replace, []

    def interrupted(*args: Any) -> bool:
        if not others:
            others.append(organizer.call("POST", f"/competitions/{drafts[1]['id']}/publish"))
            cataloguing.rebuild("changes", datetime.now(UTC))
        return replace(*args)

    monkeypatch.setattr(snapshots, "replace", interrupted)
    site.run(first)
    assert (search(site, "search=alpha"), search(site, "search=beta")) == (["Alpha"], ["Beta"])


def test_what_changes_while_it_is_taken_up_stays_noted(
    site: Site, organizer: Person, two: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.actions.discovery import snapshots

    path = f"/competitions/{two[1]['id']}"
    organizer.call("POST", f"{path}/unpublish")
    [first] = site.messages()
    replace = snapshots.replace

    def late(*args: Any) -> bool:
        organizer.call("POST", f"{path}/publish")
        return replace(*args)

    monkeypatch.setattr(snapshots, "replace", late)
    site.run(first)
    monkeypatch.setattr(snapshots, "replace", replace)
    site.work()
    assert search(site, "search=tides") == ["Tides"]


def test_administrators_feature_what_is_published(site: Site, admin: Person, organizer: Person, two: Any) -> None:
    path = f"/competitions/{two[0]['id']}/featured"
    assert organizer.call("POST", path).status == 403
    assert admin.call("POST", path).body["featured"] is True
    site.work()
    assert search(site, "featured=true") == ["Café flowers"]
    assert admin.call("DELETE", path).body["featured"] is False
    site.work()
    assert search(site, "featured=true") == []
    draft = organizer.competition(publish=False, title="Draft")
    assert admin.call("POST", f"/competitions/{draft['id']}/featured").status == 409


def test_a_search_costs_two_calls_whatever_there_is(site: Site, two: Any) -> None:
    counter = Counter()
    search(site, "search=tides")
    with counter.counting() as counted:
        search(site, "search=tides&open=true&sort=popular")
    assert counted.names == ["GetObject", "BatchGetItem"]


def test_pages_follow_each_other(site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.actions.discovery import searching

    monkeypatch.setattr(searching, "PAGE_SIZE", 2)
    for number in range(5):
        organizer.competition(title=f"Tides {number}")
    catalogued(site)
    seen, cursor = [], ""
    while cursor is not None:
        page = site.call("GET", f"/competitions?search=tides{cursor and '&cursor='}{cursor}").body
        seen += [one["title"] for one in page["competitions"]]
        cursor = page["next"]
    assert seen == [f"Tides {number}" for number in (4, 3, 2, 1, 0)]


def _version(site: Site) -> str:
    from chalicelib.actions.discovery import snapshots

    return str(snapshots.current().etag)
