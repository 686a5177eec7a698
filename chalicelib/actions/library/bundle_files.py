"""A bundle's files on their way from the archive to objects of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from chalicelib.aws.streams import Stream
from chalicelib.domain.bundle.archive import Archive
from chalicelib.domain.bundle.model import Bundle, DatasetKey
from chalicelib.domain.bundle.packing import Members
from chalicelib.store.competitions.definition import HANDOUTS, TASK_FILES, Placed, Ref

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
        """The end of its object's key."""
        return ".zip" if self.is_dataset else PurePosixPath(self.path).suffix.lower()


def pieces(bundle: Bundle) -> list[Piece]:
    """The pieces to be copied, small texts first. What is named by its key lies in the library already."""
    found = [*texts(bundle), *_data(bundle)]
    return [piece for piece in found if not isinstance(piece.path, DatasetKey)]


def placed(bundle: Bundle, refs: Mapping[str, Ref], known: Mapping[str, Ref]) -> Placed:
    """The places of everything. `refs` has each piece under its place, `known` what the bundle names by its key."""
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
    """A bundle's archive, as pieces are copied out of it."""

    def __init__(self, archive: Archive, prefix: str):
        self._members = Members(archive, prefix)

    def size_of(self, piece: Piece) -> int:
        """The bytes that a piece takes, unpacked."""
        return self._members.size_of(piece.path)

    def copy(self, piece: Piece, target: Stream) -> Ref:
        """Stream a piece to `target`, which it does not finish, and say what it is.

        Raises Refused for a member that is broken or has another CRC.
        """
        if piece.is_dataset:
            self._members.pack(piece.path, target)
        else:
            self._members.write(piece.path, target)
        size = {"sha256": target.sha256, "size_bytes": target.size_bytes}
        if piece.kind in ("page", "terms"):
            return {"file": piece.path, "format": "html" if piece.suffix in _HTML else "markdown", **size}
        return size if piece.is_dataset else {"file": piece.path, **size}


def texts(bundle: Bundle) -> Iterator[Piece]:
    """The texts that a competition has for itself: pages, terms, logo, assets."""
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
