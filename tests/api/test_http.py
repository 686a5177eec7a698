"""What every route has in common: problems, ids, headers, the OpenAPI document."""

import re

import pytest

from chalicelib import routes
from chalicelib.actions.competitions import showing
from chalicelib.answers import STATUS
from chalicelib.http import Access, Endpoint
from tests.api.conftest import Person, Site

ENDPOINTS = routes.endpoints()


def path_of(endpoint: Endpoint) -> str:
    return re.sub(r"{\w+}", "01jd8x3v6w8r2k5m7q9s1t3v5y", endpoint.path.removeprefix("/v1"))


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.access is not Access.ANYONE], ids=lambda e: e.name)
def test_a_route_that_is_not_declared_open_is_closed_to_a_stranger(site: Site, endpoint: Endpoint) -> None:
    answer = site.call(endpoint.method, path_of(endpoint), {})
    assert (answer.status, answer.body["title"]) == (401, "Not signed in")


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.access is Access.ADMIN], ids=lambda e: e.name)
def test_an_administrators_route_is_closed_to_everybody_else(ada: Person, endpoint: Endpoint) -> None:
    assert ada.call(endpoint.method, path_of(endpoint), {"name": "x"}).status == 403


@pytest.mark.parametrize(
    "endpoint", [e for e in ENDPOINTS if e.access in (Access.RUNNER, Access.ATTEMPT)], ids=lambda e: e.name
)
def test_a_persons_token_is_no_runners(ada: Person, endpoint: Endpoint) -> None:
    answer = ada.call(endpoint.method, path_of(endpoint), {"runner": "x", "protocol": 1, "step": "scoring"})
    assert answer.status in (401, 409, 422)


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.body], ids=lambda e: e.name)
def test_a_body_that_is_no_json_is_a_complaint(site: Site, admin: Person, endpoint: Endpoint) -> None:
    token = {Access.RUNNER: "agonr_default_x_y", Access.ATTEMPT: "agona_c-0.u.s"}.get(endpoint.access, admin.token)
    answer = site.call(endpoint.method, path_of(endpoint), b"\xff{", token=token)
    assert (answer.status, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_field_of_another_shape_is_told_in_words(site: Site, ada: Person) -> None:
    answer = site.call("POST", "/accounts", {"username": "a b", "password": "Correct-horse-9", "email": "nobody"})
    told = {one["place"]: one["message"] for one in answer.body["errors"]}
    assert told["username"].startswith("A user name has 2 to 40")
    assert told["email"] == "This is no e-mail address. Write it like name@example.org."


def test_a_complaint_says_its_kind_and_what_its_sentence_tells(site: Site) -> None:
    answer = site.call("POST", "/accounts", {"username": "a b", "password": "short", "email": None, "more": 1})
    told = {one["place"]: (one["code"], one["params"]) for one in answer.body["errors"]}
    assert answer.body["code"] == "body"
    assert told == {
        "username": ("username_shape", {}),
        "password": ("string_too_short", {"min_length": 10}),
        "email": ("string_type", {}),
        "more": ("extra_forbidden", {}),
    }


def test_each_error_has_a_code_of_its_own_that_stays(site: Site, ada: Person) -> None:
    kinds = {error.__name__: error("Why.").code for error in STATUS}
    assert kinds == {
        "Invalid": "invalid",
        "NotSignedIn": "not_signed_in",
        "NotAllowed": "not_allowed",
        "NotFound": "not_found",
        "Conflict": "conflict",
        "Outdated": "outdated",
        "Incompatible": "incompatible",
        "Unconditional": "unconditional",
        "Unwell": "unwell",
        "Busy": "busy",
        "TooLarge": "too_large",
        "QuotaExceeded": "quota_exceeded",
    }
    assert site.call("GET", "/me").body["code"] == "sign_in_first"
    assert ada.call("GET", "/submissions/none").body["code"] == "not_found"


@pytest.mark.parametrize("id_", ["%2e%2e", "a%00b", "<script>", "x" * 81, "%F0%9F%92%A9"])
def test_what_cannot_be_an_id_does_not_exist(site: Site, id_: str) -> None:
    answer = site.call("GET", f"/competitions/{id_}")
    assert answer.status == 404


def test_an_exception_shows_no_trace_of_the_code(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing.publication, "LISTED", object())
    answer = site.call("GET", "/competitions")
    assert answer.status == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in str(answer.body)
    assert "object" not in str(answer.body)


def test_answers_are_not_kept_by_caches_and_not_guessed_by_browsers(site: Site) -> None:
    headers = site.call("GET", "/site").headers
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")


def test_a_console_on_another_origin_may_read_the_etag_and_send_it_back(site: Site) -> None:
    headers = site.call("GET", "/competitions").headers
    assert headers["access-control-allow-origin"] == "*"
    assert "If-None-Match" in headers["access-control-allow-headers"]
    assert headers["access-control-expose-headers"] == "ETag,Agon-Request-Id"


def test_a_body_above_the_limit_is_refused(site: Site) -> None:
    assert site.call("POST", "/sessions", b'"' + b"x" * 2**20 + b'"').status == 413


def test_the_document_is_valid_and_knows_every_route(site: Site) -> None:
    document = site.call("GET", "/openapi.json").body
    # Reads grammars for two seconds, which not every process of the tests is to do.
    from openapi_spec_validator import validate

    validate(document)
    documented = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert documented == {(endpoint.method, endpoint.path) for endpoint in ENDPOINTS}
