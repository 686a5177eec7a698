"""Names of files, as they are cut where there is no room for them, and told to browsers."""

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from chalicelib.contract import texts

#: An ending that is longer is a part of the name.
_MAX_SUFFIX_CHARACTERS = 16
MAX_DOWNLOAD_CHARACTERS = 100


def shortened(name: str, most: int) -> str:
    """A name of one line with `most` characters at most, cut before its ending: nothing that says what it is gets lost."""
    line = texts.line(name)[0]
    if len(line) <= most:
        return line
    suffix = PurePosixPath(line).suffix
    if len(suffix) > min(_MAX_SUFFIX_CHARACTERS, most - 1):
        suffix = ""
    return line[: most - len(suffix)].rstrip() + suffix


def disposition(filename: str) -> str:
    """The Content-Disposition of a download: ASCII in `filename`, the name itself in `filename*` (RFC 6266, RFC 8187).

    S3 refuses a header that has more than that, and whoever cannot read the second takes the first.
    """
    name = shortened("".join("_" if letter in '/\\:*?"<>|' else letter for letter in filename), MAX_DOWNLOAD_CHARACTERS)
    plain = "".join(_in_ascii(letter) for letter in unicodedata.normalize("NFKD", name))
    shown = f'attachment; filename="{plain or "file"}"'
    return shown if plain == name else f"{shown}; filename*=UTF-8''{quote(name, safe='')}"


def _in_ascii(letter: str) -> str:
    """A letter without its accents; an accent by itself is nothing."""
    if unicodedata.combining(letter):
        return ""
    return letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_"
