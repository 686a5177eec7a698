"""Every route declares what it is; every error has a status."""

import json

import pytest

from chalicelib import errors, http, openapi, routes
from tests.house.sources import ROOT


@pytest.mark.parametrize("endpoint", routes.endpoints(), ids=lambda endpoint: endpoint.name)
def test_a_route_declares_its_access_answer_and_one_sentence(endpoint: http.Endpoint) -> None:
    assert isinstance(endpoint.access, http.Access)
    assert endpoint.answer is not None
    assert endpoint.summary.endswith(".")
    assert endpoint.path.startswith("/v1/")


def test_access_and_answer_have_no_default() -> None:
    assert http.Declared.__required_keys__ == {"access", "answer"}


def test_names_of_routes_are_unique() -> None:
    names = [endpoint.name for endpoint in routes.endpoints()]
    assert len(names) == len(set(names))


def test_every_error_is_mapped_to_a_status() -> None:
    assert set(http.STATUS) == set(errors.AgonError.__subclasses__())


def test_every_route_is_in_the_document_with_its_answer_and_its_errors() -> None:
    document = openapi.document(routes.endpoints())
    for endpoint in routes.endpoints():
        responses = document["paths"][endpoint.path][endpoint.method.lower()]["responses"]
        assert str(endpoint.status) in responses
        assert "500" in responses
        assert endpoint.access is http.Access.ANYONE or "401" in responses
        assert endpoint.body is None or "422" in responses


def test_the_consoles_copy_of_the_document_is_todays() -> None:
    # `make document` writes it anew, and the console's types from it.
    copy = json.loads((ROOT / "console/openapi.json").read_text())
    assert copy == json.loads(json.dumps(openapi.document(routes.endpoints())))
