"""Tasks of there and of here: which became which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agon.migration.shapes import Phase
from chalicelib.contract import texts


def tasks(phase: Phase, indexes: Sequence[int], names: Mapping[int, str]) -> dict[int, int]:
    """By the numbers of tasks there, the indexes that they have here: by name, and where names are alike by their order."""
    left = list(indexes)
    found: dict[int, int] = {}
    for number, name in phase.tasks.items():
        same = [index for index in left if texts.line(str(names.get(index, "")))[0] == name]
        if same:
            found[number] = same[0]
            left.remove(same[0])
    others = [number for number in phase.tasks if number not in found]
    return found | dict(zip(others, left, strict=False))


def entries(settings: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The entries of a list in a competition's settings."""
    found = settings.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
