"""One value of a row, judged by what its field expects: as text in a table, as it is in JSON."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.contract import limits
from chalicelib.contract.expected.complaints import Complaint, listed, quoted
from chalicelib.contract.expected.expectations import ExpectedField

Params = Mapping[str, str | int]
Fault = tuple[str, Params]

#: How numbers are written in tables.
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
INTEGER = re.compile(r"[+-]?[0-9]+")
_BOOLEANS = frozenset({"true", "True", "TRUE", "1", "false", "False", "FALSE", "0"})
_MOST_KEPT = 64
_BLANKS = " \t"
_EXPONENT_ZEROS = re.compile(r"(e[+-])0+(?=\d)")
#: Whole numbers up to here are written without a point, as every JSON reader has them.
_EXACT = 2**53


class Tally:
    """The complaints about the rows of one file: of each fault of a column the first one, and how many more there are."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._first: dict[tuple[str, str], Complaint] = {}
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, fault: Fault, column: str = "", line: int | None = None, entry: int | None = None) -> None:
        """Count a fault of a line or of an entry."""
        code, params = fault
        if (code, column) not in self._first:
            # Names of columns are a stranger's, and so is how many there are.
            if len(self._first) >= limits.MAX_COMPLAINTS:
                return
            self._first[code, column] = Complaint(self._path, code, column=column, params=params, line=line, entry=entry)
        self._counts[code, column] += 1

    def told(self) -> Iterator[Complaint]:
        """The complaints, in the order in which they came up."""
        for key, one in self._first.items():
            yield replace(one, more=self._counts[key] - 1)


class Room:
    """The room for values that are told apart: that of one file, for all of its columns."""

    def __init__(self) -> None:
        self.left = limits.MAX_UNIQUE_VALUES


class Judge:
    """Judges the values of one field, row by row."""

    def __init__(self, field: ExpectedField, room: Room) -> None:
        self.field = field
        self._room = room
        self._its = field.constraints
        self._allowed = frozenset(self._its.enum)
        self._seen: set[str | bytes] = set()

    def of_text(self, cell: str) -> Fault | None:
        """The fault of a value of a table; None for none."""
        text = cell.strip(_BLANKS)
        if not text:
            return ("no_value", {}) if self._its.required else None
        number = None
        if self.field.type in ("integer", "number"):
            pattern = INTEGER if self.field.type == "integer" else NUMBER
            number = float(text) if pattern.fullmatch(text) else math.nan
            if not math.isfinite(number):
                return f"not_{self.field.type}", {"value": quoted(text)}
        if self.field.type == "boolean" and text not in _BOOLEANS:
            return "not_boolean", {"value": quoted(text)}
        return self._constrained(text, number)

    def of_json(self, value: Any) -> Fault | None:
        """The fault of a value of a JSON object; None for none."""
        if value is None:
            return ("no_value", {}) if self._its.required else None
        text, kind = written(value), self.field.type
        if kind == "string" and not isinstance(value, str):
            return "not_string", {"value": quoted(text)}
        if kind == "boolean" and not isinstance(value, bool):
            return "not_boolean", {"value": quoted(text)}
        number = value if isinstance(value, float) and math.isfinite(value) else None
        if kind in ("integer", "number") and (number is None or (kind == "integer" and not number.is_integer())):
            return f"not_{kind}", {"value": quoted(text)}
        return self._constrained(text, number if kind in ("integer", "number") else None)

    def _constrained(self, text: str, number: float | None) -> Fault | None:
        its = self._its
        if number is not None and its.minimum is not None and number < its.minimum:
            return "too_low", {"value": quoted(text), "minimum": written(float(its.minimum))}
        if number is not None and its.maximum is not None and number > its.maximum:
            return "too_high", {"value": quoted(text), "maximum": written(float(its.maximum))}
        if self._allowed and text not in self._allowed:
            return "not_among", {"value": quoted(text), "allowed": listed(its.enum)}
        return self._told_apart(text) if its.unique else None

    def _told_apart(self, text: str) -> Fault | None:
        short = _shortened(text)
        if short in self._seen:
            return "repeated", {"value": quoted(text)}
        if not self._room.left:
            return "many_values", {"most": limits.MAX_UNIQUE_VALUES}
        self._room.left -= 1
        self._seen.add(short)
        return None


def judges_of(fields: Sequence[ExpectedField]) -> list[Judge]:
    """A judge for each field of one file."""
    room = Room()
    return [Judge(field, room) for field in fields]


def _shortened(text: str) -> str | bytes:
    """A value, or what stands for a long one in little memory."""
    if len(text) <= _MOST_KEPT:
        return text
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def written(value: Any) -> str:
    """A value of JSON as text. Its numbers are floats, whatever they look like, as in a browser."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        return _EXPONENT_ZEROS.sub(r"\1", repr(value)).replace("inf", "Infinity")
    return "{…}" if isinstance(value, dict) else "[…]"
