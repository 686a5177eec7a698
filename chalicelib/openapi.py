"""The OpenAPI document, made from the declared routes: nothing in it is written twice."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from chalicelib import responses as answers
from chalicelib.answers import HTML, PROBLEM, STATUS
from chalicelib.contract.version import VERSION
from chalicelib.domain.bundle import parts
from chalicelib.domain.events import kinds
from chalicelib.domain.webhooks import formats
from chalicelib.errors import AgonError, Busy, Invalid, NotAllowed, NotFound, NotSignedIn, QuotaExceeded, TooLarge
from chalicelib.http import Access, Endpoint, Tagged
from chalicelib.parameters import ID_SCHEMA
from chalicelib.requests.competitions import Patch

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the settings that are changed. Without it the answer is 428.",
    "schema": {"type": "string", "maxLength": 100},
}
_REF = "#/components/schemas/{model}"
_PARAMS: dict[str, Any] = {
    "type": "object",
    "description": "What the sentence tells: names, numbers, instants, and sentences, which have names and parameters, too.",
    "additionalProperties": {
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {
                "type": "object",
                "required": ["detail", "sentence", "params"],
                "properties": {
                    "detail": {"type": "string"},
                    "sentence": {"type": "string"},
                    "params": {"type": "object"},
                },
            },
        ]
    },
}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An error (RFC 9457). `detail` is a sentence that says what to do.",
    "required": ["type", "title", "status", "detail", "code", "sentence", "params"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {
            "type": "string",
            "description": "The kind of error, for programs. It stays when its sentence changes.",
        },
        "sentence": {
            "type": "string",
            "description": "The name of the sentence that `detail` is, for other languages. It stays when its words change.",
        },
        "params": _PARAMS,
        "errors": {
            "type": "array",
            "description": "Every complaint, each with its place in what was sent.",
            "items": {
                "type": "object",
                "required": ["place", "message", "code", "params"],
                "properties": {
                    "place": {"type": "string"},
                    "message": {"type": "string"},
                    "code": {"type": "string", "description": "The kind of fault, such as `string_too_short`."},
                    "params": _PARAMS,
                },
            },
        },
        "next_attempt_at": {"type": "string", "format": "date-time"},
        "silent": {"type": "array", "description": "The parts that do not answer.", "items": {"type": "string"}},
        "challenge": {
            "type": "object",
            "description": "How not to wait: find a number for which the sha256 of `text`, a colon and the number begins"
            " with `bits` zero bits, and send the same again with the header `Agon-Solution`: `text`, a colon, the number.",
            "required": ["text", "bits"],
            "properties": {"text": {"type": "string"}, "bits": {"type": "integer"}},
        },
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


_WEBHOOKS = "webhooks"
#: What webhooks send, and what each says.
_SENT = {
    **{str(kind): about for kind, about in kinds.ABOUT.items()},
    formats.TEST: "An organizer tries whether the address takes it.",
}
#: What is told, by how the type of an event begins.
_TOLD_OF = {
    "submission": answers.OfSubmission,
    "phase": answers.OfPhase,
    "leaderboard": answers.OfPhase,
    "participant": answers.OfParticipant,
    "competition": answers.OfCompetition,
    "webhook": answers.OfCompetition,
}
#: The headers of Standard Webhooks.
_SIGNED_BY = {
    "webhook-id": "The event's: the same whenever it is sent again.",
    "webhook-timestamp": "When it was sent, in seconds since 1970.",
    "webhook-signature": "`v1,` and the base64 of an HMAC-SHA256 by the secret, over id, timestamp and body with dots"
    " between. After a rotation there are two, with a space between.",
}


def document(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """The document, as OpenAPI 3.1. Of the same endpoints it is made once a process; it is nobody's to change."""
    return _document(_Endpoints(endpoints))


class _Endpoints(tuple[Endpoint, ...]):
    """Endpoints that are the same when they are the same objects: what they hold cannot be hashed."""

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Endpoints) and [*map(id, self)] == [*map(id, other)]


