"""Faults of bodies as sentences: the one place where what pydantic finds is put into words."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from chalicelib.errors import Complaint, Sentence
from chalicelib.requests.fields import EMAIL_SHAPE, ID_SHAPE, KEY_SHAPE, LINK_SHAPE, SITE_SHAPE, TEAM_SHAPE, USERNAME_SHAPE

#: What a field of such a shape is called, and what it may be, for those who cannot read the pattern.
SHAPES: Mapping[str, tuple[str, str]] = {
    KEY_SHAPE: ("key_shape", "This has 64 of 0 to 9 and a to f, as it was told."),
    ID_SHAPE: ("id_shape", "This is no id. Take it as a list or an answer tells it."),
    USERNAME_SHAPE: (
        "username_shape",
        "A user name has 2 to 40 of A to Z, a to z, digits and . _ -, and begins with a letter or digit.",
    ),
    EMAIL_SHAPE: ("email_shape", "This is no e-mail address. Write it like name@example.org."),
    LINK_SHAPE: ("link_shape", "This is no link. Begin it with https:// or http://, without blanks."),
    SITE_SHAPE: ("site_shape", "This is no host of a site. Write it like codabench.example.org, in small letters."),
    TEAM_SHAPE: (
        "team_shape",
        "A name begins with a letter or digit, and has letters, digits, blanks and . , ' & + ( ) - alone.",
    ),
}
#: What pydantic finds, by its own types, in words; `{}` is the bound that it tells.
FAULTS: Mapping[str, tuple[str, str]] = {
    "missing": ("It is needed, and was not sent.", ""),
    "extra_forbidden": ("There is no field of this name. Leave it out, or look at how it is written.", ""),
    "string_type": ("Send a text.", ""),
    "string_too_short": ("Write {} or more.", "min_length"),
    "string_too_long": ("Write {} or fewer.", "max_length"),
    "string_pattern_mismatch": ("This is not written as it has to be. See /v1/openapi.json for how.", ""),
    "string_unicode": ("Send text in UTF-8.", ""),
    "int_type": ("Send a whole number.", ""),
    "int_parsing": ("Send a whole number.", ""),
    "int_parsing_size": ("Send a smaller number.", ""),
    "int_from_float": ("Send a whole number.", ""),
    "float_type": ("Send a number.", ""),
    "float_parsing": ("Send a number.", ""),
    "finite_number": ("Send a number that is neither infinite nor NaN.", ""),
    "bool_type": ("Send true or false.", ""),
    "bool_parsing": ("Send true or false.", ""),
    "greater_than_equal": ("Send {} or more.", "ge"),
    "greater_than": ("Send more than {}.", "gt"),
    "less_than_equal": ("Send {} or less.", "le"),
    "less_than": ("Send less than {}.", "lt"),
    "too_short": ("Name {} or more.", "min_length"),
    "too_long": ("Name {} or fewer.", "max_length"),
    "list_type": ("Send a list.", ""),
    "tuple_type": ("Send a list.", ""),
    "set_type": ("Send a list.", ""),
    "dict_type": ("Send an object, with a value for each name.", ""),
    "model_type": ("Send an object, with a value for each field.", ""),
    "model_attributes_type": ("Send an object, with a value for each field.", ""),
    "literal_error": ("Send one of {}.", "expected"),
    "enum": ("Send one of {}.", "expected"),
    "datetime_type": ("Send a time with its offset, such as 2030-03-01T09:30:00Z.", ""),
    "datetime_parsing": ("Send a time with its offset, such as 2030-03-01T09:30:00Z.", ""),
    "datetime_from_date_parsing": ("Send a time with its offset, such as 2030-03-01T09:30:00Z.", ""),
    "datetime_object_invalid": ("Send a time with its offset, such as 2030-03-01T09:30:00Z.", ""),
    "timezone_aware": ("Send a time with its offset, such as 2030-03-01T09:30:00Z.", ""),
    "date_parsing": ("Send a day, such as 2030-03-01.", ""),
    "date_from_datetime_parsing": ("Send a day, such as 2030-03-01.", ""),
    "json_invalid": ("This is no JSON: {}.", "error"),
    "value_error": ("{}", "error"),
}


def complaint_of(error: ErrorDetails) -> Complaint:
    """The fault of a field in words, with the name of its shape or pydantic's type of the fault as its code."""
    context = error.get("ctx", {})
    place = ".".join(str(part) for part in error["loc"]) or "body"
    if shape := SHAPES.get(context.get("pattern", "")):
        return Complaint(place, Sentence(shape[1], shape[0]))
    told = {name: value for name, value in context.items() if isinstance(value, str | int | float | bool)}
    return Complaint(place, Sentence(_text(error), error["type"], told))


def _text(error: ErrorDetails) -> str:
    """Ours where a validator of ours says it, else that of its kind."""
    sentence, bound = FAULTS.get(error["type"], (error["msg"], ""))
    said = sentence.replace("{}", _told(error["type"], error.get("ctx", {}).get(bound))) if bound else sentence
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _told(type_: str, bound: Any) -> str:
    """A bound as people write it: 10,000 and not 10000, and 1 character."""
    told = f"{bound:,}" if isinstance(bound, int) else str(bound)
    return told + (" character" if bound == 1 else " characters") if type_.startswith("string_too") else told
