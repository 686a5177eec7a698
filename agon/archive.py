"""What a person names on the command line, as one zip: a zip as it is, a folder or a single file packed."""

import hashlib
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agon.errors import BadFile

#: Never packed: what editors, operating systems and Python leave behind.
_LITTER = {
    *("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".venv"),
    *(".git", ".hg", ".svn", ".idea", ".vscode"),
    *(".DS_Store", "__MACOSX", "Thumbs.db", "desktop.ini"),
}
_LITTER_PREFIXES = ("._", ".Trash-", ".nfs")
_LITTER_SUFFIXES = (".pyc", ".swp", "~")
#: The earliest time that a zip can state: the same folder gives the same bytes whenever it is packed.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHUNK_BYTES = 1024 * 1024


@contextmanager
def packed(path: Path) -> Iterator[Path]:
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
        _pack(path, target)
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


def _pack(source: Path, target: Path) -> None:
    names = [(source, source.name)] if source.is_file() else list(_files(source))
    if not names:
        raise BadFile(f"The folder {source} holds no files.")
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, name in names:
                _add(archive, file, name)
    except OSError as error:
        raise BadFile(f"{source} cannot be packed: {error}.") from error


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and not any(_is_litter(part) for part in inside.parts):
            yield file, inside.as_posix()


def _is_litter(name: str) -> bool:
    return name in _LITTER or name.startswith(_LITTER_PREFIXES) or name.endswith(_LITTER_SUFFIXES)


def _add(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    # Programs stay executable. The other bits depend on the machine, so they are left out of it.
    mode = 0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644
    info.external_attr = (stat.S_IFREG | mode) << 16
    with file.open("rb") as content, archive.open(info, "w", force_zip64=True) as entry:
        while chunk := content.read(_CHUNK_BYTES):
            entry.write(chunk)
