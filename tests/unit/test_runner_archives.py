"""What is unpacked, and what is refused before a byte is written."""

import io
import os
import stat
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from agon.archive import packed
from chalicelib.contract import archives, limits
from runner.archives import BadArchive, Unpacked, unpack


def make(path: Path, entries: dict[str, bytes], modes: dict[str, int] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (modes or {}).get(name, stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def everything_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "archive.zip"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "safe" / "target"


@pytest.fixture(autouse=True)
def _safe(tmp_path):
    (tmp_path / "safe").mkdir()


def test_files_and_folders_are_unpacked(archive, target):
    assert unpack(make(archive, {"a.txt": b"1", "folder/b.txt": b"2", "empty/": b""}), target) == Unpacked()
    assert everything_below(target) == {"a.txt", "folder", "folder/b.txt", "empty"}
    assert (target / "folder" / "b.txt").read_bytes() == b"2"


def test_executable_bits_are_kept_and_no_others(archive, target):
    modes = {"run": stat.S_IFREG | 0o4750, "data": stat.S_IFREG | 0o666}
    unpack(make(archive, {"run": b"", "data": b""}, modes), target)
    assert stat.S_IMODE((target / "run").stat().st_mode) == 0o755
    assert stat.S_IMODE((target / "data").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "..\\x", "C:\\x", "c:/x", "a/..", "..", "//x", "a/b/../../../x"]
)
def test_a_name_that_leads_out_is_refused(archive, target, tmp_path, name):
    before = everything_below(tmp_path) | {"archive.zip"}
    with pytest.raises(BadArchive):
        unpack(make(archive, {"good.txt": b"1", name: b"x"}), target)
    assert everything_below(tmp_path) == before


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_are_refused(archive, target, kind):
    with pytest.raises(BadArchive, match="link or a device"):
        unpack(make(archive, {"x": b"/etc/passwd"}, {"x": kind | 0o777}), target)
    assert not target.exists()


def test_encrypted_entries_are_refused(archive, target):
    content = bytearray(make(archive, {"x": b"secret"}).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    archive.write_bytes(content)
    with pytest.raises(BadArchive, match="encrypted"):
        unpack(archive, target)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(archive, target, content):
    archive.write_bytes(content)
    with pytest.raises(BadArchive):
        unpack(archive, target)


def test_a_damaged_zip_is_refused(archive, target):
    content = bytearray(make(archive, {"x": os.urandom(5000)}).read_bytes())
    content[2000] ^= 0xFF
    archive.write_bytes(content)
    with pytest.raises(BadArchive):
        unpack(archive, target)


def test_every_cut_of_a_zip_is_refused_in_words(archive, target):
    whole = make(archive, {"a/b.txt": b"1" * 50, "c": b"2"}).read_bytes()
    for length in range(len(whole) - 1):
        archive.write_bytes(whole[:length])
        with pytest.raises(BadArchive):
            unpack(archive, target)


def test_honest_files_beside_a_bomb_excuse_nothing(archive, target, monkeypatch):
    monkeypatch.setattr(archives, "RUN", replace(archives.RUN, blown_up_bytes=1024))
    with pytest.raises(BadArchive, match="`bomb` would unpack to 1,000,000 bytes from .*, more than 200 times"):
        unpack(make(archive, {"noise": os.urandom(10_000), "bomb": bytes(1_000_000)}), target)


def test_a_bomb_is_refused_by_its_ratio(archive, target, monkeypatch):
    monkeypatch.setattr(archives, "RUN", replace(archives.RUN, blown_up_bytes=1024))
    with pytest.raises(BadArchive, match="times its size"):
        unpack(make(archive, {"zeros": bytes(10_000_000)}), target)
    assert not target.exists()


def test_too_many_bytes_are_refused(archive, target, monkeypatch):
    monkeypatch.setattr(archives, "RUN", replace(archives.RUN, unpacked_bytes=100))
    with pytest.raises(BadArchive, match="120 bytes; 100 are allowed"):
        unpack(make(archive, {"a": bytes(60), "b": bytes(60)}), target)


def test_too_many_entries_are_refused(archive, target, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ENTRIES", 3)
    with pytest.raises(BadArchive, match="4 entries"):
        unpack(make(archive, {str(number): b"" for number in range(4)}), target)


def test_a_huge_directory_is_refused_before_it_is_read(archive, target):
    content = bytearray(make(archive, {"a": b""}).read_bytes())
    at = content.rindex(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<L", limits.MAX_DIRECTORY_BYTES + 1)
    with archive.open("wb") as stream:
        stream.seek(limits.MAX_DIRECTORY_BYTES + 1)
        stream.write(content)
    with pytest.raises(BadArchive, match="directory has 67,108,865 bytes"):
        unpack(archive, target)


def test_an_entry_that_lies_about_its_size_is_refused(archive, target):
    content = bytearray(make(archive, {"a": bytes(100_000)}).read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<L", 10)
    archive.write_bytes(content)
    with pytest.raises(BadArchive):
        unpack(archive, target)


def test_a_name_that_is_a_file_and_a_folder_is_refused(archive, target):
    with pytest.raises(BadArchive, match="a file and"):
        unpack(make(archive, {"a": b"1", "a/b": b"2"}), target)


def test_deep_and_long_names_are_refused(archive, target):
    for name, words in (("d/" * 100 + "x", "more than 64 folders"), ("n" * 300, "longer than 255 bytes")):
        with pytest.raises(BadArchive, match=words):
            unpack(make(archive, {name: b""}), target)


LITTER = [
    "__MACOSX/._a",
    "b/__MACOSX/c/x",
    ".DS_Store",
    "b/.DS_Store",
    "b/._c",
    "Thumbs.db",
    "b/DESKTOP.INI",
    "$RECYCLE.BIN/x",
]
OWN = ["a", "b/c", ".config", ".keras/model.json", "b/.hidden", "_MACOSX", "thumbs.dbx"]


def test_what_operating_systems_leave_is_passed_over_at_any_depth_and_hidden_files_of_ones_own_stay(archive, target):
    unpacked = unpack(make(archive, {**dict.fromkeys([*OWN, *LITTER], b"1"), "__MACOSX/x/": b""}), target)
    assert {name for name in everything_below(target) if (target / name).is_file()} == set(OWN)
    assert set(unpacked.litter) == set(LITTER)
    assert unpacked.notes() == [
        "What macOS or Windows left in the zip was passed over: `__MACOSX/._a`, `b/__MACOSX/c/x`, `.DS_Store` and 5 more."
    ]


def test_a_folder_is_packed_without_what_is_passed_over_when_it_is_unpacked(archive, target, tmp_path):
    for name in [*OWN, *LITTER]:
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text("1")
    with packed(tmp_path / "own") as zipped:
        assert unpack(zipped, target) == Unpacked()
    assert {name for name in everything_below(target) if (target / name).is_file()} == set(OWN)


def test_a_wrapping_folder_with_the_metadata_is_taken_off_and_noted(archive, target):
    names = ("p/", "p/metadata", "p/sub/x.py", ".DS_Store", "__MACOSX/p")
    unpacked = unpack(make(archive, dict.fromkeys(names, b"")), target)
    assert everything_below(target) == {"metadata", "sub", "sub/x.py"}
    assert (unpacked.taken_off, unpacked.wrapping) == ("p", "") and "'p'" in unpacked.notes()[0]


@pytest.mark.parametrize(
    ("names", "wrapping"),
    [
        (["p/x.py"], "p"),
        (["p/metadata", "q"], ""),
        (["p/sub/metadata"], "p"),
        (["p/x", ".DS_Store", ".own"], "p"),
        (["p/"], ""),
    ],
)
def test_any_other_folder_stays_and_is_told_where_it_holds_everything(archive, target, names, wrapping):
    unpacked = unpack(make(archive, dict.fromkeys(names, b"")), target)
    assert (unpacked.taken_off, unpacked.wrapping) == ("", wrapping)
    assert (target / "p").is_dir()


def test_a_zip_with_a_comment_and_a_zip_of_nothing_are_fine(archive, target):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.comment = b"PK" * 1000
    archive.write_bytes(content.getvalue())
    assert unpack(archive, target) == Unpacked()
    assert list(target.iterdir()) == []
