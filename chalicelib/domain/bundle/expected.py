"""Expectations about what submissions hold, as a competition or a phase says it. The judge has the same by the same names
(contract/expected/expectations.py). Names are those of Table Schema (Frictionless) where it has one."""

from typing import Literal

from chalicelib.contract.values import dataclass
from chalicelib.domain.bundle.keys import said


@dataclass(frozen=True)
class Constraints:
    """Conditions of each value of a field."""

    required: bool = said("No value is missing: none is empty, and none is null.", False)
    unique: bool = said("No value is there twice, such as of the column that identifies rows.", False)
    minimum: float | None = said("The least number.", None)
    maximum: float | None = said("The greatest number.", None)
    enum: tuple[str, ...] = said("The values that there may be.", ())


@dataclass(frozen=True)
class ExpectedField:
    """A column of a table, or a key of JSON objects."""

    name: str = said("The column's name in the header, or the key.")
    type: Literal["any", "string", "integer", "number", "boolean"] = said(
        "What values are: any, string, integer, number (finite) or boolean.", "any"
    )
    constraints: Constraints = said("What must hold of each value.", Constraints())


@dataclass(frozen=True)
class ExpectedFile:
    """A file by its path, or files by a pattern, and what is in each."""

    path: str = said(
        "Its path in the submission, such as predictions.csv; `*` is any part of a name, `**` any folders: `images/*.png`."
    )
    description: str = said("What participants should know of it.", "")
    required: bool = said("It must be there; of a pattern, one file at least.", True)
    count: int | None = said("How many files the pattern is to find.", None)
    max_bytes: int | None = said("The most bytes of each.", None)
    format: Literal["csv", "tsv", "json", "jsonl", "npy", "text"] | None = said(
        "What it is read as to be checked: csv, tsv, json, jsonl (a JSON object a line), npy (numpy.save) or text in UTF-8.",
        None,
    )
    rows: int | None = said("How many rows: below the header, lines of a text, entries of a JSON array.", None)
    min_rows: int | None = said("The fewest rows.", None)
    max_rows: int | None = said("The most rows.", None)
    fields: tuple[ExpectedField, ...] = said("Its columns, or the keys of each JSON object.", ())
    fields_match: Literal["superset", "equal", "exact"] = said(
        "superset: others may be there, in any order; equal: these alone; exact: these alone, in this order.", "superset"
    )
    header: bool = said("A table's first row names its columns; without, the fields are those in this order.", True)
    type: Literal["object", "array"] | None = said("What a JSON file holds: object or array.", None)
    dtype: str | None = said("The type of an array's values, as numpy calls it, such as float32.", None)
    shape: tuple[int, ...] | None = said("The lengths of an array, such as [1000, 3]; -1 is any.", None)


@dataclass(frozen=True)
class Expectations:
    """All that is expected of a submission."""

    files: tuple[ExpectedFile, ...] = said("The files, or patterns of files.", ())
    others: bool = said("Take files that none of these are, too.", True)
    max_files: int | None = said("The most files in a submission.", None)
