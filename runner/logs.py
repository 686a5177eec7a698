"""A container's output streams, kept head and tail, however much is printed."""

import threading
from collections import deque
from pathlib import Path

_MARKER = b"\n[... %d bytes left out ...]\n"
_MARKER_BYTES = 64


class Log:
    """One stream. Holds at most `limit_bytes`: the first half of them, and the last. Safe across threads."""

    def __init__(self, limit_bytes: int) -> None:
        self.total_bytes = 0
        self._half_bytes = max(0, (limit_bytes - _MARKER_BYTES) // 2)
        self._head = bytearray()
        self._tail: deque[bytes] = deque()
        self._tail_bytes = 0
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        """Add what the container printed."""
        with self._lock:
            self.total_bytes += len(data)
            room = self._half_bytes - len(self._head)
            if room > 0:
                self._head += data[:room]
                data = data[room:]
            if data:
                self._push(data)

    def content(self) -> bytes:
        """Head and tail, with a line between them that says how much was left out."""
        with self._lock:
            tail = b"".join(self._tail)[-self._half_bytes :] if self._half_bytes else b""
            missing = self.total_bytes - len(self._head) - len(tail)
            return bytes(self._head) + (_MARKER % missing if missing else b"") + tail

    def save(self, path: Path) -> Path | None:
        """Write `content` to `path`; None, and no file, when nothing was printed."""
        if not self.total_bytes:
            return None
        path.write_bytes(self.content())
        return path

    def _push(self, data: bytes) -> None:
        self._tail.append(data)
        self._tail_bytes += len(data)
        while self._tail_bytes - len(self._tail[0]) >= self._half_bytes:
            self._tail_bytes -= len(self._tail.popleft())
