"""HTTP for everybody else: a Blueprint whose routes declare access, body and answer, and whose errors are problems.

Views get a Call and their path's ids, and return an answer. No view is open by omission: `access` has no default.
"""

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Generic, NotRequired, ParamSpec, TypedDict, TypeVar, Unpack, overload
from urllib.parse import unquote

from chalice.app import Blueprint, Response
from pydantic import BaseModel, ValidationError

# Before any action: whichever noun a call is about, the others' actions are not read.
from chalicelib import lazily as lazily
from chalicelib import telemetry
from chalicelib.actions.people import accounts
from chalicelib.actions.queues import runners
from chalicelib.actions.runs import leases
from chalicelib.domain.people.accounts import Account, AttemptToken
from chalicelib.errors import (
    AgonError,
    Busy,
    Complaint,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Outdated,
    QuotaExceeded,
    TooLarge,
    Unconditional,
)
from chalicelib.parameters import ID, Parameter, Value

# Every call needs the table: PynamoDB is read before the first one, while Lambda lends a whole processor.
from chalicelib.store import table as table

Sent = TypeVar("Sent")
AnyBody = TypeVar("AnyBody", bound=BaseModel)
Ids = ParamSpec("Ids")
#: The one table from errors to HTTP: status and title.
STATUS: Mapping[type[AgonError], tuple[int, str]] = {
    Invalid: (422, "What was sent is wrong"),
    NotSignedIn: (401, "Not signed in"),
    NotAllowed: (403, "Not allowed"),
    NotFound: (404, "Not found"),
    Conflict: (409, "Not possible now"),
    Outdated: (412, "Changed meanwhile"),
    Unconditional: (428, "Say what you change"),
    Busy: (503, "Too busy"),
    TooLarge: (413, "Too large"),
    QuotaExceeded: (429, "No attempt left"),
}
PROBLEM = "application/problem+json"
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000",
}
MAX_BODY_BYTES = 1024**2
#: After so long callers try again what DynamoDB was too busy for.
BUSY_SECONDS = 2
_SIGN_IN = "Sign in first: send `Authorization: Bearer` and an access token."
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,39}")


class Access(StrEnum):
    """Who may call a route. Rights on one competition are the actions' to judge."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    ADMIN = "administrator"
    RUNNER = "runner token"
    ATTEMPT = "attempt token"


class Tagged(StrEnum):
    """What an ETag is for on a route: nothing, the answer's name, who has the answer already, who changes what it names."""

    NO = "no"
    ANSWER = "ETag"
    KNOWN = "If-None-Match"
    CHANGED = "If-Match"


class Declared(TypedDict):
    """What a route declares beside its path and its body. `may_be_empty` says what an answer without content means."""

    access: Access
    answer: Any
    status: NotRequired[int]
    query: NotRequired[Sequence[Parameter[Any]]]
    errors: NotRequired[Sequence[type[AgonError]]]
    tagged: NotRequired[Tagged]
    may_be_empty: NotRequired[str]


@dataclass(frozen=True)
class Endpoint:
    """A route as declared. OpenAPI is made from these.

    `errors` are those that its action raises; what follows from access, body, query and path is not repeated there.
    """

    method: str
    path: str
    access: Access
    summary: str
    body: type[BaseModel] | None
    answer: Any
    status: int
    query: tuple[Parameter[Any], ...]
    errors: tuple[type[AgonError], ...]
    tagged: Tagged
    may_be_empty: str
    tag: str
    name: str


