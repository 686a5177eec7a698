"""One judge of archives: what an import takes, every runner takes; and what is wrong is found by both."""

import io
import os
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.contract import limits
from chalicelib.contract.archives import BUNDLE, HANDED_OUT, RUN, UNPACKED, dangers, open_directory, slips
from chalicelib.domain.bundle.archive import inspect, verify
from runner.archives import BadArchive, unpack

GIB = 1024**3
NAMES = st.lists(
    st.sampled_from(["a", "b", "A", "..", ".", "", "c:", "1:30", "é", "x" * 255, "é" * 128, "__MACOSX", "\\", "n\n"]),
    min_size=1,
    max_size=4,
).map("/".join)


def entry(name: str, mode: int = stat.S_IFREG | 0o644, system: int = 3) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr, info.create_system, info.compress_type = mode << 16, system, zipfile.ZIP_DEFLATED
    return info


def zipped(*names: str | zipfile.ZipInfo, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as writer:
        for name in names:
            writer.writestr(name, b"x" * 100)
    return target.getvalue()


def claiming(size: int, packed: int) -> bytes:
    """An archive of one entry that claims to unpack to `size` bytes from `packed`, which are not there."""
    name, extra = b"big", struct.pack("<2H2Q", 1, 16, size, packed)
    directory = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 45, 45, 0, 0, 0, 33, 0, 2**32 - 1, 2**32 - 1, 3, len(extra), 0, 0, 0, 0, 0
    )
    directory += name + extra
    return directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 0, 0)


def runner_says(content: bytes, folder: Path) -> str:
    (folder / "archive.zip").write_bytes(content)
    try:
        unpack(folder / "archive.zip", folder / "target")
    except BadArchive as error:
        return str(error)
    return ""


def import_says(content: bytes) -> str:
    return " ".join(one.message for one in inspect(io.BytesIO(content)).errors)


def import_tells(content: bytes) -> str:
    return " ".join(one.message for one in inspect(io.BytesIO(content)).warnings)


def test_a_runners_bounds_are_the_widest():
    for bounds in (UNPACKED, RUN):
        assert bounds.unpacked_bytes <= RUN.unpacked_bytes and bounds.blown_up_bytes <= RUN.blown_up_bytes
    assert BUNDLE.unpacked_bytes >= HANDED_OUT.unpacked_bytes >= UNPACKED.unpacked_bytes
    assert BUNDLE.nested == UNPACKED.nested + 1


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(
    names=st.lists(st.tuples(NAMES, st.sampled_from([0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK])), min_size=1, max_size=5)
)
@settings(max_examples=300, deadline=None)
def test_whatever_an_import_takes_every_runner_takes(names, tmp_path_factory):
    content = zipped(*(entry(name, mode | 0o644) for name, mode in names))
    if import_says(content) == "" and verify(io.BytesIO(content)) == []:
        assert runner_says(content, tmp_path_factory.mktemp("taken")) == ""


@given(at=st.integers(0, 400), bits=st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_and_of_what_is_damaged_nothing_but_a_sentence_comes(at, bits, tmp_path_factory):
    content = bytearray(zipped("a/b.txt", "c.txt", "d/e/f.txt"))
    content[at % len(content)] ^= bits
    runner = runner_says(bytes(content), tmp_path_factory.mktemp("damaged"))
    if import_says(bytes(content)) == "" and verify(io.BytesIO(bytes(content))) == []:
        assert runner == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped("f/" * 65 + "x"), "more than 64 folders"),
        (zipped("/".join(["p" * 250] * 13)), "path longer than 3072 bytes"),
        (zipped("x" * 256), "longer than 255"),
        (zipped("a", "./a/b"), "a file and a folder"),
        (zipped("a", "a/"), "a file and a folder"),
        (zipped(entry("a", stat.S_IFLNK | 0o777, system=0)), "link or a device"),
        (claiming(20 * GIB + 1, 10 * GIB), "would unpack to 21,474,836,481 bytes; 21,474,836,480 are allowed"),
        (claiming(300 * 1024**2, 1), "more than 200 times its size"),
    ],
    ids=["folders", "path", "name", "dot", "folder-entry", "any-system", "bytes", "ratio"],
)
def test_what_no_runner_unpacks_no_import_takes(content, words, tmp_path):
    assert words in import_says(content)
    assert words in runner_says(content, tmp_path)


