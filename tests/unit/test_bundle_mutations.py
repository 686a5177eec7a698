"""Real bundles, spoilt in every way that a disk, a mail program or a mean hand may spoil them: `check` bears all of them."""

import io
import struct
import zipfile
from contextlib import suppress
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from agon import archive as packing
from chalicelib.actions.library import bundle_files
from chalicelib.contract.archives import Refused
from chalicelib.domain.bundle.archive import Contents, inspect, verify
from chalicelib.domain.bundle.check import MANIFEST_NAMES, bundle_of_archive, check, find_manifest
from chalicelib.domain.bundle.model import Bundle
from tests import builders
from tests.house.sources import ROOT
from tests.unit.test_bundle_archive import in_time


@cache
def real() -> tuple[bytes, ...]:
    """The examples' bundles, and one with an archive in it."""
    found = [builders.bundle()]
    for folder in sorted((ROOT / "examples").glob("*/bundle")):
        with packing.packed(folder) as path:
            found.append(path.read_bytes())
    assert len(found) > 8
    return tuple(found)


@cache
def manifests() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The manifests of the real bundles, with the names that stand beside them."""
    archives = [zipfile.ZipFile(io.BytesIO(content)) for content in real()]
    return tuple((one.read(MANIFEST_NAMES[0]).decode(), tuple(one.namelist())) for one in archives)


#: Numbers at which counting goes wrong, as archives write them.
EDGES = [struct.pack("<Q", number) for number in (0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 2**63, 2**64 - 1)]
SIGNATURES = [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\x01\x00\x10\x00"]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A real bundle after some accidents, half of them in its directory, where they hurt most."""
    content = bytearray(draw(st.sampled_from(real())))
    for _ in range(draw(st.integers(1, 6))):
        end = len(content)
        first = draw(st.sampled_from([0, max(0, end - 1200)]))
        at = draw(st.integers(first, end))
        length = draw(st.integers(0, 60))
        match draw(st.sampled_from(["write", "insert", "remove", "repeat", "cut"])):
            case "write":
                new = draw(st.sampled_from([*EDGES, *SIGNATURES]) | st.binary(min_size=1, max_size=8))
                width = draw(st.sampled_from([2, 4, 8]))
                content[at : at + width] = new[:width]
            case "insert":
                content[at:at] = draw(st.sampled_from(SIGNATURES) | st.binary(max_size=30))
            case "remove":
                del content[at : at + length]
            case "repeat":
                content[at:at] = content[at : at + length]
            case "cut":
                del content[max(at, 1) :]
    return bytes(content)


@given(spoilt())
@settings(max_examples=300, deadline=None)
def test_no_spoilt_bundle_raises_or_takes_long(content: bytes) -> None:
    reading = in_time(bundle_of_archive, io.BytesIO(content))
    assert (reading.bundle is None) == bool(reading.errors)
    contents = inspect(io.BytesIO(content))
    if not contents.errors:
        in_time(verify, io.BytesIO(content))
    if reading.bundle is not None:
        in_time(copied, contents, reading.bundle)


class Sink(io.BytesIO):
    """In the place of an object."""

    size_bytes, sha256 = 0, ""

    def seekable(self) -> bool:
        return False


def copied(contents: Contents, bundle: Bundle) -> None:
    """What an import reads of an archive: each piece comes whole, or as what is told to be damaged."""
    source = bundle_files.Source(contents.archive, find_manifest(contents.names)[1])
    for piece in bundle_files.pieces(bundle):
        source.size_of(piece)
        with suppress(Refused):
            source.copy(piece, Sink())


TOKENS = [
    "&a",
    "*a",
    "!!set",
    "? ",
    "- ",
    "[",
    "{",
    "|",
    "\t",
    "'",
    "null",
    "~",
    "1e999",
    "-1",
    "9" * 400,
    "2026-13-45",
    "é",
    "\x85",
]


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """A real manifest whose lines were shuffled, doubled, indented and scribbled on."""
    text, names = draw(st.sampled_from(manifests()))
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 8))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["swap", "double", "drop", "indent", "scribble", "value"])):
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "double":
                lines.insert(at, lines[other])
            case "drop":
                lines[at] = ""
            case "indent":
                lines[at] = " " * draw(st.integers(0, 8)) + lines[at].lstrip()
            case "scribble":
                where = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:where] + draw(st.sampled_from(TOKENS)) + lines[at][where:]
            case "value":
                lines[at] = lines[at].partition(":")[0] + ": " + draw(st.sampled_from(TOKENS) | st.text(max_size=20))
    return "\n".join(lines), draw(st.sampled_from([names, ()]))


@given(rewritten())
@settings(max_examples=300, deadline=None)
def test_no_rewritten_manifest_raises_or_takes_long(written: tuple[str, tuple[str, ...]]) -> None:
    text, names = written
    reading = in_time(check, text.encode("utf-8", "surrogatepass"), names)
    assert (reading.bundle is None) == bool(reading.errors)
    assert all(error.message.endswith((".", "…")) for error in reading.errors), reading.errors
