"""Archives from strangers: each trick is a complaint, and nothing is unpacked to find it."""

import io
import random
import stat
import struct
import time
import zipfile
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.contract import archives, limits
from chalicelib.domain.bundle.archive import inspect, verify
from chalicelib.domain.bundle.check import bundle_of_archive, check
from tests import builders
from tests.unit.manifests import NAMES, manifest

BUNDLE = builders.bundle()


def zipped(*members: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as writer:
        for member, content in members:
            writer.writestr(member, content)
    return target.getvalue()


def entry(name: str, mode: int = 0, **attributes: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr = mode << 16
    member.create_system = 3
    for key, value in attributes.items():
        setattr(member, key, value)
    return member


def said(content: bytes) -> str:
    return " ".join(complaint.message for complaint in inspect(io.BytesIO(content)).errors)


def flagged(content: bytes, flag: int) -> bytes:
    """The archive with a flag set on its first entry, in the directory."""
    at = content.index(b"PK\x01\x02") + 8
    flags = struct.unpack_from("<H", content, at)[0] | flag
    return content[:at] + struct.pack("<H", flags) + content[at + 2 :]


def test_a_plain_archive_is_taken_without_a_complaint():
    contents = inspect(io.BytesIO(BUNDLE))
    assert (contents.errors, contents.warnings) == ((), ())
    assert "competition.yaml" in contents.names and verify(io.BytesIO(BUNDLE)) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../evil", "outside"),
        ("a/../../evil", "outside"),
        ("/etc/passwd", "outside"),
        ("C:/windows/evil", "outside"),
        ("a\\..\\evil", "outside"),
        ("x" * 300, "longer than 255"),
    ],
)
def test_a_name_that_reaches_out_or_is_odd_is_refused(name, words):
    assert words in said(zipped((entry(name), b"x")))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_links_and_devices_are_refused(kind):
    assert "link or a device" in said(zipped((entry("a", kind | 0o777), b"/etc/passwd")))


def test_modes_of_plain_files_and_folders_are_taken():
    assert said(zipped((entry("run.sh", stat.S_IFREG | 0o755), b"x"), (entry("d/", stat.S_IFDIR | 0o755), b""))) == ""


def told(content: bytes) -> str:
    contents = inspect(io.BytesIO(content))
    assert contents.errors == ()
    return " ".join(complaint.message for complaint in contents.warnings)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("a", "a"), "`a` is there 2 times, and the last one counts"),
        (("Readme.md", "README.md"), "`Readme.md` differs from others only in capital letters: 2 have its name"),
        (("a", "A", "a"), "`a` is there 2 times, and the last one counts"),
        (("a\\b",), "written with backslashes"),
        (("Icon\r",), "`Icon?` has a control character"),
    ],
)
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_names_that_some_systems_take_for_each_other_are_told_at_any_depth_and_refused_nowhere(names, words, depth):
    content = zipped(*((entry(name), b"x") for name in names))
    for _ in range(depth):
        content = zipped(("data.zip", content))
    assert words in told(content) and told(content).count("In `data.zip`:") % max(depth, 1) == 0


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_folders_that_have_entries_of_their_own_twice_are_no_matter():
    assert told(zipped((entry("d/", stat.S_IFDIR | 0o755), b""), (entry("d/", stat.S_IFDIR | 0o755), b""))) == ""


def test_what_is_a_file_and_a_folder_at_once_is_refused():
    assert "a file and a folder" in said(zipped((entry("a"), b"x"), (entry("a/b"), b"x")))


def test_a_bomb_by_ratio_is_refused():
    assert "would unpack to" in said(zipped(("zeros", bytes(150 * 1024**2))))


NOISE = random.Random(3).randbytes(2 * 1024**2)
MEGABYTE = 1024**2


@pytest.mark.parametrize(("bombs", "size"), [(1, 150 * MEGABYTE), (5, 30 * MEGABYTE)], ids=["one", "many"])
def test_honest_files_beside_a_bomb_excuse_nothing(bombs, size):
    content = zipped(("noise", NOISE), *((f"bomb{number}", bytes(size)) for number in range(bombs)))
    assert bombs * size < limits.MAX_RATIO * len(content)
    others = " and 4 more" if bombs > 1 else ""
    assert f"`bomb0`{others} would unpack to {size:,} bytes" in said(content)


