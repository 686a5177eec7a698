"""Files to and from storage, and folders packed on the way."""

import hashlib
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agon import archive, downloads
from agon.client import Client
from agon.credentials import SignIn
from agon.errors import BadFile
from agon.transfer import TransferFailed
from agon.unfinished import Unfinished
from tests.unit import fake_api
from tests.unit.fake_api import FakeApi, Reply, Request

COMMITTED = {"id": "u", "state": "committed", "filename": "a.zip", "size_bytes": 10, "sha256": "0"}


@pytest.fixture
def api() -> Iterator[FakeApi]:
    with fake_api.running() as running:
        yield running


def file(tmp_path: Path, content: bytes = b"0123456789") -> Path:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    return path


def whole(api: FakeApi) -> None:
    post = {"url": f"{api.address}/storage", "fields": {"key": "uploads/u", "policy": "signed"}}
    api.on("POST", "/uploads", {"id": "u", "method": "post", "post": post, "parts": []}, 201)
    api.on("POST", "/uploads/u/commit", COMMITTED).on("DELETE", "/uploads/u", {})


def parts(api: FakeApi, *sizes: int) -> None:
    place = f"{api.address}/storage"
    listed = [
        {"number": n, "url": f"{place}/{n}", "headers": {"x-amz-checksum-sha256": f"c{n}"}, "size_bytes": size}
        for n, size in enumerate(sizes, 1)
    ]
    api.on("POST", "/uploads", {"id": "u", "method": "multipart", "post": None, "parts": listed}, 201)
    api.on("POST", "/uploads/u/commit", COMMITTED).on("DELETE", "/uploads/u", {})


def upload(api: FakeApi, path: Path, sent: list[int]) -> None:
    with Client(api.url, SignIn("ada", "secret-token")) as client:
        assert client.upload(path, "submission", sent.append) == COMMITTED


def test_a_small_file_goes_as_one_form_with_the_file_last(api, tmp_path):
    whole(api)
    api.on("POST", "/storage", None, 204)
    sent: list[int] = []
    upload(api, file(tmp_path), sent)
    begun = api.asked("POST", "/uploads")[0].body
    expected = hashlib.sha256(b"0123456789").hexdigest()
    assert begun == {"purpose": "submission", "filename": "a.zip", "size_bytes": 10, "sha256": expected, "part_sha256": []}
    form = api.asked("POST", "/storage")[0].raw
    assert form.index(b'name="key"') < form.index(b'name="policy"') < form.index(b'name="file"') < form.index(b"0123456789")
    assert sum(sent) == 10
    assert api.asked("POST", "/uploads/u/commit")[0].body == {"parts": []}


def test_the_sign_in_is_not_shown_to_storage(api, tmp_path):
    whole(api)
    api.on("POST", "/storage", None, 204)
    upload(api, file(tmp_path), [])
    assert "authorization" not in api.asked("POST", "/storage")[0].headers
    assert b"secret-token" not in api.asked("POST", "/storage")[0].raw


def test_a_large_file_goes_in_parts_whose_etags_are_committed(api, tmp_path):
    parts(api, 4, 4, 2)
    for number in (1, 2, 3):
        api.on("PUT", f"/storage/{number}", None, 200, ETag=f'"e{number}"')
    sent: list[int] = []
    upload(api, file(tmp_path), sent)
    assert [api.asked("PUT", f"/storage/{number}")[0].raw for number in (1, 2, 3)] == [b"0123", b"4567", b"89"]
    assert api.asked("PUT", "/storage/2")[0].headers["x-amz-checksum-sha256"] == "c2"
    assert sum(sent) == 10
    committed = api.asked("POST", "/uploads/u/commit")[0].body
    assert committed == {"parts": [{"number": number, "etag": f'"e{number}"'} for number in (1, 2, 3)]}


def test_a_part_that_storage_fails_to_take_is_sent_again_and_counted_once(api, tmp_path):
    parts(api, 10)
    api.on("PUT", "/storage/1", "<Code>SlowDown</Code>", 503).on("PUT", "/storage/1", None, 200, ETag='"e"')
    sent: list[int] = []
    upload(api, file(tmp_path), sent)
    assert sum(sent) == 10
    assert len(api.asked("PUT", "/storage/1")) == 2


def test_a_storage_that_stays_in_trouble_is_given_up_with_its_own_word(api, tmp_path, monkeypatch):
    whole(api)
    api.on("POST", "/storage", "<Code>SlowDown</Code>", 503)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    sent: list[int] = []
    with pytest.raises(TransferFailed, match="SlowDown"):
        upload(api, file(tmp_path), sent)
    assert len(api.asked("POST", "/storage")) == 7
    assert sum(sent) == 10


