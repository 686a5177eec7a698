"""The deployed local stack as fixtures, for every suite that needs the real parts. Nothing starts before it is asked for."""

import dataclasses
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from docker import APIClient
from docker.errors import DockerException, ImageNotFound

from agon import config
from agon.client import Client
from agon.local import console, process
from agon.local.demo import Demo
from agon.local.stack import ORGANIZER, Stack

IMAGE = "agon.internal/competition:1"
#: The sweeper comes once a minute, and a runner starts a container first.
PATIENCE_SECONDS = 120


@dataclasses.dataclass
class DeployedStack:
    """The packaged stack on an emulator of its own, with IAM enforced."""

    local: Stack

    @property
    def api_url(self) -> str:
        """The API's address, without /v1."""
        return self.local.api

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the CloudFormation stack."""
        return self.local.outputs

    @property
    def console_url(self) -> str:
        """The console's address; it is served from the first time that somebody asks."""
        if reason := console.missing():
            missing(reason)
        return str(self.local.serve_console(process.free_port()))

    def keeps_what_is_read(self) -> None:
        """Skip a test that looks into its emulator's own files, such as mails, where somebody else's emulator is used."""
        if self.local.aws.endpoint == os.environ.get("AWS_ENDPOINT_URL"):
            pytest.skip("It reads what the suite's own emulator keeps.")

    def client(self, username: str, role: str = "participant") -> Client:
        """A signed-in client; the role "organizer" is an administrator too. Close it."""
        return self.local.client(username, role)

    def aws(self, service: str) -> Any:
        """Root's boto3 client."""
        return self.local.aws.client(service)

    def call(self, method: str, path: str, token: str | None = None, body: Any = None) -> httpx.Response:
        """The bare API, for answers that a client would turn into exceptions."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.request(method, f"{self.api_url}/v1{path}", json=body, headers=headers, timeout=35)


@contextmanager
def standing(state: Path) -> Iterator[DeployedStack]:
    """A stack that keeps its state in an empty folder, for as long as the block lasts. All are made of one package.

    With AWS_ENDPOINT_URL it is deployed to the emulator that answers there, and stays in it.
    """
    own = dataclasses.replace(config.read(), state=state)
    local = Stack(own, print, process.free_port())
    try:
        local.up()
        yield DeployedStack(local)
    finally:
        local.stop()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[DeployedStack]:
    with standing(tmp_path_factory.mktemp("agon")) as stack:
        if statement := pytestconfig.getoption("without"):
            from tests.removing import without  # It needs this module.

            without(stack, statement)
        yield stack


@pytest.fixture(scope="session")
def runner(stack: DeployedStack) -> DeployedStack:
    """The stack, with a real runner on a real Docker engine."""
    _check_docker()
    with stack.client(ORGANIZER, "organizer") as organizer:
        stack.local.start_runner(organizer)
    return stack


@pytest.fixture(scope="session")
def finished_demo(runner: DeployedStack) -> str:
    """The id of the example competition, in which ada and grace were scored."""
    demo = Demo(runner.local, print)
    demo.play()
    return demo.competition["id"]


def eventually(ask: Callable[[], Any], is_there: Callable[[Any], bool]) -> Any:
    """What `ask` answers once it `is_there`: tasks, runners and the sweeper take their time."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_there(found := ask()) and time.monotonic() < end:
        time.sleep(0.5)
    assert is_there(found), found
    return found


def missing(reason: str) -> None:
    """Skip on a laptop, fail where the suite must run."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _check_docker() -> None:
    try:
        engine = APIClient(version="auto", timeout=60)
    except DockerException:
        missing("Docker does not answer; on Debian: apt-get install docker.io, then start dockerd")
    try:
        engine.inspect_image(IMAGE)
    except ImageNotFound:
        missing(f"the image {IMAGE} is missing; `make setup` builds it")
    finally:
        engine.close()
