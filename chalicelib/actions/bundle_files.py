"""A bundle's files on their way from the archive to objects of their own."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

from chalicelib import settings
from chalicelib.actions.definitions import HANDOUTS, Placed, Ref
from chalicelib.aws import objects
from chalicelib.domain.bundle.model import Bundle, Complaint

#: Bounds on what an archive may claim to hold; beyond them it is taken for an attack.
MAX_ENTRIES = 100_000
MAX_BYTES = 100 * 1024**3
MAX_RATIO = 200
RATIO_COUNTS_ABOVE_BYTES = 100 * 1024**2
#: A file that is not stored as it is passes through Lambda's disk; up to this size, through its memory.
IN_MEMORY_BYTES = 16 * 1024**2
MAX_PAGE_BYTES = 1024**2
_CHUNK_BYTES = 1024**2
_DATA = ("scoring_program", "reference_data")
#: What a zip member made on Unix says when it is a symbolic link.
_SYMLINK = 0o120000


def refusals(archive: zipfile.ZipFile) -> list[Complaint]:
    """What makes an archive one that is not unpacked at all."""
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    found = []
    if len(members) > MAX_ENTRIES:
        found.append(f"The bundle has {len(members):,} entries; {MAX_ENTRIES:,} are allowed.")
    if total > MAX_BYTES or (total > RATIO_COUNTS_ABOVE_BYTES and total > MAX_RATIO * max(packed, 1)):
        found.append(f"The bundle would unpack to {total:,} bytes from {packed:,}. Remove what blows it up.")
    bad = [member.filename for member in members if _is_unsafe(member)]
    found += [f"The entry {name[:200]!r} is a link, encrypted or outside of the bundle. Remove it." for name in bad[:20]]
    return [Complaint("", None, "", message) for message in found]


def store(
    archive: zipfile.ZipFile, prefix: str, bundle: Bundle, competition: str, advance: Callable[[int, int], None]
) -> Placed:
    """Copy what the competition needs to `competitions/{competition}/`, and tell how many files are done."""
    placed, done = Placed(), 0
    files = [(task, kind) for task in bundle.tasks for kind in _DATA if getattr(task, kind)]
    handouts = [(phase, kind) for phase in bundle.phases for kind in HANDOUTS if getattr(phase, kind)]
    pages = [page.file for page in bundle.pages]
    total = len(files) + len(handouts) + len(pages) + sum(1 for one in (bundle.image, bundle.terms) if one)
    for task, kind in files:
        key = f"{_folder(competition)}tasks/{task.index}/{kind}.zip"
        kept = _store_data(archive, prefix + getattr(task, kind), key)
        placed.tasks.setdefault(task.index, {})[kind] = kept
        advance(done := done + 1, total)
    for phase, kind in handouts:
        key = f"{_folder(competition)}phases/{phase.index}/{kind}.zip"
        placed.phases.setdefault(phase.index, {})[kind] = _store_data(archive, prefix + getattr(phase, kind), key)
        advance(done := done + 1, total)
    for index, path in enumerate(pages):
        placed.pages.append(_store_page(archive, prefix, path, f"{_folder(competition)}pages/{index}"))
        advance(done := done + 1, total)
    if bundle.terms:
        placed.terms = _store_page(archive, prefix, bundle.terms, f"{_folder(competition)}terms")
        advance(done := done + 1, total)
    if bundle.image:
        key = f"{_folder(competition)}logo{PurePosixPath(bundle.image).suffix.lower()}"
        with archive.open(prefix + bundle.image) as content:
            objects.write_stream(settings.get().files_bucket, key, content)  # type: ignore[arg-type]
        placed.logo = {"file": bundle.image, "object_key": key}
        advance(done := done + 1, total)
    return placed


def remove(competition: str) -> None:
    """Delete the objects of a competition that did not come to be."""
    bucket = settings.get().files_bucket
    while keys := objects.keys_below(bucket, _folder(competition)):
        objects.delete(bucket, *keys)


def _folder(competition: str) -> str:
    return f"competitions/{competition}/"


def _is_unsafe(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    kind = (member.external_attr >> 16) & 0o170000
    outside = path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]
    return outside or kind == _SYMLINK or bool(member.flag_bits & 1)


def _store_data(archive: zipfile.ZipFile, path: str, key: str) -> Ref:
    with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as copy:
        if path.lower().endswith(".zip"):
            with archive.open(path) as content:
                _copy(content, copy)  # type: ignore[arg-type]
        else:
            _zip_folder(archive, path.rstrip("/") + "/", copy)  # type: ignore[arg-type]
        size, digest = copy.tell(), _digest(copy)  # type: ignore[arg-type]
        copy.seek(0)
        objects.write_stream(settings.get().files_bucket, key, copy)  # type: ignore[arg-type]
    return {"dataset": key, "object_key": key, "sha256": digest, "size_bytes": size}


def _zip_folder(archive: zipfile.ZipFile, folder: str, target: BinaryIO) -> None:
    """Folders of a bundle become archives of their own, with the members' modes kept and times of no meaning."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for member in sorted(archive.infolist(), key=lambda item: item.filename):
            if not member.filename.startswith(folder) or member.is_dir():
                continue
            entry = zipfile.ZipInfo(member.filename.removeprefix(folder))
            entry.external_attr, entry.compress_type = member.external_attr, zipfile.ZIP_DEFLATED
            with archive.open(member) as content, zipped.open(entry, "w", force_zip64=True) as copy:
                _copy(content, copy)  # type: ignore[arg-type]


def _store_page(archive: zipfile.ZipFile, prefix: str, path: str, key: str) -> Ref:
    form = "html" if path.lower().endswith((".html", ".htm")) else "markdown"
    with archive.open(prefix + path) as content:
        text = content.read(MAX_PAGE_BYTES)
    objects.write(settings.get().files_bucket, key, text, "text/plain; charset=utf-8")
    return {"file": path, "format": form, "object_key": key}


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    while chunk := source.read(_CHUNK_BYTES):
        target.write(chunk)


def _digest(content: BinaryIO) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()
