"""The packaged template, the same that goes to AWS: a role for each function, and rights on named resources only."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from agon import config
from agon.local import deploy
from tests.stack import DeployedStack


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    built = deploy.package(config.SOURCE / ".cache/stack", deploy.fingerprint(config.SOURCE))
    return yaml.safe_load((built / "sam.yaml").read_text())["Resources"]


def of_type(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: one["Properties"] for name, one in resources.items() if one["Type"] == kind}


def statements(role: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for policy in role.get("Policies", []):
        yield from policy["PolicyDocument"]["Statement"]


def test_each_function_has_a_role_of_its_own(resources: dict[str, Any]) -> None:
    functions = of_type(resources, "AWS::Serverless::Function")
    roles = [function["Role"]["Fn::GetAtt"][0] for function in functions.values()]
    assert (len(functions), len(set(roles))) == (3, 3)


def test_no_role_has_a_right_on_everything(resources: dict[str, Any]) -> None:
    found = [one for role in of_type(resources, "AWS::IAM::Role").values() for one in statements(role)]
    assert len(found) > 10
    for statement in found:
        places = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        assert "*" not in places
        assert not [action for action in statement["Action"] if "*" in action]


def test_traces_are_made_where_the_stack_says_so(resources: dict[str, Any]) -> None:
    functions = of_type(resources, "AWS::Serverless::Function").values()
    assert [function["Tracing"] for function in functions] == [{"Fn::If": ["IsTraced", "Active", "PassThrough"]}] * 3
    assert resources["RestAPI"]["Properties"]["TracingEnabled"] == {"Fn::If": ["IsTraced", True, False]}


def test_what_is_not_traced_has_no_right_to_tell_traces(resources: dict[str, Any]) -> None:
    roles = of_type(resources, "AWS::IAM::Role")
    managed = {name: role["ManagedPolicyArns"] for name, role in roles.items() if "ManagedPolicyArns" in role}
    assert managed.keys() == {"ApiHandlerRole", "OnTaskRole", "SweepRole"}
    assert all(policies["Fn::If"][0] == "IsTraced" and policies["Fn::If"][2] == [] for policies in managed.values())


def test_the_tasks_function_takes_one_message_a_call_from_the_stacks_own_queue(resources: dict[str, Any]) -> None:
    events = [event["Properties"] for event in resources["OnTask"]["Properties"]["Events"].values()]
    assert [(event["Queue"], event["BatchSize"]) for event in events] == [({"Fn::Sub": "${TasksQueue.Arn}"}, 1)]
    assert events[0]["ScalingConfig"] == {"MaximumConcurrency": {"Ref": "TasksAtOnce"}}


def test_the_api_is_where_its_region_is(resources: dict[str, Any]) -> None:
    # An edge endpoint would put a distribution of API Gateway's own before ours.
    assert resources["RestAPI"]["Properties"]["EndpointConfiguration"] == "REGIONAL"


def test_logs_of_each_function_end_and_the_table_is_not_deleted_by_hand(
    stack: DeployedStack, resources: dict[str, Any]
) -> None:
    groups = stack.aws("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
    days = {one["logGroupName"].rpartition("-")[2]: one.get("retentionInDays") for one in groups}
    assert days == dict.fromkeys(of_type(resources, "AWS::Serverless::Function"), 30)
    table = stack.aws("dynamodb").describe_table(TableName=stack.outputs["TableName"])["Table"]
    assert table["DeletionProtectionEnabled"] is True


def test_the_stage_bounds_what_strangers_ask_for(stack: DeployedStack) -> None:
    stage = stack.aws("apigateway").get_stage(restApiId=stack.outputs["RestAPIId"], stageName="api")
    bounds = {
        route: (one["throttlingRateLimit"], one["throttlingBurstLimit"]) for route, one in stage["methodSettings"].items()
    }
    assert len(bounds) == 12 and bounds["*/*"] == (500, 1000)
    assert {bound for route, bound in bounds.items() if route != "*/*"} == {(20, 300)}
