"""A container's output streams, kept head and tail, however much is printed."""

import threading
from pathlib import Path

from chalicelib.contract import texts

_MARKER = b"\n[... %d bytes left out ...]\n"
_MARKER_BYTES = 64
#: In which a line is looked for, and of which it has so many characters at most.
_LAST_BYTES = 16 * 1024
_LINE_CHARACTERS = 300


class Log:
    """One stream. Holds at most `limit_bytes`: the first half of them, and the last. Safe across threads."""

    def __init__(self, limit_bytes: int) -> None:
        self.total_bytes = 0
        self._half_bytes = _half(limit_bytes)
        self._head = bytearray()
        self._tail = bytearray()
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        """Add what the container printed."""
        with self._lock:
            self.total_bytes += len(data)
            room = self._half_bytes - len(self._head)
            if room > 0:
                self._head += data[:room]
                data = data[room:]
            self._tail += data
            # Cut seldom: each cut moves what stays.
            if len(self._tail) > 2 * self._half_bytes:
                del self._tail[: len(self._tail) - self._half_bytes]

    def content(self, limit_bytes: int | None = None) -> bytes:
        """Head and tail, with a line between them that says how much was left out; at most `limit_bytes` of them."""
        half = self._half_bytes if limit_bytes is None else min(self._half_bytes, _half(limit_bytes))
        with self._lock:
            if self.total_bytes <= 2 * half:
                return bytes(self._head + self._tail)
            head, tail = bytes(self._head[:half]), self._last(half)
            return head + _MARKER % (self.total_bytes - len(head) - len(tail)) + tail

    @property
    def is_cut(self) -> bool:
        """True when more was printed than is kept."""
        return self.total_bytes > 2 * self._half_bytes

    def last_line(self) -> str:
        """The last line in which something stands, as a terminal shows it and not for ever; "" when there is none."""
        shown = texts.printed(self.content(_LAST_BYTES).decode("utf-8", "replace"))
        lines = [texts.line(line)[0] for line in shown.splitlines()]
        last = next((line for line in reversed(lines) if line), "")
        return last if len(last) <= _LINE_CHARACTERS else f"{last[:_LINE_CHARACTERS]} …"

    def save(self, path: Path) -> Path | None:
        """Write `content` to `path`; None, and no file, when nothing was printed."""
        if not self.total_bytes:
            return None
        path.write_bytes(self.content())
        return path

    def _last(self, count: int) -> bytes:
        """The last bytes printed that are no part of the head of the same length."""
        if not count:
            return b""
        return bytes((self._head[-count:] + self._tail if len(self._tail) < count else self._tail)[-count:])


def _half(limit_bytes: int) -> int:
    return max(0, (limit_bytes - _MARKER_BYTES) // 2)
