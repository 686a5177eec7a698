"""IAM as deployed: the emulator enforces it, so what is not granted fails."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from agon.client import Client
from tests.stack import DeployedStack

REFUSALS = {"AccessDenied", "AccessDeniedException", "AWS.SimpleQueueService.AccessDenied"}
UNKNOWN_KEY = {"InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException"}


def code_of(action: Any, **arguments: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        action(**arguments)
    return refusal.value.response["Error"]["Code"]


@pytest.fixture
def runner_session(stack: DeployedStack, organizer: Client) -> dict[str, Any]:
    token = organizer.create_runner_token("default", "least privilege", 1)["token"]
    body = {"protocol": 1, "runner": "test", "version": "0.1.0"}
    answer = stack.call("POST", "/runner/session", token, body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def as_runner(stack: DeployedStack, runner_session: dict[str, Any]) -> Any:
    keys = runner_session["credentials"]

    def client(service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=stack.local.aws.endpoint,
            region_name=runner_session["region"],
            aws_access_key_id=keys["access_key_id"],
            aws_secret_access_key=keys["secret_access_key"],
            aws_session_token=keys["session_token"],
        )

    return client


def test_a_runner_receives_and_deletes_on_its_queue(as_runner: Any, runner_session: dict[str, Any]) -> None:
    sqs = as_runner("sqs")
    sqs.receive_message(QueueUrl=runner_session["queue_url"], WaitTimeSeconds=0, VisibilityTimeout=0)
    # The right is there; only the handle is not.
    assert code_of(sqs.delete_message, QueueUrl=runner_session["queue_url"], ReceiptHandle="x") not in REFUSALS


def test_a_runner_can_do_nothing_else_on_its_queue(as_runner: Any, runner_session: dict[str, Any]) -> None:
    sqs, queue = as_runner("sqs"), runner_session["queue_url"]
    assert code_of(sqs.send_message, QueueUrl=queue, MessageBody="x") in REFUSALS
    assert code_of(sqs.purge_queue, QueueUrl=queue) in REFUSALS
    assert code_of(sqs.list_queues) in REFUSALS


def test_a_runner_reaches_no_other_queue(as_runner: Any, stack: DeployedStack) -> None:
    for name in ("TasksQueueUrl", "TasksDeadQueueUrl", "JobsDeadQueueUrl"):
        assert code_of(as_runner("sqs").receive_message, QueueUrl=stack.outputs[name]) in REFUSALS


def test_a_runner_reaches_neither_table_nor_files(as_runner: Any, stack: DeployedStack) -> None:
    table, bucket = stack.outputs["TableName"], stack.outputs["FilesBucket"]
    assert code_of(as_runner("dynamodb").scan, TableName=table) in REFUSALS
    assert code_of(as_runner("s3").list_objects_v2, Bucket=bucket) in REFUSALS
    assert code_of(as_runner("iam").list_roles) in REFUSALS


@pytest.mark.parametrize("service, action", [("s3", "list_buckets"), ("sqs", "list_queues"), ("dynamodb", "list_tables")])
def test_a_strangers_key_is_refused(stack: DeployedStack, service: str, action: str) -> None:
    stranger = boto3.client(
        service,
        endpoint_url=stack.local.aws.endpoint,
        region_name="eu-west-1",
        aws_access_key_id="AKIASTRANGERSTRANGER",
        aws_secret_access_key="secret",
    )
    assert code_of(getattr(stranger, action)) in UNKNOWN_KEY


def test_a_function_whose_role_lacks_a_right_fails(stack: DeployedStack) -> None:
    function = function_named(stack, "Sweep")
    assert "FunctionError" not in invoke(stack, function)
    with without_policies(stack, function["Role"].rpartition("/")[2]):
        assert invoke(stack, function).get("FunctionError")
    assert "FunctionError" not in invoke(stack, function)


def test_no_role_of_the_stack_may_do_everything(stack: DeployedStack) -> None:
    iam = stack.aws("iam")
    for role in iam.list_roles()["Roles"]:
        for name in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]:
            policy = iam.get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"]
            for statement in policy["Statement"]:
                # On AWS mail has resources (template.yaml); the emulator asks about none: there its sender alone bounds it.
                is_mail = statement["Action"] == "ses:SendEmail" and "ses:FromAddress" in str(statement["Condition"])
                assert "*" not in (statement["Action"], "" if is_mail else statement["Resource"]), role["RoleName"]


def function_named(stack: DeployedStack, word: str) -> dict[str, Any]:
    functions = stack.aws("lambda").list_functions()["Functions"]
    return next(one for one in functions if word in one["FunctionName"])


def invoke(stack: DeployedStack, function: dict[str, Any]) -> dict[str, Any]:
    event = {"id": "1", "source": "aws.events", "account": "0", "region": "eu-west-1", "resources": [], "detail": {}}
    event |= {"version": "0", "time": "2026-01-01T00:00:00Z", "detail-type": "Scheduled Event"}
    answer = stack.aws("lambda").invoke(FunctionName=function["FunctionName"], Payload=json.dumps(event).encode())
    answer["Payload"].read()
    return answer


@contextmanager
def without_policies(stack: DeployedStack, role: str) -> Iterator[None]:
    iam = stack.aws("iam")
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    assert names
    kept = {name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names}
    for name in names:
        iam.delete_role_policy(RoleName=role, PolicyName=name)
    try:
        yield
    finally:
        for name, policy in kept.items():
            iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(policy))
