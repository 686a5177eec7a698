"""The id of the request that began something, which goes along with all that follows of it.

A call of the API has one, as `Agon-Request-Id`: its sender's, or a new one. The messages that it sends, the functions that
take them, the submission that it made and the runner that has that say the same id in their logs and calls.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "Agon-Request-Id"
#: The attribute of a message that has it.
ATTRIBUTE = "request"
_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{7,63}\Z")
_current: ContextVar[str] = ContextVar("request", default="")


def current() -> str:
    """The id of what this thread does; "" for what nobody asked for."""
    return _current.get()


def is_one(given: object) -> bool:
    """True for 8 to 64 letters, digits, hyphens and underscores: nothing else is believed, logged or sent on."""
    return isinstance(given, str) and _SHAPE.match(given) is not None


def begin(given: object = None) -> str:
    """From now on this thread works for `given`, or for a new id where that is none."""
    request = given if isinstance(given, str) and is_one(given) else secrets.token_hex(16)
    _current.set(request)
    return request


def end() -> None:
    """From now on this thread works for nobody."""
    _current.set("")


@contextmanager
def during(given: object) -> Iterator[None]:
    """A block in which this thread works for `given`, where that is an id."""
    before = _current.set(given if isinstance(given, str) and is_one(given) else "")
    try:
        yield
    finally:
        _current.reset(before)
