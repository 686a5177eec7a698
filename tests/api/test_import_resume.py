"""Imports that are broken off: they go on where they stopped, make one competition, and leave nothing over."""

import io
import random
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from chalicelib.actions import imports as importing
from chalicelib.aws import streams
from chalicelib.store import imports
from tests import builders
from tests.api.conftest import Person, Site

#: Incompressible, and larger than two parts.
LARGE = random.Random(7).randbytes(600_000)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    # S3 takes no smaller parts but the last; moto is told to.
    monkeypatch.setattr(streams, "PART_BYTES", 200_000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)


def bundle() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as inner:
        inner.writestr("truth.bin", LARGE)
    return builders.bundle({"reference.zip": target.getvalue(), "assets/style.css": "body {}"})


def begun(organizer: Person, content: bytes) -> dict[str, Any]:
    upload = organizer.upload(content, "bundle")
    return organizer.call("POST", "/competitions", {"upload": upload}).body


def finished(site: Site, organizer: Person, import_: dict[str, Any]) -> dict[str, Any]:
    while site.work():
        pass
    done: dict[str, Any] = organizer.call("GET", f"/imports/{import_['id']}").body
    assert (done["status"], done["errors"]) == ("Finished", []), done
    return done


def stored(site: Site) -> dict[str, set[str]]:
    """What the library and the bucket hold, by what it is."""
    rows = [(row["kind"], row.get("name", "")) for row in site.rows() if row["kind"] in ("dataset", "task", "competition")]
    s3, bucket = boto3.client("s3"), site.outputs["FilesBucket"]
    keys = site.object_keys("FilesBucket")
    uploads = s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
    hashes = {builders.sha256(s3.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in keys}
    return {"rows": {f"{kind} {name}" for kind, name in rows}, "hashes": hashes, "begun": {one["Key"] for one in uploads}}


def test_every_file_has_its_progress(site: Site, organizer: Person) -> None:
    done = finished(site, organizer, begun(organizer, bundle()))
    files = {file["name"]: (file["bytes_done"], file["bytes_total"]) for file in done["files"]}
    assert files["tasks[0].reference_data"][0] == files["tasks[0].reference_data"][1] > len(LARGE)
    assert set(files) == {
        *("pages[0].file", "terms", "assets/style.css", "tasks[0].scoring_program", "tasks[0].reference_data"),
    }
    assert done["done"] == done["total"] == 5


def test_a_function_whose_time_is_over_leaves_the_rest_to_the_next(site: Site, organizer: Person) -> None:
    import_, runs = begun(organizer, bundle()), 0
    # With less than its margin left, a function copies one file, or begins to, and stops.
    while site.work(seconds=29):
        runs += 1
        assert runs < 30
    done = organizer.call("GET", f"/imports/{import_['id']}").body
    assert (done["status"], done["done"]) == ("Finished", 5) and runs > 3
    assert stored(site)["begun"] == set()


class Crash(Exception):
    """The function dies."""


def crashing(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[int]:
    """Let the call number `at` of S3 or DynamoDB, and all after it, fail, as when a machine loses its power."""
    from botocore.client import BaseClient

    real, count = BaseClient._make_api_call, [0]

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if self.meta.service_model.service_name in ("s3", "dynamodb"):
            count[0] += 1
            if count[0] >= at:
                raise Crash
        return real(self, operation, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        yield count[0]


@pytest.mark.parametrize("at", range(2, 60, 3))
def test_a_crash_at_any_call_is_gone_on_from(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    import_ = begun(organizer, bundle())
    [message] = site.messages()
    for _ in crashing(monkeypatch, at):
        with suppress(Crash):
            site.run(message)
    # What the sweeper does when the function's lease is over.
    row = next(row for row in site.rows() if row["kind"] == "import")
    if row["status"] == "Running":
        imports.wait_again(imports.find(row["id"]), datetime.now(UTC))
    site.run(message)
    finished(site, organizer, import_)
    found = stored(site)
    assert found["begun"] == set()
    assert len(found["hashes"]) == len(site.object_keys("FilesBucket")) == 6
    names = {"competition ", "task Guess", "dataset Guess: scoring program", "dataset Guess: reference data"}
    assert found["rows"] == names
    uses = {row["dataset"] for row in site.rows() if row["kind"] == "dataset_use"}
    assert all(row["uses"] == 1 for row in site.rows() if row["kind"] == "dataset") and len(uses) == 2


def test_an_import_that_broke_off_too_often_leaves_nothing(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_ = begun(organizer, bundle())
    [message] = site.messages()
    for _ in crashing(monkeypatch, 30):
        with pytest.raises(Crash):
            site.run(message)
    importing.give_up(imports.find(import_["id"]))
    found = stored(site)
    assert found == {"rows": set(), "hashes": set(), "begun": set()}
    assert organizer.call("GET", f"/imports/{import_['id']}").body["status"] == "Failed"
