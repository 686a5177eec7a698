"""A queue of one's own on the deployed stack: made by the API, and closed to the runners of every other queue."""

from typing import Any

import boto3
import pytest

from agon.client import Client
from tests.stack import DeployedStack
from tests.system.test_least_privilege import REFUSALS, code_of


@pytest.fixture
def queue(grace: Client) -> dict[str, Any]:
    """Of somebody who administers nothing."""
    return grace.create_queue("Grace's machines")


def as_runner(stack: DeployedStack, owner: Client, queue: str) -> tuple[Any, str]:
    """SQS with the keys that a runner of a queue gets, and the queue's address."""
    token = owner.create_runner_token(queue, "test", 1)["token"]
    session = stack.call("POST", "/runner/session", token, {"protocol": 1, "runner": "test"}).json()
    keys = session["credentials"]
    client = boto3.client(
        "sqs",
        endpoint_url=stack.local.aws.endpoint,
        region_name=session["region"],
        aws_access_key_id=keys["access_key_id"],
        aws_secret_access_key=keys["secret_access_key"],
        aws_session_token=keys["session_token"],
    )
    return client, session["queue_url"]


def test_a_runners_keys_open_its_own_queue_and_no_other(
    stack: DeployedStack, organizer: Client, grace: Client, queue: dict[str, Any]
) -> None:
    other = grace.create_queue("Another")
    sqs, own = as_runner(stack, grace, queue["id"])
    _, others = as_runner(stack, grace, other["id"])
    default_sqs, default = as_runner(stack, organizer, "default")
    sqs.receive_message(QueueUrl=own, WaitTimeSeconds=0)
    for closed in (others, default):
        assert code_of(sqs.receive_message, QueueUrl=closed) in REFUSALS
    assert code_of(default_sqs.receive_message, QueueUrl=own) in REFUSALS
    assert code_of(sqs.send_message, QueueUrl=own, MessageBody="x") in REFUSALS
    for made in (queue, other):
        grace.remove_queue(made["id"])
