"""The parts of a competition's settings as JSON schemas, made of the very model that bundles are read into: forms are made
of these."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields
from enum import Enum
from typing import Any, get_args

from chalicelib.contract.expected import expectations
from chalicelib.domain.bundle import expected, fact_sheet, model, reference
from chalicelib.domain.bundle.group import Group, GroupLimits
from chalicelib.domain.bundle.keys import EXTENSION, is_extension, key_of
from chalicelib.domain.bundle.leaderboard import Column, ColumnGroup, Leaderboard, SubmissionRule
from chalicelib.domain.bundle.sponsor import Sponsor

#: Each part by its name in the editor's addresses; the competition itself has none.
PARTS: Mapping[str, type] = {
    "": model.Bundle,
    "phases": model.Phase,
    "tasks": model.Task,
    "pages": model.Page,
    "solutions": model.Solution,
    "leaderboards": Leaderboard,
    "columns": Column,
}
#: What the format counts or reads by itself, and what an editor has other addresses for.
NOT_ASKED = {"version", "assets", "index", "terms", "image", "file"}
_SCHEMAS: Mapping[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "file": {"type": "string"},
    "whole number": {"type": "integer"},
    "number": {"type": "number"},
    "true or false": {"type": "boolean"},
    "date": {"type": "string", "format": "date-time"},
    "list of numbers": {"type": "array", "items": {"type": "number"}},
    "list of two numbers": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    "list of texts": {"type": "array", "items": {"type": "string"}},
    "one of the rules below": {"type": "string", "enum": [rule.value for rule in SubmissionRule]},
    "asc or desc": {"type": "string", "enum": ["asc", "desc"]},
    "last or best": {"type": "string", "enum": ["last", "best"]},
    "within_limits, always or never": {"type": "string", "enum": ["within_limits", "always", "never"]},
    "1 or 2": {"type": "string", "enum": ["1", "2"]},
    "type of values": {"type": "string", "enum": [*get_args(expectations.FieldType)]},
    "format of a file": {"type": "string", "enum": [*get_args(expectations.Format)]},
    "superset, equal or exact": {"type": "string", "enum": [*get_args(expectations.FieldsMatch)]},
    "object or array": {"type": "string", "enum": ["object", "array"]},
    "rubric or pairwise": {"type": "string", "enum": ["rubric", "pairwise"]},
}
_LONG = {"description", "guidelines"}
#: A page's text is a file of the bundle; an editor is sent it as it is.
_TEXT: Mapping[str, dict[str, Any]] = {
    "content": {"type": "string", "maxLength": 500_000, "description": "Its text."},
    "format": {"type": "string", "enum": ["markdown", "html"], "default": "markdown", "description": "Markdown or HTML."},
}
#: What is asked for within the form of its owner: a task's judging with its rubric, what is expected file by file.
_WITHIN: Mapping[str, type] = {
    "requires": model.Requires,
    **{"judging": model.Judging, "expects": expected.Expectations, "constraints": expected.Constraints},
}
_ROWS: Mapping[str, type] = {
    **{"criteria": model.Criterion, "files": expected.ExpectedFile, "fields": expected.ExpectedField},
    **{"groups": Group, "limits": GroupLimits, "downloads": model.Download, "column_groups": ColumnGroup},
    "sponsors": Sponsor,
}
_QUESTIONS: Mapping[str, Sequence[str]] = {
    "fact_sheet": fact_sheet.KEYS,
    "registration_questions": fact_sheet.REGISTRATION_KEYS,
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each part, by its name. Lists of further parts are not in it: each entry has a form of its own."""
    return {name: _schema(part) for name, part in PARTS.items()}


def _schema(part: type) -> dict[str, Any]:
    asked = [one for one in fields(part) if one.name not in NOT_ASKED and _is_asked_here(one)]
    own = {key_of(one): _property(one) for one in asked if not is_extension(one)}
    extension = {key_of(one): _property(one) for one in asked if is_extension(one)}
    if part is model.Page:
        own |= _TEXT
    if extension:
        own[EXTENSION] = {"type": "object", "title": "Agon", "properties": extension}
    needed = [key_of(one) for one in asked if one.default is MISSING and one.default_factory is MISSING]
    return {"type": "object", "properties": own, "required": needed}


def _is_asked_here(one: "Field[Any]") -> bool:
    return one.name in _ROWS or reference.type_of(one) != "list of mappings"


def _of(one: "Field[Any]") -> dict[str, Any]:
    if one.name in _WITHIN:
        return _schema(_WITHIN[one.name])
    if one.name in _ROWS:
        return {"type": "array", "items": _schema(_ROWS[one.name])}
    if one.name in _QUESTIONS:
        return fact_sheet.schema(_QUESTIONS[one.name])
    return _SCHEMAS.get(reference.type_of(one), {"type": "object", "additionalProperties": True})


def _property(one: "Field[Any]") -> dict[str, Any]:
    found = _of(one)
    schema = {**found, "description": _meaning(one)}
    if one.name in _LONG:
        schema["maxLength"] = 10_000
    if one.default is MISSING:
        return schema
    plain = one.default.value if isinstance(one.default, Enum) else one.default
    known = {"default": list(plain) if isinstance(plain, tuple) else plain} if _is_plain(plain) else {}
    # null puts a setting back to its default.
    return {"anyOf": [schema, {"type": "null"}], "description": schema["description"], **known}


def _meaning(one: "Field[Any]") -> str:
    """What a setting is; of one that does nothing also that, so that nobody waits for something to happen."""
    return " ".join(filter(None, (one.metadata["meaning"], one.metadata["idle"])))


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool | tuple)
