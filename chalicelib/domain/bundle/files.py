"""Files of the archive, as far as its members' names tell of them."""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Collection

from chalicelib.contract import archives, layout
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle import stand_ins
from chalicelib.domain.bundle.model import DatasetKey, Task
from chalicelib.domain.bundle.reading import KeyUse, ProgramUse
from chalicelib.domain.bundle.section import Section

LOGO_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
PAGE_SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt")

_STARTED = "Put it into a folder with a metadata.yaml that has the line `command: python3 $program/score.py`."
_KEY = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}|[0-9a-z]{26}", re.ASCII)


class Files:
    """The members of an archive below `prefix`. Folders may be implied by what they contain.

    `keys` collects each place that names something outside of the archive, `programs` those that name programs in
    it, and `archives` has each place that names a zip of it, with its path.
    """

    def __init__(self, names: Collection[str], prefix: str = ""):
        self.keys: list[KeyUse] = []
        self.programs: list[ProgramUse] = []
        self.archives: list[tuple[str, str]] = []
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
        if path is None or path in stand_ins.PATHS:
            return None
        if not self.is_file(path):
            section.warn(key, f"`{path}` is no file of the bundle{self._near(path)}; the {what} is left out.")
            return None
        if not path.lower().endswith(PAGE_SUFFIXES):
            section.warn(
                key, say("page_as_markdown", "`{path}` is shown as Markdown. Name it .md, or .html for HTML.", path=path)
            )
        return path

    def logo(self, section: Section, key: str) -> str | None:
        """The path of an image. One that is missing is told, and left out."""
        path = self._path(section, key)
        if path is None or path in stand_ins.PATHS:
            return None
        if not self.is_file(path):
            section.warn(key, f"`{path}` is no file of the bundle{self._near(path)}; there is no logo.")
            return None
        if not path.lower().endswith(LOGO_SUFFIXES):
            section.warn(
                key,
                say(
                    "logo_kind", "`{path}` is left out: a logo is one of {kinds}.", path=path, kinds=", ".join(LOGO_SUFFIXES)
                ),
            )
            return None
        return path

    def assets(self) -> tuple[str, ...]:
        """The files in the folder assets/, for pages to link to: what has a name that a page can say."""
        start = bisect_left(self._names, "assets/")
        found = self._names[start : bisect_left(self._names, "assets0")]
        return tuple(name for name in found if not name.endswith("/") and not archives.has_controls(name))

    def data(self, section: Section, key: str, needed: bool) -> str | None:
        """The path of a zip, a folder or a file, or the DatasetKey of what exists already; a path goes before a key.

        A file by itself is told: it becomes an archive with that one file. What leads nowhere is an error when a task
        needs it, else told and left out.
        """
        path = self._present(section, key)
        if path is None or self._is_data(section, key, path):
            return path
        if self.is_file(path):
            section.warn(
                key,
                say(
                    "file_by_itself",
                    "`{path}` is a file by itself; it is zipped, and stands alone in its folder.",
                    path=path[:100],
                ),
            )
            return path
        return self._named(section, key, path, needed)

    def key(self, section: Section, key: str, kind: str) -> DatasetKey | None:
        """The key of what exists already, where nothing else may stand."""
        written = section.optional(key)
        if written is None:
            return None
        if _KEY.fullmatch(written):
            return self.existing(section, key, kind, written)
        section.error(
            key,
            say(
                "not_a_key",
                "`{key}` is no key. Write the id of a {kind} that exists, as its page shows it.",
                key=written[:60],
                kind=kind,
            ),
        )
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
            section.error(
                key,
                say("file_unnamed", "`{key}` is missing. Name a zip or a folder of the bundle: `{key}: {key}`.", key=key),
            )
        path = self._present(section, key)
        if path is None:
            return None
        if self.is_folder(path):
            self._tell_of_command(section, key, path)
        if self._is_data(section, key, path):
            return path
        if self.is_file(path):
            # By itself it has no file with its command, so nothing could start it.
            section.error(key, f"`{path[:100]}` is neither a zip nor a folder. {_STARTED}")
            return None
        return self._named(section, key, path, needed=True)

    def keep_programs(self, section: Section, task: Task) -> None:
        """Keep where a task's programs are named, for who can open them."""
        for kind in ("scoring_program", "ingestion_program"):
            if (path := getattr(task, kind)) and not isinstance(path, DatasetKey):
                self.programs.append(ProgramUse(section.at(kind), kind, path, task))

    def _tell_of_command(self, section: Section, key: str, folder: str) -> None:
        if not any(self.is_file(f"{folder}/{name}") for name in layout.METADATA_NAMES):
            advice = "Write one with the line `command: python3 $program/score.py`"
            section.warn(key, f"The folder `{folder}` has no {layout.METADATA_NAMES[0]}. {advice}, or it cannot be started.")

    def _named(self, section: Section, key: str, written: str, needed: bool) -> str | None:
        """What is no path of the archive: the key of what exists already, or nothing."""
        if _KEY.fullmatch(written):
            return self.existing(section, key, key, written)
        problem = f"`{written[:100]}` is no zip and no folder of the bundle."
        if needed:
            section.error(key, f"{problem} Add it, or correct the path.")
        else:
            section.warn(key, f"{problem} It is left out.")
        return None

    def _present(self, section: Section, key: str) -> str | None:
        """The path of data that is written, or the zip or folder that has its name and is there instead, which is told."""
        path = self._path(section, key)
        if path is None or self.is_file(path) or self.is_folder(path):
            return path
        others = (path.removesuffix(".zip"), f"{path}.zip")
        name = next((name for name in others if self.is_file(name) or self.is_folder(name)), None)
        if name is not None:
            section.warn(
                key,
                say(
                    "path_near_taken",
                    "There is no `{path}`; `{taken}` is taken. Write that.",
                    path=path[:100],
                    taken=name[:100],
                ),
            )
        return name or path

    def _path(self, section: Section, key: str) -> str | None:
        written = section.optional(key)
        if written is None:
            return None
        if "\\" in written or re.match(r"[A-Za-z]:", written):
            section.error(
                key,
                say(
                    "path_shape",
                    "`{path}` is no path inside the bundle. Write it with `/`, from its root.",
                    path=written[:100],
                ),
            )
            return None
        path = posixpath.normpath(written)
        if path.startswith(("/", "..")) or path == ".":
            section.error(
                key,
                say(
                    "path_outside",
                    "`{path}` points outside the bundle. Write a path from the bundle's root.",
                    path=written[:100],
                ),
            )
            return None
        return path

    def _is_data(self, section: Section, key: str, path: str) -> bool:
        """True for a folder and for a zip, which is kept for who can open it."""
        is_archive = self.is_file(path) and path.lower().endswith(".zip") and not self.is_folder(path)
        if is_archive:
            self.archives.append((section.at(key), path))
        return is_archive or self.is_folder(path)

    def _near(self, path: str) -> str:
        for name in (path.removesuffix(".zip"), f"{path}.zip"):
            if self.is_file(name) or self.is_folder(name):
                return f" (`{name[:100]}` is)"
        return ""
