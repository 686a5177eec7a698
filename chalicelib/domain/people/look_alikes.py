"""Names that look alike, after Unicode's skeletons (UTS 39): letters that look the same are one, invisible ones are none."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

#: Letters and marks of no width, beside those of the category of formats (Unicode's Default_Ignorable_Code_Point).
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(
    chr(code) for start, end in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for code in range(start, end + 1)
)
_FORMAT = "Cf"


def keys(name: str) -> frozenset[str]:
    """Two names are taken for the same where one of their keys is. A name that shows nothing has the key "".

    Capitals may look like other letters than their small ones do (Η as H, η as n), so there is a key for either.
    """
    plain = unicodedata.normalize("NFKC", name)
    return frozenset({_spaced(_skeleton(plain.casefold())), _spaced(_skeleton(plain).casefold())})


def shows_all(name: str) -> bool:
    """False for a name with a letter in it that nobody sees."""
    return not any(map(_is_invisible, name))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _is_invisible(letter: str) -> bool:
    return letter in _INVISIBLE or unicodedata.category(letter) == _FORMAT


def _skeleton(text: str) -> str:
    """UTS 39, section 4."""
    known = _prototypes()
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not _is_invisible(letter))
    return unicodedata.normalize("NFD", "".join(known.get(letter, letter) for letter in letters))


@cache
def _prototypes() -> Mapping[str, str]:
    """By each letter that others look like, one spelling for all of them, such as `rn` for `m`."""
    # It reads a table of a megabyte, which only names of teams need.
    from confusable_homoglyphs.confusables import confusables_data

    groups = _Groups()
    for letter, others in confusables_data.items():
        for other in others:
            groups.join(_visible(letter), _visible(other["c"]))
    spelled = {one: _spelling(group) for group in groups.all() for one in group}
    # What is spelled by several letters has each of them as the others of its group are spelled.
    return {
        one: "".join(spelled.get(letter, letter) if len(spelling) > 1 else letter for letter in spelling)
        for one, spelling in spelled.items()
        if len(one) == 1
    }


def _visible(text: str) -> str:
    """The table marks what is written from the right with formats of its own."""
    return "".join(letter for letter in text if unicodedata.category(letter) != _FORMAT)


def _spelling(group: Iterable[str]) -> str:
    """The longest, which every other one can be spelled as; of those as long the first of Unicode."""
    return min(group, key=lambda one: (-len(one), one))


class _Groups:
    """Spellings that look alike, as they are told to do two by two."""

    def __init__(self) -> None:
        self._group: dict[str, set[str]] = {}

    def join(self, one: str, other: str) -> None:
        """Two look alike, and with them all that look like either."""
        mine, theirs = self._group.setdefault(one, {one}), self._group.setdefault(other, {other})
        if mine is not theirs:
            larger, smaller = sorted((mine, theirs), key=len, reverse=True)
            larger |= smaller
            self._group.update(dict.fromkeys(smaller, larger))

    def all(self) -> Iterable[set[str]]:
        """Each group once."""
        return {id(group): group for group in self._group.values()}.values()
