"""Archives from strangers, judged by their directories before anything of them is unpacked (PEERS 6.1, FORMATS 0)."""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from chalicelib.domain.bundle.model import Complaint

#: Bounds on what an archive may claim to hold; beyond them it is taken for an attack.
MAX_ENTRIES = 100_000
MAX_BYTES = 100 * 1024**3
#: An entry that unpacks to more than so many times its size is blown up. All such together may have so many bytes: a file
#: of zeros is just a file of zeros, and honest entries beside a bomb excuse nothing.
MAX_RATIO = 200
MAX_BLOWN_UP_BYTES = 100 * 1024**2
#: The directory is read into memory at once.
MAX_DIRECTORY_BYTES = 64 * 1024**2
#: Archives in archives: how deep they may stand, and how much of them is looked into.
MAX_DEPTH = 3
NESTED_BYTES = 64 * 1024**2
#: Of each kind of complaint, so many are listed by name.
MAX_NAMED = 20

#: What `zipfile` raises for archives that are broken, encrypted or packed in an unusual way.
UNREADABLE = (
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

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENTRY = b"PK\x01\x02"
_NO_ZIP = "This is no zip archive that can be read. Zip it again, and send it whole."
_ENCRYPTED, _UTF_8, _UNIX = 0x1, 0x800, 3


@dataclass(frozen=True)
class Contents:
    """What an archive holds, by its directory. `archive` is None when it is none; with errors it is not to be unpacked."""

    archive: zipfile.ZipFile | None = None
    names: tuple[str, ...] = ()
    errors: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()

    def read(self, name: str, max_bytes: int) -> bytes | Complaint:
        """The beginning of a member, or why it cannot be read."""
        assert self.archive is not None
        try:
            with self.archive.open(name) as content:
                return content.read(max_bytes)
        except UNREADABLE:
            return _damaged(name)


def inspect(file: BinaryIO, deep: bool = True) -> Contents:
    """Judge an archive, and with `deep` those that it holds. Raises nothing that the bytes could be the cause of."""
    try:
        archive = zipfile.ZipFile(_Bounded(file))
        archive.fp = file
    except _TooLarge as error:
        return Contents(errors=(_about("", str(error)),))
    except UNREADABLE:
        return Contents(errors=(_about("", _NO_ZIP),))
    members = archive.infolist()
    errors = [*_too_much(members, archive.start_dir), *_unsafe(members), *_colliding(members)]
    if deep and not errors:
        errors += _nested(archive, 1, _Budget(NESTED_BYTES))
    return Contents(archive, tuple(archive.namelist()), tuple(errors), tuple(_odd_names(members)))


def verify(file: BinaryIO) -> list[Complaint]:
    """Read every member for its checksum: what is damaged. For an archive that `inspect` found no error in."""
    found = []
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            try:
                with archive.open(member) as content:
                    while content.read(1024**2):
                        pass
            except UNREADABLE:
                found.append(_damaged(member.filename))
    return found


class _TooLarge(zipfile.BadZipFile):
    """The directory is not to be taken in. Its text says why."""


class _Bounded:
    """A file for `zipfile` to read a directory from, which believes whatever the archive says of its length.

    Each entry takes a hundred times the memory of its bytes, so they are counted before they are parsed.
    """

    def __init__(self, file: BinaryIO):
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > MAX_DIRECTORY_BYTES:
            raise _TooLarge(f"The archive's directory has {size:,} bytes; {MAX_DIRECTORY_BYTES:,} are allowed.")
        content = self._file.read(size)
        if (entries := content.count(_ENTRY)) > MAX_ENTRIES:
            raise _TooLarge(f"The archive has {entries:,} entries; {MAX_ENTRIES:,} are allowed. Zip folders of their own.")
        return content

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _too_much(members: list[zipfile.ZipInfo], directory_at: int) -> Iterator[Complaint]:
    total = sum(member.file_size for member in members)
    blown_up = [member for member in members if member.file_size > MAX_RATIO * max(member.compress_size, 1)]
    if total > MAX_BYTES:
        yield _about("", f"The archive would unpack to {total:,} bytes; {MAX_BYTES:,} are allowed. Leave some files out.")
    if sum(member.file_size for member in blown_up) > MAX_BLOWN_UP_BYTES:
        worst = max(blown_up, key=lambda member: member.file_size)
        others = f" and {len(blown_up) - 1:,} more" if len(blown_up) > 1 else ""
        size = f"would unpack to {worst.file_size:,} bytes from {worst.compress_size:,}"
        yield _about(worst.filename, f"`{_shown(worst.filename)}`{others} {size}. Remove what blows the archive up.")
    placed = sorted((member.header_offset, member.compress_size) for member in members) + [(directory_at, 0)]
    if any(start + size > following for (start, size), (following, _) in zip(placed, placed[1:], strict=False)):
        yield _about("", "Entries of the archive share bytes, as no zip program writes them. Zip the files again.")


def _unsafe(members: list[zipfile.ZipInfo]) -> Iterator[Complaint]:
    """Entries that could reach out of their folder, or are no plain files."""
    named = 0
    for member in members:
        problem = _problem(member)
        if problem and named < MAX_NAMED:
            named += 1
            yield _about(member.filename, f"The entry `{_shown(member.orig_filename)}` {problem}")


def _problem(member: zipfile.ZipInfo) -> str | None:
    name = member.orig_filename
    parts = PurePosixPath(name).parts
    kind = stat.S_IFMT(member.external_attr >> 16) if member.create_system == _UNIX else 0
    if re.search(r"[\x00-\x1f\x7f]", name) or not name:
        return "has a control character in its name. Rename it."
    if "\\" in name:
        return "is written with backslashes. Use a zip program that writes `/`."
    if name.startswith("/") or ".." in parts or re.match("[A-Za-z]:", name):
        return "points outside of the archive. Use paths from the archive's root."
    if any(len(part.encode()) > 255 for part in parts):
        return "has a name longer than 255 bytes. Shorten it."
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device. Put the file itself there."
    if member.flag_bits & _ENCRYPTED:
        return "is encrypted. Zip it without a password."
    if member.compress_type not in _METHODS:
        return "is packed in a way that is not read. Zip it with the usual method, deflate."
    return None


def _colliding(members: list[zipfile.ZipInfo]) -> Iterator[Complaint]:
    """Names that would overwrite each other, here or on a system that does not tell `A` from `a`."""
    names = [member.filename for member in members]
    for what, some in (("is there", names), ("differs from others only in capital letters: it is there", _folded(names))):
        counts = Counter(some)
        twice = [name for name in dict.fromkeys(some) if counts[name] > 1]
        for name in twice[:MAX_NAMED]:
            yield _about(name, f"The entry `{_shown(name)}` {what} {counts[name]} times. Keep one.")
        if twice:
            return
    files = {name for name in names if not name.endswith("/")}
    for name in [name for name in _parents(names) if name in files][:MAX_NAMED]:
        yield _about(name, f"The entry `{_shown(name)}` is a file and a folder at once. Rename one.")


def _folded(names: list[str]) -> list[str]:
    return [name.casefold() for name in names]


def _parents(names: Iterable[str]) -> set[str]:
    """Every folder that is implied, without a trailing `/`."""
    found: set[str] = set()
    for name in names:
        folder = name.rstrip("/").rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


@dataclass
class _Budget:
    """How many bytes of inner archives are still looked into."""

    left: int


def _nested(archive: zipfile.ZipFile, depth: int, budget: _Budget) -> list[Complaint]:
    """What is wrong with archives in the archive. Programs unpack them too, some to any depth."""
    errors: list[Complaint] = []
    for member in archive.infolist():
        if not member.filename.lower().endswith(".zip") or member.file_size > budget.left:
            continue
        if depth > MAX_DEPTH:
            message = f"`{_shown(member.filename)}` is an archive in archives more than {MAX_DEPTH} deep. Unpack some."
            return [_about(member.filename, message)]
        budget.left -= member.file_size
        errors += [
            _about(member.filename, f"In `{_shown(member.filename)}`: {error.message}")
            for error in _inside(archive, member, depth, budget)
        ]
        if len(errors) > MAX_NAMED:
            break
    return errors


def _inside(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int, budget: _Budget) -> list[Complaint]:
    try:
        with archive.open(member) as content:
            # One byte more than it claims would be a lie, which zipfile cuts off.
            inner = io.BytesIO(content.read(member.file_size))
    except UNREADABLE:
        return [_damaged(member.filename)]
    contents = inspect(inner, deep=False)
    if contents.archive is None:
        # A file that is only called a zip harms nobody here; whoever needs it as one complains.
        return []
    return [*contents.errors, *_nested(contents.archive, depth + 1, budget)]


def _odd_names(members: list[zipfile.ZipInfo]) -> Iterator[Complaint]:
    odd = [member for member in members if not member.flag_bits & _UTF_8 and not member.orig_filename.isascii()]
    for member in odd[:MAX_NAMED]:
        message = f"The name of an entry is not UTF-8; it is read as `{_shown(member.filename)}`. Rename it, or zip it anew."
        yield _about(member.filename, message)


def _damaged(name: str) -> Complaint:
    return _about(name, f"`{_shown(name)}` cannot be read from the archive: it is damaged. Zip it again.")


def _about(name: str, message: str) -> Complaint:
    return Complaint(name[:200], None, "", message)


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:100])