@cache
def _document(endpoints: _Endpoints) -> dict[str, Any]:
    schemas: dict[str, Any] = {"Problem": _PROBLEM}
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    # A document of some endpoints may have no editor.
    if editor := schemas.get(_body_name(Patch.__name__)):
        editor["x-parts"] = parts.schemas()
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
        "webhooks": {type_: {"post": _webhook(type_, about, schemas)} for type_, about in _SENT.items()},
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                name: {"type": "http", "scheme": "bearer", "description": text} for name, text in _SCHEME_TEXTS.items()
            },
        },
    }


def _webhook(type_: str, about: str, schemas: dict[str, Any]) -> dict[str, Any]:
    """What a webhook of the format `standard` sends of one type of event, and which answers are understood."""
    properties: dict[str, Any] = {
        "type": {"const": type_},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": _answer_schema(_TOLD_OF[type_.partition(".")[0]], schemas),
    }
    body = {"type": "object", "required": list(properties), "properties": properties}
    return {
        "operationId": f"webhook_{type_.replace('.', '_')}",
        "summary": about,
        "tags": [_WEBHOOKS],
        "security": [],
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
            for name, text in _SIGNED_BY.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "2XX": {"description": "It was taken."},
            "410": {"description": "Nobody wants it any more: the webhook is switched off."},
            "default": {"description": "It is sent again, with longer pauses, for a day."},
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
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _PATH_SCHEMAS.get(name, ID_SCHEMA),
            **({"description": _PATH_TEXTS[name]} if name in _PATH_TEXTS else {}),
        }
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]
    in_query = [
        {
            "name": one.name,
            "in": one.place,
            "required": False,
            "description": one.description,
            "schema": one.schema,
        }
        for one in endpoint.query
    ]
    in_header = [_IF_MATCH] if endpoint.tagged is Tagged.CHANGED else []
    return in_path + in_query + in_header


_PATH_TEXTS = {
    "competition": "Its slug, such as iris-2027, or its id.",
    "phase": "Its competition's slug and its index, such as iris-2027-0, or its id.",
}
_PATH_SCHEMAS = {"username": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]{1,39}$"}}


def _responses(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = _answer_schema(endpoint.answer, schemas)
    media = endpoint.media or (HTML if endpoint.page else "application/json",)
    answer = {"description": "Done.", "content": {one: {"schema": _of_media(one, schema)} for one in media}}
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


def _of_media(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an answer in one of its forms: a text of JSON is an object to who reads it."""
    return {"type": "object"} if media_type.endswith("json") and schema == {"type": "string"} else schema


def errors_of(endpoint: Endpoint) -> list[type[AgonError]]:
    """The errors that a route may answer: the errors that it declares, and those that follow from what else it declares."""
    follows: dict[type[AgonError], bool] = {
        NotSignedIn: True,
        NotAllowed: endpoint.access is Access.ADMIN,
        NotFound: "{" in endpoint.path,
        Invalid: endpoint.body is not None or any(one.place == "query" for one in endpoint.query),
        TooLarge: endpoint.body is not None,
        Busy: True,
        # Of an account, which may show its token where none is asked for.
        QuotaExceeded: endpoint.access not in (Access.RUNNER, Access.ATTEMPT),
    }
    return list(dict.fromkeys([*(error for error, holds in follows.items() if holds), *endpoint.errors]))


def _problem(title: str) -> dict[str, Any]:
    return {"description": title, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _body_schema(model: type[BaseModel], schemas: dict[str, Any]) -> dict[str, Any]:
    _, generated = models_json_schema([(model, "validation")], ref_template=_REF)
    schemas.update({_body_name(name): _renamed(schema) for name, schema in generated["$defs"].items()})
    if model is Patch:
        schemas[_body_name(model.__name__)]["x-parts"] = parts.schemas()
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
