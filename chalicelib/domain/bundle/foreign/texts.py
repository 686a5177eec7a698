"""Pages of other platforms as plain text, where only that can stand."""

from contextlib import suppress
from html.parser import HTMLParser

_BREAKING = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "head"})


def of_html(content: str, most: int = 10_000) -> str:
    """Text that a reader sees of HTML, a line each for what stands by itself."""
    reader = _Reader()
    # Python's parser asserts what it wants of declarations that nobody writes: the text before those is taken.
    with suppress(AssertionError):
        reader.feed(content)
        reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(line for line in lines if line)[:most]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKING:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKING:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data.replace("\n", " "))
