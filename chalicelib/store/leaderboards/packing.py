"""Columns of scores as they are stored and told, in the shorter of two forms (ADR 59)."""

import math
import struct
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

import orjson

#: Numbers, None where one is missing; or the base64 of the same as IEEE 754 doubles, little-endian, with NaN for those.
Packed = str | list[float | None]
_LOOKED_AT = 50


def packed(values: Sequence[float | None]) -> Any:
    """A column for orjson to write: doubles as they are in memory take half of what all their digits do, and short numbers
    less than either. What its first numbers take decides."""
    first = values[:_LOOKED_AT]
    if 3 * len(orjson.dumps(first)) <= 32 * len(first):
        return values
    try:
        doubles = struct.pack(f"<{len(values)}d", *values)
    except struct.error:
        doubles = struct.pack(f"<{len(values)}d", *[math.nan if value is None else value for value in values])
    return b64encode(doubles).decode()


def numbers(column: Packed) -> list[float | None]:
    """The numbers of a column in either form."""
    if not isinstance(column, str):
        return column
    content = b64decode(column)
    values = list(struct.unpack(f"<{len(content) // 8}d", content))
    return [None if value != value else value for value in values] if math.isnan(sum(values)) else values
