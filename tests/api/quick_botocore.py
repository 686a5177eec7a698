"""What botocore does for each call and nobody looks at: moto checks no signature."""

from functools import cache
from typing import Any

import pytest
from botocore import auth, parsers, serialize, useragent
from botocore.client import BaseClient

from tests.api.quick_moto import plain_value

#: Who sign calls.
OF_CALLS = (auth.SigV4Auth, auth.S3SigV4Auth)

_parse = parsers.BaseJSONParser._handle_structure
_name_agent = useragent.UserAgentString.to_string
_request = auth.SigV4Auth.canonical_request
_resolve = BaseClient._resolve_endpoint_ruleset
_serialize = serialize.JSONSerializer._serialize_type_structure
_sign = auth.SigV4Auth.signature


def _parse_value(parser: parsers.BaseJSONParser, shape: Any, value: Any) -> Any:
    """Of DynamoDB's ten types of values reads the one that is there."""
    if shape.name != "AttributeValue" or type(value) is not dict:
        return _parse(parser, shape, value)
    members = shape.members
    found = ((name, told) for name, told in value.items() if name in members and told is not None)
    return {name: parser._parse_shape(members[name], told) for name, told in found}


def _unread_request(signer: auth.SigV4Auth, request: Any) -> str:
    """Nothing for the header of a call. Signed URLs and forms are of classes of their own."""
    return "" if type(signer) in OF_CALLS else str(_request(signer, request))


def _unread_signature(signer: auth.SigV4Auth, text: str, request: Any) -> str:
    return "0" * 64 if type(signer) in OF_CALLS else str(_sign(signer, text, request))


def _endpoint_of_table(client: BaseClient, operation: Any, *told: Any, **named: Any) -> Any:
    """The one address that DynamoDB has, to whatever it is asked."""
    if client.meta.service_model.service_name == "dynamodb":
        return client.meta.endpoint_url, {}, {}
    return _resolve(client, operation, *told, **named)


def _agent_once(agent: useragent.UserAgentString) -> str:
    if "text" not in vars(agent):
        vars(agent)["text"] = _name_agent(agent)
    return str(vars(agent)["text"])


def _serialize_value(serializer: serialize.JSONSerializer, serialized: Any, value: Any, shape: Any, key: Any = None) -> None:
    """Of DynamoDB's values those that are JSON already go as they are."""
    if key is not None and shape.name == "AttributeValue" and (plain := plain_value(value)) is not None:
        serialized[key] = plain
    else:
        _serialize(serializer, serialized, value, shape, key)


#: What is replaced, by what.
REPLACEMENTS: list[tuple[Any, str, Any]] = [
    (parsers.BaseJSONParser, "_handle_structure", _parse_value),
    (auth.SigV4Auth, "canonical_request", _unread_request),
    (auth.SigV4Auth, "signature", _unread_signature),
    (BaseClient, "_resolve_endpoint_ruleset", _endpoint_of_table),
    (serialize.JSONSerializer, "_serialize_type_structure", _serialize_value),
    (useragent.UserAgentString, "to_string", _agent_once),
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
