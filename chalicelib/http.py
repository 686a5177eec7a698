"""HTTP for everybody else: a Blueprint whose routes declare access, body and answer, and whose errors are problems.

Views get a Call and their path's ids, and return an answer. No view is open by omission: `access` has no default.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
from chalicelib.actions.competitions import slugs
from chalicelib.actions.people import accounts, pace
from chalicelib.actions.queues import runners
from chalicelib.actions.runs import leases
from chalicelib.answers import json_response, problem_of
from chalicelib.cookies import cookie_of
from chalicelib.domain.people.accounts import NOBODY, Account, AttemptToken
from chalicelib.errors import AgonError, Invalid, NotAllowed, NotFound, NotSignedIn, TooLarge, say
from chalicelib.parameters import ID, Parameter, Value
from chalicelib.requests.faults import complaint_of

# Every call needs the table: PynamoDB is read before the first one, while Lambda lends a whole processor.
from chalicelib.store import table as table

Sent = TypeVar("Sent")
AnyBody = TypeVar("AnyBody", bound=BaseModel)
Ids = ParamSpec("Ids")
MAX_BODY_BYTES = 1024**2
#: Browsers ask anew each time; what serves many of them need not for ten seconds.
_SHARED = "public, max-age=0, s-maxage=10"
_SECOND_STEP = say(
    "second_step_needed",
    "Administrators of this site show a code of an authenticator, too. Turn that on at your account "
    "(`agon account second-step --on`), or sign in with a code.",
)
_SIGN_IN = say("sign_in_first", "Sign in first: send `Authorization: Bearer` and an access token.")
#: What browsers send of a form, beside what everybody else does. Mail programs unsubscribe by one (RFC 8058).
_FORMS = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json", "text/plain"]
#: An account's, or with a `~` that of whom another site told (domain/submissions/origin.py).
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,39}(~[a-z0-9.:-]{1,60})?")


class Access(StrEnum):
    """The callers of a route. Rights on one competition are the actions' to judge."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    ADMIN = "administrator"
    RUNNER = "runner token"
    ATTEMPT = "attempt token"


class Tagged(StrEnum):
    """The purpose of an ETag on a route: nothing, the answer's name, who has the answer already, who changes what it
    names."""

    NO = "no"
    ANSWER = "ETag"
    KNOWN = "If-None-Match"
    CHANGED = "If-Match"


class Declared(TypedDict):
    """The declaration of a route beside its path and its body. `may_be_empty` says what an answer without content means.

    A `page` is for browsers: it answers HTML, and a form may be sent to it. Other texts than JSON say their `media` types.
    What is `shared` is told everybody alike who is not signed in, and may be kept for them on the way (ADR 47).
    """

    access: Access
    answer: Any
    status: NotRequired[int]
    query: NotRequired[Sequence[Parameter[Any]]]
    errors: NotRequired[Sequence[type[AgonError]]]
    tagged: NotRequired[Tagged]
    may_be_empty: NotRequired[str]
    page: NotRequired[bool]
    shared: NotRequired[bool]
    media: NotRequired[Sequence[str]]


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
    page: bool
    shared: bool
    media: tuple[str, ...]
    tag: str
    name: str


@dataclass(frozen=True)
class Call(Generic[Sent]):
    """One request to a route. `body` is the declared model, None where none is. `origin` is the caller's network address."""

    endpoint: Endpoint
    now: datetime
    token: str | None
    caller: "Account | runners.Runner | AttemptToken | None"
    body: Sent
    query: Mapping[str, str]
    headers: Mapping[str, str]
    address: str = ""
    origin: str = ""

    @property
    def account(self) -> Account:
        """The account that calls a route for those who are signed in. Raises NotSignedIn."""
        if not isinstance(self.caller, Account):
            raise NotSignedIn(_SIGN_IN, "sign_in_first")
        return self.caller

    @property
    def access_token(self) -> str:
        """The token that was sent. Raises NotSignedIn."""
        if self.token is None:
            raise NotSignedIn(_SIGN_IN, "sign_in_first")
        return self.token

    @property
    def user_agent(self) -> str:
        """The word of the caller on the program that it calls with; empty for who says nothing."""
        return self.headers.get("user-agent", "")

    @property
    def visitor(self) -> Account | None:
        """The account that calls a route for anyone; None for who is not signed in."""
        return self.caller if isinstance(self.caller, Account) else None

    @property
    def runner(self) -> "runners.Runner":
        """The runner that calls. Raises NotSignedIn."""
        if not isinstance(self.caller, runners.Runner):
            raise NotSignedIn(_SIGN_IN, "sign_in_first")
        return self.caller

    @property
    def attempt(self) -> AttemptToken:
        """The token of the attempt for which a runner calls. Raises NotSignedIn."""
        if not isinstance(self.caller, AttemptToken):
            raise NotSignedIn(_SIGN_IN, "sign_in_first")
        return self.caller

    @property
    def root(self) -> str:
        """The API's own address, as the caller knows it: what stands before /v1."""
        return self.address.partition("/v1/")[0]

    @property
    def seen(self) -> str | None:
        """The ETag of the state that the caller changes (If-Match)."""
        return self.headers.get("if-match")

    @property
    def known(self) -> str | None:
        """The ETags of what the caller has (If-None-Match)."""
        return self.headers.get("if-none-match")

    def asked(self, parameter: Parameter[Value]) -> Value:
        """The value that the query has of a parameter that the route declares. Raises Invalid."""
        if parameter not in self.endpoint.query:
            raise LookupError(f"{self.endpoint.name} does not declare the parameter {parameter.name}.")
        return parameter.read(self._given(parameter))

    def _given(self, parameter: Parameter[Any]) -> str | None:
        if parameter.place == "header":
            return self.headers.get(parameter.name.lower())
        return cookie_of(self.headers, parameter.name) if parameter.place == "cookie" else self.query.get(parameter.name)


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
                page=declared.get("page", False),
                shared=declared.get("shared", False),
                media=tuple(declared.get("media", ())),
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

            sent = {"content_types": _FORMS} if endpoint.page else {}
            self.route(path, methods=[method], name=endpoint.name, **sent)(handle)
            return view

        return decorate


