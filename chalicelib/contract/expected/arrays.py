"""The header of a file of numpy.save: the type and the shape of an array, of which nothing else is read (NEP 1)."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from chalicelib.contract.expected.complaints import Complaint
from chalicelib.contract.expected.expectations import ExpectedFile

_MAGIC = b"\x93NUMPY"
#: Headers have some hundred bytes.
_MOST_HEADER_BYTES = 64 * 1024
#: As many as numpy has.
_MOST_DIMENSIONS = 64
#: No file is as large. Up to here a browser has whole numbers, too.
_MOST_BYTES = 2**53
_DTYPE = re.compile(r"'descr': *'[<>|=]?([A-Za-z])([0-9]{1,9})?'")
_LENGTH = re.compile(r" *[0-9]{1,15} *")
_SHAPE = re.compile(r"'shape': *\(([0-9, ]*)\)")
_KINDS = {"float": "f", "int": "i", "uint": "u", "complex": "c"}
#: The names that numpy has for types of numbers.
DTYPES = ("bool", *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)))
DTYPES += ("float16", "float32", "float64", "complex64", "complex128")


@dataclass(frozen=True)
class Array:
    """The header of an array: its type by numpy's name, "" for one that is a structure; its shape; and the bytes of the
    whole file, where they are in order."""

    dtype: str
    shape: tuple[int, ...]
    bytes: int


def read(stream: BinaryIO) -> Array | None:
    """The header of an array; None for what is none."""
    found = _header(stream)
    if found is None:
        return None
    header, start = found
    dtype, shape = _DTYPE.search(header), _SHAPE.search(header)
    if shape is None or "'descr'" not in header:
        return None
    written = [length for length in shape[1].split(",") if length.strip(" ")]
    if len(written) > _MOST_DIMENSIONS or not all(map(_LENGTH.fullmatch, written)):
        return None
    lengths = tuple(map(int, written))
    if dtype is None:
        return Array("", lengths, 0)
    name, width = _named(dtype[1], int(dtype[2] or 1))
    size = start + width * math.prod(lengths)
    return Array(name, lengths, size) if size <= _MOST_BYTES else None


def judge(expected: ExpectedFile, path: str, stream: BinaryIO, size: int) -> Iterator[Complaint]:
    """The complaints about an array. Where its bytes are in order, `size` of them, it can be loaded."""
    found = read(stream)
    if found is None:
        yield Complaint(path, "broken_npy")
    elif not found.dtype:
        params = {"found": "a structure", "expected": expected.dtype or "one of numbers"}
        yield Complaint(path, "dtype", params=params)
    elif found.dtype.startswith("O"):
        yield Complaint(path, "python_npy")
    else:
        yield from _judge(expected, path, found, size)


def _judge(expected: ExpectedFile, path: str, found: Array, size: int) -> Iterator[Complaint]:
    if expected.dtype is not None and found.dtype != expected.dtype:
        yield Complaint(path, "dtype", params={"found": found.dtype, "expected": expected.dtype})
    if expected.shape is not None and not _fits(found.shape, expected.shape):
        yield Complaint(path, "shape", params={"found": _written(found.shape), "expected": _written(expected.shape)})
    if found.bytes != size:
        yield Complaint(path, "short_npy", params={"found": size, "expected": found.bytes})


def _header(stream: BinaryIO) -> tuple[str, int] | None:
    """The header, and where the values begin."""
    begin = stream.read(8)
    if len(begin) < 8 or not begin.startswith(_MAGIC) or begin[6] not in (1, 2, 3):
        return None
    width = 2 if begin[6] == 1 else 4
    length = int.from_bytes(stream.read(width), "little")
    if length > _MOST_HEADER_BYTES:
        return None
    header = stream.read(length)
    return (header.decode("latin-1"), 8 + width + length) if len(header) == length else None


def _named(kind: str, width: int) -> tuple[str, int]:
    """A type by its name, and how many bytes a value has."""
    if kind == "b":
        return "bool", 1
    names = {short: name for name, short in _KINDS.items()}
    # Of text, the width is that of its letters.
    return (f"{names[kind]}{8 * width}", width) if kind in names else (f"{kind}{width}", width * (4 if kind == "U" else 1))


def _fits(lengths: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return len(lengths) == len(wanted) and all(want in (-1, length) for length, want in zip(lengths, wanted, strict=True))


def _written(shape: tuple[int, ...]) -> str:
    """A shape as people write it, `*` for any length."""
    return " × ".join("*" if length == -1 else str(length) for length in shape) or "()"
