"""What is wrong with a body, in sentences: pydantic's own words reach nobody."""

from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core._pydantic_core import list_all_errors

from chalicelib import requests
from chalicelib.requests import faults
from chalicelib.requests.fields import Body


def told(model: type[Body], sent: str) -> dict[str, str]:
    with pytest.raises(ValidationError) as refused:
        model.model_validate_json(sent)
    return {one.place: one.message for one in map(faults.complaint_of, refused.value.errors())}


@pytest.mark.parametrize(
    ("model", "sent", "expected"),
    [
        (requests.Announce, "{}", {"title": "It is needed, and was not sent.", "text": "It is needed, and was not sent."}),
        (requests.Announce, '{"title": 1, "text": "x", "mail": "maybe"}',
         {"title": "Send a text.", "mail": "Send true or false."}),
        (requests.Announce, '{"title": "", "text": "x"}', {"title": "Write 1 character or more."}),
        (requests.Announce, '{"title": "T", "text": "x", "mial": true}',
         {"mial": "There is no field of this name. Leave it out, or look at how it is written."}),
        (requests.NewPost, f'{{"text": "{"x" * 10_001}"}}', {"text": "Write 10,000 characters or fewer."}),
        (requests.DecideReport, '{"decision": "burnt", "reason": "x"}', {"decision": "Send one of 'deleted' or 'kept'."}),
        (requests.MarkThread, '{"answer": 1}', {"answer": "Send 2 or more."}),
        (requests.MarkThread, '{"answer": 2.5}', {"answer": "Send a whole number."}),
        (requests.ReadInbox, '{"through": "A B"}', {"through": "This is no id. Take it as a list or an answer tells it."}),
        (requests.NewPost, '{"text": " "}', {"text": "Nothing stands here. Write something."}),
        (requests.NewPost, "{", {"body": "This is no JSON: EOF while parsing an object at line 1 column 1."}),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_that_says_what_to_do(model: type[Body], sent: str, expected: dict[str, str]) -> None:
    assert told(model, sent) == expected


def test_whatever_a_field_of_a_body_may_have_wrong_is_in_our_words() -> None:
    kinds = {core for schema in bodies() for core in faults_of(schema)}
    assert {"missing", "string_too_long", "literal_error"} <= kinds
    known = {one["type"] for one in list_all_errors()}
    assert set(faults.FAULTS) <= known
    assert kinds <= set(faults.FAULTS), sorted(kinds - set(faults.FAULTS))


def bodies() -> list[type[Body]]:
    return [one for one in vars(requests).values() if isinstance(one, type) and issubclass(one, Body) and one is not Body]


#: By a schema's type, what may be wrong with it; and by its bounds.
OF_TYPE: dict[str, set[str]] = {
    "str": {"string_type"}, "int": {"int_type", "int_from_float"}, "float": {"float_type", "finite_number"},
    "bool": {"bool_type", "bool_parsing"}, "list": {"list_type"}, "dict": {"dict_type"},
    "literal": {"literal_error"}, "datetime": {"datetime_type", "datetime_from_date_parsing", "timezone_aware"},
    "model": {"model_type", "missing", "extra_forbidden"},
}  # fmt: skip
OF_BOUND = {
    ("str", "min_length"): "string_too_short", ("str", "max_length"): "string_too_long",
    ("str", "pattern"): "string_pattern_mismatch", ("list", "min_length"): "too_short", ("list", "max_length"): "too_long",
    ("dict", "max_length"): "too_long", ("dict", "min_length"): "too_short",
    **{(kind, bound): name for kind in ("int", "float") for bound, name in (
        ("ge", "greater_than_equal"), ("gt", "greater_than"), ("le", "less_than_equal"), ("lt", "less_than"))},
}  # fmt: skip


def faults_of(model: type[Body]) -> set[str]:
    """The types of all errors that pydantic may find in a body, of its own schema."""
    model.model_rebuild()
    found = set[str]()

    def look(schema: Any) -> None:
        if isinstance(schema, dict):
            kind = schema.get("type")
            if isinstance(kind, str):
                found.update(OF_TYPE.get(kind, set()))
                found.update(name for (of, bound), name in OF_BOUND.items() if of == kind and schema.get(bound) is not None)
            for part in schema.values():
                look(part)
        elif isinstance(schema, list | tuple):
            for part in schema:
                look(part)

    look(model.__pydantic_core_schema__)
    return found
