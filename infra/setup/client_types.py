"""Types for the client, made from the OpenAPI document: what each call answers, and which calls there are.

A stub, which type checkers alone read: at the start of the command line it costs nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

_HEAD = '''\
"""What the API answers. Made from the OpenAPI document by `make document`; not to be edited."""

# ruff: noqa: E501

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, Protocol, TypedDict, overload

Params = Mapping[str, str | int]
'''
_CALL = '''
class Call(Protocol):
    """A call of each route, and its answer."""
'''
_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_PREFIX = "/v1"

_Schema = Mapping[str, Any]


def text(document: _Schema) -> str:
    """The stub as it stands in the file."""
    calls = [
        (method.upper(), path.removeprefix(_PREFIX), _type(_answer(operation)))
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if _answer(operation)
    ]
    schemas: _Schema = document["components"]["schemas"]
    reached: set[str] = set()
    for _, _, answer in calls:
        _reach(answer, schemas, reached)
    answers = [_typed_dict(name, schema) for name, schema in schemas.items() if name in reached]
    return "\n".join([_HEAD, *answers, _CALL, *map(_overload, calls), ""])


def _answer(operation: _Schema) -> _Schema:
    """The schema of what a route answers when all is well; an empty one for a page, which is for browsers."""
    good = next(response for status, response in operation["responses"].items() if status.startswith("2"))
    schema: _Schema = good["content"].get("application/json", {}).get("schema", {})
    return schema


def _reach(type_: str, schemas: _Schema, reached: set[str]) -> None:
    """Add the names of the schemas that a type is made of, at whatever depth."""
    for name in re.findall(r"\w+", type_):
        if name in schemas and name not in reached:
            reached.add(name)
            for field in schemas[name].get("properties", {}).values():
                _reach(_type(field), schemas, reached)


def _typed_dict(name: str, schema: _Schema) -> str:
    required = schema.get("required", ())
    fields = [
        f"    {field}: {_type(value) if field in required else f'NotRequired[{_type(value)}]'}"
        for field, value in schema.get("properties", {}).items()
    ]
    return "\n".join([f"\nclass {name}(TypedDict):", *(fields or ["    pass"])])


def _type(schema: _Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(map(_type, schema["anyOf"])))
    if "enum" in schema:
        return f"Literal[{', '.join(map(_literal, schema['enum']))}]"
    match schema.get("type"):
        case "array":
            return f"list[{_type(schema['items'])}]"
        case "object":
            values = schema.get("additionalProperties")
            return f"dict[str, {_type(values) if isinstance(values, Mapping) else 'Any'}]"
        case kind:
            return _SCALARS.get(str(kind), "Any")


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _overload(call: tuple[str, str, str]) -> str:
    method, path, answer = call
    asked = f'method: Literal["{method}"], path: Literal["{path}"]'
    more = "body: object = ..., params: Params | None = ..., repeatable: bool = ..."
    names = [f"{name}: str" for name in re.findall(r"{(\w+)}", path)]
    parameters = ", ".join(["self", asked, more, *(["*", *names] if names else [])])
    return f"    @overload\n    def __call__({parameters}) -> {answer}: ..."