def test_a_file_of_zeros_is_no_bomb():
    assert said(zipped(("noise", NOISE), ("zeros", bytes(90 * MEGABYTE)))) == ""


def test_an_archive_of_more_than_may_be_unpacked_is_refused():
    narrow = replace(archives.BUNDLE, unpacked_bytes=1000)
    found = inspect(io.BytesIO(zipped(("a", b"x" * 1001))), narrow).errors
    assert "would unpack to 1,001 bytes; 1,000 are allowed" in found[0].message


def test_a_bomb_by_entries_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ENTRIES", 10)
    assert "11 entries" in said(zipped(*((f"f{number}", b"") for number in range(11))))


def test_a_hundred_thousand_entries_are_judged_in_time():
    content = zipped(*((f"folder/f{number}", b"") for number in range(60_000)))
    began = time.thread_time()
    assert inspect(io.BytesIO(content)).errors == ()
    assert time.thread_time() - began < 10


def test_a_bomb_by_nesting_is_refused():
    content = b"x"
    for depth in range(limits.MAX_NESTED + 2):
        content = zipped((f"{depth}.zip" if depth else "x.txt", content))
    assert "more than 3 deep" in said(content)


def test_a_bomb_in_an_archive_of_the_archive_is_refused():
    assert "In `data.zip`: `zeros` would unpack" in said(zipped(("data.zip", zipped(("zeros", bytes(150 * 1024**2))))))


def test_entries_that_share_bytes_are_refused():
    content = bytearray(zipped(("a", b"x" * 1000), ("b", b"y" * 1000), method=zipfile.ZIP_STORED))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<L", 10)
    assert "share bytes" in said(bytes(content))


def test_an_entry_that_reaches_into_the_directory_is_refused():
    content = bytearray(zipped(("zeros", bytes(1000)), ("b", b"y")))
    last = content.rindex(b"PK\x01\x02")
    content[last + 20 : last + 24] = struct.pack("<L", 10**6)
    assert "share bytes" in said(bytes(content))


def test_an_encrypted_entry_is_refused():
    assert "encrypted" in said(flagged(zipped(("secret", b"x")), 0x1))


def test_an_unknown_method_is_refused():
    content = bytearray(zipped(("a", b"x")))
    at = content.index(b"PK\x01\x02") + 10
    content[at : at + 2] = struct.pack("<H", 99)
    assert "not read" in said(bytes(content))


def test_a_truncated_archive_is_none():
    assert "no zip archive" in said(BUNDLE[: len(BUNDLE) // 2])
    assert "no zip archive" in said(b"") and "no zip archive" in said(b"hello")


def test_zip64_is_read():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writer, writer.open("a", "w", force_zip64=True) as member:
        member.write(b"x")
    assert said(target.getvalue()) == ""


def test_a_name_that_is_not_utf_8_is_read_with_a_warning():
    content = zipped(("n\xe4me.txt", b"x"))
    old = content.replace("n\xe4me.txt".encode(), b"n\x84me\x2et\x78t"[:9] + b"_")
    old = flagged(old, 0).replace(struct.pack("<H", 0x800), struct.pack("<H", 0))
    contents = inspect(io.BytesIO(old))
    assert contents.errors == () and "is read as `nä" in contents.warnings[0].message


def test_a_wrong_checksum_is_found_by_reading():
    content = zipped(("a", b"x" * 100), ("b", b"y"), method=zipfile.ZIP_STORED)
    damaged = content.replace(b"x" * 100, b"x" * 99 + b"z")
    assert inspect(io.BytesIO(damaged)).errors == ()
    assert [complaint.file for complaint in verify(io.BytesIO(damaged))] == ["a"]


def test_a_directory_that_claims_to_be_huge_is_not_read(monkeypatch):
    monkeypatch.setattr(limits, "MAX_DIRECTORY_BYTES", 50)
    assert "directory has" in said(BUNDLE)


def test_a_directory_that_is_longer_than_its_older_record_says_is_not_read(monkeypatch):
    monkeypatch.setattr(limits, "MAX_DIRECTORY_BYTES", 1000)
    filling = bytes(5000)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 4000, 1000)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(filling), 1)
    older = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 50, 1000, 0)
    assert "directory has 4,000 bytes" in said(filling + record + locator + older)


