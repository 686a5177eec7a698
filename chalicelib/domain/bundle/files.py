"""What stands in the archive, as far as its members' names tell."""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Collection

from chalicelib.contract import layout
from chalicelib.domain.bundle.model import DatasetKey
from chalicelib.domain.bundle.reading import KeyUse
from chalicelib.domain.bundle.section import Section

LOGO_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
PAGE_SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt")

_KEY = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}|[0-9a-z]{26}", re.ASCII)


class Files:
    """The members of an archive below `prefix`. Folders may be implied by what they contain.

    `keys` collects each place that names something outside of the archive.
    """

    def __init__(self, names: Collection[str], prefix: str = ""):
        self.keys: list[KeyUse] = []
        self._names = sorted(name[len(prefix) :] for name in names if name.startswith(prefix))

    def is_file(self, path: str) -> bool:
        """True when a member has this very name."""
        at = bisect_left(self._names, path)
        return at < len(self._names) and self._names[at] == path

    def is_folder(self, path: str) -> bool:
        """True when a member stands below this path."""
        at = bisect_left(self._names, f"{path}/")
        return at < len(self._names) and self._names[at].startswith(f"{path}/")

    def page(self, section: Section, key: str, what: str) -> str | None:
        """The path of a text. One that is missing is told, and left out."""
        path = self._path(section, key)
        if path is None:
            return None
        if not self.is_file(path):
            section.warn(key, f"`{path}` is no file of the bundle{self._near(path)}; the {what} is left out.")
            return None
        if not path.lower().endswith(PAGE_SUFFIXES):
            section.warn(key, f"`{path}` is shown as Markdown. Name it .md, or .html for HTML.")
        return path

    def logo(self, section: Section, key: str) -> str | None:
        """The path of an image. One that is missing is told, and left out."""
        path = self._path(section, key)
        if path is None:
            return None
        if not self.is_file(path):
            section.warn(key, f"`{path}` is no file of the bundle{self._near(path)}; there is no logo.")
            return None
        if not path.lower().endswith(LOGO_SUFFIXES):
            section.warn(key, f"`{path}` is left out: a logo is one of {', '.join(LOGO_SUFFIXES)}.")
            return None
        return path

    def assets(self) -> tuple[str, ...]:
        """What stands in the folder assets/, for pages to link to."""
        start = bisect_left(self._names, "assets/")
        found = self._names[start : bisect_left(self._names, "assets0")]
        return tuple(name for name in found if not name.endswith("/"))

    def data(self, section: Section, key: str, needed: bool) -> str | None:
        """The path of a zip or a folder, or the DatasetKey of what exists already; a path that is there wins over a key.

        What leads nowhere is an error when a task needs it, else told and left out.
        """
        path = self._path(section, key)
        if path is None or self._is_data(path):
            return path
        if not self.is_file(path) and _KEY.fullmatch(path):
            return self.existing(section, key, key, path)
        if needed:
            section.error(key, self._problem(path))
        else:
            section.warn(key, f"{self._problem(path)} It is left out.")
        return None

    def key(self, section: Section, key: str, kind: str) -> DatasetKey | None:
        """The key of what exists already, where nothing else may stand."""
        written = section.optional(key)
        if written is None:
            return None
        if _KEY.fullmatch(written):
            return self.existing(section, key, kind, written)
        section.error(key, f"`{written[:60]}` is no key. Write the id of a {kind} that exists, as its page shows it.")
        return None

    def queue(self, section: Section) -> DatasetKey | None:
        """The key of a queue of runners."""
        written = section.optional("queue", max_characters=128)
        return None if written is None else self.existing(section, "queue", "queue", written)

    def existing(self, section: Section, key: str, kind: str, written: str) -> DatasetKey:
        """Keep a reference to what exists already for an action to look up."""
        place = section.at(key)
        self.keys.append(KeyUse(place, section.complaints.line_of(place), kind, written))
        return DatasetKey(written)

    def program(self, section: Section, key: str, required: bool = False) -> str | None:
        """As `data`, for a program that a task needs. Tells when a folder lacks the file with its command."""
        if required and not section.has(key):
            section.error(key, f"`{key}` is missing. Name a zip or a folder of the bundle: `{key}: {key}`.")
        path = self.data(section, key, needed=True)
        if path and self.is_folder(path) and not any(self.is_file(f"{path}/{name}") for name in layout.METADATA_NAMES):
            advice = "Write one with the line `command: python3 $program/score.py`"
            section.warn(key, f"The folder `{path}` has no {layout.METADATA_NAMES[0]}. {advice}, or it cannot be started.")
        return path

    def _path(self, section: Section, key: str) -> str | None:
        written = section.optional(key)
        if written is None:
            return None
        if "\\" in written or re.match(r"[A-Za-z]:", written):
            section.error(key, f"`{written[:100]}` is no path inside the bundle. Write it with `/`, from its root.")
            return None
        path = posixpath.normpath(written)
        if path.startswith(("/", "..")) or path == ".":
            section.error(key, f"`{written[:100]}` points outside the bundle. Write a path from the bundle's root.")
            return None
        return path

    def _is_data(self, path: str) -> bool:
        return self.is_folder(path) or (self.is_file(path) and path.lower().endswith(".zip"))

    def _problem(self, path: str) -> str:
        if self.is_file(path):
            return f"`{path[:100]}` is neither a zip nor a folder. Put the file into a folder and name that."
        return f"`{path[:100]}` is no zip and no folder of the bundle{self._near(path)}. Add it, or correct the path."

    def _near(self, path: str) -> str:
        for name in (path.removesuffix(".zip"), f"{path}.zip"):
            if self.is_file(name) or self.is_folder(name):
                return f" (`{name[:100]}` is)"
        return ""
