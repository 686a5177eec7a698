"""GET /submissions/{submission}/live-page: the address at which a result page's scripts run (ADR 60)."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib import settings
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file
from tests.api.conftest import Answer, Person, Site, sender

ORIGIN = "https://pages.example"
PAGES = {"detailed_results": "detailed_results.html", "results/errors.html": "results/errors.html"}
SCRIPT = "<script>document.title = 'It ran'</script>"


@pytest.fixture(autouse=True)
def origin(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site has an origin for pages."""
    yield from told(ORIGIN, monkeypatch)


def told(pages_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AGON_PAGES_URL", pages_url)
    settings.get.cache_clear()
    yield
    monkeypatch.undo()
    settings.get.cache_clear()


@pytest.fixture
def scored(site: Site, organizer: Person, ada: Person, admin: Person) -> str:
    """Ada's submission, which left two pages and a picture."""
    competition = organizer.competition(extra="enable_detailed_results: true")
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    for file in PAGES.values():
        objects.write(settings.get().runs_bucket, run_file(job["submission"], 1, file), SCRIPT.encode(), "text/html")
    site.finish(job, {"accuracy": 1.0}, uploaded=[*PAGES, "results/curve.png"])
    return str(job["submission"])


def ask(caller: Person, submission: str, name: str = "") -> Answer:
    return caller.call("GET", f"/submissions/{submission}/live-page{f'?name={name}' if name else ''}")


def test_an_organizer_gets_an_address_of_one_page_at_the_origin_of_pages_for_a_minute(
    organizer: Person, scored: str
) -> None:
    for name, file in (("", "detailed_results.html"), ("errors.html", "results/errors.html")):
        found = ask(organizer, scored, name)
        assert found.status == 200
        place = urlsplit(found.body["url"])
        assert f"{place.scheme}://{place.netloc}" == ORIGIN and place.path.endswith(f"/runs/{scored}/1/{file}")
        query = parse_qs(place.query)
        assert query["X-Amz-Expires"] == ["60"] and query["response-content-disposition"] == ["inline"]
        assert query["response-content-type"] == ["text/html; charset=utf-8"]
        # S3 gives it out to who sends that header, which no browser does by following an address.
        assert query["X-Amz-SignedHeaders"] == ["agon-live-page;host"]


def test_it_is_the_page_as_scoring_wrote_it_and_carries_no_right_to_the_api(organizer: Person, scored: str) -> None:
    url = ask(organizer, scored).body["url"]
    bucket = urlsplit(objects.get_url(settings.get().runs_bucket, "any", "any"))
    sent = sender().get(url.replace(ORIGIN, f"{bucket.scheme}://{bucket.netloc}"), headers=objects.ONLY_THE_EDGE)
    assert (sent.status_code, sent.text) == (200, SCRIPT)
    assert organizer.token not in url and organizer.username not in url


def test_nobody_else_gets_one(site: Site, organizer: Person, ada: Person, scored: str) -> None:
    stranger, rival = site.person("grace"), site.person("rival")
    rival.competition(title="Another")
    assert [ask(one, scored).status for one in (ada, stranger, rival)] == [403, 404, 404]
    assert site.call("GET", f"/submissions/{scored}/live-page").status == 401


@pytest.mark.parametrize(
    "name", ["curve.png", "none.html", "../1/detailed_results.html", "output.zip", "results/errors.html"]
)
def test_what_is_no_page_of_the_run_has_none(organizer: Person, scored: str, name: str) -> None:
    assert ask(organizer, scored, name).status == 404


def test_files_and_results_say_who_may_open_one(organizer: Person, ada: Person, scored: str) -> None:
    files = [one.call("GET", f"/submissions/{scored}/files").body["live"] for one in (organizer, ada)]
    assert files == [True, False]
    found = [one.call("GET", f"/submissions/{scored}/detailed-results").body["pages"] for one in (organizer, ada)]
    assert [[page["live"] for page in pages] for pages in found] == [[scored], [None]]


def test_a_site_without_an_origin_for_pages_says_so_and_offers_none(
    organizer: Person, scored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in told("", monkeypatch):
        refused = ask(organizer, scored)
        assert (refused.status, refused.body["code"]) == (409, "no_pages_origin")
        assert organizer.call("GET", f"/submissions/{scored}/files").body["live"] is False
        [page] = organizer.call("GET", f"/submissions/{scored}/detailed-results").body["pages"]
        assert page["url"] and page["live"] is None
