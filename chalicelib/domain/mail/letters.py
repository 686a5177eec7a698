"""Letters: what is mailed, as Markdown. What strangers wrote stands in it as plain text, whatever signs it has."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.contract import limits, texts
from chalicelib.domain import zones
from chalicelib.domain.mail.kinds import KINDS

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
#: What ends a line of Markdown may begin a block, so a text of several lines is quoted line by line.
_LINE_ENDS = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Letter:
    """A letter to one reader or many: of which kind it is, its subject, and its text in Markdown.

    An answer goes to `reply_to`; None is for a letter that takes none. The subject is made one line, with nothing in it that
    could begin another header.
    """

    kind: str
    subject: str
    text: str
    reply_to: str | None = None

    def __post_init__(self) -> None:
        # One of a kind that nobody can switch off would be stored, and never sent.
        assert self.kind in KINDS, f"There are no letters of the kind {self.kind}."
        line, _ = texts.line(self.subject)
        object.__setattr__(self, "subject", line[: limits.MAX_SUBJECT_CHARACTERS])
        object.__setattr__(self, "text", texts.plain(_LINE_ENDS.sub("\n", self.text)))


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


def moment(at: datetime, zone: str) -> str:
    """A time by the clock of a zone, with its name, and by UTC's: "1 March 2026, 09:30 (Europe/Vienna), 08:30 UTC"."""
    there, utc = at.astimezone(zones.zone(zone)), at.astimezone(UTC)
    universal = f"{utc:%H:%M} UTC" if there.date() == utc.date() else f"{_day(utc)}, {utc:%H:%M} UTC"
    if zone == "UTC":
        return f"{_day(utc)}, {utc:%H:%M} UTC"
    return f"{_day(there)}, {there:%H:%M} ({zone}), {universal}"


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
