"""What may be kept on the way for everybody: public reads, and never the answer to somebody who is known (ADR 47)."""

import pytest

from tests.api.conftest import Person, Site

SHARED = "public, max-age=0, s-maxage=10"


@pytest.fixture
def addresses(organizer: Person) -> list[str]:
    """Those of a published competition, of its board and of the list."""
    competition = organizer.competition()
    board = f"/phases/{competition['phases'][0]['id']}/leaderboard"
    return ["/competitions", f"/competitions/{competition['id']}", f"/competitions/{competition['slug']}", board]


def kept(site: Site, address: str, **headers: str) -> str:
    answer = site.call("GET", address, **headers)
    assert answer.status in (200, 304), answer.body
    return str(answer.headers["cache-control"])


def test_what_everybody_may_read_is_kept_for_ten_seconds_by_who_serves_many(site: Site, addresses: list[str]) -> None:
    assert {kept(site, address) for address in addresses} == {SHARED}


def test_a_board_that_did_not_change_is_kept_on(site: Site, addresses: list[str]) -> None:
    etag = site.call("GET", addresses[-1]).headers["etag"]
    assert kept(site, addresses[-1], If_None_Match=etag) == SHARED


def test_nothing_is_kept_of_what_somebody_who_is_known_is_told(site: Site, addresses: list[str], ada: Person) -> None:
    for address in addresses:
        answer = ada.call("GET", address)
        assert answer.status == 200 and answer.headers["cache-control"] in ("no-store", "private, no-cache")
        assert not kept(site, address, Cookie="agon_session=any").startswith("public")
    for address in addresses[1:3]:
        assert kept(site, address, Agon_Link="any") == "no-store"


def test_nothing_is_kept_of_what_is_refused(site: Site, organizer: Person) -> None:
    draft = organizer.competition(publish=False)
    for address in (
        f"/competitions/{draft['id']}",
        f"/phases/{draft['phases'][0]['id']}/leaderboard",
        "/competitions?cursor=!",
    ):
        answer = site.call("GET", address)
        assert answer.status in (404, 422) and answer.headers["cache-control"] == "no-store"
