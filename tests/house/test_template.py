"""The packaged template: a role of its own for each function, rights on named resources only, nothing public."""

import json
from pathlib import Path
from typing import Any

import pytest

from agon.local.deploy import AwsEndpoint
from chalicelib import routes
from chalicelib.aws import messages
from chalicelib.http import Access
from chalicelib.store import audit
from chalicelib.store.audit import AuditEntry
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
        assert "*" not in places(statement)
        assert not [action for action in statement["Action"] if "*" in action]


def test_the_table_is_on_demand_recoverable_encrypted_and_forgets_by_itself(resources: dict[str, Any]) -> None:
    table = resources["Table"]["Properties"]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}


def test_what_has_state_is_deleted_by_nobody_who_has_not_said_so(resources: dict[str, Any]) -> None:
    assert _template()["Parameters"]["DeletionProtection"]["Default"] == "true"
    table, pool = (resources[name]["Properties"] for name in ("Table", "UserPool"))
    assert table["DeletionProtectionEnabled"] == {"Fn::If": ["KeepsWhatIsStored", True, False]}
    assert pool["DeletionProtection"] == {"Fn::If": ["KeepsWhatIsStored", "ACTIVE", "INACTIVE"]}


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


def test_a_runners_role_trusts_the_api_alone(resources: dict[str, Any]) -> None:
    (trust,) = resources["RunnerRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"AWS": {"Fn::GetAtt": ["ApiHandlerRole", "Arn"]}}


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_function_logs_into_its_own_group_and_has_no_right_twice(path: Path, resources: dict[str, Any]) -> None:
    statements = json.loads(path.read_text())["Statement"]
    groups = {json.dumps(one["Resource"]).partition("log-group:")[2] for one in statements if "logs:" in str(one["Action"])}
    (group,) = {group.rstrip('"}').removesuffix(":*") for group in groups}
    function = {"api": "APIHandler"}.get(path.stem, path.stem.title().replace("_", ""))
    assert group == f"/aws/lambda/${{AWS::StackName}}-{function}"
    logging = resources[function]["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
    kept = resources[logging]["Properties"]
    assert (kept["LogGroupName"], kept["RetentionInDays"]) == ({"Fn::Sub": group}, {"Ref": "LogDays"})
    allowed = [one for one in statements if one["Effect"] == "Allow"]
    rights = [(action, json.dumps(place)) for one in allowed for action in one["Action"] for place in places(one)]
    assert len(rights) == len(set(rights))


#: ADR 42. With `ForAllValues` a request that names no key would be denied, too. Which keys IAM is told of each item of a
#: transaction is written nowhere, so what the code does in one is left to the code's own tests.
ONLY_ADDED_TO = {
    "Sid": "AuditLogsAreOnlyAddedTo",
    "Effect": "Deny",
    "Action": ["dynamodb:UpdateItem", "dynamodb:DeleteItem"],
    "Resource": {"Fn::GetAtt": ["Table", "Arn"]},
    "Condition": {
        "ForAnyValue:StringLike": {"dynamodb:LeadingKeys": [AuditEntry.at("*", "")[0]]},
        "Null": {"dynamodb:EnclosingOperation": "true"},
    },
}
THE_SITES_STAYS = {
    "Sid": "TheSitesLogStays",
    "Effect": "Deny",
    "Action": ["dynamodb:BatchWriteItem"],
    "Resource": {"Fn::GetAtt": ["Table", "Arn"]},
    "Condition": {"ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": [AuditEntry.at(audit.SITE, "")[0]]}},
}


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_no_function_changes_an_audit_log_and_those_that_remove_one_do_so_by_batches(path: Path) -> None:
    statements = json.loads(path.read_text())["Statement"]
    allowed = {action for one in statements if one["Effect"] == "Allow" for action in one["Action"]}
    removes = "dynamodb:BatchWriteItem" in allowed
    assert removes == (path.stem != "api")
    denied = [one for one in statements if one["Effect"] == "Deny"]
    assert denied == [ONLY_ADDED_TO, *([THE_SITES_STAYS] if removes else [])]
    # Nor is there another way to an item, or to the table as a whole.
    ways = {f"{verb}Item" for verb in ("BatchGet", "BatchWrite", "ConditionCheck", "Delete", "Get", "Put", "Update")}
    # One walks through the whole table, and reads (ADR 48).
    known = {f"dynamodb:{way}" for way in ways | {"Query"} | ({"Scan"} if path.stem == "on_task" else set())}
    assert {action for action in allowed if action.startswith("dynamodb:")} <= known


def test_api_gateway_bounds_each_route_and_those_of_strangers_more_tightly(resources: dict[str, Any]) -> None:
    settings = resources["RestAPI"]["Properties"]["MethodSettings"]
    found = {
        (one["HttpMethod"], one["ResourcePath"]): (one["ThrottlingRateLimit"]["Ref"], one["ThrottlingBurstLimit"]["Ref"])
        for one in settings
    }
    # CloudFormation writes the slashes of a path as ~1, all but the first.
    anybodys = [one for one in routes.endpoints() if one.access is Access.ANYONE]
    # Of what is read, health alone asks every part of the site.
    open_ = [one for one in anybodys if one.method != "GET" or one.path == "/v1/health"]
    strangers = {(one.method, "/" + one.path.replace("/", "~1")) for one in open_}
    assert found == {
        ("*", "/*"): ("RequestsPerSecond", "RequestsBurst"),
        **dict.fromkeys(strangers, ("StrangersPerSecond", "StrangersBurst")),
    }
    limits = {name: _template()["Parameters"][name]["Default"] for pair in found.values() for name in pair}
    assert limits["StrangersPerSecond"] < limits["RequestsPerSecond"]
    assert limits["StrangersBurst"] < limits["RequestsBurst"]


def places(statement: dict[str, Any]) -> list[Any]:
    resource = statement["Resource"]
    return resource if isinstance(resource, list) else [resource]


def test_addresses_of_ones_own_machine_and_plain_http_are_for_emulators_alone() -> None:
    declared = _template()["Parameters"]
    strict = {"LoopbackTargets": "false", "EncryptedTransportOnly": "true"}
    assert {name: declared[name]["Default"] for name in strict} == strict
    # What an address with TLS is told leaves them so.
    assert AwsEndpoint("https://aws.example", "eu-west-1").parameters() == {}
    on_emulators = AwsEndpoint("http://127.0.0.1:1", "eu-west-1").parameters()
    assert strict.keys() <= on_emulators.keys() <= declared.keys()


def test_who_fetched_which_file_is_logged_where_a_bucket_is_named_for_that(resources: dict[str, Any]) -> None:
    for name in ("FilesBucket", "RunsBucket"):
        condition, told, nothing = resources[name]["Properties"]["LoggingConfiguration"]["Fn::If"]
        assert (condition, nothing) == ("LogsAccess", {"Ref": "AWS::NoValue"})
        assert told["DestinationBucketName"] == {"Ref": "AccessLogsBucket"}
    assert _template()["Parameters"]["AccessLogsBucket"]["Default"] == ""
