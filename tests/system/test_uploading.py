"""A file above 100 MB goes in parts, straight to storage, and each part is what its sender said.

It is uploaded after whole sites have been exported and rewound: hundreds of megabytes more would be read for each of these.
"""

import hashlib
import json
import zipfile
from pathlib import Path

import httpx
import pytest

from agon import archive
from agon.client import Client
from agon.errors import AgonError
from agon.unfinished import Unfinished
from chalicelib.contract import parts

MEGABYTE = 1024**2


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that goes in two parts, of 64 and 37 MiB."""
    path = tmp_path_factory.mktemp("large") / "large.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("zeros.bin", bytes(101 * MEGABYTE))
    return path


def test_a_large_file_arrives_in_parts(ada: Client, large: Path) -> None:
    told: list[int] = []
    upload = ada.upload(large, "submission", progress=told.append)
    assert (upload["state"], upload["size_bytes"]) == ("committed", large.stat().st_size)
    assert sum(told) == large.stat().st_size


def test_a_large_file_goes_on_in_a_new_run_where_it_broke_off(ada: Client, large: Path, tmp_path: Path) -> None:
    memory, told = Unfinished(tmp_path / "uploads.json"), list[int]()

    def break_off(count: int) -> None:
        told.append(count)
        if sum(told) > 70 * MEGABYTE:
            raise KeyboardInterrupt

    with Client(ada.http.api, ada.http.session, unfinished=memory) as first, pytest.raises(KeyboardInterrupt):
        first.upload(large, "submission", break_off)
    told.clear()
    with Client(ada.http.api, ada.http.session, unfinished=memory) as second:
        upload = second.upload(large, "submission", told.append)
        assert second.upload_in_progress(upload["id"])["state"] == "committed"
    assert sum(told) == large.stat().st_size
    (remembered,) = json.loads((tmp_path / "uploads.json").read_text()).values()
    assert remembered[0] == upload["id"]


def test_a_large_file_of_which_one_byte_changed_on_its_way_is_not_committed(ada: Client, large: Path) -> None:
    size = large.stat().st_size
    whole, sums = archive.sha256(large, parts.sizes(size))
    facts = {"purpose": "submission", "filename": "a.zip", "size_bytes": size, "sha256": whole, "part_sha256": sums}
    begun = ada.http.call("POST", "/uploads", facts)
    content, sent, start = bytearray(large.read_bytes()), [], 0
    content[70 * MEGABYTE] ^= 1
    for part in begun["parts"]:
        stretch = bytes(content[start : start + part["size_bytes"]])
        answer = httpx.put(part["url"], headers=part["headers"], content=stretch, timeout=60)
        sent.append({"number": part["number"], "etag": answer.headers.get("ETag", hashlib.md5(stretch).hexdigest())})
        start += part["size_bytes"]
    with pytest.raises(AgonError, match="another sha256|do not fit"):
        ada.http.call("POST", f"/uploads/{begun['id']}/commit", {"parts": sent})
