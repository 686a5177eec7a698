"""The OpenAPI document, made from the declared routes: nothing in it is written twice."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from chalicelib.contract.version import VERSION
from chalicelib.errors import AgonError, Busy, Invalid, NotAllowed, NotFound, NotSignedIn, TooLarge
from chalicelib.http import PROBLEM, STATUS, Access, Endpoint, Tagged
from chalicelib.parameters import ID_SCHEMA

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the settings that are changed. Without it the answer is 428.",
    "schema": {"type": "string", "maxLength": 100},
}
_REF = "#/components/schemas/{model}"
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An error (RFC 9457). `detail` is a sentence that says what to do.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Every complaint, each with its place in what was sent.",
            "items": {
                "type": "object",
                "required": ["place", "message"],
                "properties": {"place": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "next_attempt_at": {"type": "string", "format": "date-time"},
    },
}
_SCHEMES = {
    Access.SIGNED_IN: "account",
    Access.ADMIN: "account",
    Access.RUNNER: "runner",
    Access.ATTEMPT: "attempt",
}
_SCHEME_TEXTS = {
    "account": "The access token of a sign-in, or a personal access token (`agon_…`).",
    "runner": "A queue's runner token (`agonr_…`).",
    "attempt": "The token of one attempt, from its claim (`agona_…`).",
}


def document(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """The document, as OpenAPI 3.1."""
    return _document(tuple(id(endpoint) for endpoint in endpoints), _Endpoints(endpoints))


class _Endpoints(tuple[Endpoint, ...]):
    """Hashable by identity, so that the document is made once a process."""

    __hash__ = object.__hash__


@cache
def _document(_identity: tuple[int, ...], endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    schemas: dict[str, Any] = {"Problem": _PROBLEM}
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Agon",
            "version": VERSION,
            "description": "Machine-learning competitions without servers.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": ".."}],
        "tags": [{"name": tag} for tag in dict.fromkeys(endpoint.tag for endpoint in endpoints)],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                name: {"type": "http", "scheme": "bearer", "description": text} for name, text in _SCHEME_TEXTS.items()
            },
        },
    }


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "security": _security(endpoint),
        "responses": _responses(endpoint, schemas),
    }
    if parameters := _parameters(endpoint):
        operation["parameters"] = parameters
    if endpoint.body is not None:
        schema = _body_schema(endpoint.body, schemas)
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _security(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    if endpoint.access is Access.ANYONE:
        # A token is not asked for, yet one that is sent is checked: it may show more.
        return [{}, {"account": []}]
    return [{_SCHEMES[endpoint.access]: []}]


def _parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": _PATH_SCHEMAS.get(name, ID_SCHEMA)}
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]
    in_query = [
        {"name": one.name, "in": "query", "required": False, "description": one.description, "schema": one.schema}
        for one in endpoint.query
    ]
    in_header = [_IF_MATCH] if endpoint.tagged is Tagged.CHANGED else []
    return in_path + in_query + in_header


_PATH_SCHEMAS = {"username": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]{1,39}$"}}


def _responses(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = _answer_schema(endpoint.answer, schemas)
    answer = {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    responses: dict[str, Any] = {str(endpoint.status): answer}
    if endpoint.tagged is not Tagged.NO:
        answer["headers"] = {"ETag": {"description": "Names this state.", "schema": {"type": "string"}}}
    if endpoint.tagged is Tagged.KNOWN:
        responses["304"] = {"description": "It has not changed."}
    if endpoint.may_be_empty:
        responses["204"] = {"description": endpoint.may_be_empty}
    for error in errors_of(endpoint):
        status, title = STATUS[error]
        responses[str(status)] = _problem(title)
    return responses | {"500": _problem("Our fault")}


def errors_of(endpoint: Endpoint) -> list[type[AgonError]]:
    """What a route may answer: the errors that it declares, and those that follow from what else it declares."""
    follows: dict[type[AgonError], bool] = {
        NotSignedIn: True,
        NotAllowed: endpoint.access is Access.ADMIN,
        NotFound: "{" in endpoint.path,
        Invalid: endpoint.body is not None or bool(endpoint.query),
        TooLarge: endpoint.body is not None,
        Busy: True,
    }
    return list(dict.fromkeys([*(error for error, holds in follows.items() if holds), *endpoint.errors]))


def _problem(title: str) -> dict[str, Any]:
    return {"description": title, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _body_schema(model: type[BaseModel], schemas: dict[str, Any]) -> dict[str, Any]:
    _, generated = models_json_schema([(model, "validation")], ref_template=_REF)
    schemas.update({_body_name(name): _renamed(schema) for name, schema in generated["$defs"].items()})
    return {"$ref": _REF.format(model=_body_name(model.__name__))}


def _body_name(name: str) -> str:
    return f"{name}Body"


def _renamed(schema: Any) -> Any:
    """Bodies and answers may share a name, so a body's references get its suffix too. Left out is not the same as null."""
    if isinstance(schema, dict):
        return {
            key: f"{value}Body" if key == "$ref" and isinstance(value, str) else _renamed(value)
            for key, value in schema.items()
            if (key, value) != ("default", None)
        }
    return [_renamed(item) for item in schema] if isinstance(schema, list) else schema


def _answer_schema(answer: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = TypeAdapter(answer).json_schema(mode="serialization", ref_template=_REF)
    for name, part in schema.pop("$defs", {}).items():
        _add(name, part, schemas)
    if not hasattr(answer, "__dataclass_fields__"):
        return dict(schema)
    _add(answer.__name__, schema, schemas)
    return {"$ref": _REF.format(model=answer.__name__)}


def _add(name: str, schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Two answers under one name would have the document promise the one and the API give the other."""
    if schemas.setdefault(name, schema) != schema:
        raise ValueError(f"Two answers are called {name}. Give one of them another name.")
