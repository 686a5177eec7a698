"""What botocore does for each call and nobody looks at: moto checks no signature."""

from functools import cache
from typing import Any

import pytest
from botocore import auth, parsers, useragent

_parse = parsers.BaseJSONParser._handle_structure
_request = auth.SigV4Auth.canonical_request
_sign = auth.SigV4Auth.signature


def _parse_value(parser: parsers.BaseJSONParser, shape: Any, value: Any) -> Any:
    """Of DynamoDB's ten types of values reads the one that is there."""
    if shape.name != "AttributeValue" or type(value) is not dict:
        return _parse(parser, shape, value)
    members = shape.members
    found = ((name, told) for name, told in value.items() if name in members and told is not None)
    return {name: parser._parse_shape(members[name], told) for name, told in found}


def _unread_request(signer: auth.SigV4Auth, request: Any) -> str:
    """Nothing for the header of a call. Signed URLs and forms, and what is sent to S3, are of classes of their own."""
    return "" if type(signer) is auth.SigV4Auth else str(_request(signer, request))


def _unread_signature(signer: auth.SigV4Auth, text: str, request: Any) -> str:
    return "0" * 64 if type(signer) is auth.SigV4Auth else str(_sign(signer, text, request))


#: What is replaced, by what.
REPLACEMENTS: list[tuple[Any, str, Any]] = [
    (parsers.BaseJSONParser, "_handle_structure", _parse_value),
    (auth.SigV4Auth, "canonical_request", _unread_request),
    (auth.SigV4Auth, "signature", _unread_signature),
    (useragent, "sanitize_user_agent_string_component", cache(useragent.sanitize_user_agent_string_component)),
]
_FORMER = [(owner, name, vars(owner)[name]) for owner, name, _ in REPLACEMENTS]


def install(patch: pytest.MonkeyPatch) -> None:
    """Put each of them in place."""
    for owner, name, quick in REPLACEMENTS:
        patch.setattr(owner, name, quick)


def remove(patch: pytest.MonkeyPatch) -> None:
    """Have botocore as it comes."""
    for owner, name, former in _FORMER:
        patch.setattr(owner, name, former)
