"""The tree that bundles are read from, whatever it was written in: YAML text (yaml_text.py), or plain values as JSON has.

Of every node `line` counts from 1, and is None where there was no text; `size` and `depth` are those of its tree, with
what its aliases stand for.
"""

from collections.abc import Mapping as MappingABC
from dataclasses import field
from typing import Any

from chalicelib.contract import limits
from chalicelib.contract.values import dataclass

TOO_DEEP = f"This is nested more than {limits.MANIFEST_DEPTH} levels deep. Write it flatter."
TOO_MANY = f"There are more than {limits.MANIFEST_NODES} values. Remove aliases or shorten the file."
_NO_TEXT = "A character here is half of one, which no text can hold. Write it anew."


@dataclass
class Scalar:
    """A value that is no list and no mapping, as written. `tag` is what YAML takes it for, such as `int`."""

    line: int | None
    text: str
    tag: str
    size: int = 1
    depth: int = 1

    @property
    def is_null(self) -> bool:
        """True for `null`, `~` and nothing at all."""
        return self.tag == "null"


@dataclass
class Sequence:
    """A list."""

    line: int | None
    items: list["Node"] = field(default_factory=list)
    size: int = 1
    depth: int = 1


@dataclass
class Mapping:
    """A mapping. `key_lines` has the line of each key that was written in a text."""

    line: int | None
    entries: dict[str, "Node"] = field(default_factory=dict)
    key_lines: dict[str, int | None] = field(default_factory=dict)
    merged: list["Mapping"] = field(default_factory=list)
    size: int = 1
    depth: int = 1


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Notice:
    """A remark about a line of a text, or about a place such as `tasks[0].agon`."""

    line: int | None
    key: str
    message: str


class Unreadable(Exception):
    """A text or value that cannot be read as a tree, or is above a cap. Carries a Notice."""

    def __init__(self, line: int | None, message: str, key: str = ""):
        super().__init__(message)
        self.notice = Notice(line, key, message)


def of_values(value: Any) -> Node:
    """The tree of plain values: dicts with texts for keys, lists, texts, numbers, booleans, None. It has no lines.

    Raises Unreadable, with the place, above the caps that hold for YAML.
    """
    return _Planter().plant(value, "", 1)


class _Planter:
    """A maker of one tree, which counts its nodes: the keys of mappings, too, as YAML's do."""

    def __init__(self) -> None:
        self._nodes = 0

    def plant(self, value: Any, place: str, depth: int) -> Node:
        self._count(place)
        if not isinstance(value, (MappingABC, list, tuple)):
            return _scalar(value, place)
        if depth > limits.MANIFEST_DEPTH:
            raise Unreadable(None, TOO_DEEP, place)
        if isinstance(value, MappingABC):
            entries = ((self._key(key, place), _at(place, key), one) for key, one in value.items())
            return Mapping(None, {key: self.plant(one, at, depth + 1) for key, at, one in entries})
        return Sequence(None, [self.plant(one, f"{place}[{position}]", depth + 1) for position, one in enumerate(value)])

    def _key(self, key: str, place: str) -> str:
        self._count(place)
        return _scalar(key, place).text

    def _count(self, place: str) -> None:
        self._nodes += 1
        if self._nodes > limits.MANIFEST_NODES:
            raise Unreadable(None, TOO_MANY, place)


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _scalar(value: Any, place: str) -> Scalar:
    if value is None:
        return Scalar(None, "null", "null")
    if isinstance(value, bool):
        return Scalar(None, "true" if value else "false", "bool")
    if isinstance(value, (int, float)):
        return Scalar(None, str(value), "int" if isinstance(value, int) else "float")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(None, _NO_TEXT, place) from error
    return Scalar(None, str(value), "str")
