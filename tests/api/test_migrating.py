"""A competition comes from a Codabench site: its definition, what was submitted, the board, and who took part."""

import csv
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agon.client import Client
from agon.credentials import SignIn
from agon.errors import AgonError, ProblemError
from agon.migration import moving
from agon.migration.folder import MigrationFolder
from agon.migration.moving import Move
from agon.migration.report import Report
from agon.migration.site import CodabenchSite, SiteFails, address_of
from chalicelib.actions.background import sweep
from tests import builders, codabench_site
from tests.api.conftest import Person, Site
from tests.codabench_site import BROKER, HTML, NUMBER, TOKEN, FakeCodabench


@pytest.fixture
def there() -> Iterator[FakeCodabench]:
    with codabench_site.running() as site:
        yield site


def client(site: Site, person: Person) -> Client:
    """A client whose calls go to the API of these tests, and whose pauses are their functions' work."""

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().removeprefix("/api/v1")
        body = json.loads(request.content) if request.content else None
        told = site.call(request.method, path, body, person.token)
        return httpx.Response(told.status, json=told.body)

    session = SignIn(username=person.username, access_token=person.token)
    transport = httpx.MockTransport(answer)
    return Client("https://agon.example/api", session, transport=transport, sleep=lambda seconds: _work(site))


def _work(site: Site) -> None:
    while site.work():
        pass


@dataclass
class Migrating:
    """An organizer's migration, run as often as one likes."""

    site: Site
    organizer: Person
    there: FakeCodabench
    folder: Path

    def __call__(self, invites: bool = False, dump: Path | None = None, token: str = TOKEN, image: str = "") -> Report:
        address = address_of(self.there.url)
        asks, said = CodabenchSite(address.site, token, sleep=lambda seconds: None), []
        with client(self.site, self.organizer) as here:
            subject = {"from": address.site, "competition": NUMBER, "to": here.http.api}
            found = moving.look(asks, address, said.append)
            folder = MigrationFolder(self.folder, subject)
            move = Move(asks, address, here, folder, found, said.append, lambda seconds: _work(self.site))
            competition = move.define(dump, image)
            move.bring(competition)
            _work(self.site)
            move.compare(competition)
            move.tell_people(competition, invites)
            move.tell_rest()
            move.write_report()
        return move.report

    def board(self, competition: str) -> list[tuple[str, float, bool]]:
        rows = self.organizer.call("GET", f"/phases/{competition}-0/leaderboard").body["rows"]
        return [(row["participant"], row["scores"]["accuracy"], row["brought"]) for row in rows]


@pytest.fixture
def migrate(site: Site, organizer: Person, there: FakeCodabench, tmp_path: Path) -> Migrating:
    return Migrating(site, organizer, there, tmp_path / "kept")


def crowd(there: FakeCodabench) -> None:
    for name in ("ada", "grace"):
        there.person(name)
    there.submit("ada", 0.5)
    there.submit("ada", 0.9, leaderboard=7, on_leaderboard=True, name="Nets", description="Deep.")
    there.submit("grace", 0.7, leaderboard=7, on_leaderboard=True)
    there.submit("grace", None, status="Failed", status_details="ValueError: no\x1b[2J answer")


def counts(report: Report) -> dict[str, tuple[int, int]]:
    return {line.what: (line.there, line.came) for line in report.lines}


def test_all_of_a_competition_comes_and_the_board_is_that_of_there(
    site: Site, organizer: Person, there: FakeCodabench, migrate: Migrating
) -> None:
    crowd(there)
    report = migrate()
    host = there.address.removeprefix("http://")
    assert migrate.board(report.competition) == [(f"{name}~{host}", score, True) for name, score in there.board()]
    assert counts(report) == {
        "Phases": (2, 2),
        "Submissions": (4, 4),
        "Rows of “Only”": (2, 2),
        "Rows of “Final”": (0, 0),
        "Participants": (2, 0),
    }
    assert report.left == []
    told = organizer.call("GET", f"/phases/{report.competition}-0/submissions?everyone=true").body["submissions"]
    assert [(one["status"], one["created_at"][:16], one["origin"]["id"]) for one in told] == [
        ("Failed", "2026-02-04T09:30", "103"),
        ("Finished", "2026-02-03T09:30", "102"),
        ("Finished", "2026-02-02T09:30", "101"),
        ("Finished", "2026-02-01T09:30", "100"),
    ]
    assert told[0]["reason"] == f"Failed at {host}. ValueError: no[2J answer"
    assert (told[2]["name"], told[2]["description"]) == ("Nets", "Deep.")
    assert site.messages("JobsQueueUrl") == []


