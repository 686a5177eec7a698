"""The folder of a migration: what came already, by its number there, so that it goes on where it was broken off.

It has addresses of people, so nobody but its owner reads it. The token is never in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agon.credentials import write_private
from agon.errors import BadFile

_STATE, _DONE = "state.json", "submissions.jsonl"


class MigrationFolder:
    """A new folder, or one that was begun for the same competition and the same site of ours. Raises BadFile."""

    def __init__(self, path: Path, subject: Mapping[str, object]) -> None:
        self.path = path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A person may have made it, and it is about to have addresses.
            path.chmod(0o700)
            self._state: dict[str, Any] = self._read() or {"about": dict(subject)}
            self.done = self._read_done()
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BadFile(f"{path} is no folder of a migration that can be read: {error}. Name another one.") from error
        if self._state.get("about") != dict(subject):
            raise BadFile(f"{path} is another migration's: {self._state.get('about')}. Name another folder.")

    def get(self, name: str) -> Any:
        """The value noted under a name; None for nothing."""
        return self._state.get(name)

    def keep(self, **facts: object) -> None:
        """Note something, before anything that follows from it is done."""
        self._state |= facts
        write_private(self.path / _STATE, json.dumps(self._state, indent=2) + "\n")

    def note(self, submission: int, brought: str) -> None:
        """Note which submission here one of there has become. A line each, so that thousands cost no more than one."""
        line = json.dumps({"there": submission, "here": brought}) + "\n"
        descriptor = os.open(self.path / _DONE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(line)
        self.done[submission] = brought

    def write(self, name: str, text: str) -> Path:
        """Write a file that its owner alone may read."""
        write_private(self.path / name, text)
        return self.path / name

    def _read(self) -> dict[str, Any]:
        file = self.path / _STATE
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}

    def _read_done(self) -> dict[int, str]:
        file, found = self.path / _DONE, dict[int, str]()
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if text and not text.endswith("\n"):
            with file.open("a", encoding="utf-8") as opened:
                opened.write("\n")
        for line in text.splitlines():
            try:
                told = json.loads(line)
            except ValueError:
                # A run was cut off while it wrote this line. That one is brought again, and so is there once.
                continue
            found[int(told["there"])] = str(told["here"])
        return found
