"""Feeds, calendars and Croissant, as the programs that read them read them."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from tests.api.conftest import Answer, Person, Site

ATOM = "{http://www.w3.org/2005/Atom}"


def catalogued(site: Site) -> None:
    site.run({"version": 1, "task": "catalogue", "id": "all"})


def entries(answer: Answer) -> list[dict[str, Any]]:
    assert answer.status == 200 and answer.headers["content-type"] == "application/atom+xml; charset=utf-8", answer
    root = ElementTree.fromstring(answer.body)
    assert [root.findtext(f"{ATOM}{name}") is None for name in ("id", "title", "updated")] == [False] * 3
    told = [{part.tag.removeprefix(ATOM): part.text for part in entry} for entry in root.iter(f"{ATOM}entry")]
    # RFC 4287: what each entry must have.
    assert all({"id", "title", "updated", "author", "content"} <= entry.keys() for entry in told)
    return told


def events(answer: Answer) -> list[tuple[str, datetime]]:
    assert answer.status == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8", answer
    calendar = Calendar.from_ical(answer.body)
    assert calendar.errors == [] and str(calendar["version"]) == "2.0" and calendar["prodid"]
    assert all(len(line.encode()) <= 75 for line in answer.body.split("\r\n"))
    assert all({"UID", "DTSTAMP"} <= event.keys() and not event.errors for event in calendar.events)
    return [(str(event["summary"]), event["dtstart"].dt) for event in calendar.events]


@pytest.fixture
def tides(organizer: Person) -> dict[str, Any]:
    extra = "reward: A cup\nagon: {tags: [sea & sand]}"
    files = {"public/a.csv": "a,b\n"}
    return organizer.competition(
        title="Tides, <b>high</b>; and low", end="2027-03-01", extra=extra, files=files, phase_extra="public_data: public/"
    )


def test_the_sites_feed_has_what_was_published_last(site: Site, organizer: Person, tides: dict[str, Any]) -> None:
    organizer.competition(publish=False, title="Draft")
    catalogued(site)
    [entry] = entries(site.call("GET", "/feed"))
    assert (entry["title"], entry["content"][-15:]) == ("Tides, <b>high</b>; and low", "To be won: A cup"[-15:])
    told = site.call("GET", "/feed?form=json")
    assert told.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert told.body["version"] == "https://jsonfeed.org/version/1.1"
    [item] = told.body["items"]
    assert (item["id"], item["title"], item["tags"]) == (entry["id"], entry["title"], ["sea & sand"])
    assert item["id"].startswith("urn:uuid:") and item["url"].endswith(f"/v1/competitions/{tides['slug']}")


def test_a_feed_is_sent_once_to_who_remembers_its_etag(site: Site, organizer: Person, tides: dict[str, Any]) -> None:
    catalogued(site)
    for path in ("/feed", "/feed?form=json", f"/competitions/{tides['id']}/feed", f"/competitions/{tides['id']}/calendar"):
        first = site.call("GET", path)
        again = site.call("GET", path, If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, None)
        assert again.headers["etag"] == first.headers["etag"] and "max-age" in first.headers["cache-control"]


def test_a_competitions_feed_has_what_has_happened_and_not_what_will(site: Site, tides: dict[str, Any]) -> None:
    assert [entry["title"] for entry in entries(site.call("GET", f"/competitions/{tides['id']}/feed"))] == ["Only has begun"]


def test_a_competitions_calendar_has_its_deadlines(site: Site, tides: dict[str, Any]) -> None:
    assert events(site.call("GET", f"/competitions/{tides['id']}/calendar")) == [
        ("Tides, <b>high</b>; and low: Only begins", datetime(2026, 1, 1, tzinfo=UTC)),
        ("Tides, <b>high</b>; and low: Only ends", datetime(2027, 3, 1, tzinfo=UTC)),
    ]


def test_a_deadline_that_is_moved_keeps_its_id_and_counts_on(site: Site, organizer: Person, tides: dict[str, Any]) -> None:
    path = f"/competitions/{tides['id']}"
    before = Calendar.from_ical(site.call("GET", f"{path}/calendar").body).events[1]
    change = {"end": "2027-04-01T00:00:00+00:00"}
    assert organizer.call("PATCH", f"{path}/settings/phases/0", change, If_Match="*").status == 200
    after = Calendar.from_ical(site.call("GET", f"{path}/calendar").body).events[1]
    assert after["uid"] == before["uid"] and after["sequence"] > before["sequence"]
    assert after["dtstart"].dt == datetime(2027, 4, 1, tzinfo=UTC)


def test_ones_own_calendar_is_at_a_private_address(
    site: Site, organizer: Person, ada: Person, tides: dict[str, Any]
) -> None:
    organizer.competition(title="Not joined")
    ada.join(tides)
    first, second = (ada.call("POST", "/me/calendar").body["path"].removeprefix("/v1") for _ in range(2))
    assert site.call("GET", first).status == 404
    told = site.call("GET", second)
    assert [title for title, _ in events(told)] == [
        f"Tides, <b>high</b>; and low: Only {word}" for word in ("begins", "ends")
    ]
    assert told.headers["cache-control"].startswith("private")
    assert not [row for row in site.rows() if second.rpartition("/")[2] in str(row)]
    assert ada.call("DELETE", "/me/calendar").status == ada.call("DELETE", "/me/calendar").status == 200
    assert site.call("GET", second).status == 404


def test_what_is_no_longer_published_leaves_ones_calendar(
    site: Site, organizer: Person, ada: Person, tides: dict[str, Any]
) -> None:
    ada.join(tides)
    address = ada.call("POST", "/me/calendar").body["path"].removeprefix("/v1")
    organizer.call("POST", f"/competitions/{tides['id']}/unpublish")
    assert events(site.call("GET", address)) == []


@pytest.mark.parametrize("what", ["feed", "calendar", "croissant"])
def test_of_a_draft_nothing_is_told_not_even_to_its_organizer(site: Site, organizer: Person, what: str) -> None:
    draft = organizer.competition(publish=False)
    assert site.call("GET", f"/competitions/{draft['id']}/{what}").status == 404
    assert organizer.call("GET", f"/competitions/{draft['id']}/{what}").status == 404


def test_croissant_has_all_that_the_format_asks_for(site: Site, tides: dict[str, Any]) -> None:
    """The properties that Croissant 1.0 requires of a dataset and of each of its files."""
    told = site.call("GET", f"/competitions/{tides['id']}/croissant")
    assert told.headers["content-type"] == "application/ld+json; charset=utf-8"
    document = told.body
    assert (document["@type"], document["conformsTo"]) == ("sc:Dataset", "http://mlcommons.org/croissant/1.0")
    required = ("@context", "name", "description", "license", "url", "creator", "datePublished", "version")
    assert all(document[name] for name in required) and document["keywords"] == ["sea & sand"]
    [file] = document["distribution"]
    assert file["@type"] == "cr:FileObject" and file["encodingFormat"] == "application/zip"
    assert len(file["sha256"]) == 64 and file["contentSize"].endswith(" B") and file["@id"].endswith("-public_data")
    assert file["contentUrl"] == f"{document['url'].partition('/v1')[0]}/v1/phases/{tides['phases'][0]['id']}/handouts"
    prefixes = {name for name in document["@context"] if not name.startswith("@")}
    used = {key for part in (document, file) for key in part if not key.startswith("@")}
    # Terms of the format's own are in the context; the others are schema.org's, which is the vocabulary.
    assert {"conformsTo", "cr", "sc", "dct"} <= prefixes and used & prefixes == {"conformsTo"}
