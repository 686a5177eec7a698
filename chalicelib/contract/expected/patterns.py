"""Paths with `*`, `?` and `**`, in time that grows with the length of both and no faster."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Part = TypeVar("Part")


def is_pattern(path: str) -> bool:
    """True where a path stands for several."""
    return "*" in path or "?" in path


def matches(pattern: str, path: str) -> bool:
    """True where a path is the pattern's: `*` is any part of a name, `?` one character, `**` any folders, or none."""
    return _goes(pattern.split("/"), path.split("/"), "**", _is_named)


def _is_named(pattern: str, name: str) -> bool:
    if "?" in pattern:
        return _goes(pattern, name, "*", lambda letter, other: letter in ("?", other))
    first, *others = pattern.split("*")
    if not others:
        return first == name
    *middle, last = others
    at, end = len(first), len(name) - len(last)
    if at > end or not (name.startswith(first) and name.endswith(last)):
        return False
    for piece in middle:
        at = name.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def _goes(wanted: Sequence[Part], given: Sequence[Part], star: Part, is_one: Callable[[Part, Part], bool]) -> bool:
    """One after another; of the stars before, only the last is ever given more."""
    at, back_to, taken = 0, -1, 0
    place = 0
    while place < len(given):
        if at < len(wanted) and wanted[at] != star and is_one(wanted[at], given[place]):
            at, place = at + 1, place + 1
        elif at < len(wanted) and wanted[at] == star:
            back_to, taken, at = at, place, at + 1
        elif back_to >= 0:
            at, taken = back_to + 1, taken + 1
            place = taken
        else:
            return False
    return all(part == star for part in wanted[at:])
