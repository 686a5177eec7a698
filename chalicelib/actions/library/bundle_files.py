"""A bundle's files on their way from the archive to objects of their own."""

import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from chalicelib.aws.streams import Stream
from chalicelib.contract import archives
from chalicelib.domain.bundle.model import Bundle, DatasetKey
from chalicelib.store.competitions.definition import HANDOUTS, TASK_FILES, Placed, Ref

_CHUNK_BYTES = 1024**2
_HTML = (".html", ".htm")


@dataclass(frozen=True)
class Piece:
    """A file or folder of a bundle that becomes an object. `place` is where the manifest names it: its name for people.

    `kind` is a dataset's type, or "page", "terms", "logo", "asset"; `index` is that of the part that names it.
    """

    place: str
    kind: str
    index: int
    path: str

    @property
    def is_dataset(self) -> bool:
        """True for what the library of datasets holds."""
        return self.kind not in ("page", "terms", "logo", "asset")

    @property
    def suffix(self) -> str:
        """What its object's key ends in."""
        return ".zip" if self.is_dataset else PurePosixPath(self.path).suffix.lower()


def pieces(bundle: Bundle) -> list[Piece]:
    """What is to be copied, small texts first. What is named by its key lies in the library already."""
    found = [*texts(bundle), *_data(bundle)]
    return [piece for piece in found if not isinstance(piece.path, DatasetKey)]


def placed(bundle: Bundle, refs: Mapping[str, Ref], known: Mapping[str, Ref]) -> Placed:
    """Where everything lies. `refs` has each piece under its place, `known` what the bundle names by its key."""
    result = Placed()
    for piece in [*texts(bundle), *_data(bundle)]:
        ref = known[piece.path] if isinstance(piece.path, DatasetKey) else refs[piece.place]
        match piece.kind:
            case "page":
                result.pages.append(ref)
            case "terms":
                result.terms = ref
            case "logo":
                result.logo = ref
            case "asset":
                result.assets[piece.path] = ref
            case "solution":
                result.solutions[piece.index] = ref
            case kind if kind in HANDOUTS:
                result.phases.setdefault(piece.index, {})[kind] = ref
            case kind:
                result.tasks.setdefault(piece.index, {})[kind] = ref
    return result


class Source:
    """The members of a bundle's archive, found by the paths of its manifest."""

    def __init__(self, archive: zipfile.ZipFile, prefix: str):
        self._archive, self._prefix = archive, prefix
        self._members = sorted(archive.infolist(), key=lambda member: member.filename)
        self._names = [member.filename for member in self._members]

    def size_of(self, piece: Piece) -> int:
        """How many bytes a piece takes, unpacked."""
        inside = self._inside(piece.path)
        return sum(member.file_size for member in inside or [self._archive.getinfo(self._prefix + piece.path)])

    def copy(self, piece: Piece, target: Stream) -> Ref:
        """Stream a piece to `target`, which it does not finish, and say what it is.

        Raises Refused for a member that is broken or has another CRC.
        """
        with archives.reading():
            if piece.is_dataset and (inside := self._inside(piece.path)):
                self._zip(inside, len(self._prefix + piece.path) + 1, target)
            else:
                with self._archive.open(self._prefix + piece.path) as content:
                    _pour(content, target)
        size = {"sha256": target.sha256, "size_bytes": target.size_bytes}
        if piece.kind in ("page", "terms"):
            return {"file": piece.path, "format": "html" if piece.suffix in _HTML else "markdown", **size}
        return size if piece.is_dataset else {"file": piece.path, **size}

    def _inside(self, path: str) -> list[zipfile.ZipInfo]:
        """The files of a folder in a fixed order; none when the path is no folder."""
        folder = f"{self._prefix}{path}/"
        start, end = bisect_left(self._names, folder), bisect_left(self._names, folder + chr(0x10FFFF))
        return [member for member in self._members[start:end] if not member.is_dir()]

    def _zip(self, members: list[zipfile.ZipInfo], cut: int, target: Stream) -> None:
        """Folders become archives of their own: the same bytes each time, with modes kept and times of no meaning."""
        # A Stream cannot seek, so sizes and CRC follow each member, which every reader of zips understands.
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:  # type: ignore[call-overload]
            for member in members:
                entry = zipfile.ZipInfo(member.filename[cut:])
                entry.external_attr, entry.compress_type = member.external_attr, zipfile.ZIP_DEFLATED
                with self._archive.open(member) as content, zipped.open(entry, "w", force_zip64=True) as inside:
                    _pour(content, inside)


def texts(bundle: Bundle) -> Iterator[Piece]:
    """What a competition has for itself: pages, terms, logo, assets."""
    for index, page in enumerate(bundle.pages):
        yield Piece(f"pages[{index}].file", "page", index, page.file)
    if bundle.terms:
        yield Piece("terms", "terms", 0, bundle.terms)
    if bundle.image:
        yield Piece("image", "logo", 0, bundle.image)
    for index, path in enumerate(bundle.assets):
        yield Piece(path, "asset", index, path)


def _data(bundle: Bundle) -> Iterator[Piece]:
    for level, parts, kinds in (("tasks", bundle.tasks, TASK_FILES), ("phases", bundle.phases, HANDOUTS)):
        for part in parts:
            for kind in kinds:
                if path := getattr(part, kind):
                    yield Piece(f"{level}[{part.index}].{kind}", kind, part.index, path)
    for solution in bundle.solutions:
        if path := solution.path or solution.key:
            yield Piece(f"solutions[{solution.index}]", "solution", solution.index, path)


def _pour(source: IO[bytes], target: IO[bytes] | Stream) -> None:
    while chunk := source.read(_CHUNK_BYTES):
        target.write(chunk)