def test_what_a_dump_leaves_out_comes_by_the_api(organizer: Person, there: FakeCodabench, migrate: Migrating) -> None:
    report = migrate()
    competition = organizer.call("GET", f"/competitions/{report.competition}").body
    assert competition["published"] is False
    assert [(one["starts_at"], one["ends_at"]) for one in competition["phases"]] == [
        ("2026-01-01T08:15:00Z", "2026-05-01T12:00:00Z"),
        ("2026-05-01T18:00:00Z", None),
    ]
    assert organizer.call("GET", f"/phases/{report.competition}-0/handouts").body["starting_kit"]
    assert "It waits on the queue of this site: that of there is known there alone." in report.notes
    assert any("carl" in note for note in report.notes) and any("Robots" in note for note in report.notes)


def test_what_went_along_there_does_not_go_along_again(
    site: Site, organizer: Person, there: FakeCodabench, migrate: Migrating
) -> None:
    crowd(there)
    there.migrates = True
    there.submit("ada", 0.9, phase=32, leaderboard=7)
    report = migrate()
    organizer.call("POST", f"/competitions/{report.competition}/publish")
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=5))
    _work(site)
    final = organizer.call("GET", f"/phases/{report.competition}-1/submissions?everyone=true").body["submissions"]
    assert [(one["origin"]["id"], one["status"]) for one in final] == [("104", "Finished")]
    assert site.messages("JobsQueueUrl") == []
    assert any("gone along" in note for note in report.notes)


def test_a_task_that_two_phases_share_is_one_here(organizer: Person, there: FakeCodabench, migrate: Migrating) -> None:
    report = migrate()
    settings = organizer.call("GET", f"/competitions/{report.competition}/settings").body["settings"]
    assert [one["name"] for one in settings["tasks"]] == ["Task 0"]
    assert [one["tasks"] for one in settings["phases"]] == [[settings["tasks"][0]["index"]]] * 2


