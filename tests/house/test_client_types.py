"""What the client's answers hold is said by the OpenAPI document alone."""

import json
import re

import pytest
from mypy import api as mypy

from infra.setup import client_types
from tests.house.sources import ROOT

DOCUMENT = json.loads((ROOT / "console" / "openapi.json").read_text("utf-8"))
#: Each use of a client, and what mypy says of it.
USES = {
    'client.me()["username"]': "",
    'client.me()["nickname"]': 'TypedDict "Me" has no key "nickname"',
    'client.http.call("GET", "/me")["id"]': "",
    'client.http.call("GET", "/me/nickname")': "No overload variant",
    'client.http.call("GET", "/phases/{phase}/quota")': "No overload variant",
    'client.submission("s")["queue"]["place"]': "is not indexable",
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What mypy says of each use."""
    file = tmp_path_factory.mktemp("use") / "use.py"
    lines = ["from agon.client import Client", "client = Client('https://agon.example/api')", *USES]
    file.write_text("\n".join(lines))
    said, _, _ = mypy.run(["--config-file", str(ROOT / "pyproject.toml"), "--follow-imports=silent", str(file)])
    found = re.findall(r"use\.py:(\d+): error: (.*)$", said, re.MULTILINE)
    assert found, said
    return {lines[int(number) - 1]: message for number, message in found}


def test_the_clients_types_are_those_of_the_document() -> None:
    assert client_types.text(DOCUMENT) == (ROOT / "agon" / "api_types.pyi").read_text("utf-8"), "Run `make document`."


@pytest.mark.parametrize("use", USES)
def test_a_use_that_the_document_does_not_allow_fails_the_type_check(use: str, complaints: dict[str, str]) -> None:
    found = complaints.get(use, "")
    assert USES[use] in found
    assert bool(found) == bool(USES[use])
