"""What was begun in parts and came to nothing is forgotten by whoever gives it up, whichever function that is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.actions.submissions import exports as exporting
from chalicelib.aws import streams
from chalicelib.contract import parts
from tests import builders
from tests.api.books import crashing, meeting
from tests.api.conftest import Person, Site, client
from tests.api.test_import_resume import LARGE, begun, bundle
from tests.api.test_orphans import page
from tests.api.test_queues import competition as on_queue
from tests.api.test_queues import make, token
from tests.api.test_submission_exports import order

Begin = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PART_BYTES", 200_000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)


@pytest.fixture
def unfinished(site: Site) -> Callable[[], list[str]]:
    """The keys of what S3 has in parts, of both buckets."""

    def unfinished() -> list[str]:
        buckets = (site.outputs[name] for name in ("FilesBucket", "RunsBucket"))
        found = [client("s3").list_multipart_uploads(Bucket=bucket).get("Uploads", []) for bucket in buckets]
        return [one["Key"] for uploads in found for one in uploads]

    return unfinished


@pytest.fixture
def begin(site: Site) -> Begin:
    """Leaves an upload in parts at a key, as a function does that dies."""

    def begin(bucket: str, key: str) -> None:
        client("s3").create_multipart_upload(Bucket=site.outputs[bucket], Key=key)

    return begin


def swept(**later: float) -> None:
    sweep.sweep(datetime.now(UTC) + timedelta(**later))


def test_the_sweeper_forgets_the_parts_of_an_upload_that_nobody_finished(
    site: Site, ada: Person, unfinished: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SINGLE_BYTES", 1024)
    sums = ["0" * 64] * len(parts.sizes(parts.PART_BYTES + 1))
    body = {"purpose": "submission", "filename": "a.zip", "size_bytes": parts.PART_BYTES + 1, "sha256": "0" * 64}
    assert ada.call("POST", "/uploads", {**body, "part_sha256": sums}).status == 201
    assert len(unfinished()) == 1
    swept(days=8)
    swept(days=16)
    assert unfinished() == []


def test_the_sweeper_forgets_the_parts_of_an_import_that_broke_off_too_often(
    site: Site, organizer: Person, unfinished: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(organizer, bundle())
    for functions in range(1, 5):
        for message in site.messages():
            with crashing(monkeypatch, 1, of="UploadPart"):
                site.run(message)
        swept(minutes=20 * functions)
    assert len(unfinished()) == 1
    swept(days=9)
    assert unfinished() == []


def test_an_import_that_goes_on_and_is_refused_forgets_its_parts(
    site: Site, organizer: Person, unfinished: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_ = begun(organizer, bundle())
    for message in site.messages():
        with crashing(monkeypatch, 1, of="UploadPart"):
            site.run(message)
    assert len(unfinished()) == 1
    # Its archive is another one meanwhile, as no store ever has it: a function that goes on refuses it.
    [sent] = [key for key in site.object_keys("FilesBucket") if key.startswith("uploads/")]
    client("s3").put_object(Bucket=site.outputs["FilesBucket"], Key=sent, Body=builders.archive({"x.txt": LARGE.hex()}))
    swept(minutes=20)
    while site.work():
        pass
    assert organizer.call("GET", f"/imports/{import_['id']}").body["status"] == "Failed"
    assert unfinished() == []


@pytest.mark.parametrize("is_swept", [False, True], ids=["by its own function", "by the sweeper"])
def test_a_parcel_that_is_given_up_forgets_the_zip_that_it_had_begun(
    site: Site, organizer: Person, ada: Person, begin: Begin, unfinished: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch, is_swept: bool,
) -> None:  # fmt: skip
    competition = organizer.competition()
    ada.join(competition)
    ada.submit(competition)
    parcel = order(organizer, competition)
    monkeypatch.setattr(exporting, "MAX_ZIPS", 0)
    begin("RunsBucket", exporting._key(exporting.exports.find(parcel, competition["phases"][0]["id"]), 1))
    if is_swept:
        for _ in range(4):
            with crashing(monkeypatch, 1, "PutObject"):
                site.work()
            swept(minutes=20)
    else:
        monkeypatch.setattr(exporting, "_pack", lambda *_: True)
        site.work()
    assert unfinished() == []


def test_an_edit_that_is_refused_at_its_end_leaves_nothing_of_its_page(
    site: Site, organizer: Person, unfinished: Callable[[], list[str]], begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition()
    before = set(site.object_keys("FilesBucket"))
    late, quick = page(organizer, competition), page(organizer, competition)

    def other() -> Any:
        for key in set(site.object_keys("FilesBucket")) - before:
            begin("FilesBucket", key)
        return quick()

    with meeting(monkeypatch, other, before="TransactWriteItems"):
        assert late().status == 412
    assert unfinished() == []


def test_a_phase_of_a_competition_with_a_queue_of_its_own_is_run_again_there(
    site: Site, organizer: Person, ada: Person
) -> None:
    queue = make(organizer)["id"]
    competition = on_queue(organizer, ada, queue)
    runner, phase = token(organizer, queue), competition["phases"][0]["id"]
    made = ada.submit(competition).body["id"]
    site.finish(site.claim(made, runner).body, {"accuracy": 0.5})
    assert organizer.call("POST", f"/phases/{phase}/rerun").status == 202
    while site.work():
        pass
    assert site.claim(made, runner).body["attempt"] == 2
