"""Imports that are broken off: they go on where they stopped, make one competition, and leave nothing over."""

import io
import random
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib import ids
from chalicelib.actions.background import jobs as background
from chalicelib.actions.background import sweep
from chalicelib.actions.bundles import imports as importing
from chalicelib.actions.library import copying
from chalicelib.aws import streams
from chalicelib.store import writes
from chalicelib.store.background import jobs
from chalicelib.store.bundles import imports
from chalicelib.store.bundles.imports import Import
from tests import builders
from tests.api.books import crashing, everything, mistakes
from tests.api.conftest import Person, Site, client

#: More calls than any import makes.
NEVER = 10**9
#: Incompressible, and larger than two parts.
LARGE = random.Random(7).randbytes(600_000)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    # S3 takes no smaller parts but the last; moto is told to.
    monkeypatch.setattr(streams, "PART_BYTES", 200_000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)


def bundle(files: Mapping[str, str | bytes] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as inner:
        inner.writestr("truth.bin", LARGE)
    return builders.bundle({"reference.zip": target.getvalue(), **(files or {})})


def begun(organizer: Person, content: bytes) -> dict[str, Any]:
    upload = organizer.upload(content, "bundle")
    return organizer.call("POST", "/competitions", {"upload": upload}).body


def stored_import(site: Site, organizer: Person, content: bytes, competition: str | None = None) -> Import:
    """As `begun` leaves it, by two calls: what is begun so often must be begun quickly."""
    now = datetime.now(UTC)
    id_, key = ids.new(now), f"uploads/{ids.new(now)}.zip"
    client("s3").put_object(Bucket=site.outputs["FilesBucket"], Key=key, Body=content)
    import_ = Import(
        *Import.at(id_),
        id=id_,
        owner=organizer.id,
        owner_name=organizer.username,
        competition=competition or ids.new(now),
        updates=1 if competition else None,
        object_key=key,
        status=jobs.WAITING,
        created_at=now,
    )
    import_.save()
    return import_


def finished(site: Site, organizer: Person, import_: dict[str, Any]) -> dict[str, Any]:
    while site.work():
        pass
    done: dict[str, Any] = organizer.call("GET", f"/imports/{import_['id']}").body
    assert (done["status"], done["errors"]) == ("Finished", []), done
    return done


def stored(site: Site) -> dict[str, set[str]]:
    """What the library and the bucket hold, by what it is."""
    rows = [(row["kind"], row.get("name", "")) for row in site.rows() if row["kind"] in ("dataset", "task", "competition")]
    s3, bucket = client("s3"), site.outputs["FilesBucket"]
    keys = site.object_keys("FilesBucket")
    uploads = s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
    hashes = {builders.sha256(s3.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in keys}
    return {"rows": {f"{kind} {name}" for kind, name in rows}, "hashes": hashes, "begun": {one["Key"] for one in uploads}}


def test_every_file_has_its_progress(site: Site, organizer: Person) -> None:
    done = finished(site, organizer, begun(organizer, bundle({"assets/style.css": "body {}"})))
    files = {file["name"]: (file["bytes_done"], file["bytes_total"]) for file in done["files"]}
    assert files["tasks[0].reference_data"][0] == files["tasks[0].reference_data"][1] > len(LARGE)
    assert set(files) == {
        *("pages[0].file", "terms", "assets/style.css", "tasks[0].scoring_program", "tasks[0].reference_data"),
    }
    assert done["done"] == done["total"] == 5


def test_functions_whose_time_is_over_leave_the_rest_to_others_and_send_each_part_once(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PART_BYTES", 60_000)
    import_, functions = begun(organizer, bundle({"assets/style.css": "body {}"})), 0
    with crashing(monkeypatch, NEVER) as calls:
        # With less than its margin left, a function copies one file, or sends one part of it, and stops.
        while site.work(seconds=29):
            functions += 1
            assert functions < 40
    done = organizer.call("GET", f"/imports/{import_['id']}").body
    assert (done["status"], done["done"]) == ("Finished", 5) and functions > 10
    assert calls.count("UploadPart") == len(LARGE) // 60_000 + 1
    assert calls.count("CreateMultipartUpload") == calls.count("CompleteMultipartUpload") == 1
    assert mistakes(site) == []


#: Some of the calls that an import of a large file makes: each is cut off, as are the others.
CUTS = {"CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "TransactWriteItems"}


#: Some of the calls that an import of a large file makes: each is cut off, as are the others.
CUTS = {"CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "TransactWriteItems"}


class Crash(Exception):
    """The function dies."""


def run(import_: Import) -> None:
    """What the tasks function does."""
    now = datetime.now(UTC)
    background.run(Import, import_.id, now, now + timedelta(minutes=15))


def cut_off(import_: Import, monkeypatch: pytest.MonkeyPatch, at: int) -> str | None:
    """Run an import until its call number `at`: what that asks for. None when it has no such call."""
    with crashing(monkeypatch, at) as calls:
        run(import_)
    return calls[at - 1] if len(calls) >= at else None


def test_whatever_call_is_cut_off_an_import_is_gone_on_with(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, cut = bundle(), [""]
    while cut[-1] is not None:
        site.clean()
        import_ = stored_import(site, organizer, content)
        cut.append(cut_off(import_, monkeypatch, len(cut)))
        import_.refresh()
        if import_.status == jobs.RUNNING:
            # What the sweeper does when the function's lease is over.
            jobs.wait_again(import_, datetime.now(UTC))
        run(import_)
        import_.refresh()
        assert (import_.status, import_.errors) == (jobs.FINISHED, None), cut
        found, kinds = everything(site), Counter(row["kind"] for row in site.rows())
        assert kinds == {"import": 1, "competition": 1, "slug": 1, "phase": 1, "task": 1, "dataset": 2, "dataset_use": 4}, (
            cut
        )
        assert (len(found.objects), mistakes(site)) == (5, []), cut
    assert set(cut) > CUTS


def by_key(task: str, dataset: str) -> bytes:
    """A bundle with a large file of its own, a task of the bank, and a dataset that there is."""
    text = builders.manifest(title="By key").replace(
        "phases:",
        f"  - {{index: 1, key: {task}}}\n"
        f"  - {{index: 2, name: Third, scoring_program: scoring_program/, reference_data: {dataset}}}\nphases:",
        1,
    )
    return bundle({"competition.yaml": text.replace("tasks: [0]", "tasks: [0, 1, 2]")})


@pytest.fixture
def library(organizer: Person) -> dict[str, str]:
    """A competition of another organizer of the same account, with its task and a dataset of that."""
    competition = organizer.competition()
    [task] = organizer.call("GET", "/tasks").body["tasks"]
    return {"competition": competition["id"], "task": task["id"], "dataset": task["files"]["reference_data"]["dataset"]}


def test_whatever_call_is_cut_off_an_update_that_is_given_up_leaves_what_was_there(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch, library: dict[str, str]
) -> None:
    content, before, cut = by_key(library["task"], library["dataset"]), everything(site), [""]
    while True:
        import_ = stored_import(site, organizer, content, library["competition"])
        cut.append(cut_off(import_, monkeypatch, len(cut)))
        import_.refresh()
        if import_.status == jobs.FINISHED:
            break
        importing.give_up(import_, "It broke off.", datetime.now(UTC), writes.nothing)
        assert everything(site) == before, cut
        assert imports.find(import_.id).status == jobs.FAILED
    assert cut[-1] is None and set(cut) > CUTS


def swept(import_: dict[str, Any], minutes: int) -> str:
    """What the sweeper makes of an import whose function's lease is over: its status then."""
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=minutes))
    return imports.find(import_["id"]).status


def test_an_import_that_breaks_at_the_same_place_each_time_is_given_up(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_, functions = begun(organizer, bundle()), 0
    while imports.find(import_["id"]).status != jobs.FAILED:
        functions += 1
        for message in site.messages():
            with crashing(monkeypatch, 1, of="TransactWriteItems"):
                site.run(message)
        swept(import_, 20 * functions)
        assert functions < 10
    assert functions == 3
    # It stays for a week, should administrators have it tried again (ADR 45), and leaves nothing after that.
    (error,) = organizer.call("GET", f"/imports/{import_['id']}").body["errors"]
    assert "broke off three times" in error["message"]
    swept(import_, 8 * 24 * 60)
    assert stored(site) == {"rows": set(), "hashes": set(), "begun": set()}
    assert organizer.call("GET", f"/imports/{import_['id']}").body["errors"] == [error]


def test_an_import_that_was_given_up_is_finished_when_an_administrator_has_it_tried_again(
    site: Site, organizer: Person, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_ = begun(organizer, bundle())
    for functions in range(1, 4):
        for message in site.messages():
            with crashing(monkeypatch, 1, of="TransactWriteItems"):
                site.run(message)
        swept(import_, 20 * functions)
    (failure,) = admin.call("GET", "/site/failures").body["failures"]
    assert admin.call("POST", f"/site/failures/{failure['id']}/retry").status == 200
    swept(import_, 0)
    site.work()
    assert organizer.call("GET", f"/imports/{import_['id']}").body["status"] == "Finished"
    swept(import_, 8 * 24 * 60)
    assert admin.call("GET", "/site/failures").body["failures"] == [] and mistakes(site) == []


def test_an_import_that_comes_further_each_time_is_not_given_up(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PART_BYTES", 60_000)
    monkeypatch.setattr(copying, "SAVE_EVERY_SECONDS", 0)
    import_, functions = begun(organizer, bundle()), 0
    while imports.find(import_["id"]).status != jobs.FINISHED:
        functions += 1
        for message in site.messages():
            with crashing(monkeypatch, 3, of="UploadPart"):
                site.run(message)
        assert swept(import_, 20 * functions) in (jobs.WAITING, jobs.FINISHED)
        assert functions < 10
    assert functions > jobs.MAX_ATTEMPTS


def test_an_import_that_fails_says_what_it_first_found_wherever_its_removal_is_cut_off(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = builders.manifest().replace("scoring_program/", "program.zip")
    bad, calls = bundle({"competition.yaml": text, "program.zip": bundle({"../score.py": ""})}), 0
    for before_the_end in range(8):
        import_ = stored_import(site, organizer, bad)
        with crashing(monkeypatch, calls - before_the_end if calls else 1000) as made:
            run(import_)
        calls = calls or len(made)
        import_.refresh()
        if import_.status == jobs.RUNNING:
            jobs.wait_again(import_, datetime.now(UTC))
        if import_.status == jobs.WAITING:
            run(import_)
            import_.refresh()
        assert import_.status == jobs.FAILED and "In `program.zip`" in import_.errors[0]["message"], made
        assert everything(site) == ([], [], []), made
