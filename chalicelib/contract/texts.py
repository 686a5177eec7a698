"""Strangers' text: what of it may reach a person's screen, where nothing in it may steer anything."""

import re
import unicodedata
from collections.abc import Iterator

#: Unicode's controls, formats (writing turned around, invisible letters, tags), halves of letters, ends of lines.
_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")
_SIGN = "\N{REPLACEMENT CHARACTER}"
#: Persian, the languages of India and joined emoji are spelled with them; elsewhere they only hide.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_LINE_ENDS = re.compile(r"[\t-\r\x85\u2028\u2029]+")
_UNUSUAL = re.compile(r"[^\x20-\x7e]")
#: ECMA-48: control sequences, strings up to their end or the line's, and all that is shorter; what is cut off, too.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)


def plain(text: str) -> str:
    """`text` with a sign in the place of each character that could steer a screen. Lines and tabs stay."""
    letters = list(text)
    for at in _steering(text):
        if text[at] not in "\n\t":
            letters[at] = _SIGN
    return "".join(letters)


def steering(line: str) -> str:
    """The first character that a text of one line must not have, as "U+202E RIGHT-TO-LEFT OVERRIDE"; empty without one."""
    at = next(_steering(line), None)
    return "" if at is None else f"U+{ord(line[at]):04X} {unicodedata.name(line[at], 'control character')}"


def line(text: str) -> tuple[str, str]:
    """`text` as one line with nothing in it that could steer a screen, and the first character that was left out for it."""
    joined = _LINE_ENDS.sub(" ", text.strip())
    dropped = set(_steering(joined))
    return "".join(letter for at, letter in enumerate(joined) if at not in dropped).strip(), steering(joined)


def printed(log: str) -> str:
    """The text that a program printed, as a terminal shows it in the end: of each line its last state, without
    colours, `plain`.

    A line's states are parted by carriage returns; backspaces take letters back.
    """
    lines = _ESCAPES.sub("", log).split("\n")
    return plain("\n".join(map(_last_state, lines)))


def _steering(text: str) -> Iterator[int]:
    for found in _UNUSUAL.finditer(text):
        at = found.start()
        if unicodedata.category(text[at]) in _STEERING and not _is_spelling(text, at):
            yield at


def _is_spelling(text: str, at: int) -> bool:
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return text[at] in _JOINERS and len(around) == 2 and all(map(_is_foreign_letter, around))


def _is_foreign_letter(letter: str) -> bool:
    return not (letter.isascii() or letter.isspace() or unicodedata.category(letter) in _STEERING)


def _last_state(line: str) -> str:
    states = (state for state in reversed(line.split("\r")) if state.strip("\b"))
    return _without_erased(next(states, ""))


def _without_erased(state: str) -> str:
    if "\b" not in state:
        return state
    kept: list[str] = []
    for letter in state:
        if letter == "\b":
            del kept[-1:]
        else:
            kept.append(letter)
    return "".join(kept)
