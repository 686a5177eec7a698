"""POST /phases/{phase}/parcels: submissions with their outputs and logs, in zips for organizers."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from tests import builders
from tests.api.books import crashing
from tests.api.conftest import Person, Site, client, sender

LOG = b"Well done.\n" * 100


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(tasks=("Cats", "Dogs"))
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def phase_of(competition: dict[str, Any]) -> str:
    return str(competition["phases"][0]["id"])


def scored(site: Site, person: Person, competition: dict[str, Any], runner: str) -> str:
    """A submission with two tasks, of which each left an output, a log and a page."""
    made = str(person.submit(competition).body["id"])
    files = {"output.zip": builders.archive({"scores.json": "{}"}), "scoring_stdout.txt": LOG, "results/a.html": b"<p>"}
    for task in "01":
        job = site.claim(made, runner).body
        for name, content in files.items():
            client("s3").put_object(Bucket=site.outputs["RunsBucket"], Key=f"runs/{made}-{task}/1/{name}", Body=content)
        site.finish(job, {"accuracy": 0.5}, uploaded=["output", "scoring_stdout", "results/a.html"])
    return made


def order(person: Person, competition: dict[str, Any], *chosen: str) -> str:
    body = {"submissions": list(chosen)} if chosen else {}
    answer = person.call("POST", f"/phases/{phase_of(competition)}/parcels", body)
    assert answer.status == 202, answer
    return str(answer.body["id"])


def look(person: Person, competition: dict[str, Any], parcel: str) -> dict[str, Any]:
    found: dict[str, Any] = person.call("GET", f"/phases/{phase_of(competition)}/parcels/{parcel}").body
    return found


def archives(parcel: dict[str, Any]) -> list[zipfile.ZipFile]:
    return [zipfile.ZipFile(io.BytesIO(sender().get(one["url"]).content)) for one in parcel["zips"]]


def listed(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("submissions.csv").decode())))


def parcel_objects(site: Site) -> list[str]:
    return [key for key in site.object_keys("RunsBucket") if key.startswith("parcels/")]


def unfinished(site: Site) -> list[Any]:
    return client("s3").list_multipart_uploads(Bucket=site.outputs["RunsBucket"]).get("Uploads", [])


def test_a_phase_is_packed_into_one_zip_by_participant_and_submission(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = scored(site, ada, competition, runner)
    waiting = str(ada.submit(competition, builders.submission("43")).body["id"])
    parcel = order(organizer, competition)
    later = str(ada.submit(competition).body["id"])
    assert organizer.call("POST", f"/phases/{phase_of(competition)}/parcels", {}).status == 409
    site.work()
    told = look(organizer, competition, parcel)
    assert (told["status"], told["submissions"], len(told["zips"])) == ("Finished", 2, 1)
    (archive,) = archives(told)
    run = ("logs/scoring_stdout.txt", "output.zip", "results/a.html")
    inside = [f"ada/{made}/task-{task}/{name}" for task in "01" for name in run]
    assert sorted(archive.namelist()) == sorted(
        [f"ada/{made}/submission.zip", *inside, f"ada/{waiting}/submission.zip", "submissions.csv"]
    )
    assert archive.read(f"ada/{made}/task-1/logs/scoring_stdout.txt") == LOG
    assert archive.read(f"ada/{waiting}/submission.zip") == builders.submission("43")
    rows = {row["Submission"]: row for row in listed(archive)}
    assert later not in rows and list(rows) == [waiting, made]
    assert (rows[made]["accuracy"], rows[made]["1/accuracy"], rows[waiting]["Status"]) == ("0.5", "0.5", "Submitted")
    assert [one["id"] for one in organizer.call("GET", f"/phases/{phase_of(competition)}/parcels").body["parcels"]] == [
        parcel
    ]


def test_chosen_submissions_are_packed_and_what_is_gone_is_told(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    first, second = scored(site, ada, competition, runner), scored(site, ada, competition, runner)
    client("s3").delete_object(Bucket=site.outputs["RunsBucket"], Key=f"runs/{first}-1/1/output.zip")
    path = f"/phases/{phase_of(competition)}/parcels"
    refused = organizer.call("POST", path, {"submissions": [first, "none", f"{second}-0"]})
    assert [one["place"] for one in refused.body["errors"]] == ["submissions.1", "submissions.2"]
    parcel = order(organizer, competition, first)
    site.work()
    (archive,) = archives(look(organizer, competition, parcel))
    assert [(row["Submission"], row["Gone from storage"]) for row in listed(archive)] == [(first, "task-1/output.zip")]


def test_an_empty_phase_is_a_zip_with_an_empty_table(site: Site, organizer: Person, competition: dict[str, Any]) -> None:
    parcel = order(organizer, competition)
    site.work()
    (archive,) = archives(look(organizer, competition, parcel))
    assert (archive.namelist(), listed(archive)) == (["submissions.csv"], [])


def test_what_one_function_has_no_time_for_the_next_puts_into_another_zip(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    made = [str(ada.submit(competition).body["id"]) for _ in range(3)]
    parcel, runs = order(organizer, competition), 0
    while site.work(seconds=29):
        runs += 1
        assert runs < 10
    told = look(organizer, competition, parcel)
    assert (told["status"], [one["submissions"] for one in told["zips"]]) == ("Finished", [1, 1, 1])
    assert [row["Submission"] for archive in archives(told) for row in listed(archive)] == made[::-1]


def test_large_submissions_go_on_within_their_zip(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.aws.streams.PART_BYTES", 10_000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)
    content = builders.submission("x") + bytes(range(256)) * 150
    made = str(ada.submit(competition, content).body["id"])
    parcel, runs = order(organizer, competition), 0
    while site.work(seconds=29):
        runs += 1
        assert runs < 20
    (archive,) = archives(look(organizer, competition, parcel))
    assert runs > 3 and archive.read(f"ada/{made}/submission.zip") == content
    assert unfinished(site) == []


def test_whatever_call_is_cut_off_each_submission_is_packed_once_and_nothing_is_left_a_week_later(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.aws.streams.PART_BYTES", 2000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)
    made = str(ada.submit(competition, builders.submission() + bytes(range(256)) * 10).body["id"])
    cut, is_over = 0, False
    while not is_over:
        cut += 1
        parcel = order(organizer, competition)
        with crashing(monkeypatch, cut) as calls:
            site.work()
        is_over = len(calls) < cut
        if not is_over:
            sweep.sweep(datetime.now(UTC) + timedelta(minutes=20))
            site.work()
        told = look(organizer, competition, parcel)
        assert told["status"] == "Finished", (calls, told)
        assert [row["Submission"] for archive in archives(told) for row in listed(archive)] == [made]
        sweep.sweep(datetime.now(UTC) + timedelta(days=8))
        assert (parcel_objects(site), unfinished(site)) == ([], []), calls
        assert [row["pk"] for row in site.rows() if row["kind"] == "parcel"] == []
    assert cut > 8


def test_a_parcel_that_always_breaks_off_is_given_up(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.submit(competition)
    parcel = order(organizer, competition)
    for _ in range(4):
        with crashing(monkeypatch, 1, "PutObject"):
            site.work()
        sweep.sweep(datetime.now(UTC) + timedelta(minutes=20))
    told = look(organizer, competition, parcel)
    assert (told["status"], "broke off" in told["reason"], parcel_objects(site)) == ("Failed", True, [])
