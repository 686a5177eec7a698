"""People at the deployed stack, and competitions for them."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack, eventually


@pytest.fixture
def organizer(stack: DeployedStack) -> Iterator[Client]:
    with stack.client(ORGANIZER, "organizer") as client:
        yield client


@pytest.fixture
def ada(stack: DeployedStack) -> Iterator[Client]:
    with stack.client("ada") as client:
        yield client


@pytest.fixture
def grace(stack: DeployedStack) -> Iterator[Client]:
    with stack.client("grace") as client:
        yield client


@pytest.fixture
def stranger(stack: DeployedStack) -> Iterator[Client]:
    """Somebody who joined nothing."""
    with stack.client("stranger") as client:
        yield client


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., str]:
    """Uploads bytes as a zip: the upload's id."""

    def send(client: Client, content: bytes, purpose: str = "submission") -> str:
        path = tmp_path / "sent.zip"
        path.write_bytes(content)
        return client.upload(path, purpose)["id"]

    return send


@pytest.fixture
def compete(organizer: Client, send: Callable[..., str]) -> Callable[..., dict[str, Any]]:
    """Makes and publishes a competition with one phase; the settings are those of `builders.manifest`."""

    def compete(*participants: Client, **settings: Any) -> dict[str, Any]:
        upload = send(organizer, builders.bundle(**settings), "bundle")
        done = organizer.wait_for_import(organizer.import_bundle(upload)["id"])
        assert done["status"] == "Finished", done["errors"]
        organizer.publish(done["competition"])
        for participant in participants:
            participant.join(done["competition"])
        return organizer.competition(done["competition"])

    return compete


@dataclass
class Line:
    """A queue whose runner is the test: nobody else takes from it, and nothing waits there but what the test hands in.

    On the site's own queue a claim gives whatever is first in line, also what another test left; the stack's runner takes
    from it as well.
    """

    stack: DeployedStack
    queue: str
    token: str

    @property
    def manifest(self) -> str:
        """What a competition says that is scored there, as `extra` of its manifest."""
        return f"queue: {self.queue}"

    def ask(self, submission: str) -> httpx.Response:
        """What is answered to a claim."""
        return self.stack.call("POST", f"/runner/jobs/{submission}/claim", self.token, {"runner": "host"})

    def claim(self, submission: str) -> dict[str, Any]:
        """The submission's Job, as soon as it waits."""
        answer = eventually(lambda: self.ask(submission), lambda answer: answer.status_code == 200)
        job: dict[str, Any] = answer.json()
        assert job["submission"] == submission
        return job

    def finish(self, submission: str, scores: Mapping[str, float]) -> None:
        """Claim it, and report these scores."""
        job = self.claim(submission)
        done = self.stack.call("POST", f"/runner/jobs/{submission}/finish", job["token"], {"scores": scores})
        assert done.status_code == 200, done.text


@pytest.fixture
def line(stack: DeployedStack, organizer: Client) -> Line:
    queue = organizer.create_queue("Of a test alone")["id"]
    return Line(stack, queue, organizer.create_runner_token(queue, "host", 1)["token"])


@pytest.fixture
def sweep(stack: DeployedStack) -> Callable[..., None]:
    """Makes items due by hand, so that nobody has to wait, and calls the sweeper.

    The one that runs each minute may be at one of them already: what is to come of it is waited for.
    """

    def sweep(*keys: tuple[str, str]) -> None:
        table, functions = stack.aws("dynamodb"), stack.aws("lambda")
        for pk, sk in keys:
            table.update_item(
                TableName=stack.outputs["TableName"],
                Key={"pk": {"S": pk}, "sk": {"S": sk}},
                UpdateExpression="SET due_pk = :due, due_at = :long_ago",
                ExpressionAttributeValues={":due": {"S": "DUE#0"}, ":long_ago": {"N": "1"}},
            )
        names = [function["FunctionName"] for function in functions.list_functions()["Functions"]]
        (name,) = [name for name in names if "-Sweep-" in name]
        event = {"version": "0", "detail": {}, "detail-type": "Scheduled Event", "source": "aws.events", "time": ""}
        event |= {"id": "1", "account": "1", "region": "eu-west-1", "resources": []}
        answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
        assert "FunctionError" not in answer, answer["Payload"].read()

    return sweep
