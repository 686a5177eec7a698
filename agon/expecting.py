"""Expectations of a phase about submissions: in words, and looked for in a file before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agon import words
from agon.errors import AgonError, BadFile
from agon.handing_in import HandedIn
from chalicelib.contract import archives
from chalicelib.contract.expected import plain, zips
from chalicelib.contract.expected.complaints import Complaint, sentence
from chalicelib.contract.expected.expectations import Expectations, ExpectedField, ExpectedFile, of_stored

if TYPE_CHECKING:
    from agon import api_types as api

_FORMATS = {
    "csv": "a CSV table",
    "tsv": "a table with tabs",
    "json": "JSON",
    "jsonl": "a JSON object a line",
    "npy": "an array of numpy.save",
    "text": "text in UTF-8",
}


def of_phase(competition: api.Competition, phase: str) -> Expectations | None:
    """The expectations of a phase of a competition; None where anything will do."""
    found = described(competition, phase)
    return of_stored(found.get("expects")) if found else None


def described(competition: api.Competition, phase: str) -> api.Phase | None:
    """A phase of a competition by its id; None where there is none that this person may see."""
    index = phase.rpartition("-")[2]
    return next((one for one in competition["phases"] if str(one["index"]) == index), None)


def extensions(competition: api.Competition, phase: str) -> list[str]:
    """The extensions of the plain files that a phase takes; none where it takes zips."""
    found = described(competition, phase)
    return list(found.get("submission_extensions") or ()) if found else []


def complaints(expects: Expectations | None, sent: HandedIn) -> list[Complaint]:
    """The complaints about a submission. Raises BadFile for what no runner unpacks, or this machine cannot read."""
    if expects is None:
        return []
    try:
        return plain.judge(expects, sent.path, sent.plain_name) if sent.is_plain else zips.judge(expects, sent.path)
    except (archives.Refused, OSError) as error:
        raise BadFile(str(error)) from error


def check(expects: Expectations | None, sent: HandedIn) -> None:
    """Raises AgonError for what a runner would refuse: before the upload, and before an attempt is spent on it."""
    if found := complaints(expects, sent):
        listed = "\n".join(f"• {sentence(one)}" for one in found)
        raise AgonError(f"This is not what the phase expects, so nothing was sent:\n{listed}")


def needs(expects: Expectations) -> Iterator[str]:
    """Lines that say what a submission must hold."""
    for one in expects.files:
        yield f"{one.path}: {', '.join(_of_file(one))}."
        if one.description:
            yield f"  {one.description}"
    if not expects.others:
        yield "No other files."
    if expects.max_files is not None:
        yield f"At most {words.count(expects.max_files, 'file')}."


def _of_file(one: ExpectedFile) -> Iterator[str]:
    yield _FORMATS[one.format] if one.format else "any file"
    if not one.required:
        yield "may be left out"
    if one.count is not None:
        yield words.count(one.count, "file")
    if one.max_bytes is not None:
        yield f"at most {words.size(one.max_bytes)}"
    if rows := _rows(one):
        yield rows
    if one.type:
        yield f"an {one.type}"
    if one.dtype:
        yield f"of {one.dtype}"
    if one.shape is not None:
        yield "shape " + (" × ".join("*" if length == -1 else str(length) for length in one.shape) or "()")
    if not one.header:
        yield "without a header"
    if one.fields:
        alone = {"superset": "with", "equal": "with only", "exact": "with only, in this order,"}[one.fields_match]
        yield f"{alone} {'; '.join(map(_of_field, one.fields))}"


def _rows(one: ExpectedFile) -> str:
    what = "line" if one.format == "text" else "row"
    if one.rows is not None:
        return words.count(one.rows, what)
    bounds = [("at least", one.min_rows), ("at most", one.max_rows)]
    return " and ".join(f"{least} {words.count(rows, what)}" for least, rows in bounds if rows is not None)


def _of_field(field: ExpectedField) -> str:
    its = field.constraints
    kinds = {"any": "", "string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    said = [kinds[field.type]]
    said += [f"from {its.minimum:g}"] if its.minimum is not None else []
    said += [f"up to {its.maximum:g}"] if its.maximum is not None else []
    said += [f"one of {', '.join(its.enum)}"] if its.enum else []
    said += ["never missing"] if its.required else []
    said += ["each once"] if its.unique else []
    told = ", ".join(filter(None, said))
    return f"{field.name} ({told})" if told else field.name
