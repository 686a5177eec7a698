"""The memory that a runner has of images: whose credentials opened each, and names, size and last use of those that
it pulled."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: A use is not written down more often than this.
_WRITE_SECONDS = 60.0
_PUBLIC = ""


@dataclass
class _PulledImage:
    names: list[str] = field(default_factory=list)
    size_bytes: int = 0
    used_at: float = 0.0
    #: Marks of credentials (registries.mark); "" stands for everybody.
    opened_by: list[str] = field(default_factory=list)
    #: False for what others brought to this machine: it is never removed.
    is_ours: bool = True


class PulledImages:
    """Images by the engine's id, in a file that outlives the runner. Safe across threads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._entries = _read(file)
        self._written_at = 0.0

    def add(self, identity: str, name: str, size_bytes: int) -> None:
        """Note that this runner pulled it, so this runner may remove it. The name is no other image's any more."""
        with self._changing():
            for entry in self._entries.values():
                entry.names = [other for other in entry.names if other != name]
            entry = self._entries.setdefault(identity, _PulledImage(size_bytes=size_bytes))
            entry.names.append(name)
            entry.is_ours = True
            entry.used_at = time.time()

    def allow(self, identity: str, mark: str) -> None:
        """A registry gave the image to whoever has these credentials."""
        entry = self._entries.get(identity, _PulledImage(is_ours=False))
        if mark not in entry.opened_by:
            with self._changing():
                self._entries.setdefault(identity, entry).opened_by.append(mark)

    def may_use(self, identity: str, mark: str) -> bool:
        """True when a job with these credentials may use it without asking, since a registry gave it to such a one
        before."""
        entry = self._entries.get(identity)
        return entry is not None and not {_PUBLIC, mark}.isdisjoint(entry.opened_by)

    def touch(self, identity: str) -> None:
        """Note that it is used now."""
        with self._lock:
            if entry := self._entries.get(identity):
                entry.used_at = time.time()
                if entry.used_at - self._written_at > _WRITE_SECONDS:
                    self._write()

    def forget(self, identity: str) -> None:
        """Note that it is gone."""
        with self._changing():
            self._entries.pop(identity, None)

    def names(self, identity: str) -> frozenset[str]:
        """The names under which it was pulled, with tag or digest."""
        entry = self._entries.get(identity)
        return frozenset(entry.names) if entry else frozenset()

    def by_age(self) -> list[str]:
        """The ids of what this runner pulled, the least recently used first."""
        with self._lock:
            ours = [identity for identity, entry in self._entries.items() if entry.is_ours]
            return sorted(ours, key=lambda identity: self._entries[identity].used_at)

    def total_bytes(self) -> int:
        """The sum of the sizes of those: layers that they share count once for each."""
        with self._lock:
            return sum(entry.size_bytes for entry in self._entries.values() if entry.is_ours)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._lock:
            yield
            self._write()

    def _write(self) -> None:
        self._written_at = time.time()
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps({identity: asdict(entry) for identity, entry in self._entries.items()}))
        fresh.replace(self._file)


def _read(file: Path) -> dict[str, _PulledImage]:
    """What was written; nothing when there is no such file, or none that can be read: then nothing is ever removed."""
    try:
        return {identity: _PulledImage(**entry) for identity, entry in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
