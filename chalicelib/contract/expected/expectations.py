"""Expectations of a phase about what submissions hold: files by their paths, and what is in them. Names are those of
Table Schema (Frictionless) where it has one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Format = Literal["csv", "tsv", "json", "jsonl", "npy", "text"]
FieldType = Literal["any", "string", "integer", "number", "boolean"]
FieldsMatch = Literal["superset", "equal", "exact"]

#: Formats whose rows have values by names, and those whose rows are counted.
WITH_FIELDS = ("csv", "tsv", "json", "jsonl")
WITH_ROWS = (*WITH_FIELDS, "text")
TABLES = {"csv": ",", "tsv": "\t"}


@dataclass(frozen=True)
class Constraints:
    """Conditions of each value of a field. `required`: it is there; `unique`: no other row has it; `enum`: it is one of
    these. Bounds are themselves allowed."""

    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    enum: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExpectedField:
    """A column of a table, or a key of JSON objects."""

    name: str
    type: FieldType = "any"
    constraints: Constraints = Constraints()


@dataclass(frozen=True)
class ExpectedFile:
    """A file at `path`, or with `*` and `**` in it any number of files that each hold this.

    `count` is how many these are. `type`: what a JSON file holds. Of a `shape`, -1 is any length.
    """

    path: str
    description: str = ""
    required: bool = True
    count: int | None = None
    max_bytes: int | None = None
    format: Format | None = None
    header: bool = True
    rows: int | None = None
    min_rows: int | None = None
    max_rows: int | None = None
    fields: tuple[ExpectedField, ...] = ()
    fields_match: FieldsMatch = "superset"
    type: Literal["object", "array"] | None = None
    dtype: str | None = None
    shape: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Expectations:
    """All that is expected of a submission. `others`: files that none of these are may be there, too."""

    files: tuple[ExpectedFile, ...] = ()
    others: bool = True
    max_files: int | None = None


def of_stored(stored: Mapping[str, Any] | None) -> Expectations | None:
    """Expectations from JSON; None where nothing is expected. What another build has added is passed over."""
    if not stored:
        return None
    found = Expectations(**{**_known(Expectations, stored), "files": tuple(map(_file, stored.get("files") or ()))})
    return None if found == Expectations() else found


def _file(stored: Mapping[str, Any]) -> ExpectedFile:
    known = _known(ExpectedFile, stored)
    known["fields"] = tuple(map(_field, stored.get("fields") or ()))
    if stored.get("shape") is not None:
        known["shape"] = tuple(int(length) for length in stored["shape"])
    return ExpectedFile(**known)


def _field(stored: Mapping[str, Any]) -> ExpectedField:
    known = _known(ExpectedField, stored)
    its = _known(Constraints, stored.get("constraints") or {})
    known["constraints"] = Constraints(**{**its, "enum": tuple(its.get("enum", ()))})
    return ExpectedField(**known)


def _known(kind: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of a kind's fields; null is as if nothing were."""
    return {one.name: stored[one.name] for one in fields(kind) if stored.get(one.name) is not None}
