"""Copying a bundle's files: resumable, in constant memory, with a progress for each file."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import ids, settings
from chalicelib.actions.bundle_files import Piece, Source
from chalicelib.actions.definitions import Ref
from chalicelib.aws import objects
from chalicelib.aws.streams import Stream
from chalicelib.store import imports
from chalicelib.store.imports import Import

#: Progress is stored this often at most; what is copied again after a crash is less than that.
SAVE_EVERY_SECONDS = 2.0
#: A function stops this long before its time runs out, to say where it stopped.
MARGIN = timedelta(seconds=30)


class OutOfTime(Exception):
    """The function's time runs out; everything that was copied is remembered."""


class Broken(Exception):
    """A member of the archive cannot be read, or has another checksum than the archive says."""

    def __init__(self, piece: Piece):
        super().__init__(piece.path)
        self.piece = piece


class Copying:
    """One import's files, each under its place in the manifest: bytes done, bytes in all, and its Ref when done."""

    def __init__(self, import_: Import, deadline: datetime):
        self._import = import_
        self._deadline = deadline
        self._files: dict[str, dict[str, Any]] = dict(import_.files or {})
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
            if "ref" not in files[piece.place]:
                files[piece.place]["ref"] = self._copy(piece, source)
                files[piece.place]["bytes"] = files[piece.place]["of"]
                files[piece.place].pop("multipart", None)
                self._look_at_the_clock()
        self._save()
        return {place: file["ref"] for place, file in files.items()}

    def _copy(self, piece: Piece, source: Source) -> Ref:
        progress = self._files[piece.place]
        key = progress["object_key"]
        target = Stream(settings.get().files_bucket, key, progress.get("multipart"), self._on_part(progress))
        try:
            ref = source.copy(piece, target)
        except objects.UNREADABLE as error:
            raise Broken(piece) from error
        dataset = {"dataset": ids.derived(self._import.id, piece.place)} if piece.is_dataset else {}
        return {**dataset, "object_key": key, **ref}

    def _key(self, piece: Piece) -> str:
        id_ = ids.derived(self._import.id, piece.place)
        return f"datasets/{id_}.zip" if piece.is_dataset else f"competitions/{self._import.competition}/{id_}{piece.suffix}"

    def _on_part(self, progress: dict[str, Any]) -> Callable[[str, int], None]:
        def on_part(multipart: str, done: int) -> None:
            is_new = "multipart" not in progress
            progress.update(multipart=multipart, bytes=min(done, progress["of"]))
            # An upload in parts that no row names would lie about for ever.
            if is_new:
                self._save()
            else:
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
        imports.advance(self._import, self._files)


def forget(import_: Import) -> None:
    """Remove every object that an import has made, and what it began to send."""
    files = list((import_.files or {}).values())
    for file in files:
        if "multipart" in file:
            objects.drop_parts(file["object_key"], file["multipart"])
    objects.delete(settings.get().files_bucket, *(file["object_key"] for file in files))
