"""Uploads that were begun on this machine and have not been used: what a new run goes on with."""

from __future__ import annotations

import json
import time
from pathlib import Path

from agon import credentials

#: Sites throw away what was begun and not used by then.
KEPT_SECONDS = 24 * 3600


class Unfinished:
    """The id of each such upload, by what it is: a site, a purpose and a sha256. A file that its owner alone may read.

    Without a file they are remembered for as long as this lives.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._here: dict[str, tuple[str, float]] = {}

    def find(self, what: str) -> str | None:
        """The id of an upload, or None."""
        entry = self._read().get(what)
        return entry[0] if entry else None

    def keep(self, what: str, upload: str) -> None:
        """Remember an upload, and forget those that are gone by now."""
        self._write(self._read() | {what: (upload, time.time())})

    def forget(self, what: str) -> None:
        """Remember it no more."""
        entries = self._read()
        if entries.pop(what, None):
            self._write(entries)

    def _read(self) -> dict[str, tuple[str, float]]:
        try:
            content = json.loads(self._file.read_text("utf-8")) if self._file else self._here
            entries = {str(what): (str(id_), float(begun)) for what, (id_, begun) in content.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            # A broken file costs no more than sending something again.
            return {}
        return {what: entry for what, entry in entries.items() if time.time() - entry[1] < KEPT_SECONDS}

    def _write(self, entries: dict[str, tuple[str, float]]) -> None:
        if self._file:
            credentials.write_private(self._file, json.dumps(entries, indent=2) + "\n")
        else:
            self._here = entries
