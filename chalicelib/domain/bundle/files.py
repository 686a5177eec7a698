"""What stands in the archive, as far as its members' names tell."""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Collection

from chalicelib.contract import layout
from chalicelib.domain.bundle.section import Section

LOGO_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
PAGE_SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt")

_KEY = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}|[0-9a-z]{26}", re.ASCII)


class Files:
    """The members of an archive below `prefix`. Folders may be implied by what they contain."""

    def __init__(self, names: Collection[str], prefix: str = ""):
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

    def data(self, section: Section, key: str, needed: bool) -> str | None:
        """The path of a zip or a folder. A missing one is an error when a task needs it, else told and left out."""
        path = self._path(section, key)
        if path is None:
            return None
        problem = self._problem(path)
        if problem is None:
            return path
        if needed:
            section.error(key, problem)
        else:
            section.warn(key, f"{problem} It is left out.")
        return None

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

    def _problem(self, path: str) -> str | None:
        if self.is_folder(path) or (self.is_file(path) and path.lower().endswith(".zip")):
            return None
        if self.is_file(path):
            return f"`{path[:100]}` is neither a zip nor a folder. Put the file into a folder and name that."
        if _KEY.fullmatch(path):
            return f"`{path}` is the key of an existing dataset; keys are not imported yet. Put its zip into the bundle."
        return f"`{path[:100]}` is no zip and no folder of the bundle{self._near(path)}. Add it, or correct the path."

    def _near(self, path: str) -> str:
        for name in (path.removesuffix(".zip"), f"{path}.zip"):
            if self.is_file(name) or self.is_folder(name):
                return f" (`{name[:100]}` is)"
        return ""
