"""Keys made of names that people wrote: short, of plain letters, and each once."""

import re
import unicodedata

from chalicelib.contract import limits

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str, most: int = limits.MAX_KEY_CHARACTERS) -> str:
    """Small letters, digits and `_` of a name; "x" where nothing of it is one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _OTHER.sub("_", letters).strip("_")[:most].strip("_") or "x"


def unique(wanted: str, taken: set[str], most: int = limits.MAX_KEY_CHARACTERS) -> str:
    """`wanted`, or with a number behind it where that is taken already. It is taken then."""
    key, number = wanted[:most], 2
    while key in taken:
        ending = f"_{number}"
        key, number = wanted[: most - len(ending)] + ending, number + 1
    taken.add(key)
    return key
