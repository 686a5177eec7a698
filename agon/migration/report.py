"""The report of a migration: what came, what did not, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

#: So many of one kind are told by name in Markdown; the JSON has all.
_NAMED = 50


@dataclass(frozen=True)
class Line:
    """One kind of thing: how many there are there, how many have come, and in a sentence where they are."""

    what: str
    there: int
    came: int
    note: str = ""


@dataclass(frozen=True)
class Left:
    """One thing that has not come, why, and what to do; without an `advice` there is nothing to be done."""

    what: str
    which: str
    why: str
    advice: str = ""


@dataclass
class Report:
    """All that there is to tell of a migration, in the order in which it came."""

    title: str
    source: str
    competition: str = ""
    lines: list[Line] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    #: What was done otherwise than it was there, and what is to be done by hand.
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)

    def to_markdown(self) -> str:
        """All of it for people, but of very many of one kind."""
        return "\n".join(self._written()) + "\n"

    def _written(self) -> Iterator[str]:
        yield f"# {_escaped(self.title)}"
        yield f"\nFrom {self.source}" + (f", here `{self.competition}`." if self.competition else ".")
        yield "\n| What | There | Here | |\n| --- | ---: | ---: | --- |"
        for line in self.lines:
            yield f"| {_escaped(line.what)} | {line.there} | {line.came} | {_escaped(line.note)} |"
        if self.left:
            yield "\n## What has not come\n\n| What | Which | Why | What to do |\n| --- | --- | --- | --- |"
        for one in self.left[:_NAMED]:
            yield f"| {one.what} | {_escaped(one.which)} | {_escaped(one.why)} | {_escaped(one.advice)} |"
        if len(self.left) > _NAMED:
            yield f"\nAnd {len(self.left) - _NAMED} more: report.json has all."
        if self.notes:
            yield "\n## Worth knowing\n"
            yield from (f"- {_escaped(note)}" for note in self.notes)


def _escaped(text: str) -> str:
    """A stranger's text within a line or a cell: nothing in it is a mark of Markdown, HTML or the end of a cell."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#!" else letter for letter in text)
