"""Answers as HTTP: values as JSON, and errors as problems (RFC 9457), by the one table of their statuses."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from chalice.app import Response

from chalicelib import telemetry
from chalicelib.contract import correlation
from chalicelib.errors import (
    AgonError,
    Busy,
    Complaint,
    Conflict,
    Incompatible,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Outdated,
    QuotaExceeded,
    Sentence,
    TooLarge,
    Unconditional,
    Unwell,
    say,
)

#: The one table from errors to HTTP: status and title.
STATUS: Mapping[type[AgonError], tuple[int, str]] = {
    Invalid: (422, "What was sent is wrong"),
    NotSignedIn: (401, "Not signed in"),
    NotAllowed: (403, "Not allowed"),
    NotFound: (404, "Not found"),
    Conflict: (409, "Not possible now"),
    Outdated: (412, "Changed meanwhile"),
    Incompatible: (426, "Another version is needed"),
    Unconditional: (428, "Say what you change"),
    Busy: (503, "Too busy"),
    Unwell: (503, "Not well"),
    TooLarge: (413, "Too large"),
    QuotaExceeded: (429, "No attempt left"),
}
PROBLEM, HTML = "application/problem+json", "text/html"
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000",
}
#: After so long callers try again what DynamoDB was too busy for.
BUSY_SECONDS = 2


def json_response(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response of type application/json; without content when `value` is None."""
    body = "" if value is None else dumps(value)
    return Response(body, {**HEADERS, **(headers or {}), "Content-Type": "application/json"}, status)


def text_response(content: str, media_type: str, known: str | None, cache: str) -> Response:
    """A text to be kept as `cache` says, under its ETag; 304 for who has it already (`known`, If-None-Match)."""
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
    headers: dict[str, str | list[str]] = {**HEADERS, "Cache-Control": cache, "ETag": etag}
    if known is not None and etag in known:
        return Response("", headers, 304)
    return Response(content, {**headers, "Content-Type": f"{media_type}; charset=utf-8"}, 200)


def page_response(content: str) -> Response:
    """A response for browsers, in which nothing runs or loads, and which no other page frames."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    return Response(content, {**HEADERS, "Content-Security-Policy": policy, "Content-Type": f"{HTML}; charset=utf-8"}, 200)


def problem_of(error: AgonError) -> Response:
    """An error as application/problem+json (RFC 9457)."""
    status, title = STATUS[type(error)]
    extra: dict[str, Any] = {}
    headers = {}
    if isinstance(error, Invalid) and error.complaints:
        extra["errors"] = [_complaint(one) for one in error.complaints]
    if isinstance(error, QuotaExceeded) and error.left is not None:
        extra["left"] = dict(error.left)
    if isinstance(error, QuotaExceeded) and error.challenge is not None:
        extra["challenge"] = asdict(error.challenge)
    if isinstance(error, QuotaExceeded) and error.next_attempt_at:
        extra["next_attempt_at"] = error.next_attempt_at
        waiting = (error.next_attempt_at - datetime.now(UTC)).total_seconds()
        headers["Retry-After"] = str(max(1, int(waiting)))
    if isinstance(error, Incompatible):
        extra["versions"] = list(error.versions)
    if isinstance(error, Unwell):
        extra["silent"] = list(error.silent)
    if isinstance(error, Busy | Unwell):
        headers["Retry-After"] = str(BUSY_SECONDS)
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, title, error.detail, error.code, extra, headers)


def problem(
    status: int,
    title: str,
    detail: Sentence,
    code: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A response of type application/problem+json. `code` is the one that programs tell it by."""
    body = {"type": "about:blank", "title": title, "status": status, "code": code, **_told(detail), **(extra or {})}
    return Response(dumps(body), {**HEADERS, **(headers or {}), "Content-Type": PROBLEM}, status)


def dumps(value: Any) -> str:
    """JSON of dataclasses, with times as ISO 8601 in UTC."""
    try:
        return orjson.dumps(value, _plain, orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME).decode()
    except TypeError:
        # Numbers of more than 64 bits, and texts that are none.
        return json.dumps(asdict(value) if is_dataclass(value) and not isinstance(value, type) else value, default=_plain)


def name_request(event: Any, get_response: Callable[[Any], Response]) -> Response:
    """Middleware: each answer names the request by the id that the log and all that follows of it have."""
    sent = {name.lower(): value for name, value in (event.headers or {}).items()}
    request = telemetry.correlate(sent.get(correlation.HEADER.lower()))
    response = get_response(event)
    response.headers[correlation.HEADER] = request
    return response


def plain_errors(event: Any, get_response: Callable[[Any], Response]) -> Response:
    """Middleware: what Chalice itself refuses or catches becomes a problem too, without a trace of the code."""
    response = get_response(event)
    if response.status_code >= 400 and response.headers.get("Content-Type") != PROBLEM:
        plain = _CHALICE.get(response.status_code, _NOT_UNDERSTOOD)
        made = problem(response.status_code, *plain, code=plain[1].code)
        response.body = made.body
        response.headers.update(made.headers)
    return response


_NOT_UNDERSTOOD = ("Not understood", say("not_understood", "This request was not understood."))
_CHALICE = {
    405: (
        "Method not allowed",
        say("method_not_allowed", "This address does not know that method. See /v1/openapi.json for what it knows."),
    ),
    415: ("Unsupported media type", say("unsupported_media_type", "Send the body as application/json.")),
    500: (
        "Our fault",
        say("broken", "Something broke on our side and was logged. Try again; if it stays, tell the administrators."),
    ),
}


def _told(sentence: Sentence) -> dict[str, Any]:
    """A sentence in English, with what says it in another language. What it tells may be a sentence, too."""
    params = {name: _told(one) if isinstance(one, Sentence) else one for name, one in sentence.params.items()}
    return {"detail": str(sentence), "sentence": sentence.code, "params": params}


def _complaint(one: Complaint) -> dict[str, Any]:
    told = _told(one.message)
    return {"place": one.place, "message": told["detail"], "code": told["sentence"], "params": told["params"]}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