def test_entries_are_counted_before_they_fill_the_memory():
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    directory = entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(directory), 0, 0)
    began = time.thread_time()
    assert "1,000,000 entries; 100,000 are allowed" in said(directory + end)
    assert time.thread_time() - began < 1


def in_time(work, *args):
    # The processor's time, and not the clock's: other suites may run beside this one.
    began = time.thread_time()
    result = work(*args)
    assert time.thread_time() - began < 2
    return result


@given(st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise(content):
    in_time(check, content, NAMES)
    assert in_time(bundle_of_archive, io.BytesIO(content)).bundle is None


@given(st.lists(st.tuples(st.integers(0, len(BUNDLE) - 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_no_spoilt_archive_raises(changes):
    content = bytearray(BUNDLE)
    for at, replacement in changes:
        content[at : at + len(replacement)] = replacement
    in_time(bundle_of_archive, io.BytesIO(bytes(content)))


TEXT = yaml.safe_dump(manifest(), sort_keys=False).encode()
PIECES = [
    b"&a ",
    b"*a",
    b"<<: *a\n",
    b"!!python/object:os.system x",
    b"\t",
    b"\xff",
    b"\xef\xbb\xbf",
    b"[" * 50,
    b"{",
    b"- ",
    b": ",
]
PIECES += [
    b"'",
    b'"',
    b"|\n",
    b"? ",
    b"---\n",
    b"...\n",
    b"version: 1\n",
    b"agon:\n  x: 1\n",
    b"1e999",
    b"\x00",
    b"\xc2\x85",
]


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.sampled_from(PIECES)), min_size=1, max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_spoilt_manifest_raises(insertions):
    text = TEXT
    for at, piece in insertions:
        text = text[:at] + piece + text[at:]
    reading = in_time(check, text, NAMES)
    assert (reading.bundle is None) == bool(reading.errors)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"k{n}: &{c} [{','.join(['*' + p] * 9)}]\n" for n, (p, c) in enumerate(zip("abcdefgh", "bcdefghi", strict=True))
        ),
        "x: " + "[" * 10_000,
        "x: " + "{a: " * 10_000,
        "phases: " + "[" + ",".join(["{name: a}"] * 5000) + "]",
        "leaderboard: {columns: {" + ",".join(f"c{n}: {{label: {{}}}}" for n in range(5000)) + "}}",
        "title: " + "x" * 900_000,
        "".join(f"k{n}: 1\n" for n in range(40_000)),
    ],
    ids=["aliases", "lists", "mappings", "phases", "columns", "long", "keys"],
)
def test_what_is_meant_to_exhaust_us_ends_in_time(version, text):
    reading = in_time(check, f"version: {version}\n{text}".encode(), NAMES)
    assert reading.errors


@pytest.mark.parametrize("kind", ["scoring_program", "reference_data"])
def test_what_is_called_a_zip_and_is_none_is_an_error_where_a_task_needs_one(kind):
    text = (
        builders.manifest().replace("scoring_program/", "scoring_program.zip").replace("reference.zip", "reference_data.zip")
    )
    files = {"scoring_program.zip": builders.archive({"metadata": "command: a"}), "reference_data.zip": builders.archive({})}
    whole = {"competition.yaml": text, **files, "other.zip": b"no zip either"}
    assert bundle_of_archive(io.BytesIO(builders.bundle(whole))).errors == ()
    [error] = bundle_of_archive(io.BytesIO(builders.bundle({**whole, f"{kind}.zip": b"no zip"}))).errors
    assert error.key == f"tasks[0].{kind}" and error.line and "is called a zip" in error.message


def test_a_file_that_is_called_a_zip_inside_of_data_is_left_alone():
    inner = builders.archive({"reference.zip": b"no zip", "truth.txt": "42"})
    assert bundle_of_archive(io.BytesIO(builders.bundle({"reference.zip": inner}))).errors == ()
