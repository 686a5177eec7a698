"""What a path of a manifest leads to, as an archive of its own."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from agon.trial import bundle as bundles
from chalicelib.contract import archives
from chalicelib.domain.bundle.packing import Members
from tests import builders


def members(files: dict[str, str | bytes], prefix: str = "") -> Members:
    named = {prefix + name: content for name, content in files.items()}
    return Members(zipfile.ZipFile(io.BytesIO(builders.archive(named))), prefix)


def packed(found: Members, path: str) -> dict[str, bytes]:
    target = io.BytesIO()
    found.pack(path, target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("prefix", ["", "mine/", "./"])
def test_a_folder_is_packed_without_its_own_name_and_a_file_alone_in_a_folder(prefix: str) -> None:
    found = members({"data/a.csv": "1", "data/b/c.csv": "2", "labels.csv": "3", "data.csv": "4"}, prefix)
    assert packed(found, "data") == {"a.csv": b"1", "b/c.csv": b"2"}
    assert packed(found, "labels.csv") == {"labels.csv": b"3"}
    assert packed(found, "data/b/c.csv") == {"c.csv": b"2"}
    assert (found.size_of("data"), found.size_of("labels.csv")) == (2, 1)


def test_an_archive_is_taken_as_it_is_and_a_page_is_none() -> None:
    inner = builders.archive({"x": "y"})
    found, target = members({"data.zip": inner, "page.md": "# Hello"}), io.BytesIO()
    found.pack("data.zip", target)
    assert target.getvalue() == inner
    found.write("page.md", page := io.BytesIO())
    assert page.getvalue() == b"# Hello"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_entries_with_one_name_the_last_one_counts_alone_or_in_a_folder() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for text in ("first", "last"):
            archive.writestr("data/a.csv", text)
    found = Members(zipfile.ZipFile(content), "")
    assert packed(found, "data") == packed(found, "data/a.csv") == {"a.csv": b"last"}
    assert found.size_of("data") == 4


def test_a_trial_takes_a_file_by_itself_as_an_import_does(tmp_path: Path) -> None:
    path, folder = tmp_path / "bundle.zip", tmp_path / "files"
    folder.mkdir()
    manifest = builders.manifest().replace("reference.zip", "truth.txt")
    path.write_bytes(builders.bundle({"competition.yaml": manifest, "truth.txt": "42"}))
    with bundles.opened(path, None, None, folder) as [tryout]:
        taken = zipfile.ZipFile(tryout.files["reference_data"].url.removeprefix("file://"))
    with taken as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"truth.txt": b"42"}


def deflated(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


class Unseekable:
    """A target as S3 is one: it only takes."""

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, content: bytes) -> int:
        self.content += content
        return len(content)

    def flush(self) -> None:
        """Nothing."""


def test_what_is_packed_already_is_not_packed_anew() -> None:
    texts = {"data/é.csv": b"1,2,3\n" * 900_000, "data/b.bin": random.Random(1).randbytes(3 * 1024**2), "data/none": b""}
    # Another program packed it, and not as this one would.
    with zipfile.ZipFile(source := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in texts.items():
            made.writestr(name, text, compresslevel=1)
    target = Unseekable()
    Members(zipfile.ZipFile(source), "").pack("data", target)
    with zipfile.ZipFile(io.BytesIO(target.content)) as archive, zipfile.ZipFile(source) as before:
        assert archive.testzip() is None
        assert {f"data/{name}": archive.read(name) for name in archive.namelist()} == texts
        assert [one.compress_size for one in archive.infolist()] == [one.compress_size for one in before.infolist()]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    again = Unseekable()
    Members(zipfile.ZipFile(source), "").pack("data", again)
    assert again.content == target.content


def _with(content: bytes, name: str, **facts: int) -> bytes:
    """An archive whose directory and header say something else of a member."""
    source = zipfile.ZipFile(io.BytesIO(content))
    told, changed = source.getinfo(name), bytearray(content)
    old = struct.pack("<LLL", told.CRC, told.compress_size, told.file_size)
    for fact, value in facts.items():
        setattr(told, fact, value)
    new = struct.pack("<LLL", told.CRC, told.compress_size, told.file_size)
    assert changed.count(old) == 2
    return bytes(changed.replace(old, new))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: _with(content, "data/a", CRC=1),
        lambda content: _with(content, "data/a", file_size=10),
        lambda content: _with(content, "data/a", file_size=10**7),
        lambda content: _with(content, "data/a", compress_size=len(content) // 4),
        lambda content: content[:400] + bytes(200) + content[600:],
        lambda content: content.replace(b"data/a", b"data/x", 1),
    ],
)
def test_a_member_that_is_not_what_the_directory_says_is_refused(damage: Callable[[bytes], bytes]) -> None:
    content = damage(deflated({"data/a": random.Random(2).randbytes(2000) * 400, "data/b": b"2"}))
    with pytest.raises(archives.Refused, match="Zip it again"):
        Members(zipfile.ZipFile(io.BytesIO(content)), "").pack("data", Unseekable())


def test_a_member_that_ends_too_soon_is_refused() -> None:
    content = deflated({"data/a": random.Random(3).randbytes(200_000)})
    source = zipfile.ZipFile(io.BytesIO(content))
    source.fp = io.BytesIO(content[:100_000])
    with pytest.raises(archives.Refused):
        Members(source, "").pack("data", Unseekable())
