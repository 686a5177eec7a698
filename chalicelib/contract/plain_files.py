"""Submissions of one plain file, which is handed to programs as it was sent: a phase names the extensions that it takes."""

import re
from collections.abc import Sequence

from chalicelib.contract.sentences import Sentence, say

MAX_EXTENSIONS = 20
#: As what such files are handed out to be saved; any other as bytes.
_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "zip": "application/zip",
}
_EXTENSION = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}", re.ASCII)


def is_extension(text: str) -> bool:
    """True for what stands behind the last dot of a name, in small letters, such as csv."""
    return bool(_EXTENSION.fullmatch(text))


def extension_of(filename: str) -> str:
    """The extension of a file's name, in small letters and without its dot; empty where there is none that can be named."""
    _, dot, found = filename.rpartition(".")
    return found.lower() if dot and is_extension(found.lower()) else ""


def name_of(extension: str) -> str:
    """The name under which programs find a file with this extension."""
    return f"submission.{extension}"


def content_type_of(extension: str) -> str:
    """The content type of a file with this extension: none that a browser would run anything of."""
    return _TYPES.get(extension, "application/octet-stream")


def listed(extensions: Sequence[str]) -> str:
    """Extensions for people: `.csv or .json`."""
    *others, last = [f".{one}" for one in extensions]
    return f"{', '.join(others)} or {last}" if others else last


def refusal(filename: str, extensions: Sequence[str]) -> Sentence:
    """The reason why a phase with these extensions does not take a file of this name; empty where it does."""
    if extension_of(filename) in extensions:
        return Sentence("")
    return say(
        "other_extension",
        "This phase takes one file, {files}, as it is. Yours is called {name}.",
        files=listed(extensions),
        name=filename,
    )
