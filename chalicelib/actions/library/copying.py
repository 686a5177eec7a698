"""Copying a bundle's files: resumable, in constant memory, with a progress for each file."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from chalicelib import ids, settings
from chalicelib.actions.library.bundle_files import Piece, Source
from chalicelib.aws import object_keys, objects, streams
from chalicelib.aws.streams import Stream
from chalicelib.contract.archives import HANDED_OUT, UNPACKED, Bounds, Refused
from chalicelib.deadlines import MARGIN, OutOfTime
from chalicelib.domain.bundle import archive
from chalicelib.domain.bundle.model import Complaint
from chalicelib.store.bundles import imports
from chalicelib.store.bundles.imports import Import
from chalicelib.store.competitions.definition import HANDOUTS, Ref

#: Progress is stored this often at most; what is copied again after a crash is less than that.
SAVE_EVERY_SECONDS = 2.0


class Broken(Exception):
    """A member of the archive cannot be read, or has another checksum than the archive says."""

    def __init__(self, piece: Piece):
        super().__init__(piece.path)
        self.piece = piece


class Copying:
    """One import's files, each under its place in the manifest, as on its row."""

    def __init__(self, import_: Import, deadline: datetime):
        self._import = import_
        self._deadline = deadline
        self._files: dict[str, dict[str, Any]] = dict(import_.files or {})
        self._former = _reached(self._files)
        self._saved_at = 0.0

    def copy(self, pieces: list[Piece], source: Source) -> dict[str, Ref]:
        """Copy what is not copied yet: the Ref of each piece by its place. Raises OutOfTime, Broken."""
        files = self._files
        for piece in pieces:
            planned = {"bytes": 0, "of": source.size_of(piece), "object_key": self._key(piece)}
            files.setdefault(piece.place, planned)
        # Before the first object is made: what no row names could never be removed.
        self._save()
        for piece in pieces:
            file = files[piece.place]
            if "ref" not in file:
                if not _was_put_together(file):
                    self._copy(piece, source)
                del file["object_key"]
                file.update(ref=file.pop("sent"), bytes=file["of"])
                self._look_at_the_clock()
        self._save()
        return {place: file["ref"] for place, file in files.items()}

    def judge(self, pieces: list[Piece]) -> list[tuple[Piece, Complaint]]:
        """The complaints about the archives that were copied: they will be unpacked on runners. Raises OutOfTime."""
        found = []
        for piece in pieces:
            file = self._files[piece.place]
            if piece.is_dataset and not file.get("judged"):
                key, size = file["ref"]["object_key"], file["ref"]["size_bytes"]
                with objects.opened(settings.get().files_bucket, key, size) as content:
                    errors = archive.inspect(content, _bounds(piece)).errors
                found += [(piece, error) for error in errors]
                file["judged"] = not errors
                if not found:
                    self._look_at_the_clock()
        # What an update has no use for is removed next, and must not be looked for when the import is repeated.
        self._save()
        return found

    def _copy(self, piece: Piece, source: Source) -> None:
        file = self._files[piece.place]
        with Stream(settings.get().files_bucket, file["object_key"], self._on_part(file)) as target:
            try:
                ref = source.copy(piece, target)
            except Refused as error:
                raise Broken(piece) from error
            dataset = {"dataset": ids.derived(self._import.id, piece.place)} if piece.is_dataset else {}
            file["sent"] = {**dataset, "object_key": file["object_key"], **ref}
            if target.is_in_parts:
                # When S3 has put the parts together it knows nothing more of them: who finds them gone must know why.
                self._save()
            target.finish()

    def _key(self, piece: Piece) -> str:
        id_ = ids.derived(self._import.id, piece.place)
        return (
            object_keys.dataset(id_)
            if piece.is_dataset
            else object_keys.of_competition(self._import.competition, f"{id_}{piece.suffix}")
        )

    def _on_part(self, file: dict[str, Any]) -> Callable[[int], None]:
        def on_part(done: int) -> None:
            file["bytes"] = min(done, file["of"])
            self._look_at_the_clock()

        return on_part

    def _look_at_the_clock(self) -> None:
        if datetime.now(UTC) > self._deadline - MARGIN:
            self._save()
            raise OutOfTime
        if time.monotonic() - self._saved_at >= SAVE_EVERY_SECONDS:
            self._save()

    def _save(self) -> None:
        self._saved_at = time.monotonic()
        imports.advance(self._import, self._files, is_further=_reached(self._files) > self._former)


def forget(import_: Import) -> None:
    """Remove every object that an import has made, and what it began to send."""
    keys = [file.get("ref", file)["object_key"] for file in (import_.files or {}).values()]
    streams.drop(settings.get().files_bucket, keys)
    objects.delete(settings.get().files_bucket, *keys)


def _bounds(piece: Piece) -> Bounds:
    return HANDED_OUT if piece.kind in HANDOUTS else UNPACKED


def _reached(files: Mapping[str, Mapping[str, Any]]) -> tuple[int, int]:
    """The progress of the import: steps of files that are done, and bytes."""
    steps = sum(("ref" in file) + bool(file.get("judged")) for file in files.values())
    return steps, sum(int(file["bytes"]) for file in files.values())


def _was_put_together(file: Mapping[str, Any]) -> bool:
    """True when an earlier function sent all parts of a file, and died before it could say that S3 has made it one."""
    if "sent" not in file:
        return False
    stored = objects.head(settings.get().files_bucket, file["object_key"])
    return stored is not None and stored.size_bytes == file["sent"]["size_bytes"]
