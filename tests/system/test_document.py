"""The deployed API keeps the promises of its OpenAPI document, whatever it is sent."""

import subprocess
import sys
from pathlib import Path

import pytest

from agon.client import Client
from tests.stack import DeployedStack

CHECKS = "not_a_server_error,response_schema_conformance,status_code_conformance,content_type_conformance"


@pytest.mark.timeout(1200)  # Thousands of requests, and how long they take is not what this shows.
def test_no_request_gets_an_answer_that_the_document_does_not_know(stack: DeployedStack, ada: Client) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    config = ["--config-file", str(Path(__file__).with_name("schemathesis.toml")), "--no-color"]
    words = [str(program), *config, "run", f"{stack.api_url}/v1/openapi.json", "--url", stack.api_url]
    bounds = ["--checks", CHECKS, "--phases", "coverage,fuzzing", "--max-examples", "2", "--seed", "1"]
    # Ending the session would have everything after it answered by 401.
    left_out = ["--exclude-path", "/v1/sessions/end"]
    signed_in = ["-H", f"Authorization: Bearer {ada.http.session.access_token}"]
    done = subprocess.run([*words, *bounds, *left_out, *signed_in], capture_output=True, text=True, timeout=1150)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "Test cases:" in done.stdout
