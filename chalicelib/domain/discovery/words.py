"""Words that competitions are found by: of any writing, without capitals and accents."""

import re
import unicodedata
from collections.abc import Iterator

#: What is longer is no word that anybody types.
MAX_CHARACTERS = 40
#: Chinese and Japanese have no blanks between words, so each of their signs is one.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")
#: Letters with a stroke through them, which Unicode does not take apart.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"})


def words(text: str) -> Iterator[str]:
    """The words of a text in their order, folded: "Café-Größe" is cafe, grosse."""
    for word in _WORD.findall(_folded(text)):
        yield word[:MAX_CHARACTERS]


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold().translate(_STROKES)
