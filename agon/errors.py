"""Errors that a person meets at the command line.

AgonError
├── ProblemError     the API refused: status, title, detail, every complaint
├── Unreachable      the API did not answer, or something else did
├── NotConfigured    no address, or nobody is signed in
├── BadFile          what was to be sent cannot be read or packed
└── StackFailed      the local stack did not start
"""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.contract import correlation


class AgonError(Exception):
    """Ends a command with status 1; its text says what to do."""


class ProblemError(AgonError):
    """The API's application/problem+json. `errors` are mappings with a place and a message, `code` is its kind, `request`
    the id by which the site's log has it."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        errors: Sequence[Mapping[str, Any]] = (),
        code: str = "",
        request: str = "",
    ) -> None:
        super().__init__(detail or title)
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = list(errors)
        self.code = code
        self.request = request

    @classmethod
    def from_answer(cls, status: int, body: Any, request: str = "") -> "ProblemError":
        """From a response's parsed body, which may be anything, and what it calls its request."""
        value = body if isinstance(body, Mapping) else {}
        detail = value.get("detail") or value.get("message") or value.get("Message") or ""
        title, code = str(value.get("title") or f"HTTP {status}"), str(value.get("code") or "")
        known = request if correlation.is_one(request) else ""
        return cls(status, title, str(detail), value.get("errors") or (), code, known)


class Unreachable(AgonError):
    """The API did not answer after several tries, or what answered is no Agon."""


class NotConfigured(AgonError):
    """No address of an API is known, or nobody is signed in."""


class BadFile(AgonError):
    """A file or folder that was to be sent cannot be."""


class StackFailed(AgonError):
    """A part of the local stack did not start, or not in time."""
