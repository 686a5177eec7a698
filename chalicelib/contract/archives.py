"""Archives from strangers, judged by their directories before anything of them is unpacked (PEERS 6.1, FORMATS 0).

One judge for all: whoever unpacks or keeps an archive asks for its `dangers`. Its `slips` are told, and keep nobody from
anything. Of the `Bounds` a runner's are the widest, so whatever an import takes, every runner takes.
"""

import lzma
import re
import stat
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from chalicelib.contract import limits

#: Of each kind of finding, so many are told by name.
MAX_NAMED = 20

_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)
#: As an OSError, of which all others are a disk's or a network's.
_DAMAGED_BZIP2 = ("Invalid data stream",)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENTRY = b"PK\x01\x02"
_LEAST_HEADER_BYTES = 30
_ENCRYPTED, _PATCHED, _STRONGLY_ENCRYPTED = 0x1, 0x20, 0x40
_NO_ZIP = "This is no zip archive that can be read. Zip it again, and send it whole."


@dataclass(frozen=True)
class Bounds:
    """The bounds of an archive: bytes that it unpacks to, bytes of its blown-up entries, archives in archives."""

    unpacked_bytes: int
    blown_up_bytes: int
    nested: int = limits.MAX_NESTED


#: What a runner unpacks, when it does.
RUN = Bounds(limits.MAX_UNPACKED_BYTES, limits.MAX_BLOWN_UP_BYTES_OF_A_RUN)
#: What will be unpacked on runners: programs, their data, solutions.
UNPACKED = Bounds(limits.MAX_UNPACKED_BYTES, limits.MAX_BLOWN_UP_BYTES)
#: What participants download, and no runner sees.
HANDED_OUT = Bounds(limits.MAX_BUNDLE_UNPACKED_BYTES, limits.MAX_BLOWN_UP_BYTES)
#: A bundle, which may hold all of these.
BUNDLE = Bounds(limits.MAX_BUNDLE_UNPACKED_BYTES, limits.MAX_BLOWN_UP_BYTES, limits.MAX_NESTED + 1)


@dataclass(frozen=True)
class Finding:
    """The reason why an archive is not taken: the entry, "" for the archive as a whole, and a sentence with what to do."""

    name: str
    message: str


class Refused(zipfile.BadZipFile):
    """The archive cannot be read, or its directory is not to be taken in. Its text is a sentence that says why."""


