"""Letters: what is mailed, as Markdown. What strangers wrote stands in it as plain text, whatever signs it has."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from chalicelib.contract import limits, texts
from chalicelib.domain.mail.kinds import KINDS
from chalicelib.domain.mail.sentences import Language, Speech

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
#: What ends a line of Markdown may begin a block, so a text of several lines is quoted line by line.
_LINE_ENDS = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Wording:
    """A letter's subject, and its text in Markdown, in one language.

    The subject is made one line, with nothing in it that could begin another header.
    """

    subject: str
    text: str

    def __post_init__(self) -> None:
        line, _ = texts.line(self.subject)
        object.__setattr__(self, "subject", line[: limits.MAX_SUBJECT_CHARACTERS])
        object.__setattr__(self, "text", texts.plain(_LINE_ENDS.sub("\n", self.text)))


@dataclass(frozen=True)
class Letter:
    """A letter to one reader or many: of which kind it is, and its words, which are in English where they are not French.

    An answer goes to `reply_to`; None is for a letter that takes none. What a former build stored has no French.
    """

    kind: str
    english: Wording
    reply_to: str | None = None
    french: Wording | None = None

    def __post_init__(self) -> None:
        # One of a kind that nobody can switch off would be stored, and never sent.
        assert self.kind in KINDS, f"There are no letters of the kind {self.kind}."

    def wording(self, language: Language) -> Wording:
        """The words for a reader of a language."""
        return self.french if language == "fr" and self.french else self.english

    def followed_by(self, say: Callable[[Speech], str]) -> Self:
        """The letter with a paragraph more, in both languages."""
        french = self.french and _longer(self.french, say(Speech("fr")))
        return replace(self, english=_longer(self.english, say(Speech("en"))), french=french)


def written(kind: str, compose: Callable[[Speech], tuple[str, str]], reply_to: str | None = None) -> Letter:
    """A letter in every language, of which `compose` gives the subject and the text in one."""
    english, french = (Wording(*compose(Speech(language))) for language in ("en", "fr"))
    return Letter(kind, english, reply_to, french)


def _longer(wording: Wording, paragraph: str) -> Wording:
    return Wording(wording.subject, f"{wording.text}\n\n{paragraph}")


def contact(address: str | None) -> str | None:
    """An address that answers may go to; None for what is none."""
    return address if address is not None and _ADDRESS.fullmatch(address) else None


def plain(text: str) -> str:
    """Somebody's text of one line as a part of a Markdown text: nothing in it is a sign of Markdown."""
    line, _ = texts.line(text)
    return _SIGNS.sub(r"\\\1", line)


def quoted(text: str) -> str:
    """Somebody's text, as a quotation of plain lines; nothing for an empty one."""
    lines = [plain(line) for line in _LINE_ENDS.split(text.strip())]
    return "\n>\n".join(f"> {line}" for line in lines if line)
