"""The files that jurors see of an archive: which files, how each is shown, and a page that can do nothing but be
looked at."""

import mimetypes
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chalicelib.contract.litter import is_litter

Kind = Literal["text", "image", "html", "other"]

MAX_FILES = 100
MAX_FILE_BYTES = 10 * 1024**2
MAX_BYTES = 50 * 1024**2
#: What a page may do in a juror's browser: show itself. Its maker must not learn who looks at it, or when.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; form-action 'none'"
_GUARD = f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
#: What makes a page's own header of an element. A refresh leads its reader elsewhere, and no policy keeps one from that.
_COMMAND = re.compile("http-equiv", re.IGNORECASE)
_IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif"}
_PAGES = {".html", ".htm", ".xhtml"}
_TEXTS = {".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".ini", ".log"}
_TEXTS |= {
    ".py",
    ".r",
    ".jl",
    ".c",
    ".cpp",
    ".h",
    ".java",
    ".js",
    ".ts",
    ".sh",
    ".sql",
    ".tex",
    ".bib",
    ".rst",
    ".xml",
    ".css",
}


@dataclass(frozen=True)
class Member:
    """A file of an archive."""

    name: str
    size_bytes: int


def chosen(members: Iterable[Member]) -> list[Member]:
    """The files that are shown, by their names: at most MAX_FILES, and nothing that an operating system left."""
    files = [one for one in members if not one.name.endswith("/") and not _is_litter(one.name)]
    return sorted(files, key=lambda one: one.name)[:MAX_FILES]


def too_large(members: Iterable[Member]) -> set[str]:
    """The names of those that are listed, and not shown: larger than one may be, or than what is left of all."""
    left, names = MAX_BYTES, set()
    for one in members:
        if one.size_bytes > min(MAX_FILE_BYTES, left):
            names.add(one.name)
        else:
            left -= one.size_bytes
    return names


def kind_of(name: str) -> Kind:
    """The way a file is shown."""
    suffix = posixpath.splitext(name.lower())[1]
    if suffix in _IMAGES:
        return "image"
    if suffix in _PAGES:
        return "html"
    return "text" if suffix in _TEXTS else "other"


def content_type_of(name: str) -> str:
    """As which a file is stored. Texts of all kinds are plain text: nothing in them is run."""
    kind = kind_of(name)
    if kind == "image":
        return mimetypes.guess_type(name.lower())[0] or "application/octet-stream"
    return {"text": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}.get(kind, "application/octet-stream")


def made_safe(name: str, content: bytes) -> bytes:
    """A file's content as it is shown: texts in UTF-8, a page under a policy that lets it load and run nothing."""
    kind = kind_of(name)
    if kind not in ("text", "html"):
        return content
    text = content.decode("utf-8-sig", "replace")
    if kind == "text":
        return text.encode()
    # The policy stands first, so that it holds for all that follows; a doctype after it is ignored.
    return (_GUARD + _COMMAND.sub("data-http-equiv", text)).encode()


def _is_litter(name: str) -> bool:
    parts = name.split("/")
    return is_litter(parts) or any(part.startswith(".") for part in parts)
