"""Scalars of a manifest: what the texts that were written are as values, and how a sentence tells them."""

import math
import re
from typing import Any

from chalicelib.domain.bundle.nodes import Mapping, Node, Scalar, Sequence

TRUE = frozenset({"true", "yes", "on", "1", "t", "y"})
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.0*)?", re.ASCII)


def whole_number(scalar: Scalar) -> int | None:
    """The number that a scalar was meant as, or None. `2.0` and a quoted "2" are 2."""
    text = scalar.text.strip().replace("_", "")
    return int(text.split(".")[0]) if _NUMBER.fullmatch(text) else None


def plain(node: Node) -> Any:
    """A tree as Python's own lists, dicts and scalars. Dates and all other texts are text."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if node.is_null:
        return None
    if node.tag == "bool":
        return node.text.lower() in TRUE
    value = whole_number(node) if node.tag == "int" else None
    return node.text if value is None else value


def finite(text: str) -> float | None:
    """The number that a text is, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def quoted(text: str) -> str:
    """A text as it stands in a sentence: its beginning where it is long."""
    return f"`{text}`" if len(text) <= 60 else f"`{text[:60]}…`"