@dataclass(frozen=True)
class Call(Generic[Sent]):
    """One request to a route. `body` is the declared model, None where none is declared."""

    endpoint: Endpoint
    now: datetime
    token: str | None
    caller: "Account | runners.Runner | AttemptToken | None"
    body: Sent
    query: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def account(self) -> Account:
        """Who calls a route for those who are signed in. Raises NotSignedIn."""
        if not isinstance(self.caller, Account):
            raise NotSignedIn(_SIGN_IN)
        return self.caller

    @property
    def access_token(self) -> str:
        """The token that was sent. Raises NotSignedIn."""
        if self.token is None:
            raise NotSignedIn(_SIGN_IN)
        return self.token

    @property
    def visitor(self) -> Account | None:
        """Who calls a route for anyone; None for who is not signed in."""
        return self.caller if isinstance(self.caller, Account) else None

    @property
    def runner(self) -> "runners.Runner":
        """The runner that calls. Raises NotSignedIn."""
        if not isinstance(self.caller, runners.Runner):
            raise NotSignedIn(_SIGN_IN)
        return self.caller

    @property
    def attempt(self) -> AttemptToken:
        """The token of the attempt for which a runner calls. Raises NotSignedIn."""
        if not isinstance(self.caller, AttemptToken):
            raise NotSignedIn(_SIGN_IN)
        return self.caller

    @property
    def seen(self) -> str | None:
        """The ETag of the state that the caller changes (If-Match)."""
        return self.headers.get("if-match")

    @property
    def known(self) -> str | None:
        """The ETags of what the caller has (If-None-Match)."""
        return self.headers.get("if-none-match")

    def asked(self, parameter: Parameter[Value]) -> Value:
        """What the query says of a parameter that the route declares. Raises Invalid."""
        if parameter not in self.endpoint.query:
            raise LookupError(f"{self.endpoint.name} does not declare the parameter {parameter.name}.")
        return parameter.read(self.query.get(parameter.name))


View = Callable[Concatenate[Call[Sent], Ids], Any]


class Routes(Blueprint):
    """A resource's routes."""

    def __init__(self, name: str):
        super().__init__(name)
        self.tag = name.rpartition(".")[2]
        self.endpoints: list[Endpoint] = []

    def get(self, path: str, **declared: Unpack[Declared]) -> Callable[[View[None, Ids]], View[None, Ids]]:
        """Declare a route that reads."""
        return self._declare("GET", path, None, declared)

    def delete(self, path: str, **declared: Unpack[Declared]) -> Callable[[View[None, Ids]], View[None, Ids]]:
        """Declare a route that removes something."""
        return self._declare("DELETE", path, None, declared)

    @overload
    def post(self, path: str, **declared: Unpack[Declared]) -> Callable[[View[None, Ids]], View[None, Ids]]: ...
    @overload
    def post(
        self, path: str, *, body: type[AnyBody], **declared: Unpack[Declared]
    ) -> Callable[[View[AnyBody, Ids]], View[AnyBody, Ids]]: ...
    def post(self, path: str, *, body: Any = None, **declared: Unpack[Declared]) -> Any:
        """Declare a route that makes or does something."""
        return self._declare("POST", path, body, declared)

    def patch(
        self, path: str, *, body: type[AnyBody], **declared: Unpack[Declared]
    ) -> Callable[[View[AnyBody, Ids]], View[AnyBody, Ids]]:
        """Declare a route that changes something."""
        return self._declare("PATCH", path, body, declared)

    def _declare(
        self, method: str, path: str, body: type[AnyBody] | None, declared: Declared
    ) -> Callable[[View[Any, Ids]], View[Any, Ids]]:
        def decorate(view: View[Any, Ids]) -> View[Any, Ids]:
            endpoint = Endpoint(
                method=method,
                path=path,
                access=declared["access"],
                summary=(view.__doc__ or "").strip().partition("\n")[0],
                body=body,
                answer=declared["answer"],
                status=declared.get("status", 200),
                query=tuple(declared.get("query", ())),
                errors=tuple(declared.get("errors", ())),
                tagged=declared.get("tagged", Tagged.NO),
                may_be_empty=declared.get("may_be_empty", ""),
                tag=self.tag,
                name=f"{self.tag}_{view.__name__}",
            )
            self.endpoints.append(endpoint)

            @wraps(view)
            def handle(**ids: str) -> Response:
                began = time.perf_counter()
                response = respond(endpoint, view, self.current_request, ids)
                telemetry.measure(endpoint.name, response.status_code, began)
                return response

            self.route(path, methods=[method], name=endpoint.name)(handle)
            return view

        return decorate


def respond(endpoint: Endpoint, view: Callable[..., Any], request: Any, ids: Mapping[str, str]) -> Response:
    """Call a view, and turn what it returns or raises into a response."""
    try:
        call = _call(endpoint, request)
        result = view(call, **{name: _PATH.get(name, _id)(value) for name, value in ids.items()})
    except AgonError as error:
        return problem_of(error)
    if isinstance(result, Response):
        return result
    return json_response(result, 204 if result is None else endpoint.status)


