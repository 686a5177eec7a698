"""The folder that a competition of another platform stands in, as its translation reads it: names, and small files."""

import posixpath
from bisect import bisect_left

from chalicelib.contract import archives
from chalicelib.contract.litter import is_litter
from chalicelib.domain.bundle.archive import Contents


class Folder:
    """The files of an archive by their paths, without the one folder that may stand around everything.

    Of files that are read, `most_bytes` together.
    """

    def __init__(self, contents: Contents, most_bytes: int = 32 * 1024**2):
        self.contents = contents
        files = [name for name in contents.names if not name.endswith(("/", "\\")) and not _is_left_over(name)]
        tops = {name.split("/", 1)[0] for name in files}
        is_wrapped = len(tops) == 1 and all("/" in name for name in files)
        self.prefix = f"{next(iter(tops))}/" if is_wrapped else ""
        self.names = sorted(name.removeprefix(self.prefix) for name in files)
        self._left = most_bytes

    def is_file(self, path: str) -> bool:
        """True for the path of a file."""
        at = bisect_left(self.names, path)
        return at < len(self.names) and self.names[at] == path

    def below(self, folder: str) -> list[str]:
        """The paths of the files below a folder."""
        start, end = bisect_left(self.names, f"{folder}/"), bisect_left(self.names, f"{folder}0")
        return self.names[start:end]

    def at_root(self, *endings: str) -> list[str]:
        """The files at the root that end so."""
        return [name for name in self.names if "/" not in name and name.lower().endswith(endings)]

    def size_of(self, path: str) -> int:
        """The bytes of a file."""
        assert self.contents.archive is not None
        return self.contents.archive.getinfo(self.prefix + path).file_size

    def read(self, path: str, most_bytes: int) -> bytes:
        """The beginning of a file; nothing of one that is damaged, or when enough was read."""
        content = self.contents.read(self.prefix + path, min(most_bytes, self._left)) if self._left > 0 else b""
        text = content if isinstance(content, bytes) else b""
        self._left -= len(text)
        return text

    def path(self, written: str) -> str | None:
        """A path that somebody wrote, as it stands here; None for one that leads outside."""
        path = posixpath.normpath(written.strip().replace("\\", "/"))
        return None if path.startswith(("/", "..")) or path == "." or archives.has_controls(path) else path


def _is_left_over(name: str) -> bool:
    parts = name.split("/")
    return is_litter(parts) or "__pycache__" in parts or ".git" in parts
