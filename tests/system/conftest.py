"""People at the deployed stack, and competitions for them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from agon.client import Client
from agon.local import runner as runners
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack


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


@pytest.fixture
def resting(stack: DeployedStack, organizer: Client) -> Callable[[], Any]:
    """A block during which no runner takes jobs, so that a test can be one."""

    @contextmanager
    def resting() -> Iterator[None]:
        was_up = runners.is_up(stack.local.state)
        runners.stop(stack.local.state)
        try:
            yield
        finally:
            if was_up:
                stack.local.start_runner(organizer)

    return resting


@pytest.fixture
def sweep(stack: DeployedStack) -> Callable[..., None]:
    """Makes items due by hand, so that nobody has to wait, and calls the sweeper."""

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
