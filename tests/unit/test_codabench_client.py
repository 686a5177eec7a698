"""The client of a Codabench site: where the token goes, what is asked again, and what a site may say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from agon.client import Client
from agon.errors import AgonError, BadFile, NotConfigured
from agon.migration import boards, shapes
from agon.migration import site as sites
from agon.migration.folder import MigrationFolder
from agon.migration.report import Left, Line, Report
from agon.migration.shapes import Phase
from agon.migration.site import CodabenchSite, Missing, SiteFails, SiteRefuses, address_of
from agon.transfer import TransferFailed
from tests import codabench_site
from tests.codabench_site import HTML, NUMBER, PASSWORD, TOKEN, FakeCodabench

PAGE = f"/api/competitions/{NUMBER}/"
PHASE = Phase(31, "Only", None, None, {51: "Task 0", 52: "Task 1"}, {})


@pytest.fixture
def there() -> Iterator[FakeCodabench]:
    with codabench_site.running() as site:
        yield site


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def asks(there: FakeCodabench, pauses: list[float]) -> Iterator[CodabenchSite]:
    client = CodabenchSite(there.address, TOKEN, sleep=pauses.append)
    yield client
    client.close()


@pytest.mark.parametrize(
    ("url", "site", "number"),
    [
        ("https://www.codabench.org/competitions/123/", "https://www.codabench.org", 123),
        ("https://www.Codabench.org/competitions/123", "https://www.codabench.org", 123),
        (" https://cb.example:8443/competitions/7/?secret_key=a#/pages ", "https://cb.example:8443", 7),
        ("http://localhost:8000/competitions/7/detail/", "http://localhost:8000", 7),
    ],
)
def test_an_address_is_what_a_browser_shows(url: str, site: str, number: int) -> None:
    found = address_of(url)
    assert (found.site, found.competition, found.host) == (site, number, site.partition("//")[2])


@pytest.mark.parametrize(
    "url",
    [
        "www.codabench.org/competitions/1/", "ftp://a.example/competitions/1/", "https://a.example/", "https://u:p@a.example/competitions/1/",
        "https://a.example/competitions/one/", "http://a.example/competitions/1/",
    ],
)  # fmt: skip
def test_what_is_no_address_or_in_clear_is_refused(url: str) -> None:
    with pytest.raises(NotConfigured):
        address_of(url)


def test_the_token_goes_to_the_site_and_to_no_storage(there: FakeCodabench, asks: CodabenchSite, tmp_path: Path) -> None:
    number = there.submit("ada", 0.5)
    url = asks.get(f"/api/submissions/{number}/get_details/")["data_file"]
    asks.fetch(lambda: url, tmp_path / "file.zip", 10**6)
    assert (tmp_path / "file.zip").read_bytes() == there.files[f"submission-{number}"]
    assert [(one.path.split("/")[1], one.token) for one in there.asked] == [("api", f"Token {TOKEN}"), ("bucket", None)]


def test_a_redirect_to_another_host_is_not_followed(there: FakeCodabench, asks: CodabenchSite) -> None:
    there.wrong[PAGE] = [(302, "", {"Location": f"{there.storage}/api/competitions/{NUMBER}/"})]
    with pytest.raises(SiteFails, match="where the token does not go"):
        asks.get(PAGE)
    assert [one.token for one in there.asked] == [f"Token {TOKEN}"]


def test_a_redirect_within_the_site_is_followed_and_one_in_circles_ends(there: FakeCodabench, asks: CodabenchSite) -> None:
    there.wrong["/api/old/"] = [(301, "", {"Location": PAGE})]
    assert asks.get("/api/old/")["id"] == NUMBER
    there.wrong["/api/round/"] = [(302, "", {"Location": "/api/round/"})] * 9
    with pytest.raises(SiteFails, match="sends on"):
        asks.get("/api/round/")


def test_an_order_is_not_sent_on(there: FakeCodabench, asks: CodabenchSite) -> None:
    there.wrong[f"{PAGE}create_dump/"] = [(302, "", {"Location": PAGE})]
    with pytest.raises(SiteFails, match="sends on"):
        asks.post(f"{PAGE}create_dump/", {})
    assert len(there.asked) == 1


def test_a_list_that_goes_on_at_another_host_is_not_read_there(there: FakeCodabench, asks: CodabenchSite) -> None:
    there.wrong["/api/participants/"] = [(200, {"results": [], "next": "https://evil.example/api/participants/"}, {})]
    with pytest.raises(SiteFails, match="where the token does not go"):
        list(asks.all_of("/api/participants/"))


def test_a_busy_site_is_asked_again_when_it_says_so(there: FakeCodabench, asks: CodabenchSite, pauses: list[float]) -> None:
    there.wrong[PAGE] = [(429, {"detail": "throttled"}, {"Retry-After": "42"}), (503, HTML, {}), (502, HTML, {})]
    assert asks.get(PAGE)["id"] == NUMBER
    assert (pauses[0], len(pauses)) == (42.0, 3)


def test_a_site_that_wants_very_long_pauses_is_left(there: FakeCodabench, asks: CodabenchSite) -> None:
    there.wrong[PAGE] = [(429, {}, {"Retry-After": "86400"})]
    with pytest.raises(SiteFails, match="86400 s"):
        asks.get(PAGE)


def test_an_order_that_failed_is_not_given_twice(there: FakeCodabench, asks: CodabenchSite) -> None:
    there.wrong[f"{PAGE}create_dump/"] = [(500, HTML, {})]
    with pytest.raises(SiteFails, match="HTTP 500"):
        asks.post(f"{PAGE}create_dump/", {})
    assert len(there.asked) == 1


def test_a_page_in_place_of_an_answer_is_told_as_that(there: FakeCodabench, asks: CodabenchSite) -> None:
    for body in (HTML, "[" * 10_000, "{"):
        there.wrong[PAGE] = [(200, body, {})]
        with pytest.raises(SiteFails, match="as Codabench does"):
            asks.get(PAGE)


def test_a_list_of_another_kind_and_one_without_an_end_are_told(
    there: FakeCodabench, asks: CodabenchSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.wrong["/api/participants/"] = [(200, {"count": 1}, {})]
    with pytest.raises(SiteFails, match="as Codabench does"):
        list(asks.all_of("/api/participants/"))
    monkeypatch.setattr(sites, "_MOST_PAGES", 3)
    there.wrong["/api/participants/"] = [(200, {"results": [], "next": f"{there.address}/api/participants/?page=2"}, {})] * 9
    with pytest.raises(SiteFails, match="no end"):
        list(asks.all_of("/api/participants/"))


def test_an_answer_has_an_end(there: FakeCodabench, asks: CodabenchSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "_MOST_ANSWER_BYTES", 1000)
    there.wrong[PAGE] = [(200, " " * 2000 + "{}", {})]
    with pytest.raises(SiteFails, match="more"):
        asks.get(PAGE)


def test_what_the_token_does_not_open_and_what_is_not_there_are_two_things(
    there: FakeCodabench, asks: CodabenchSite
) -> None:
    there.wrong[PAGE] = [(403, {"detail": "You don't have access"}, {})]
    with pytest.raises(SiteRefuses, match="who organizes"):
        asks.get(PAGE)
    with pytest.raises(Missing):
        asks.get("/api/competitions/99/")


def test_a_site_that_is_not_there_says_so(pauses: list[float]) -> None:
    client = CodabenchSite("http://127.0.0.1:9", TOKEN, sleep=pauses.append)
    with pytest.raises(SiteFails, match="does not answer"):
        client.get(PAGE)
    assert len(pauses) == 5


def test_a_password_becomes_a_token(there: FakeCodabench) -> None:
    client = CodabenchSite(there.address, "")
    client.sign_in("olga", PASSWORD)
    assert client.get(PAGE)["id"] == NUMBER
    with pytest.raises(SiteRefuses, match="password"):
        client.sign_in("olga", "wrong")
    there.wrong["/api/api-token-auth/"] = [(200, {"token": None}, {})]
    with pytest.raises(SiteFails):
        client.sign_in("olga", PASSWORD)


def test_a_file_that_is_too_large_leaves_nothing(there: FakeCodabench, asks: CodabenchSite, tmp_path: Path) -> None:
    there.files["large"] = b"x" * 5000
    with pytest.raises(BadFile, match="more than 1,000 bytes"):
        asks.fetch(lambda: f"{there.storage}/bucket/large?Signature=good", tmp_path / "file", 1000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_gone_and_one_that_is_refused_are_two_things(
    there: FakeCodabench, asks: CodabenchSite, tmp_path: Path
) -> None:
    with pytest.raises(Missing):
        asks.fetch(lambda: f"{there.storage}/bucket/none?Signature=good", tmp_path / "file", 1000)
    with pytest.raises(TransferFailed, match="AccessDenied"):
        asks.fetch(lambda: f"{there.storage}/bucket/none?Signature=bad", tmp_path / "file", 1000)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "", "//evil", "ftp://a.example/b", "https:///x"])
def test_no_file_is_taken_from_what_is_no_address(asks: CodabenchSite, tmp_path: Path, url: str) -> None:
    with pytest.raises(SiteFails, match="safe to fetch"):
        asks.fetch(lambda: url, tmp_path / "file", 1000)


def test_a_site_of_the_internet_does_not_point_into_this_machines_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = {"cb.example": "93.184.215.14", "inside.example": "10.0.0.7", "metadata.example": "169.254.169.254"}

    def found(host: str, port: Any) -> list[Any]:
        if host not in hosts:
            raise OSError
        return [(2, 1, 6, "", (hosts[host], 0))]

    monkeypatch.setattr(sites.socket, "getaddrinfo", found)
    client = CodabenchSite("https://cb.example", TOKEN)
    for host in ("inside.example", "metadata.example"):
        with pytest.raises(SiteFails, match="into the network of this machine"):
            client.fetch(lambda host=host: f"https://{host}/file", tmp_path / "file", 1000)  # type: ignore[misc]
    with pytest.raises(SiteFails, match="safe to fetch"):
        client.fetch(lambda: "http://nowhere.example/file", tmp_path / "file", 1000)


def test_a_dataset_is_asked_for_without_the_token(there: FakeCodabench, asks: CodabenchSite) -> None:
    assert asks.location("/datasets/download/abc/") == f"{there.storage}/bucket/abc?Signature=good&Expires=1"
    assert there.asked[0].token is None
    there.wrong["/datasets/download/abc/"] = [(404, HTML, {})]
    with pytest.raises(Missing):
        asks.location("/datasets/download/abc/")


# What a site tells


@pytest.mark.parametrize(
    "told", [None, [], {}, {"id": 1}, {"id": True, "phases": [{}]}, {"id": 1, "phases": [{"name": "x"}]}]
)
def test_what_is_no_competition_is_told(told: Any) -> None:
    with pytest.raises(SiteFails):
        shapes.competition_of(told)


def test_nothing_odd_of_a_submission_is_believed() -> None:
    odd: list[Any] = [None, 7, {}, {"id": 1, "status": "Finished", "owner": 4, "created_when": "yesterday", "scores": "x"}]
    (found,) = shapes.submissions_of(odd, PHASE)
    assert found.obstacle == "The site does not say by whom and when it was made."
    scores = [
        {"column_key": key, "score": score} for key, score in (("a", "0.5"), ("b", "NaN"), ("c", None), ("d", "1e999"))
    ]
    whole = {
        "id": 2,
        "status": "Finished",
        "owner": "ada\x1b[31m\u202e",
        "created_when": "2026-01-01T00:00:00",
        "scores": scores,
    }
    (found,) = shapes.submissions_of([whole | {"name": 3, "fact_sheet_answers": {"k": ["x"], "l": "y", "m": True}}], PHASE)
    assert (found.owner, found.scores, found.name) == ("ada[31m", {51: {"a": 0.5}}, "")
    assert (found.answers, found.created_at.isoformat(), found.obstacle) == (
        {"l": "y", "m": True},
        "2026-01-01T00:00:00+00:00",
        "",
    )


def test_what_ran_on_a_task_that_is_gone_does_not_come() -> None:
    told = {"id": 2, "status": "Finished", "owner": "ada", "created_when": "2026-01-01T00:00:00Z", "task": {"id": 99}}
    (found,) = shapes.submissions_of([told], PHASE)
    assert found.obstacle == "It was scored on a task that the phase has no more."
    (failed,) = shapes.submissions_of([told | {"status": "Failed"}], PHASE)
    assert failed.obstacle == ""


def test_addresses_that_are_none_are_left_out() -> None:
    people = [
        {"username": f"u{at}", "email": email} for at, email in enumerate(["a@b.c", "", None, "x y@z", 7, "a\u202e@b.c"])
    ]
    assert [one.address for one in shapes.participants_of([*people, {"username": ""}])] == ["a@b.c", *[None] * 5]


# Boards, the folder, the report


def test_boards_differ_by_rows_by_order_and_by_scores() -> None:
    one = {"a": {"x": 0.67}, "b": {"x": 0.5}, "c": {"x": 0.1}}
    assert boards.differences(one, {"a": {"x": 0.6667}, "b": {"x": 0.5}, "c": {"x": 0.1}}) == []
    found = boards.differences(one, {"b": {"x": 0.5}, "a": {"x": 0.7}, "d": {}})
    assert [sentence.partition(":")[0].partition(",")[0] for sentence in found] == [
        "Not on it here", "On it here alone", "In another order here", "With other scores here",
    ]  # fmt: skip


def test_a_folder_is_its_owners_and_one_migrations(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.mkdir(mode=0o755)
    folder = MigrationFolder(path, {"from": "a"})
    folder.keep(competition="c")
    folder.note(1, "s1")
    assert [oct(one.stat().st_mode & 0o777) for one in (path, *sorted(path.iterdir()))] == ["0o700", "0o600", "0o600"]
    with (path / "submissions.jsonl").open("a") as file:
        file.write('{"there": 2, "he')
    again = MigrationFolder(path, {"from": "a"})
    again.note(3, "s3")
    assert (again.get("competition"), MigrationFolder(path, {"from": "a"}).done) == ("c", {1: "s1", 3: "s3"})
    with pytest.raises(BadFile, match="another migration"):
        MigrationFolder(path, {"from": "b"})
    (path / "state.json").write_text("[")
    with pytest.raises(BadFile, match="can be read"):
        MigrationFolder(path, {"from": "a"})


def test_a_report_is_whole_in_json_and_nothing_in_it_is_markup() -> None:
    report = Report("Guess <b>| it", "https://cb.example/competitions/1/", "c")
    report.lines.append(Line("Submissions", 60, 0, "[x](http://evil)"))
    report.left += [Left("submission", f"{at} of `eve`", "Gone.") for at in range(60)]
    report.notes.append("A note.")
    written = report.to_markdown()
    assert "# Guess \\<b\\>\\| it" in written and "\\[x\\](http://evil)" in written and "And 10 more" in written
    assert len(json.loads(json.dumps(report.to_json()))["left"]) == 60


def test_errors_of_a_site_are_errors_of_the_command_line() -> None:
    assert all(issubclass(one, AgonError) for one in (SiteFails, SiteRefuses, Missing))


def test_the_board_here_is_waited_for_until_it_has_those_that_came_and_not_as_many_others(pauses: list[float]) -> None:
    former = [{"submission": "ada's first", "scores": {"x": 0.2}}, {"submission": "grace's", "scores": {"x": 0.4}}]
    newest = [{"submission": "ada's best", "scores": {"x": 0.6}}, {"submission": "grace's", "scores": {"x": 0.4}}]
    told = iter([former, former, newest])
    late = httpx.MockTransport(lambda request: httpx.Response(200, json={"rows": next(told), "pages": 1}))
    with Client("https://agon.example/api", transport=late) as client:
        found = boards.here(client, "p-0", {"ada's best", "grace's"}, pauses.append)
    assert (list(found), len(pauses)) == (["ada's best", "grace's"], 2)