def test_a_refused_file_is_told_in_a_word_and_taken_back(api, tmp_path):
    whole(api)
    api.on("POST", "/storage", "<Error><Code>EntityTooLarge</Code></Error>", 400)
    with pytest.raises(TransferFailed, match="EntityTooLarge"):
        upload(api, file(tmp_path), [])
    assert len(api.asked("DELETE", "/uploads/u")) == 1
    assert not api.asked("POST", "/uploads/u/commit")


def test_a_download_is_whole_or_not_there(api, tmp_path):
    api.on("GET", "/storage/output", "scores").on("GET", "/storage/log", "<Code>AccessDenied</Code>", 403)
    urls = {"output": f"{api.address}/storage/output", "scoring_stdout": f"{api.address}/storage/log", "results": {}}
    api.on("GET", "/submissions/s/files", urls)
    with Client(api.url) as client, pytest.raises(TransferFailed, match="AccessDenied"):
        client.download_files("s", tmp_path / "new")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["output.zip"]
    assert (tmp_path / "new/output.zip").read_text() == "scores"


def in_progress(api: FakeApi, *arrived: int, state: str = "begun") -> None:
    """What the API says of the upload of three parts, of which some have arrived; the others have fresh addresses."""
    sizes = {1: 4, 2: 4, 3: 2}
    there = [{"number": number, "etag": f'"e{number}"', "size_bytes": sizes[number]} for number in arrived]
    lacking = [
        {"number": n, "url": f"{api.address}/storage/fresh/{n}", "headers": {}, "size_bytes": size}
        for n, size in sizes.items()
        if n not in arrived
    ]
    more = {"filename": "a.zip", "size_bytes": 10, "sha256": "0", "method": "multipart", "post": None}
    api.on("GET", "/uploads/u", {"id": "u", "state": state, "arrived": there, "parts": lacking, **more})


ALL_PARTS = {"parts": [{"number": number, "etag": f'"e{number}"'} for number in (1, 2, 3)]}


def test_a_part_whose_address_has_died_goes_to_a_fresh_one_and_the_others_stay(api, tmp_path):
    parts(api, 4, 4, 2)
    in_progress(api, 1, 2)
    for number in (1, 2):
        api.on("PUT", f"/storage/{number}", None, 200, ETag=f'"e{number}"')
    api.on("PUT", "/storage/3", "<Code>AccessDenied</Code>", 403)
    api.on("PUT", "/storage/fresh/3", None, 200, ETag='"e3"')
    sent: list[int] = []
    upload(api, file(tmp_path), sent)
    assert api.asked("PUT", "/storage/fresh/3")[0].raw == b"89"
    assert sum(sent) == 10 and not api.asked("DELETE", "/uploads/u")
    assert api.asked("POST", "/uploads/u/commit")[0].body == ALL_PARTS


def test_a_part_that_arrived_without_a_word_is_not_sent_again(api, tmp_path):
    parts(api, 4, 4, 2)
    in_progress(api, 1, 2, 3)
    for number in (1, 2):
        api.on("PUT", f"/storage/{number}", None, 200, ETag=f'"e{number}"')
    api.on("PUT", "/storage/3", "<Code>AccessDenied</Code>", 403)
    upload(api, file(tmp_path), [])
    assert api.asked("POST", "/uploads/u/commit")[0].body == ALL_PARTS


def test_a_storage_that_refuses_fresh_addresses_too_is_given_up_and_what_arrived_stays(api, tmp_path):
    parts(api, 4, 4, 2)
    in_progress(api, 1, 2)
    for number in (1, 2):
        api.on("PUT", f"/storage/{number}", None, 200, ETag=f'"e{number}"')
    for place in ("/storage/3", "/storage/fresh/3"):
        api.on("PUT", place, "<Code>AccessDenied</Code>", 403)
    sent: list[int] = []
    with pytest.raises(TransferFailed, match="AccessDenied. Try again: what has arrived stays for a day"):
        upload(api, file(tmp_path), sent)
    assert sum(sent) == 8 and not api.asked("DELETE", "/uploads/u")