@pytest.mark.parametrize(
    "names",
    [("f/" * 64 + "x",), ("/".join(["p" * 250] * 12),), ("x" * 255,), ("1:30.txt",), ("a/", "a/b"), ("./a", "b//c")],
    ids=["folders", "path", "name", "time", "folder-entry", "odd-paths"],
)
def test_what_is_at_a_limit_is_taken_by_both(names, tmp_path):
    assert import_says(zipped(*names)) == ""
    assert runner_says(zipped(*names), tmp_path) == ""


def test_bytes_are_counted_by_who_unpacks_them():
    content = claiming(20 * GIB + 1, 10 * GIB)
    assert "share bytes" in import_says(claiming(1, 10))
    for bounds, is_taken in ((RUN, False), (UNPACKED, False), (HANDED_OUT, True), (BUNDLE, True)):
        with open_directory(io.BytesIO(content)) as archive:
            assert any("would unpack to" in one.message for one in dangers(archive, bounds)) != is_taken


def test_what_only_some_systems_misread_is_put_right_by_a_runner(tmp_path):
    content = zipped("folder\\file.txt", "Note\r", "A", "a")
    assert runner_says(content, tmp_path) == ""
    assert (tmp_path / "target/folder/file.txt").is_file() and (tmp_path / "target/Note\r").is_file()
    assert import_says(content) == ""
    said = import_tells(content)
    assert "backslashes" in said and "control character" in said and "capital letters" in said


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_damage_is_the_archives_fault_however_it_is_packed(method, tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as writer:
        writer.writestr("a", random.Random(5).randbytes(20_000))
    content = bytearray(target.getvalue())
    content[60:120] = bytes(60)
    assert "damaged" in runner_says(bytes(content), tmp_path)
    assert [one.file for one in verify(io.BytesIO(bytes(content)))] == ["a"]


def test_a_full_disk_is_not_the_archives_fault(tmp_path):
    (tmp_path / "archive.zip").write_bytes(zipped("a"))
    (tmp_path / "target").write_text("in the way")
    with pytest.raises(OSError):
        unpack(tmp_path / "archive.zip", tmp_path / "target")


def test_folders_that_are_only_named_are_counted(monkeypatch, tmp_path):
    monkeypatch.setattr(limits, "MAX_FOLDERS", 10)
    assert runner_says(zipped(*(f"{number}/x" for number in range(10))), tmp_path) == ""
    assert "11 folders; 10 are allowed" in import_says(zipped(*(f"{number}/x" for number in range(11))))
    assert "12 folders" in import_says(zipped("a/" * 12 + "x", "a/y"))


def test_a_hundred_thousand_deep_names_cost_no_memory_but_their_own():
    import tracemalloc

    names = [f"{number:x}/" + "a/" * 60 + "x" for number in range(2000)]
    with open_directory(io.BytesIO(zipped(*names))) as archive:
        tracemalloc.start()
        assert "folders; 100,000 are allowed" in dangers(archive, RUN)[0].message
        assert not list(slips(archive.infolist()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 2000 * 5000


def test_a_directory_is_read_and_nothing_else(tmp_path):
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as writer:
        writer.writestr("noise", os.urandom(1024**2))

    class Counting(io.FileIO):
        read_bytes = 0

        def read(self, size: int = -1) -> bytes:
            content = super().read(size)
            self.read_bytes += len(content)
            return content

    with Counting(path) as file:
        assert dangers(open_directory(file), RUN) == []
        assert file.read_bytes < 1024
