"""Archives that become parts of competitions: what the judge of contract/archives.py finds in them, and in those inside."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO, BinaryIO, Protocol

from chalicelib.contract import archives, limits
from chalicelib.contract.archives import UNPACKED, Bounds, Finding, Refused, shown
from chalicelib.domain.bundle.model import Complaint

_UTF_8 = 0x800
#: Of a name, as the place of a complaint.
_NAME_CHARACTERS = 200


class Archive(Protocol):
    """An archive as it is read: a zip file, or one that is made of another (foreign/overlay.py)."""

    def infolist(self) -> list[zipfile.ZipInfo]: ...

    def namelist(self) -> list[str]: ...

    def getinfo(self, name: str, /) -> zipfile.ZipInfo: ...

    def open(self, name: str | zipfile.ZipInfo, /) -> IO[bytes]: ...


@dataclass(frozen=True)
class Foreign:
    """The competition of another platform that a bundle was made of, and what was told of it (ADR 57).

    `kind` is how it was read, `file` what its places stand in. `places` leads from a place of the manifest that was made
    to the one that it stands for, and `lines` has the lines of those.
    """

    kind: str
    file: str
    errors: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, repr=False)
    lines: Mapping[str, int] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Contents:
    """The contents of an archive, by its directory. `archive` is None when it is none; with errors it is not to be unpacked.

    `misnamed` are its members that are called a zip, were looked into, and are none. `foreign` is what this was made of,
    where that is no bundle.
    """

    archive: Archive | None = None
    names: tuple[str, ...] = ()
    errors: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()
    misnamed: tuple[str, ...] = ()
    foreign: Foreign | None = None

    def read(self, name: str, max_bytes: int) -> bytes | Complaint:
        """The beginning of a member, or why it cannot be read."""
        assert self.archive is not None
        try:
            with archives.reading(), self.archive.open(name) as content:
                return content.read(max_bytes)
        except Refused:
            return _damaged(name)


def inspect(file: BinaryIO, bounds: Bounds = UNPACKED, deep: bool = True) -> Contents:
    """Judge an archive, and with `deep` those that it holds. Raises nothing that the bytes could be the cause of."""
    try:
        archive = archives.open_directory(file)
    except Refused as error:
        return Contents(errors=(_about("", str(error)),))
    members = archive.infolist()
    errors = [*map(_told, archives.dangers(archive, bounds))]
    warnings, misnamed = [*map(_told, archives.slips(members)), *_odd_names(members)], list[str]()
    if deep and not errors:
        for inner in _nested(archive, 1, bounds, _Budget(limits.MAX_NESTED_BYTES)):
            errors += inner.errors
            warnings += inner.warnings
            misnamed += inner.misnamed
    return Contents(archive, tuple(archive.namelist()), tuple(errors), tuple(warnings), tuple(misnamed))


def verify(file: BinaryIO) -> list[Complaint]:
    """Read every member for its checksum: what is damaged. For an archive that `inspect` found no error in."""
    found = []
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            try:
                with archives.reading(), archive.open(member) as content:
                    while content.read(1024**2):
                        pass
            except Refused:
                found.append(_damaged(member.filename))
    return found


@dataclass
class _Budget:
    """The bytes of inner archives that are still looked into."""

    left: int


def _nested(archive: Archive, depth: int, bounds: Bounds, budget: _Budget) -> Iterator[Contents]:
    """What is wrong with archives in the archive. Programs unpack them too, some to any depth."""
    count = 0
    for member in archive.infolist():
        if not member.filename.lower().endswith(".zip") or member.file_size > budget.left:
            continue
        if depth > bounds.nested:
            message = f"`{shown(member.filename)}` is an archive in archives more than {bounds.nested} deep. Unpack some."
            yield Contents(errors=(_about(member.filename, message),))
            return
        budget.left -= member.file_size
        for inner in _inside(archive, member, depth, bounds, budget):
            yield _told_inside(member.filename, inner)
            count += len(inner.errors)
        if count > archives.MAX_NAMED:
            return


def _inside(archive: Archive, member: zipfile.ZipInfo, depth: int, bounds: Bounds, budget: _Budget) -> Iterator[Contents]:
    try:
        with archives.reading(), archive.open(member) as content:
            # One byte more than it claims would be a lie, which zipfile cuts off.
            inner = io.BytesIO(content.read(member.file_size))
    except Refused:
        yield Contents(errors=(_damaged(member.filename),))
        return
    contents = inspect(inner, bounds, deep=False)
    if contents.archive is None:
        # That harms nobody here; whoever needs it as one complains.
        yield Contents(misnamed=(member.filename,))
        return
    yield contents
    yield from (replace(deeper, misnamed=()) for deeper in _nested(contents.archive, depth + 1, bounds, budget))


def _told_inside(name: str, inner: Contents) -> Contents:
    """What was found in an archive, as its own archive tells it."""

    def named(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
        return tuple(_about(name, f"In `{shown(name)}`: {one.message}") for one in complaints)

    return Contents(errors=named(inner.errors), warnings=named(inner.warnings), misnamed=inner.misnamed)


def _odd_names(members: list[zipfile.ZipInfo]) -> Iterator[Complaint]:
    odd = [member for member in members if not member.flag_bits & _UTF_8 and not member.orig_filename.isascii()]
    for member in odd[: archives.MAX_NAMED]:
        message = f"The name of an entry is not UTF-8; it is read as `{shown(member.filename)}`. Rename it, or zip it anew."
        yield _about(member.filename, message)


def _damaged(name: str) -> Complaint:
    return _about(name, f"`{shown(name)}` cannot be read from the archive: it is damaged. Zip it again.")


def _told(finding: Finding) -> Complaint:
    return _about(finding.name, finding.message)


def _about(name: str, message: str) -> Complaint:
    return Complaint(shown(name, _NAME_CHARACTERS), None, "", message)