def test_the_same_client_goes_on_without_a_file_to_remember_by(api, tmp_path):
    parts(api, 4, 4, 2)
    in_progress(api, 1, 2)
    for number in (1, 2):
        api.on("PUT", f"/storage/{number}", None, 200, ETag=f'"e{number}"')
    api.on("PUT", "/storage/3", "<Code>InternalError</Code>", 400)
    api.on("PUT", "/storage/fresh/3", None, 200, ETag='"e3"')
    path = file(tmp_path)
    with Client(api.url) as client:
        with pytest.raises(TransferFailed):
            client.upload(path, "submission")
        assert client.upload(path, "submission") == COMMITTED
    assert len(api.asked("POST", "/uploads")) == 1 and api.asked("POST", "/uploads/u/commit")[0].body == ALL_PARTS


def test_a_new_run_sends_what_lacks_and_forgets_what_was_used(api, tmp_path):
    parts(api, 4, 4, 2)
    in_progress(api, 1, 2)
    in_progress(api, 1, 2)
    in_progress(api, 1, 2, 3, state="used")
    for number in (1, 2):
        api.on("PUT", f"/storage/{number}", None, 200, ETag=f'"e{number}"')
    api.on("PUT", "/storage/3", "<Code>AccessDenied</Code>", 403).on("PUT", "/storage/3", None, 200, ETag='"e3"')
    api.on("PUT", "/storage/fresh/3", "<Code>InternalError</Code>", 400)
    api.on("PUT", "/storage/fresh/3", None, 200, ETag='"e3"')
    path, memory = file(tmp_path), tmp_path / "uploads.json"
    with Client(api.url, unfinished=Unfinished(memory)) as first, pytest.raises(TransferFailed, match="InternalError"):
        first.upload(path, "submission")
    told: list[int] = []
    with Client(api.url, unfinished=Unfinished(memory)) as second:
        assert second.upload(path, "submission", told.append) == COMMITTED
    assert told[0] == 8 and sum(told) == 10
    assert len(api.asked("POST", "/uploads")) == 1
    assert len(api.asked("PUT", "/storage/1")) == 1
    with Client(api.url, unfinished=Unfinished(memory)) as third:
        third.upload(path, "submission")
    assert len(api.asked("POST", "/uploads")) == 2


def test_what_is_remembered_of_uploads_is_their_owners_alone_and_ends_after_a_day(tmp_path, monkeypatch):
    memory = tmp_path / "uploads.json"
    Unfinished(memory).keep("a file", "u")
    assert Unfinished(memory).find("a file") == "u" and memory.stat().st_mode & 0o777 == 0o600
    tomorrow = time.time() + 24 * 3600 + 1
    monkeypatch.setattr("time.time", lambda: tomorrow)
    assert Unfinished(memory).find("a file") is None
    memory.write_text('{"a file": 3')
    assert Unfinished(memory).find("a file") is None


WHOLE = b"0123456789" * 100


