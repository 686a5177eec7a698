"""Tables that people open in a spreadsheet: CSV in which no cell is taken for a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

#: What makes a spreadsheet compute a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Shown(str):
    """A number as it is shown, with its decimals, such as -0.50. It is no text, so nothing of it makes a formula."""


Cell = str | int | float | None


def write(target: TextIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as CSV. Numbers are written with all their digits; a missing one is an empty cell."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([harmless(title) for title in header])
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])


def harmless(cell: Cell) -> Cell:
    """A text that begins as a formula does gets an apostrophe before it, also with the wide signs of East Asian keyboards,
    which some spreadsheets take for the same, and after blanks. Numbers are left as they are."""
    if not isinstance(cell, str) or isinstance(cell, Shown):
        return cell
    is_formula = cell.startswith(_FORMULA) or unicodedata.normalize("NFKC", cell).lstrip().startswith(_FORMULA)
    return f"'{cell}" if is_formula else cell
