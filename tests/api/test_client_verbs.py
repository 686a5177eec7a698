"""The client of the command line at the real API: boards and where one stands, files, tasks of the bank, the site."""

import json

import httpx
import pytest

from agon.client import Client
from agon.credentials import SignIn
from agon.errors import ProblemError
from chalicelib.actions.leaderboards import rebuilding
from tests.api.conftest import Person, Site
from tests.api.phases import NOW, competition, score


def client(site: Site, person: Person | None = None) -> Client:
    """A client whose calls go to the API of these tests."""

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().removeprefix("/api/v1")
        body = json.loads(request.content) if request.content else None
        told = site.call(request.method, path, body, person.token if person else None)
        return httpx.Response(told.status, json=told.body)

    session = SignIn(username=person.username, access_token=person.token) if person else None
    return Client("https://agon.example/api", session, transport=httpx.MockTransport(answer))


@pytest.fixture
def phase_id(organizer: Person, ada: Person) -> str:
    made = competition(organizer)
    score(ada, made, {"accuracy": 0.5, "seconds": 1}, 1)
    rebuilding.rebuild(made, NOW)
    return made


def test_one_reads_where_one_stands_and_how_that_came(site: Site, ada: Person, phase_id: str) -> None:
    with client(site, ada) as asks:
        assert [(one["rank"], one["page"]) for one in asks.rank(phase_id, "ada")["places"]] == [(1, 1)]
        assert [point["score"] for point in asks.history(phase_id, "ada")["points"]] == [0.5]
        assert [(one["participant"], one["mine"]) for one in asks.leaders(phase_id, 10)["leaders"]] == [("ada", True)]
        (page,) = asks.leaderboard_pages(phase_id)
        assert [row["mine"] for row in page["rows"]] == [True]


def test_files_are_told_by_their_names_to_who_takes_part(site: Site, organizer: Person, ada: Person) -> None:
    made = organizer.competition()
    phase_id = made["phases"][0]["id"]
    with client(site, ada) as asks, pytest.raises(ProblemError, match="Join it first"):
        asks.files_handed_out(phase_id)
    ada.join(made)
    with client(site, ada) as asks:
        found, named = asks.files_handed_out(phase_id), asks.files_handed_out(f"{made['slug']}-0")
    assert found.keys() == named.keys() and all(url.startswith("http") for url in found.values())


def test_organizers_alone_list_packages_and_originals_and_export_boards(
    site: Site, organizer: Person, ada: Person, phase_id: str
) -> None:
    with client(site, organizer) as asks:
        assert asks.packs(phase_id) == []
        assert len(asks.originals(organizer.competition()["id"])) == 1
        assert asks.export_leaderboard(phase_id, {"format": "csv"}).startswith("http")
    with client(site, ada) as asks, pytest.raises(ProblemError) as refused:
        asks.packs(phase_id)
    assert refused.value.status in (403, 404)


def test_a_task_of_datasets_that_are_not_there_is_refused_with_its_place(site: Site, organizer: Person) -> None:
    with client(site, organizer) as asks, pytest.raises(ProblemError) as refused:
        asks.create_task("Digits", {"scoring_program": "0" * 26})
    assert refused.value.status in (404, 422)


def test_the_site_is_known_by_what_it_tells(site: Site, admin: Person, ada: Person) -> None:
    with client(site) as asks:
        assert asks.site()["paused"] is False
    with client(site, admin) as asks:
        assert list(asks.sweep_failures()) == []
    with client(site, ada) as asks, pytest.raises(ProblemError):
        list(asks.sweep_failures())
