"""The packaged template: a role of its own for each function, rights on named resources only, nothing public."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.aws import messages
from tests.api.conftest import _template
from tests.house.sources import ROOT

POLICIES = sorted((ROOT / "infra/policies").glob("*.json"))
STATEFUL = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool")


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    return _template()["Resources"]


def test_each_function_has_a_policy_of_its_own() -> None:
    stage = json.loads((ROOT / ".chalice/config.json").read_text())["stages"]["aws"]
    files = {name: function["iam_policy_file"] for name, function in stage["lambda_functions"].items()}
    assert files == {name: f"../infra/policies/{name.removesuffix('_handler')}.json" for name in files}
    assert {Path(file).name for file in files.values()} == {policy.name for policy in POLICIES}


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_names_its_resources_and_its_actions(path: Path) -> None:
    for statement in json.loads(path.read_text())["Statement"]:
        places = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        assert "*" not in places
        assert not [action for action in statement["Action"] if "*" in action]


def test_the_table_is_on_demand_recoverable_encrypted_and_forgets_by_itself(resources: dict[str, Any]) -> None:
    table = resources["Table"]["Properties"]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}


def test_buckets_are_private_and_clean_up_after_themselves(resources: dict[str, Any]) -> None:
    buckets = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::S3::Bucket"]
    assert len(buckets) == 2
    for bucket in buckets:
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket["LifecycleConfiguration"]["Rules"]


def test_what_has_state_outlives_the_stack(resources: dict[str, Any]) -> None:
    kept = {name for name, one in resources.items() if one.get("DeletionPolicy") == "Retain"}
    assert kept == {name for name, one in resources.items() if one["Type"] in STATEFUL}


def test_a_wake_up_outlasts_runners_that_cannot_do_what_waits(resources: dict[str, Any]) -> None:
    assert resources["JobsQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"] == messages.MAX_RECEIVES == 1000
    assert resources["JobsQueue"]["Properties"]["VisibilityTimeout"] == 30


def test_an_organizers_queue_has_the_settings_of_the_sites_own(resources: dict[str, Any]) -> None:
    own = resources["JobsQueue"]["Properties"]
    assert {name: str(own[name]).lower() for name in messages.ATTRIBUTES} == messages.ATTRIBUTES


def test_a_runners_rights_reach_no_queue_but_those_of_runners(resources: dict[str, Any]) -> None:
    (policy,) = resources["RunnerRole"]["Properties"]["Policies"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    own, others = statement["Resource"]
    assert own == {"Fn::GetAtt": ["JobsQueue", "Arn"]}
    assert others["Fn::Sub"].endswith(":${AWS::StackName}-queue-*")
