"""Lines of a stranger's text, one by one, none longer than a row may be; and rows of a table, made of them."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from chalicelib.contract import limits


class Broken(Exception):
    """The text cannot be read on: a code of a complaint, and the line."""

    def __init__(self, code: str, line: int | None, most: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.params: dict[str, str | int] = {} if most is None else {"most": most}


class Lines:
    """The lines of a stream with their ends, without a byte order mark. `number` is that of the last one.

    The lines since `begin` may have so many bytes together. Raises Broken.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self._stream = stream
        self._left = limits.MAX_CHECKED_ROW_BYTES

    def begin(self) -> None:
        """Begin a row."""
        self._left = limits.MAX_CHECKED_ROW_BYTES

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._left + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._left:
            raise Broken("long_row", self.number, limits.MAX_CHECKED_ROW_BYTES)
        self._left -= len(line)
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise Broken("not_utf8", self.number) from error


def each(lines: Lines) -> Iterator[str]:
    """Each line as a row of its own. Raises Broken."""
    while True:
        lines.begin()
        line = next(lines, None)
        if line is None:
            return
        yield line


def rows(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row of a table with the line in which it begins (RFC 4180); empty lines are none. Raises Broken."""
    # A row is bounded by its lines. The module's own bound is below that, and is one for all who use it.
    csv.field_size_limit(max(csv.field_size_limit(), limits.MAX_CHECKED_ROW_BYTES))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        begins = lines.number + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise Broken("broken_row", begins) from error
        if row is None:
            return
        if row:
            yield begins, row
