"""The files that a person names on the command line, as one zip: a zip as it is, a folder or a single file packed."""

import hashlib
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from agon.errors import BadFile
from chalicelib.contract.litter import is_litter

#: Never packed: what editors and Python leave behind, besides what operating systems do.
_LITTER = {
    *("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".venv"),
    *(".git", ".hg", ".svn", ".idea", ".vscode"),
}
_LITTER_PREFIXES = (".Trash-", ".nfs")
_LITTER_SUFFIXES = (".pyc", ".swp", "~")
#: The earliest time that a zip can state: the same folder gives the same bytes whenever it is packed.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHUNK_BYTES = 1024 * 1024

#: Hears how many bytes more are packed.
Progress = Callable[[int], None]
#: Shows how far the packing of something is, by its name and bytes in all, for as long as its block runs.
Bar = Callable[[str, int], AbstractContextManager[Progress]]


def no_bar(name: str, size_bytes: int) -> AbstractContextManager[Progress]:
    """Nothing is shown."""
    return nullcontext(lambda count: None)


@contextmanager
def packed(path: Path, bar: Bar = no_bar) -> Iterator[Path]:
    """A zip of `path` for as long as the block runs. Raises BadFile when there is nothing to pack."""
    if not path.exists():
        raise BadFile(f"There is no file or folder {path}.")
    if path.is_file() and path.suffix.lower() == ".zip":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="agon-") as folder:
        source = path.resolve()
        # Some names have no room for the suffix: file systems take 255 bytes.
        stem = (source.name if source.is_dir() else source.stem)[:60]
        target = Path(folder) / f"{stem or 'files'}.zip"
        _pack(path, target, bar)
        yield target


def sha256(path: Path, parts: Sequence[int] = ()) -> tuple[str, list[str]]:
    """Of the whole file, and of each of its parts of these sizes: in hex."""
    whole, found = hashlib.sha256(), []
    with path.open("rb") as file:
        for size in parts or [path.stat().st_size]:
            part = hashlib.sha256()
            while size > 0 and (chunk := file.read(min(_CHUNK_BYTES, size))):
                whole.update(chunk)
                part.update(chunk)
                size -= len(chunk)
            found.append(part.hexdigest())
    return whole.hexdigest(), found if parts else []


def _pack(source: Path, target: Path, bar: Bar) -> None:
    names = [(source, source.name)] if source.is_file() else list(files_in(source))
    if not names:
        raise BadFile(f"The folder {source} holds no files.")
    try:
        size = sum(file.stat().st_size for file, _ in names)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, bar(source.name, size) as progress:
            for file, name in names:
                _add(archive, file, name, progress)
    except OSError as error:
        raise BadFile(f"{source} cannot be packed: {error}.") from error


def files_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder that are packed, each with its name in the zip."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and not any(_is_litter(part) for part in inside.parts):
            yield file, inside.as_posix()


def mode_of(file: Path) -> int:
    """A file's mode in a zip: programs stay executable. The other bits depend on the machine, so they are left out of it."""
    return stat.S_IFREG | (0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)


def _is_litter(name: str) -> bool:
    return is_litter([name]) or name in _LITTER or name.startswith(_LITTER_PREFIXES) or name.endswith(_LITTER_SUFFIXES)


def _add(archive: zipfile.ZipFile, file: Path, name: str, progress: Progress) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = mode_of(file) << 16
    with file.open("rb") as content, archive.open(info, "w", force_zip64=True) as entry:
        while chunk := content.read(_CHUNK_BYTES):
            entry.write(chunk)
            progress(len(chunk))