def json_response(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response of type application/json; without content when `value` is None."""
    body = "" if value is None else dumps(value)
    return Response(body, {**HEADERS, **(headers or {}), "Content-Type": "application/json"}, status)


def problem_of(error: AgonError) -> Response:
    """An error as application/problem+json (RFC 9457)."""
    status, title = STATUS[type(error)]
    extra: dict[str, Any] = {}
    headers = {}
    if isinstance(error, Invalid) and error.complaints:
        extra["errors"] = [asdict(complaint) for complaint in error.complaints]
    if isinstance(error, QuotaExceeded) and error.left is not None:
        extra["left"] = dict(error.left)
    if isinstance(error, QuotaExceeded) and error.next_attempt_at:
        extra["next_attempt_at"] = error.next_attempt_at
        waiting = (error.next_attempt_at - datetime.now(UTC)).total_seconds()
        headers["Retry-After"] = str(max(1, int(waiting)))
    if isinstance(error, Busy):
        headers["Retry-After"] = str(BUSY_SECONDS)
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, title, error.detail, extra, headers)


def problem(
    status: int, title: str, detail: str, extra: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """A response of type application/problem+json."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **(extra or {})}
    return Response(dumps(body), {**HEADERS, **(headers or {}), "Content-Type": PROBLEM}, status)


def dumps(value: Any) -> str:
    """JSON of dataclasses, with times as ISO 8601 in UTC."""
    return json.dumps(asdict(value) if is_dataclass(value) and not isinstance(value, type) else value, default=_plain)


def plain_errors(event: Any, get_response: Callable[[Any], Response]) -> Response:
    """Middleware: what Chalice itself refuses or catches becomes a problem too, without a trace of the code."""
    response = get_response(event)
    if response.status_code >= 400 and response.headers.get("Content-Type") != PROBLEM:
        plain = _CHALICE.get(response.status_code, ("Not understood", "This request was not understood."))
        made = problem(response.status_code, *plain)
        response.body = made.body
        response.headers.update(made.headers)
    return response


_CHALICE = {
    405: ("Method not allowed", "This address does not know that method. See /v1/openapi.json for what it knows."),
    415: ("Unsupported media type", "Send the body as application/json."),
    500: ("Our fault", "Something broke on our side and was logged. Try again; if it stays, tell the administrators."),
}


def _call(endpoint: Endpoint, request: Any) -> Call[Any]:
    now = datetime.now(UTC)
    headers = {name.lower(): value for name, value in (request.headers or {}).items()}
    token = _token(headers.get("authorization"))
    caller = _caller(endpoint.access, token, now)
    body = _body(endpoint.body, request.raw_body) if endpoint.body else None
    query = dict(request.query_params or {})
    return Call(endpoint, now, token, caller, body, query, headers)


def _caller(access: Access, token: str | None, now: datetime) -> "Account | runners.Runner | AttemptToken | None":
    if token is None:
        if access is Access.ANYONE:
            return None
        raise NotSignedIn(_SIGN_IN)
    if access is Access.RUNNER:
        return runners.identify(token)
    if access is Access.ATTEMPT:
        return leases.read_token(token)
    account = accounts.identify(token, now)
    if access is Access.ADMIN and not account.is_admin:
        raise NotAllowed("Only an administrator of this site may do this.")
    telemetry.logger.append_keys(account=account.id)
    return account


def _token(header: str | None) -> str | None:
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("The Authorization header should read `Bearer`, a blank and an access token.")
    return token.strip()


def _body(model: type[BaseModel], raw: bytes) -> BaseModel:
    if len(raw) > MAX_BODY_BYTES:
        raise TooLarge(f"A request's body may have {MAX_BODY_BYTES:,} bytes. Files go by POST /v1/uploads.")
    try:
        return model.model_validate_json(raw or b"{}")
    except ValidationError as error:
        complaints = [
            Complaint(".".join(str(part) for part in one["loc"]) or "body", one["msg"]) for one in error.errors()[:100]
        ]
        raise Invalid("The body does not fit. Correct the fields in `errors`.", complaints) from error


def _id(text: str) -> str:
    """An id of the path, which arrives URL-encoded. What cannot be an id does not exist."""
    plain = unquote(text)
    if not ID.fullmatch(plain):
        raise NotFound("There is nothing at this address: an id has letters, digits and hyphens only.")
    return plain.lower()


def _username(text: str) -> str:
    """A user name of the path. What cannot be one does not exist."""
    plain = unquote(text)
    if not _USERNAME.fullmatch(plain):
        raise NotFound("There is nobody of this name.")
    return plain


#: What stands in a path beside ids.
_PATH: Mapping[str, Callable[[str], str]] = {"username": _username}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
