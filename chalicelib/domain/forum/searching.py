"""Searching posts: words are found whatever their case and accents, and in any order."""

import unicodedata
from collections.abc import Sequence

MAX_WORDS = 10
_BEFORE, _AROUND = 60, 200


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, folded, each once."""
    return tuple(dict.fromkeys(folded(query).split()))[:MAX_WORDS]


def has_all(words: Sequence[str], *texts: str) -> bool:
    """True when each word stands in any of the texts, by itself or in a longer one."""
    whole = folded("\n".join(texts))
    return all(word in whole for word in words)


def excerpt(text: str, words: Sequence[str]) -> str:
    """Part of a text, on one line, from shortly before the first of the words that stands in it."""
    line = " ".join(text.split())
    small, places = _folded_with_places(line)
    found = [at for word in words if (at := small.find(word)) >= 0]
    start = max(0, places[min(found)] - _BEFORE) if found else 0
    cut = line[start : start + _AROUND]
    return ("…" if start else "") + cut + ("…" if start + _AROUND < len(line) else "")


def folded(text: str) -> str:
    """A text without case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _folded_with_places(line: str) -> tuple[str, list[int]]:
    parts, places = list[str](), list[int]()
    for at, letter in enumerate(line):
        small = folded(letter)
        parts.append(small)
        places += [at] * len(small)
    return "".join(parts), places
