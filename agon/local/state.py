"""The local stack's memory: .agon/state.json (who runs where, the stack's outputs, the demo's accounts) and its folders."""

import json
from pathlib import Path
from typing import Any

from agon import credentials
from agon.errors import StackFailed


class StackState:
    """state.json as a dictionary that is written at every change, readable by its owner only: it holds passwords."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._file = root / "state.json"

    @property
    def exists(self) -> bool:
        """True when a stack was started here before."""
        return self._file.exists()

    def read(self) -> dict[str, Any]:
        """The whole state. Raises StackFailed when the file is broken."""
        try:
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise StackFailed(f"{self._file} cannot be read. `agon down --wipe` starts afresh.") from error

    def get(self, key: str) -> Any:
        """One entry, or None."""
        return self.read().get(key)

    def set(self, key: str, value: Any) -> None:
        """Store one entry; None removes it."""
        content = self.read() | {key: value}
        kept = {name: entry for name, entry in content.items() if entry is not None}
        credentials.write_private(self._file, json.dumps(kept, indent=2) + "\n")

    def folder(self, name: str) -> Path:
        """A folder of the stack, made when it is not there."""
        path = self.root / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def log(self, name: str) -> Path:
        """The log file of one of the stack's programs."""
        return self.folder("logs") / f"{name}.log"
