"""JSON of strangers: how deep it is before it is parsed, and in which line it breaks off being JSON."""

import json
import re
from typing import Any

from chalicelib.contract import limits
from chalicelib.contract.expected.lines import Broken

# Possessive: a text in it that may be given back letter by letter takes a hundred times its size in memory.
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_TOKEN = re.compile(
    r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'
    r"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.+-])"
    r"|(?:true|false|null)(?![0-9A-Za-z])|[\[\]{}:,]"
)
_BLANK = re.compile(r"[ \t\r\n]*")
_OPEN = {"{": "}", "[": "]"}


def parse(text: str, first_line: int = 1) -> Any:
    """The value, with every number as a float. Raises Broken, with the line."""
    if _is_too_deep(text):
        raise Broken("deep_json", None, limits.MAX_CHECKED_DEPTH)
    try:
        return json.loads(text, parse_int=float, parse_constant=_refuse)
    except ValueError as error:
        raise Broken("broken_json", first_line + text.count("\n", 0, _broken_at(text))) from error


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _is_too_deep(text: str) -> bool:
    most = limits.MAX_CHECKED_DEPTH
    if text.count("[") + text.count("{") <= most:
        return False
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > most:
            return True
    return False


def _broken_at(text: str) -> int:
    """Where the first word stands that cannot stand there; the end, where one lacks."""
    at, wants, closing = 0, "value", list[str]()
    while True:
        found = _BLANK.match(text, at)
        at = found.end() if found else at
        token = _TOKEN.match(text, at)
        if token is None:
            return at
        following = _next(wants, token[0], closing)
        if following is None:
            return at
        at, wants = token.end(), following


def _next(wants: str, token: str, closing: list[str]) -> str | None:
    """What may follow a token, where this may stand; None where it may not."""
    if wants == "colon":
        return "value" if token == ":" else None
    if closing and token == closing[-1] and wants in ("first value", "first key", "comma"):
        closing.pop()
        return "comma"
    if wants == "comma":
        if token != "," or not closing:
            return None
        return "key" if closing[-1] == "}" else "value"
    if wants.endswith("key"):
        return "colon" if token[0] == '"' else None
    if token in _OPEN:
        closing.append(_OPEN[token])
        return "first key" if token == "{" else "first value"
    return None if token in "]}:," else "comma"
