"""Kaggle's solution and sample submission: tables of which the beginning is read (OTHERS 3.2)."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.contract import limits
from chalicelib.domain.bundle.foreign.folder import Folder

USAGE = "Usage"
PUBLIC, PRIVATE, IGNORED = "Public", "Private", "Ignored"
#: So much of a table is looked at.
_MOST_BYTES = 8 * 1024**2
_NAMED = 5


@dataclass(frozen=True)
class Table:
    """The header of a table, its rows with the numbers of their lines, and whether that is all of it."""

    header: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]]
    is_whole: bool

    def column(self, name: str) -> list[tuple[int, str]]:
        """The values of a column, each with the line of its row."""
        at = self.header.index(name)
        return [(line, row[at].strip() if at < len(row) else "") for line, row in self.rows]

    def is_key(self, name: str) -> bool:
        """True for a column whose values are all there, and each once."""
        values = [value for _, value in self.column(name)]
        return all(values) and len(set(values)) == len(values)


def read(folder: Folder, path: str) -> Table | str:
    """A table, or the sentence that says why it is none."""
    content = folder.read(path, _MOST_BYTES)
    is_whole = len(content) == folder.size_of(path)
    if not is_whole:
        content = content[: content.rfind(b"\n") + 1]
    # One for all who use the module, so that it is the same whoever was here before.
    csv.field_size_limit(max(csv.field_size_limit(), limits.MAX_CHECKED_ROW_BYTES))
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        header = tuple(name.strip() for name in next(reader, ()))
        rows = [(reader.line_num, row) for row in reader if row]
    except UnicodeDecodeError:
        return "It is not UTF-8. Save it as CSV in UTF-8."
    except csv.Error as error:
        return f"It cannot be read as CSV: {error}."
    if not header or not rows:
        return "It has no rows below a header that names its columns."
    return Table(header, rows, is_whole)


def row_id(solution: Table, sample: Table | None) -> str:
    """The first column that both tables have and that tells the rows apart; "" where there is none."""
    shared = [name for name in solution.header if sample is None or name in sample.header]
    return next((name for name in shared if name != USAGE and solution.is_key(name)), "")


def faults(solution: Table, key: str) -> Iterator[tuple[int, str]]:
    """Faults of ids and usages: a line, and a sentence."""
    lines = solution.column(key)
    if empty := [line for line, value in lines if not value]:
        yield empty[0], f"There are rows (lines {_listed(empty)}) without a `{key[:60]}`. Write one into each."
    counts = Counter(value for _, value in lines if value)
    if twice := [(line, value) for line, value in lines if counts[value] > 1]:
        ids = list(dict.fromkeys(value for _, value in twice))
        yield twice[1][0], f"`{key[:60]}` is to tell rows apart, and these are there several times: {_listed(ids)}."
    if USAGE in solution.header:
        odd = [(line, value) for line, value in solution.column(USAGE) if value.lower() not in _USAGES]
        if odd:
            yield odd[0][0], f"`{USAGE}` is `{odd[0][1][:40]}`. Write {PUBLIC}, {PRIVATE} or {IGNORED}."


def boards(solution: Table) -> Mapping[str, int]:
    """The number of rows of each usage, by the names that Kaggle has for them; none without a column for them."""
    if USAGE not in solution.header:
        return {}
    counts = Counter(value.lower() for _, value in solution.column(USAGE))
    return {name: counts[name.lower()] for name in (PUBLIC, PRIVATE, IGNORED) if counts[name.lower()]}


_USAGES = frozenset(name.lower() for name in (PUBLIC, PRIVATE, IGNORED))


def _listed(values: Sequence[object]) -> str:
    more = f" and {len(values) - _NAMED} more" if len(values) > _NAMED else ""
    return ", ".join(str(value)[:40] for value in values[:_NAMED]) + more
