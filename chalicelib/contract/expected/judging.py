"""The judge of submissions by what their phase expects of them. Nothing of theirs is run, and no more of it is kept in
memory than a row, the values that may be there once, and a small JSON file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from chalicelib.contract import limits
from chalicelib.contract.expected import arrays, rows
from chalicelib.contract.expected.complaints import Complaint, path_shown
from chalicelib.contract.expected.expectations import Expectations, ExpectedFile
from chalicelib.contract.expected.patterns import is_pattern, matches

#: Opens a file of the submission by its path.
Opener = Callable[[str], AbstractContextManager[BinaryIO]]


class Damaged(Exception):
    """A file of the submission cannot be read, and is to blame for that itself."""


def judge(expected: Expectations, sizes: Mapping[str, int], opened: Opener) -> list[Complaint]:
    """The complaints about a submission, up to MAX_COMPLAINTS: none where it is as expected.

    `sizes` has the bytes of each of its files by their paths, as programs will find them. What `opened` raises as Damaged
    is a complaint.
    """
    return list(islice(_complaints(expected, sizes, opened), limits.MAX_COMPLAINTS))


def _complaints(expected: Expectations, sizes: Mapping[str, int], opened: Opener) -> Iterator[Complaint]:
    paths, named, budget = sorted(sizes), set[str](), _Budget(opened)
    if expected.max_files is not None and len(paths) > expected.max_files:
        yield Complaint("", "many_files", params={"found": len(paths), "most": expected.max_files})
    for one in expected.files:
        found = _found(one.path, paths, sizes)
        named.update(found)
        yield from _number(one, found, paths)
        for path in found:
            yield from _of_file(one, path, sizes[path], budget)
    if not expected.others:
        yield from (Complaint(path_shown(path), "unexpected") for path in paths if path not in named)


@dataclass
class _Budget:
    """The bytes that may still be read, however many files they are of."""

    opened: Opener
    left: int = field(default_factory=lambda: limits.MAX_CHECKED_BYTES)
    is_over: bool = False

    def take(self, size: int) -> Iterator[Complaint]:
        """Take what a file has; told once where it is too much, and nothing is read from then on."""
        if size > self.left and not self.is_over:
            yield Complaint("", "too_much", params={"most": limits.MAX_CHECKED_BYTES})
        self.is_over = self.is_over or size > self.left
        self.left -= size


def _found(wanted: str, paths: list[str], sizes: Mapping[str, int]) -> list[str]:
    if is_pattern(wanted):
        return [path for path in paths if matches(wanted, path)]
    return [wanted] if wanted in sizes else []


def _number(one: ExpectedFile, found: list[str], paths: list[str]) -> Iterator[Complaint]:
    if not found and one.required:
        near = next((path for path in paths if _is_near(one.path, path)), None)
        if near is None:
            yield Complaint(path_shown(one.path), "missing")
        else:
            yield Complaint(path_shown(one.path), "missing_elsewhere", params={"found": path_shown(near)})
    elif found and one.count is not None and len(found) != one.count:
        yield Complaint(path_shown(one.path), "count", params={"found": len(found), "expected": one.count})


def _is_near(wanted: str, path: str) -> bool:
    """True for a file that was probably meant: other capitals, or another folder."""
    name = wanted.rpartition("/")[2].lower()
    return not is_pattern(wanted) and path.rpartition("/")[2].lower() == name


def _of_file(one: ExpectedFile, path: str, size: int, budget: _Budget) -> Iterator[Complaint]:
    shown = path_shown(path)
    bounds = [bound for bound in (one.max_bytes, _most_bytes(one)) if bound is not None]
    if bounds and size > min(bounds):
        yield Complaint(shown, "too_large", params={"found": size, "most": min(bounds)})
        return
    if one.format is None:
        return
    if one.format != "npy":
        yield from budget.take(size)
        if budget.is_over:
            return
    try:
        with budget.opened(path) as stream:
            if one.format == "npy":
                yield from arrays.judge(one, shown, stream, size)
            else:
                yield from rows.judge(one, shown, stream)
    except Damaged:
        yield Complaint(shown, "damaged")


def _most_bytes(one: ExpectedFile) -> int | None:
    if one.format in (None, "npy"):
        return None
    return limits.MAX_CHECKED_JSON_BYTES if one.format == "json" else limits.MAX_CHECKED_BYTES