class Shelf:
    """A file in storage, by range: its answers may break off, and its content may change."""

    def __init__(self, content: bytes = WHOLE) -> None:
        self.content = content
        self.breaks_at: list[int] = []
        self.knows_if_range = True

    def __call__(self, request: Request) -> Reply:
        etag = f'"{hashlib.md5(self.content).hexdigest()}"'
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        is_rest = "range" in request.headers and (request.headers["if-range"] == etag or not self.knows_if_range)
        if is_rest and start >= len(self.content):
            return 416, "", {}
        body = self.content[start:] if is_rest else self.content
        headers = {"ETag": etag, "Content_Length": str(len(body))}
        if is_rest:
            headers["Content_Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        return 206 if is_rest else 200, body[: self.breaks_at.pop(0)] if self.breaks_at else body, headers


@pytest.fixture
def shelf(api: FakeApi) -> Shelf:
    made = Shelf()
    api.replies["GET", "/storage/f"] = [made]
    return made


def fetch(api: FakeApi, path: Path, told: list[tuple[int, int | None]] | None = None) -> None:
    downloads.fetch(lambda: f"{api.address}/storage/f", path, lambda *seen: None if told is None else told.append(seen))


def test_a_download_that_breaks_off_goes_on_where_it_was(api, shelf, tmp_path):
    shelf.breaks_at = [300, 500]
    told: list[tuple[int, int | None]] = []
    fetch(api, tmp_path / "f.zip", told)
    assert (tmp_path / "f.zip").read_bytes() == WHOLE and [path.name for path in tmp_path.iterdir()] == ["f.zip"]
    assert [request.headers.get("range") for request in api.asked("GET", "/storage/f")] == [None, "bytes=300-", "bytes=800-"]
    assert told[-1] == (1000, 1000) and (300, 1000) in told


def test_a_new_run_goes_on_with_a_download(api, shelf, tmp_path, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    shelf.breaks_at = [100] * 7
    with pytest.raises(TransferFailed):
        fetch(api, tmp_path / "f.zip")
    assert not (tmp_path / "f.zip").exists()
    fetch(api, tmp_path / "f.zip")
    assert api.asked("GET", "/storage/f")[-1].headers["range"] == "bytes=700-"
    assert (tmp_path / "f.zip").read_bytes() == WHOLE


@pytest.mark.parametrize("knows_if_range", [True, False])
@pytest.mark.parametrize("content", [b"another one" * 90, b"short"])
def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(
    api, shelf, tmp_path, monkeypatch, content, knows_if_range
):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    shelf.breaks_at, shelf.knows_if_range = [100] * 7, knows_if_range
    with pytest.raises(TransferFailed):
        fetch(api, tmp_path / "f.zip")
    shelf.content = content
    fetch(api, tmp_path / "f.zip")
    assert (tmp_path / "f.zip").read_bytes() == content and [path.name for path in tmp_path.iterdir()] == ["f.zip"]


def test_a_download_whose_address_died_asks_for_a_fresh_one(api, shelf, tmp_path):
    api.on("GET", "/storage/dead", "<Code>AccessDenied</Code>", 403)
    links = iter(["dead", "f"])
    downloads.fetch(lambda: f"{api.address}/storage/{next(links)}", tmp_path / "f.zip")
    assert (tmp_path / "f.zip").read_bytes() == WHOLE


def test_a_submissions_files_get_fresh_addresses_of_their_own(api, shelf, tmp_path):
    api.on("GET", "/storage/dead", "<Code>AccessDenied</Code>", 403)
    for place in ("dead", "f"):
        api.on("GET", "/submissions/s/files", {"output": f"{api.address}/storage/{place}", "results": {}})
    with Client(api.url) as client:
        assert client.download_files("s", tmp_path / "new") == {"output": tmp_path / "new/output.zip"}
    assert (tmp_path / "new/output.zip").read_bytes() == WHOLE


def test_a_folder_is_packed_alike_each_time_without_litter(tmp_path):
    folder = tmp_path / "model.v2"
    for name in ("run.sh", "b/data.csv", "__pycache__/x.pyc", ".git/HEAD", ".DS_Store", "b/._data.csv", "b/.keep"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "run.sh").chmod(0o700)
    with archive.packed(folder) as first:
        content = first.read_bytes()
        assert first.name == "model.v2.zip"
        with zipfile.ZipFile(first) as zipped:
            assert zipped.namelist() == ["b/.keep", "b/data.csv", "run.sh"]
            modes = {item.filename: item.external_attr >> 16 & 0o777 for item in zipped.infolist()}
    assert (modes["run.sh"], modes["b/data.csv"]) == (0o755, 0o644)
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    with archive.packed(folder) as second:
        assert second.read_bytes() == content
    assert not first.exists() and not second.exists()


def test_a_single_file_is_wrapped_and_a_zip_is_sent_as_it_is(tmp_path):
    table = tmp_path / "predictions.csv"
    table.write_text("a,b")
    with archive.packed(table) as packed, zipfile.ZipFile(packed) as zipped:
        assert (packed.name, zipped.namelist()) == ("predictions.zip", ["predictions.csv"])
    with archive.packed(file(tmp_path)) as packed:
        assert packed == tmp_path / "a.zip"


def test_what_is_not_there_or_empty_is_told(tmp_path):
    with pytest.raises(BadFile, match="no file or folder"), archive.packed(tmp_path / "nothing"):
        pass
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadFile, match="holds no files"), archive.packed(tmp_path / "empty"):
        pass


def test_each_part_of_a_large_file_is_summed_before_it_is_sent(api, tmp_path, monkeypatch):
    monkeypatch.setattr("chalicelib.contract.parts.SINGLE_BYTES", 4)
    monkeypatch.setattr("chalicelib.contract.parts.PART_BYTES", 4)
    parts(api, 4, 4, 2)
    for number in (1, 2, 3):
        api.on("PUT", f"/storage/{number}", None, 200, ETag="e")
    upload(api, file(tmp_path), [])
    begun = api.asked("POST", "/uploads")[0].body
    assert begun["part_sha256"] == [hashlib.sha256(part).hexdigest() for part in (b"0123", b"4567", b"89")]
    assert begun["sha256"] == hashlib.sha256(b"0123456789").hexdigest()