def respond(endpoint: Endpoint, view: Callable[..., Any], request: Any, ids: Mapping[str, str]) -> Response:
    """Call a view, and turn what it returns or raises into a response."""
    try:
        call = _call(endpoint, request)
        result = view(call, **{name: _PATH.get(name, _id)(value) for name, value in ids.items()})
    except AgonError as error:
        return problem_of(error)
    response = result if isinstance(result, Response) else json_response(result, 204 if result is None else endpoint.status)
    if endpoint.shared and _is_anybody(endpoint, call):
        response.headers["Cache-Control"] = _SHARED
    return response


def _is_anybody(endpoint: Endpoint, call: Call[Any]) -> bool:
    """True for a caller of whom nothing is known: no token, no cookie, and no secret that opens more."""
    secrets = {parameter.name.lower() for parameter in endpoint.query if parameter.place == "header"}
    return call.token is None and not call.headers.keys() & (secrets | {"cookie"})


def _call(endpoint: Endpoint, request: Any) -> Call[Any]:
    now = datetime.now(UTC)
    headers = {name.lower(): value for name, value in (request.headers or {}).items()}
    token = _token(headers.get("authorization"))
    origin = str((request.context.get("identity") or {}).get("sourceIp") or "")
    caller = _caller(endpoint.access, token, origin, now)
    body = _body(endpoint.body, request.raw_body) if endpoint.body else None
    query = dict(request.query_params or {})
    # API Gateway says how it was called; emulators of this machine, which know no TLS, say nothing.
    address = f"{headers.get('x-forwarded-proto', 'http')}://{headers.get('host', '')}{request.context.get('path', '')}"
    return Call(endpoint, now, token, caller, body, query, headers, address, origin)


def _caller(
    access: Access, token: str | None, origin: str, now: datetime
) -> "Account | runners.Runner | AttemptToken | None":
    if token is None:
        if access is Access.ANYONE:
            return None
        raise NotSignedIn(_SIGN_IN, "sign_in_first")
    if access is Access.RUNNER:
        return runners.identify(token)
    if access is Access.ATTEMPT:
        return leases.read_token(token)
    account = accounts.identify(token, now, origin)
    pace.count(account.id, now)
    if access is Access.ADMIN and not account.is_admin:
        raise NotAllowed(
            _SECOND_STEP
            if account.lacks_second_step
            else say("administrators_only", "Only an administrator of this site may do this.")
        )
    telemetry.logger.append_keys(account=account.id)
    return account


def _token(header: str | None) -> str | None:
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn(
            say("authorization_shape", "The Authorization header should read `Bearer`, a blank and an access token.")
        )
    return token.strip()


def _body(model: type[BaseModel], raw: bytes) -> BaseModel:
    if len(raw) > MAX_BODY_BYTES:
        raise TooLarge(
            say(
                "body_too_large",
                "A request's body may have {most:,} bytes. Files go by POST /v1/uploads.",
                most=MAX_BODY_BYTES,
            )
        )
    try:
        return model.model_validate_json(raw or b"{}")
    except ValidationError as error:
        complaints = [complaint_of(one) for one in error.errors()[:100]]
        raise Invalid(
            say("body", "The body does not fit. Correct the fields that are named."), complaints, "body"
        ) from error


def _id(text: str) -> str:
    """An id of the path, which arrives URL-encoded. What cannot be an id does not exist."""
    plain = unquote(text)
    if not ID.fullmatch(plain):
        raise NotFound(say("no_such_id", "There is nothing at this address: an id has letters, digits and hyphens only."))
    return plain.lower()


def _competition(text: str) -> str:
    """The id of a competition, which the path has or a slug stands for: that costs a call."""
    return slugs.resolve(_id(text))


def _phase(text: str) -> str:
    """The id of a phase, which the path has, or its competition's slug and its index."""
    return slugs.resolve_phase(_id(text))


def _username(text: str) -> str:
    """A user name of the path. What cannot be one does not exist."""
    plain = unquote(text)
    if not _USERNAME.fullmatch(plain):
        raise NotFound(NOBODY)
    return plain


#: What stands in a path beside ids.
_PATH: Mapping[str, Callable[[str], str]] = {"competition": _competition, "phase": _phase, "username": _username}
