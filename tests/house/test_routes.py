"""Every route declares what it is; every error has a status."""

import json
import re
from itertools import product

import pytest

from chalicelib import answers, errors, http, openapi, routes
from chalicelib.actions.bundles import parts
from tests import gateway
from tests.house.sources import ROOT


@pytest.mark.parametrize("endpoint", routes.endpoints(), ids=lambda endpoint: endpoint.name)
def test_a_route_declares_its_access_answer_and_one_sentence(endpoint: http.Endpoint) -> None:
    assert isinstance(endpoint.access, http.Access)
    assert endpoint.answer is not None
    assert endpoint.summary.endswith(".")
    assert endpoint.path.startswith("/v1/")


def test_access_and_answer_have_no_default() -> None:
    assert http.Declared.__required_keys__ == {"access", "answer"}


def test_the_gateway_has_room_for_each_resource() -> None:
    # "Resources per API", a quota of API Gateway's; Chalice makes one of each beginning of a path.
    paths = [endpoint.path.strip("/").split("/") for endpoint in routes.endpoints()]
    resources = {tuple(path[: end + 1]) for path in paths for end in range(len(path))}
    assert 100 < len(resources) <= 300


def test_names_of_routes_are_unique() -> None:
    names = [endpoint.name for endpoint in routes.endpoints()]
    assert len(names) == len(set(names))


#: What stands in a path in place of a variable that is no id: the words that it may be, or any that a person chose.
WORDS = {"part": list(parts.PARTS), "username": ["join", "me", "default"], "index": ["0"], "column": ["0"]}


def addresses(path: str) -> list[str]:
    """What a route is called by: its path with each word that a variable may be. Ids are made here, and are no words."""
    choices = [WORDS.get(name, ["01m86vp9f4vk8vwkkszfrnkpp9"]) for name in re.findall(r"{(\w+)}", path)]
    return [re.sub(r"{\w+}", "{}", path).format(*chosen) for chosen in product(*choices)]


@pytest.mark.parametrize("endpoint", routes.endpoints(), ids=lambda endpoint: endpoint.name)
def test_the_gateway_has_a_routes_own_resource_for_each_of_its_addresses(endpoint: http.Endpoint) -> None:
    paths = [one.path for one in routes.endpoints()]
    assert {gateway.resource_of(address, paths) for address in addresses(endpoint.path)} == {endpoint.path}


def test_the_gateway_prefers_what_is_named_literally_and_does_not_turn_back() -> None:
    paths = ["/v1/{part}/{index}", "/v1/boards/{index}/columns", "/v1/boards"]
    assert gateway.resource_of("/v1/pages/0", paths) == "/v1/{part}/{index}"
    assert gateway.resource_of("/v1/boards/0", paths) is None
    assert gateway.resource_of("/v1/boards?page=2", paths) == "/v1/boards"


def test_every_error_is_mapped_to_a_status() -> None:
    assert set(answers.STATUS) == set(errors.AgonError.__subclasses__())


def test_every_route_is_in_the_document_with_its_answer_and_its_errors() -> None:
    document = openapi.document(routes.endpoints())
    for endpoint in routes.endpoints():
        responses = document["paths"][endpoint.path][endpoint.method.lower()]["responses"]
        assert str(endpoint.status) in responses
        assert "500" in responses
        assert endpoint.access is http.Access.ANYONE or "401" in responses
        assert endpoint.body is None or "422" in responses


def test_the_document_is_made_once_a_process() -> None:
    assert openapi.document(routes.endpoints()) is openapi.document(routes.endpoints())


def test_the_consoles_copy_of_the_document_is_todays() -> None:
    # `make document` writes it anew; the console's types are made of it by each build.
    copy = json.loads((ROOT / "console/openapi.json").read_text())
    assert copy == json.loads(json.dumps(openapi.document(routes.endpoints())))
