"""What a path of a manifest leads to, as an archive of its own."""

import io
import zipfile
from pathlib import Path

import pytest

from agon.trial import bundle as bundles
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