def test_a_site_that_is_called_too_often_is_waited_for(
    there: FakeCodabench, migrate: Migrating, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(there)
    real, refused = Client.bring, []

    def bring(self: Client, phase: str, told: dict[str, Any]) -> Any:
        if len(refused) < 3:
            refused.append(told["id"])
            raise ProblemError(429, "Too often", "Wait.")
        return real(self, phase, told)

    monkeypatch.setattr(Client, "bring", bring)
    assert (counts(migrate())["Submissions"], refused) == ((4, 4), ["100"] * 3)


def test_each_of_several_tasks_keeps_its_scores(organizer: Person, there: FakeCodabench, migrate: Migrating) -> None:
    there.tasks = 2
    there.person("ada")
    there.submit("ada", 0.4, 0.8, leaderboard=7)
    report = migrate()
    assert report.left == []
    (told,) = organizer.call("GET", f"/phases/{report.competition}-0/submissions?everyone=true").body["submissions"]
    assert (told["scores"]["2/accuracy"], told["scores"]["1/accuracy"]) == (0.4, 0.8)
    tasks = organizer.call("GET", f"/competitions/{report.competition}/settings").body["settings"]["tasks"]
    assert [task.get("ingestion_only_during_scoring") or False for task in tasks] == [True, False]


def test_broken_off_anywhere_it_goes_on_and_each_thing_comes_once(
    site: Site, there: FakeCodabench, migrate: Migrating, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(there)
    steps = [(Move, name) for name in ("_dumped", "_bundle", "_import", "_fetched", "_told")]
    for one, name in (*steps, (Client, "bring"), (MigrationFolder, "note"), (Move, "compare"), (Move, "tell_people")):
        with monkeypatch.context() as patch, pytest.raises(InterruptedError):
            patch.setattr(one, name, _breaking(getattr(one, name)))
            migrate()
    report = migrate()
    assert [(one[0].partition("~")[0], one[1]) for one in migrate.board(report.competition)] == there.board()
    kinds = [row["kind"] for row in site.rows()]
    assert (kinds.count("competition"), kinds.count("submission"), kinds.count("participant")) == (1, 4, 2)
    assert len([one for one in there.asked if one.path.endswith("create_dump/")]) == 1


def _breaking(real: Callable[..., Any]) -> Callable[..., Any]:
    def broken(*arguments: Any) -> Any:
        real(*arguments)
        raise InterruptedError

    return broken


def test_run_again_nothing_comes_twice_and_no_file_is_fetched(there: FakeCodabench, migrate: Migrating) -> None:
    crowd(there)
    migrate()
    there.asked.clear()
    there.submit("ada", 0.95)
    report = migrate()
    fetched = [one.path for one in there.asked if one.path.startswith("/bucket/")]
    assert (fetched, counts(report)["Submissions"]) == (["/bucket/submission-104"], (5, 5))


def test_what_cannot_come_is_told_with_its_reason(there: FakeCodabench, migrate: Migrating) -> None:
    there.person("ada")
    there.person("gone", is_deleted=True, email="")
    lost = there.submit("ada", 0.5, leaderboard=7)
    there.lost.add(lost)
    running = there.submit("ada", None, status="Running")
    alone = there.submit("ada", 0.7, is_specific_task_re_run=True)
    there.submit("gone", 0.6, leaderboard=7)
    # That site lists it to nobody who does not ask for it.
    there.submit("ada", 0.8, is_soft_deleted=True, filename="Deleted File")
    report = migrate()
    assert counts(report)["Submissions"] == (4, 1)
    left = {one.which.split()[0]: one.why for one in report.left if one.what == "submission"}
    assert left == {
        str(lost): "Storage has no such file any more.",
        str(running): "It is Running there. Run the same again when it has ended.",
        str(alone): "It is a re-run of one task alone, which no board there shows.",
    }
    assert [one.why for one in report.left if one.what == "leaderboard"] == [f"Not on it here: number {lost} of ada"]
    written = (migrate.folder / "report.md").read_text()
    assert "Storage has no such file" in written and TOKEN not in written


def test_files_that_are_no_zips_come_packed_and_are_told_in_one_sentence(there: FakeCodabench, migrate: Migrating) -> None:
    there.person("ada")
    for index in range(22):
        there.files[f"submission-{there.submit('ada', 0.01 * index)}"] = b"1,2,3"
    report = migrate()
    assert counts(report)["Submissions"] == (22, 22)
    (note,) = [note for note in report.notes if "no zips" in note]
    assert note.endswith("118, 119 and 2 more")


def test_a_site_that_fails_is_asked_again_and_one_that_fails_for_good_is_left_until_later(
    there: FakeCodabench, migrate: Migrating
) -> None:
    crowd(there)
    page = f"/api/competitions/{NUMBER}/"
    there.wrong[page] = [(502, HTML, {}), (429, {"detail": "throttled"}, {"Retry-After": "7"})]
    there.wrong["/api/submissions/101/get_details/"] = [(500, HTML, {})] * 6
    report = migrate()
    assert [(one.which[:3], "does not answer" in one.why) for one in report.left if one.what == "submission"] == [
        ("101", True)
    ]
    assert counts(migrate())["Submissions"] == (4, 4)


def test_after_several_files_in_a_row_that_fail_it_stops_and_keeps_what_came(
    there: FakeCodabench, migrate: Migrating
) -> None:
    there.person("ada")
    numbers = [there.submit("ada", 0.1 * index) for index in range(1, 8)]
    for number in numbers[1:]:
        there.wrong[f"/api/submissions/{number}/get_details/"] = [(500, HTML, {})] * 6
    with pytest.raises(SiteFails, match="What came is noted"):
        migrate()
    there.wrong.clear()
    assert counts(migrate())["Submissions"] == (7, 7)


def test_a_dump_is_waited_for_asked_for_once_and_may_be_given_by_hand(
    there: FakeCodabench, migrate: Migrating, tmp_path: Path
) -> None:
    there.dumps.append("Guess Dump #1 Created before")
    there.dump_after = 3
    migrate()
    assert len([one for one in there.asked if one.path.endswith("create_dump/")]) == 1
    by_hand = tmp_path / "by-hand.zip"
    by_hand.write_bytes(there.dump())
    there.asked.clear()
    migrate.folder = tmp_path / "other"
    assert migrate(dump=by_hand).competition
    assert not [one for one in there.asked if "create_dump" in one.path or "get_files" in one.path]


def test_a_dump_that_never_comes_is_told_and_asked_for_anew(there: FakeCodabench, migrate: Migrating) -> None:
    there.dump_after = 10**6
    with pytest.raises(SiteFails, match="name it with --dump"):
        migrate()
    there.dump_after = 0
    assert migrate().competition


def test_a_dump_that_lacks_files_is_told_file_by_file_and_mended_by_hand(there: FakeCodabench, migrate: Migrating) -> None:
    there.lacking.add("reference_data-51.zip")
    with pytest.raises(AgonError, match=r"(?s)did not become a competition.*reference_data-51.zip") as error:
        migrate()
    assert "competition.zip" in str(error.value)
    with zipfile.ZipFile(migrate.folder / "competition.zip", "a") as mended:
        mended.writestr("reference_data-51.zip", builders.archive({"truth.txt": "1"}))
    assert migrate().competition


def test_an_image_that_no_runner_here_gets_is_told_and_replaced_by_one_that_is_named(
    organizer: Person, there: FakeCodabench, migrate: Migrating
) -> None:
    there.image = "registry.lab.internal:5000/tools:1"
    with pytest.raises(AgonError, match=r"(?s)pulls no images from registry.lab.internal:5000.*--image"):
        migrate()
    made = migrate(image="python:3.12").competition
    assert organizer.call("GET", f"/competitions/{made}").body["docker_image"] == "python:3.12"
    assert len([one for one in there.asked if one.path.endswith("create_dump/")]) == 1


def test_what_opens_the_broker_of_that_site_is_not_kept(there: FakeCodabench, migrate: Migrating) -> None:
    crowd(there)
    migrate()
    assert BROKER in httpx.get(there.url.replace("/comp", "/api/comp"), headers={"Authorization": f"Token {TOKEN}"}).text
    kept = [path for path in migrate.folder.iterdir() if BROKER.encode() in path.read_bytes()]
    assert kept == [] and BROKER.encode() not in zipfile.ZipFile(migrate.folder / "competition.zip").read("competition.yaml")


def test_into_what_is_published_nothing_comes(organizer: Person, there: FakeCodabench, migrate: Migrating) -> None:
    made = migrate().competition
    organizer.call("POST", f"/competitions/{made}/publish")
    with pytest.raises(AgonError, match="agon competitions unpublish"):
        migrate()


def test_lists_in_pages_are_read_to_their_end(there: FakeCodabench, migrate: Migrating) -> None:
    there.is_paged = True
    for index in range(5):
        there.person(f"p{index}")
        there.submit(f"p{index}", 0.1 * index, leaderboard=7)
    assert counts(migrate())["Submissions"] == (5, 5)


def test_who_took_part_is_invited_once_and_where_that_is_wanted(
    organizer: Person, there: FakeCodabench, migrate: Migrating
) -> None:
    crowd(there)
    there.person("robot", is_bot=True)
    there.person("denied", status="denied")
    made = migrate().competition
    guests = f"/competitions/{made}/guests"
    assert organizer.call("GET", guests).body["guests"] == []
    for _ in range(2):
        report = migrate(invites=True)
    invited = {one["address"] for one in organizer.call("GET", guests).body["guests"]}
    assert invited == {"ada@example.org", "grace@example.org", "later@example.org"}
    assert counts(report)["Participants"] == (4, 3)
    assert any("denied" in note for note in report.notes)
    rows = list(csv.DictReader((migrate.folder / "participants.csv").read_text().splitlines()))
    assert [row["username"] for row in rows] == ["ada", "grace", "robot", "denied"]


def test_who_is_invited_collects_what_they_submitted_there(
    site: Site, organizer: Person, ada: Person, there: FakeCodabench, migrate: Migrating
) -> None:
    crowd(there)
    made = migrate(invites=True).competition
    organizer.call("POST", f"/competitions/{made}/publish")
    assert ada.call("POST", f"/competitions/{made}/participants", {"accept_terms": True}).status == 201
    with client(site, ada) as asks:
        assert asks.collect(made) == {"submissions": 2, "left": 0}
    _work(site)
    assert migrate.board(made)[0] == ("ada", 0.9, True)


def test_a_refused_token_changes_nothing(site: Site, migrate: Migrating) -> None:
    with pytest.raises(AgonError, match="does not let this token"):
        migrate(token="wrong")
    assert not [row for row in site.rows() if row["kind"] == "competition"]
    assert not migrate.folder.exists()


def test_what_is_refused_here_for_one_stops_no_other(
    there: FakeCodabench, migrate: Migrating, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(there)
    real = Client.bring

    def bring(self: Client, phase: str, told: dict[str, Any]) -> Any:
        if told["id"] == "101":
            raise ProblemError(422, "Wrong", "It does not fit.", [{"place": "owner", "message": "Odd."}])
        return real(self, phase, told)

    monkeypatch.setattr(Client, "bring", bring)
    report = migrate()
    assert counts(report)["Submissions"] == (4, 3)
    assert [one.why for one in report.left if one.what == "submission"] == ["Refused here: It does not fit. (owner: Odd.)"]
