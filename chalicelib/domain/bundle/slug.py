"""Slugs: the names of competitions in addresses and commands, which tell each apart from every other of its site."""

import re
import unicodedata

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.section import Section

_SLUG = re.compile(r"[a-z0-9](?:-?[a-z0-9])*")
#: An id of the site, or what an id of a phase looks like. What is one is never a slug.
_ID = re.compile(r"[0-9a-z]{26}(?:-[0-9]+)?")
_NOT_LATIN = re.compile(r"[^a-z0-9]+")
#: What ends so is a phase of the competition whose slug stands before it.
_OF_PHASE = re.compile(r"-(?=[0-9]{1,2}$)")
#: What a slug ends in that others have taken: letters, because a number would name a phase.
_OTHERS = "bcdefghi"
#: Words that stand for something else where a slug may stand.
RESERVED = frozenset({"create", "import", "joined", "mine", "new", "search", "template", "templates"})
#: What a title is called that has no letter which an address has.
_UNNAMED = "competition"
#: Letters that Unicode takes for no marked ones, as they are written without their marks.
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def is_id(text: str) -> bool:
    """True for what can only be an id, or that of a phase."""
    return _ID.fullmatch(text.lower()) is not None


def fault_of(text: str) -> str | None:
    """The sentence that says what to write where a text is no slug; None for one that is."""
    shortest, longest = limits.MIN_SLUG_CHARACTERS, limits.MAX_SLUG_CHARACTERS
    if not _SLUG.fullmatch(text) or not shortest <= len(text) <= longest:
        return say(
            "slug_shape",
            "Write {shortest} to {longest} small letters, digits and single hyphens between them, such as iris-2027.",
            shortest=shortest,
            longest=longest,
        )
    if is_id(text):
        return say("slug_like_id", "This looks like an id. Write words, such as iris-2027.")
    if _OF_PHASE.search(text):
        return say(
            "slug_like_phase",
            "This ending stands for a phase. Write it without the hyphen, or another one, such as iris-2027.",
        )
    if text.isdecimal() or text in RESERVED:
        return say(
            "slug_reserved", "This word stands for something else. Write one that names the competition, such as iris-2027."
        )
    return None


def of_title(title: str) -> str:
    """A slug that is made of a title: its letters without their marks, and hyphens for all between the words."""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_SPELLED))
    # A mark is a character of its own now, and no gap between words.
    unmarked = "".join(letter for letter in plain if not unicodedata.combining(letter))
    said = _OF_PHASE.sub("", _shortened(_NOT_LATIN.sub("-", unmarked).strip("-"), limits.MAX_SLUG_CHARACTERS))
    if said and fault_of(said):
        named = f"{_UNNAMED}-{_shortened(said, limits.MAX_SLUG_CHARACTERS - len(_UNNAMED) - 1)}"
        said = _OF_PHASE.sub("", named)
    return said or _UNNAMED


def candidates(wanted: str, competition: str) -> list[str]:
    """The slug that is wanted, then others like it: the last one has the competition's id in it, which nobody else has."""
    endings = [*_OTHERS, competition[-6:], competition]
    return [wanted, *(f"{_shortened(wanted, limits.MAX_SLUG_CHARACTERS - len(one) - 1)}-{one}" for one in endings)]


def read(part: Section) -> str:
    """The slug that a bundle asks for; "" for none."""
    written = part.text("slug", max_characters=limits.MAX_NAME_CHARACTERS).strip().lower()
    if written and (fault := fault_of(written)):
        part.error("slug", say("not_a_slug", "`{slug}` cannot be a slug. {why}", slug=written[:60], why=fault))
        return ""
    return written


def _shortened(text: str, most: int) -> str:
    """As many whole words as fit, else as much of the first."""
    if len(text) > most:
        cut = text[: most + 1].rpartition("-")[0]
        text = cut or text[:most]
    return text.strip("-")