def open_directory(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, of which the directory alone was read, and no more of it than is allowed. Raises Refused."""
    try:
        archive = zipfile.ZipFile(_Bounded(file))
    except Refused:
        raise
    except _UNREADABLE as error:
        raise Refused(_NO_ZIP) from error
    archive.fp = file
    return archive


@contextmanager
def reading() -> Iterator[None]:
    """A stretch in which members are read. Raises Refused for what their bytes are to blame for, and for nothing else."""
    try:
        yield
    except Refused:
        raise
    except _UNREADABLE as error:
        raise Refused(f"It is damaged, or no zip archive ({error}). Zip it again.") from error
    except OSError as error:
        if error.args != _DAMAGED_BZIP2:
            raise
        raise Refused("It is damaged. Zip it again.") from error


def dangers(archive: zipfile.ZipFile, bounds: Bounds) -> list[Finding]:
    """The reasons why an archive must not be unpacked by anybody; none for one that may."""
    members = archive.infolist()
    found = [*_too_much(members, bounds), *_overlapping(members, archive.start_dir), *_few(_unsafe(members))]
    return found or [*_too_many_folders(members), *_few(_torn(members))]


def has_controls(name: str) -> bool:
    """True for a name that no list and no terminal can show as it is. macOS leaves such: `Icon` and a carriage return."""
    return re.search(r"[\x00-\x1f\x7f]", name) is not None


def slips(members: Sequence[zipfile.ZipInfo]) -> Iterator[Finding]:
    """The flaws that a runner puts right or bears, and other systems misread: to be told, and no reason to refuse
    anything."""
    yield from _few(_odd(members))
    names = [name for name in _names(members) if not name.endswith("/")]
    for name, count in _repeated(names, names):
        yield Finding(name, f"The entry `{shown(name)}` is there {count} times, and the last one counts. Keep one.")
    distinct = list(dict.fromkeys(names))
    for name, count in _repeated(distinct, [name.casefold() for name in distinct]):
        message = f"The entry `{shown(name)}` differs from others only in capital letters: {count} have its name."
        yield Finding(name, f"{message} Where systems take those for one, the last one is left. Rename it.")


def parts_of(member: zipfile.ZipInfo) -> tuple[str, ...]:
    """The path of an entry in pieces. Windows' separators count as such."""
    return PurePosixPath(member.filename.replace("\\", "/")).parts


def is_folder(member: zipfile.ZipInfo) -> bool:
    """True for the entry of a folder itself."""
    return member.filename.endswith(("/", "\\"))


def shown(name: str, most: int = 100) -> str:
    """A stranger's name as it stands in a sentence: its first `most` characters."""
    return "".join(letter if letter.isprintable() else "?" for letter in name[:most])


class _Bounded:
    """A file for `zipfile` to read a directory from, which believes whatever the archive says of its length.

    Each entry takes a hundred times the memory of its bytes, so they are counted before they are parsed.
    """

    def __init__(self, file: BinaryIO):
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > limits.MAX_DIRECTORY_BYTES:
            allowed = f"{limits.MAX_DIRECTORY_BYTES:,} are allowed"
            raise Refused(f"The archive's directory has {size:,} bytes; {allowed}. Zip folders of their own.")
        content = self._file.read(size)
        if (entries := content.count(_ENTRY)) > limits.MAX_ENTRIES:
            allowed = f"{limits.MAX_ENTRIES:,} are allowed"
            raise Refused(f"The archive has {entries:,} entries; {allowed}. Zip folders of their own.")
        return content

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _too_much(members: Sequence[zipfile.ZipInfo], bounds: Bounds) -> Iterator[Finding]:
    total = sum(member.file_size for member in members)
    if total > bounds.unpacked_bytes:
        allowed = f"{bounds.unpacked_bytes:,} are allowed"
        yield Finding("", f"The archive would unpack to {total:,} bytes; {allowed}. Leave some files out.")
    blown_up = [member for member in members if member.file_size > limits.MAX_RATIO * max(member.compress_size, 1)]
    if sum(member.file_size for member in blown_up) > bounds.blown_up_bytes:
        worst = max(blown_up, key=lambda member: member.file_size)
        others = f" and {len(blown_up) - 1:,} more" if len(blown_up) > 1 else ""
        size = f"would unpack to {worst.file_size:,} bytes from {worst.compress_size:,}"
        advice = f"more than {limits.MAX_RATIO} times its size. Remove what blows the archive up."
        yield Finding(worst.filename, f"`{shown(worst.filename)}`{others} {size}, {advice}")


def _overlapping(members: Sequence[zipfile.ZipInfo], directory_at: int) -> Iterator[Finding]:
    placed = sorted((member.header_offset, _LEAST_HEADER_BYTES + member.compress_size) for member in members)
    if placed and placed[0][0] < 0:
        yield Finding("", "The archive is damaged: its beginning is missing. Send it again, whole.")
    following = [*(start for start, _ in placed[1:]), directory_at]
    if any(start + size > next_start for (start, size), next_start in zip(placed, following, strict=False)):
        yield Finding("", "Entries of the archive share bytes, as no zip program writes them. Zip the files again.")


def _unsafe(members: Iterable[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Entries that could reach out of their folder, cannot be written, or are no plain files."""
    for member in members:
        if problem := _problem_of_name(member) or _problem_of_kind(member):
            yield Finding(member.filename, f"The entry `{shown(member.filename)}` {problem}")


def _problem_of_name(member: zipfile.ZipInfo) -> str | None:
    name, parts = member.filename.replace("\\", "/"), parts_of(member)
    if name.startswith("/") or ".." in parts or re.match("[A-Za-z]:", name):
        return "points outside of the archive. Use paths from the archive's root."
    if len(parts) > limits.MAX_PATH_PARTS:
        return f"lies in more than {limits.MAX_PATH_PARTS - 1} folders, one in another. Put it higher."
    if any(len(part.encode("utf-8", "replace")) > limits.MAX_PART_BYTES for part in parts):
        return f"has a name longer than {limits.MAX_PART_BYTES} bytes. Shorten it."
    if len(name.encode("utf-8", "replace")) > limits.MAX_PATH_BYTES:
        return f"has a path longer than {limits.MAX_PATH_BYTES} bytes. Shorten it."
    return None


def _problem_of_kind(member: zipfile.ZipInfo) -> str | None:
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device. Put the file itself there."
    if member.flag_bits & (_ENCRYPTED | _STRONGLY_ENCRYPTED):
        return "is encrypted. Zip it without a password."
    if member.compress_type not in _METHODS or member.flag_bits & _PATCHED:
        return "is packed in a way that is not read. Zip it with the usual method, deflate."
    return None


def _too_many_folders(members: Sequence[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Folders that nobody listed are made as well: a hundred thousand names could ask for millions."""
    count, before = 0, tuple[str, ...]()
    for parts in sorted(parts_of(member)[: None if is_folder(member) else -1] for member in members):
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(parts, before, strict=False)))
        count, before = count + len(parts) - common, parts
    if count > limits.MAX_FOLDERS:
        yield Finding("", f"The archive has {count:,} folders; {limits.MAX_FOLDERS:,} are allowed. Zip some of their own.")


def _torn(members: Sequence[zipfile.ZipInfo]) -> Iterator[Finding]:
    names = sorted(_names(members))
    for name in names:
        at = bisect_left(names, f"{name}/")
        if not name.endswith("/") and at < len(names) and names[at].startswith(f"{name}/"):
            yield Finding(name, f"The entry `{shown(name)}` is a file and a folder at once. Rename one.")


def _odd(members: Iterable[zipfile.ZipInfo]) -> Iterator[Finding]:
    for member in members:
        name = member.orig_filename
        if has_controls(name) or not name:
            yield Finding(name, f"The entry `{shown(name)}` has a control character in its name. Better rename it.")
        elif "\\" in name:
            message = f"The entry `{shown(name)}` is written with backslashes. Runners read them as folders, and"
            yield Finding(name, f"{message} nothing else does. Use a zip program that writes `/`.")


def _repeated(names: Sequence[str], likened: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The first ones of which others are the same, as `likened` to each other, and how many there are."""
    counts, first = Counter(likened), dict[str, str]()
    for name, like in zip(names, likened, strict=True):
        first.setdefault(like, name)
    return islice(((name, counts[like]) for like, name in first.items() if counts[like] > 1), MAX_NAMED)


def _names(members: Iterable[zipfile.ZipInfo]) -> list[str]:
    """One name for each file and folder, however it is written; folders end in `/`."""
    return ["/".join(parts_of(member)) + ("/" if is_folder(member) else "") for member in members]


def _few(findings: Iterable[Finding]) -> Iterator[Finding]:
    return islice(findings, MAX_NAMED)
