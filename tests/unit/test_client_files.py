"""Files to and from storage, and folders packed on the way."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agon import archive
from agon.client import Client
from agon.credentials import SignIn
from agon.errors import BadFile
from agon.transfer import TransferFailed
from tests.unit import fake_api
from tests.unit.fake_api import FakeApi

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
    assert len(api.asked("POST", "/storage")) == 4
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
