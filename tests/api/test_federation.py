"""Federation: a site that signs its list, and one that trusts it, over a server on this machine and the outbound door."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib import requests, settings
from chalicelib.actions.discovery import federation
from chalicelib.actions.discovery.federation import Elsewhere
from chalicelib.domain.discovery import signing
from chalicelib.store.discovery import trusted_sites
from chalicelib.store.discovery.trusted_sites import TrustedSite
from tests.api.conftest import Person, Site
from tests.publisher import KEY, NEXT, Publisher, serving


@pytest.fixture
def far(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """A publisher that this site may reach, although it is on this machine."""
    ours = replace(settings.get(), loopback_targets=True)
    monkeypatch.setattr(settings, "get", lambda: ours)
    with serving() as publisher:
        publisher.says()
        yield publisher


def trust(admin: Person, far: Publisher, key: str = KEY) -> dict[str, Any]:
    answer = admin.call("POST", "/federation/sites", {"url": far.url, "key": signing.public_key(key)})
    assert answer.status == 201, answer
    admin.site.work()
    return dict(answer.body)


def listed(site: Site, search: str = "") -> list[dict[str, Any]]:
    return list(site.call("GET", f"/federation/entries?search={search}").body["competitions"])


def problem(admin: Person) -> str | None:
    [one] = admin.call("GET", "/federation/sites").body["sites"]
    told: str | None = one["problem"]
    return told


def fetch_again(admin: Person, far: Publisher) -> None:
    [one] = admin.call("GET", "/federation/sites").body["sites"]
    admin.site.run({"version": 1, "task": "federate", "id": one["id"]})


def test_competitions_of_a_site_that_is_trusted_are_listed_as_its_own(site: Site, admin: Person, far: Publisher) -> None:
    trust(admin, far)
    [one] = listed(site)
    assert (one["title"], one["site_name"], one["url"]) == ("Far tides", "Far", "https://far.example/competitions/01a")
    assert one["silent"] is False and problem(admin) is None
    assert len(listed(site, "OCE%20mar")) == 1 and listed(site, "oceans") == listed(site, "!") == []
    # Nothing of it is among this site's own.
    assert site.call("GET", "/competitions?search=tides").body["competitions"] == []
    assert site.call("GET", "/competitions/01a").status == 404


def test_a_search_takes_no_list_apart_and_finds_what_begins_so(
    site: Site, admin: Person, far: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    far.says(entry={"title": "Zebra café", "tags": ["stripes"]})
    trust(admin, far)
    taken, real = list[str](), federation.words

    def counting(text: str) -> Iterator[str]:
        taken.append(text)
        return real(text)

    monkeypatch.setattr(federation, "words", counting)
    for search, found in (("zebra", 1), ("CAF%C3%89", 1), ("strip%20zeb", 1), ("zebras", 0), ("bra", 0), ("mary%20sea", 1)):
        assert len(listed(site, search)) == found, search
    assert len(taken) == 6


def test_many_full_sites_are_listed_within_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    places = [TrustedSite.at(f"s{number}") for number in range(50)]
    sites = [
        TrustedSite(*place, id=f"s{number}", url="https://far.example/api", key=KEY, trusted_by="root", trusted_at=now)
        for number, place in enumerate(places)
    ]
    one = {
        "id": "c",
        "title": "Tides",
        "organizer": "mary",
        "url": "https://far.example/c",
        "description": "Of a sea. " * 45,
    }
    told = {**one, "tags": ["ocean"], "reward": None, "participants": 3, "starts_at": now.isoformat(), "ends_at": None}
    kept = federation._entry(requests.ReceivedCompetition.model_validate_json(json.dumps(told)))
    monkeypatch.setattr(trusted_sites, "everyone", lambda: sites)
    monkeypatch.setattr(federation, "_elsewhere", lambda: Elsewhere({site.id: [kept] * 200 for site in sites}, "etag"))
    began = time.process_time()
    assert federation.list_entries("tid oce", now).count == 10_000
    # To take 10,000 texts apart took two seconds.
    assert time.process_time() - began < 0.5


def test_a_site_that_is_trusted_no_more_is_not_told_of_from_that_moment_on(
    site: Site, admin: Person, far: Publisher
) -> None:
    made = trust(admin, far)
    assert admin.call("DELETE", f"/federation/sites/{made['id']}").status == 200
    assert listed(site) == [] and admin.call("GET", "/federation/sites").body["sites"] == []
    assert admin.call("DELETE", f"/federation/sites/{made['id']}").status == 404
    site.run({"version": 1, "task": "federate", "id": made["id"]})
    assert far.asked == 1


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "another key": ({"key": NEXT}, "another key"),
    "an older list": ({"made": -timedelta(hours=1)}, "older"),
    "a list that has expired": ({"made": -timedelta(days=3)}, "too old"),
    "a list of the future": ({"made": timedelta(hours=1)}, "time to come"),
    "a title that steers": ({"entry": {"title": "a\u202eb"}}, "form"),
    "a link that runs": ({"entry": {"url": "javascript:alert(1)"}}, "form"),
    "a text without end": ({"entry": {"description": "x" * 501}}, "form"),
    "a time without an offset": ({"entry": {"starts_at": "0001-01-01T00:00:00"}}, "form"),
    "a time that UTC has not": ({"entry": {"ends_at": "9999-12-31T23:59:59-12:00"}}, "form"),
    "a list made before all time": ({"made_at": "0001-01-01T00:00:00+14:00"}, "form"),
    "a list without end": ({"others": [{}] * 200}, "form"),
    "a list beyond all bounds": ({"padding": "x" * 2 * 1024**2}, ""),
}


@pytest.mark.parametrize(("said", "why"), BAD.values(), ids=BAD.keys())
def test_a_bad_list_is_not_taken_and_what_was_taken_before_stays(
    site: Site, admin: Person, far: Publisher, said: dict[str, Any], why: str
) -> None:
    trust(admin, far)
    far.says(**{"entry": {"title": "Bad"}, **said})
    fetch_again(admin, far)
    assert why in str(problem(admin)) and [one["title"] for one in listed(site)] == ["Far tides"]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_answer_that_is_no_list_is_not_taken_and_a_redirect_not_followed(
    site: Site, admin: Person, far: Publisher, status: int
) -> None:
    far.status = status
    trust(admin, far)
    assert str(status) in str(problem(admin)) and listed(site) == []


def test_a_key_that_follows_is_pinned(site: Site, admin: Person, far: Publisher) -> None:
    trust(admin, far)
    chain = [signing.succession(KEY, NEXT)]
    far.says(key=NEXT, chain=chain, made=timedelta(seconds=2), entry={"title": "New key"})
    fetch_again(admin, far)
    assert [one["title"] for one in listed(site)] == ["New key"]
    far.says(key=KEY, made=timedelta(seconds=4), entry={"title": "Old key"})
    fetch_again(admin, far)
    assert "another key" in str(problem(admin)) and [one["title"] for one in listed(site)] == ["New key"]


def test_a_site_that_is_trusted_anew_begins_from_nothing(site: Site, admin: Person, far: Publisher) -> None:
    trust(admin, far)
    trust(admin, far, NEXT)
    assert listed(site) == [] and "another key" in str(problem(admin))


def test_a_silent_site_goes_grey_and_then_away(site: Site, admin: Person, far: Publisher) -> None:
    from chalicelib.actions.discovery import federation

    trust(admin, far)
    now = datetime.now(UTC)
    days = [federation.list_entries(None, now + timedelta(days=day)).competitions for day in (6, 8, 15)]
    assert [[one.silent for one in told] for told in days] == [[False], [True], []]


def test_the_sweeper_has_each_site_fetched_every_quarter_of_an_hour(site: Site, admin: Person, far: Publisher) -> None:
    from chalicelib.actions.background import sweep

    trust(admin, far)
    sweep.sweep(datetime.now(UTC))
    site.messages()
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=10))
    assert site.messages() == []
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=16))
    assert [one["task"] for one in site.messages()] == ["federate"]


@pytest.mark.parametrize(
    "url",
    ["http://other.example/api", "https://10.0.0.1/api", "https://other.example:8443/api", "https://u:p@a.example/api"],
)
def test_addresses_that_no_site_has_are_refused(admin: Person, url: str) -> None:
    answer = admin.call("POST", "/federation/sites", {"url": url, "key": "0" * 64})
    assert answer.status == 422 and answer.body["errors"][0]["place"] == "url"


def test_a_site_takes_the_very_list_that_another_one_signs(
    site: Site, organizer: Person, admin: Person, far: Publisher
) -> None:
    """What this site publishes, served elsewhere, is what this site takes: also after a change of keys."""
    organizer.competition(title="Near tides", extra="reward: A cup\nagon: {tags: [sea]}")
    organizer.competition(publish=False, title="Draft")
    # Where a description is cut, a joiner loses the letter behind it, without which it only hides.
    joined = "description: " + "क" * 499 + "\u200dक"
    organizer.competition(title="Joined", start="0001-01-01", end="9999-12-31", extra=joined)
    site.run({"version": 1, "task": "catalogue", "id": "all"})
    key = site.call("GET", "/federation/key").body["key"]
    assert admin.call("POST", "/federation/key").body["key"] != key
    far.document = site.call("GET", "/federation/competitions", Host="near.example").body.encode()
    assert admin.call("POST", "/federation/sites", {"url": far.url, "key": key}).status == 201
    site.work()
    assert problem(admin) is None
    assert [(one["title"], one["reward"], one["tags"]) for one in listed(site)] == [
        ("Near tides", "A cup", ["sea"]),
        ("Joined", None, []),
    ]
    assert admin.call("GET", "/federation/sites").body["sites"][0]["key"] == site.call("GET", "/federation/key").body["key"]
