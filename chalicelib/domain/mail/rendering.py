"""Rendering of letters: Markdown to HTML in which nothing runs, loads or hides, and to text for who reads no HTML."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

#: Elements that a mail may have. Pictures are none of them: they would tell their host who reads when.
_ELEMENTS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
} | {"table", "tbody", "td", "th", "thead", "tr", "ul"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_LINE_ENDS = re.compile(r"\r\n?|\n")
#: How a link to a view of the console begins, wherever that is: `agon:/c/iris`.
OURS = "agon:"
_PAGE = """\
<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family: sans-serif; max-width: 40em; line-height: 1.5">
{body}</body></html>
"""


def html(text: str, title: str, console: str = "", language: str = "en") -> str:
    """A letter's text in a `language` as a page of HTML. Links to `agon:/…` lead to the console, and without one nowhere."""
    import nh3

    made = _markdown().render(text, {"console": console})
    body = nh3.clean(
        made, tags=_ELEMENTS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow"
    )
    return _PAGE.format(title=escape(title), body=body, language=language)


def text(text: str, console: str = "") -> str:
    """A letter's text without Markdown's signs: links stand behind their words, items of lists have a dash or number."""
    lines = _Lines()
    lines.read(_markdown().parse(text, {"console": console}))
    return "\n".join(lines.done).strip() + "\n"


def closed(text: str) -> str:
    """A text that others stand behind: a block of code that it leaves open is closed, or it would go on over them.

    Blocks within lists and quotations end with these.
    """
    lines = _LINE_ENDS.split(text)
    tokens = _markdown().parse("\n".join(lines), {"console": ""})
    last = tokens[-1] if tokens else None
    if last is None or last.type != "fence" or last.map is None:
        return text
    begun, end = last.map
    line = lines[end - 1].strip()
    is_closed = end - begun > 1 and set(line) == {last.markup[0]} and len(line) >= len(last.markup)
    return text if is_closed else f"{text}\n{last.markup}"


@cache
def _markdown() -> "MarkdownIt":
    # Read with the first letter: of all functions one writes letters.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.core.ruler.push("console", _lead)
    return markdown


def _lead(state: "StateCore") -> None:
    for token in state.tokens:
        token.children = list(_led(token.children, state.env["console"])) if token.children else token.children


def _led(tokens: Sequence["Token"], console: str) -> Iterator["Token"]:
    """Have links of ours lead to the console; without one their words stay. No link stands in another."""
    left_out = False
    for token in tokens:
        address = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if address.startswith(OURS):
            left_out = not console
            token.attrs["href"] = console + address.removeprefix(OURS)
        if not (left_out and token.type in ("link_open", "link_close")):
            yield token
        left_out = left_out and token.type != "link_close"


class _Lines:
    """The lines of text that tokens come to."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._numbers: list[Iterator[int] | None] = []
        self._mark = ""
        self._quotes = 0

    def read(self, tokens: Sequence["Token"]) -> None:
        for token in tokens:
            match token.type:
                case "bullet_list_open":
                    self._numbers.append(None)
                case "ordered_list_open":
                    self._numbers.append(count(int(token.attrs.get("start", 1))))
                case "bullet_list_close" | "ordered_list_close":
                    self._numbers.pop()
                    self._mark = ""
                    self._end_block()
                case "list_item_open":
                    numbers = self._numbers[-1]
                    self._mark = "- " if numbers is None else f"{next(numbers)}. "
                case "blockquote_open":
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                case "inline":
                    self._add(_words(token.children or []))
                case "fence" | "code_block":
                    self._add(token.content.rstrip("\n"))
                    self._end_block()
                case "hr":
                    self._add("-" * 20)
                    self._end_block()
                case "heading_close" | "tr_close":
                    self._end_block()
                case "paragraph_close" if not token.hidden:
                    self._end_block()

    def _add(self, words: str) -> None:
        indent = "> " * self._quotes + "  " * max(0, len(self._numbers) - 1)
        for at, line in enumerate(words.split("\n")):
            hanging = " " * len(self._mark) if self._numbers and at else self._mark
            self.done.append(f"{indent}{hanging}{line}")
        self._mark = "" if not self._numbers else " " * len(self._mark)

    def _end_block(self) -> None:
        if self.done and self.done[-1]:
            self.done.append("")


def _words(tokens: Sequence["Token"]) -> str:
    """A line's words; an address stands behind those that link to it, unless they are it."""
    said: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                said.append("\n")
            case "link_open":
                links.append((str(token.attrs.get("href", "")), len(said)))
            case "link_close":
                address, begun = links.pop()
                if "".join(said[begun:]) != address.removeprefix("mailto:"):
                    said.append(f" <{address}>")
            case _:
                said.append(token.content)
    return "".join(said)
