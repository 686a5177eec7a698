"""`make deploy` and `make destroy`, onto the emulator by the same path as onto AWS."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from agon.errors import StackFailed
from agon.local.formation import Formation, Plan
from infra.deploy import watching, words
from infra.deploy.__main__ import app
from infra.deploy.account import Account
from infra.deploy.site import Site
from infra.deploy.stages import Stage
from tests.stack import DeployedStack

Command = Callable[..., Result]
DATA = ("dynamodb", "list_tables", "TableNames"), ("s3", "list_buckets", "Buckets")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of two stages."""
    folder = tmp_path_factory.mktemp("stages")
    write(folder, "red", "LogDays = 7\nDeletionProtection = false", hosts_console=True)
    write(folder, "blue", "DeletionProtection = true")
    return folder


def write(folder: Path, name: str, parameters: str, hosts_console: bool = False) -> None:
    hosting = f"hosts_console = {str(hosts_console).lower()}"
    (folder / f"{name}.toml").write_text(f'region = "eu-west-1"\n{hosting}\n[stack]\n{parameters}\n')


@pytest.fixture(scope="module")
def command(stack: DeployedStack, folder: Path) -> Iterator[Command]:
    """Runs `python -m infra.deploy` in the emulated account."""

    def command(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--stages", str(folder)], env={"AWS_ENDPOINT_URL": account(stack).endpoint})

    yield command
    for name in ("red", "blue"):
        command("destroy", name, "--and-data-of", f"agon-{name}")


@pytest.fixture(scope="module")
def red(command: Command) -> dict[str, str]:
    """What the deployment of one of them printed."""
    return outputs(command("up", "red"))


@pytest.fixture(scope="module")
def blue(command: Command) -> dict[str, str]:
    """What that of the other printed."""
    return outputs(command("up", "blue"))


def account(stack: DeployedStack) -> Account:
    return Account("eu-west-1", stack.aws("sts").meta.endpoint_url)


def outputs(result: Result) -> dict[str, str]:
    assert result.exit_code == 0, result.output
    return dict(line.split() for line in result.stdout.splitlines())


def names(stack: DeployedStack, service: str, call: str, key: str) -> set[str]:
    return {json.dumps(one, default=str) for one in getattr(stack.aws(service), call)()[key]}


def test_stages_stand_side_by_side_and_each_has_its_own_site(
    stack: DeployedStack, command: Command, red: dict[str, str], blue: dict[str, str]
) -> None:
    assert not set(red.values()) & set(blue.values()) and not set(red.values()) & set(stack.outputs.values())
    for site in (red, blue):
        assert httpx.get(f"{site['ApiUrl']}/v1/openapi.json", timeout=35).is_success
    again = command("up", "red")
    assert outputs(again) == red and "Nothing of the stack changes." in again.stderr


def test_the_console_is_hosted_under_one_name_with_the_api(stack: DeployedStack, red: dict[str, str]) -> None:
    address = red["ConsoleUrl"]
    account_ = account(stack)
    made = Formation(account_.client("cloudformation", "us-east-1"), "agon-red-console").outputs()
    assert address == made["Url"]
    storage = account_.client("s3", "us-east-1")
    page = storage.get_object(Bucket=made["Bucket"], Key="index.html")
    told = page["Body"].read().decode()
    assert f"connect-src 'self' {account_.endpoint};" in told and "%AGON" not in told
    assert f"frame-src {account_.endpoint} {made['PagesUrl']};" in told
    assert (page["CacheControl"], page["ContentType"]) == ("no-cache", "text/html; charset=utf-8")
    kept = {}
    for one in storage.list_objects_v2(Bucket=made["Bucket"])["Contents"]:
        head = storage.head_object(Bucket=made["Bucket"], Key=one["Key"])
        kept[one["Key"]] = head["CacheControl"]
        assert head["ContentType"] != "application/octet-stream"
    assert {key for key, value in kept.items() if "immutable" in value} == {key for key in kept if key.startswith("assets/")}
    edge = account_.client("cloudfront")
    distribution = edge.get_distribution(Id=made["DistributionId"])["Distribution"]["DistributionConfig"]
    assert distribution["WebACLId"].partition("/webacl/")[2].startswith("agon-red-console/")
    assert edge.list_invalidations(DistributionId=made["DistributionId"])["InvalidationList"]["Items"]
    # The site's mails lead there from the first time on.
    assert Formation(stack.aws("cloudformation"), "agon-red").parameters()["ConsoleUrl"] == address


def test_pages_whose_scripts_run_have_another_name_which_frames_of_the_console_alone_are_given(
    stack: DeployedStack, red: dict[str, str]
) -> None:
    made = Formation(account(stack).client("cloudformation", "us-east-1"), "agon-red-console").outputs()
    # The functions give out addresses there from the first deployment on.
    assert Formation(stack.aws("cloudformation"), "agon-red").parameters()["PagesUrl"] == made["PagesUrl"] != made["Url"]

    def ask(**headers: str) -> httpx.Response:
        address = f"{account(stack).endpoint}/runs/s/1/detailed_results.html?X-Amz-SignedHeaders=agon-live-page%3Bhost"
        host = made["PagesUrl"].removeprefix("https://")
        return httpx.get(address, headers={"Host": host, "X-Forwarded-Proto": "https", **headers})

    assert ask().headers["X-Cache"] == ask(**{"Sec-Fetch-Dest": "document"}).headers["X-Cache"]
    assert (ask().status_code, ask().headers["X-Cache"]) == (403, "FunctionGeneratedResponse from cloudfront")
    # The bucket is asked, which gives out nothing that it did not sign.
    framed = ask(**{"Sec-Fetch-Dest": "iframe"})
    assert (framed.status_code, framed.headers["X-Cache"]) == (403, "Miss from cloudfront")
    assert framed.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none';")
    assert framed.headers["Content-Security-Policy"].endswith(f"; frame-ancestors {made['Url']}")
    assert framed.headers["Connection-Allowlist"] == "()" and framed.headers["X-Content-Type-Options"] == "nosniff"


def test_what_would_change_is_shown_in_words_and_left_alone_when_only_the_plan_was_asked_for(
    stack: DeployedStack, command: Command, folder: Path, red: dict[str, str]
) -> None:
    write(folder, "red", "LogDays = 14\nDeletionProtection = false")
    shown = command("up", "red", "--plan")
    assert "SweepLogs (AWS::Logs::LogGroup): RetentionInDays" in shown.stderr and not shown.stdout
    assert "Table" not in shown.stderr and "Bucket" not in shown.stderr
    groups = stack.aws("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/agon-red-")["logGroups"]
    assert {one["retentionInDays"] for one in groups} == {7}
    write(folder, "red", "LogDays = 7\nDeletionProtection = false", hosts_console=True)


def test_a_parameter_that_the_template_has_not_is_told_with_those_that_it_has(
    command: Command, folder: Path, red: dict[str, str]
) -> None:
    write(folder, "red", "LogDayz = 14")
    refused = command("up", "red", "--plan")
    assert refused.exit_code == 1
    assert str(refused.exception).startswith("LogDayz below [stack] of the stage's file is no parameter of template.yaml.")
    assert " LogDays," in str(refused.exception)
    write(folder, "red", "LogDays = 7\nDeletionProtection = false", hosts_console=True)


def test_a_plan_of_nothing_leaves_the_console_alone_and_one_of_the_console_is_shown(
    stack: DeployedStack, command: Command, folder: Path, red: dict[str, str]
) -> None:
    store = account(stack).client("s3", "us-east-1")
    formation = Formation(account(stack).client("cloudformation", "us-east-1"), "agon-red-console")
    page = {"Bucket": formation.outputs()["Bucket"], "Key": "index.html"}
    published = store.head_object(**page)["LastModified"]
    nothing = command("up", "red", "--plan").stderr
    assert "Nothing of the stack changes." in nothing and "Nothing of agon-red-console changes." in nothing
    told = folder / "red.toml"
    told.write_text(f"{told.read_text()}[console]\nFirewall = false\n")
    shown = command("up", "red", "--plan")
    assert "Distribution (AWS::CloudFront::Distribution): DistributionConfig" in shown.stderr and not shown.stdout
    assert "WebAcl" in formation.resources() and store.head_object(**page)["LastModified"] == published
    write(folder, "red", "LogDays = 7\nDeletionProtection = false", hosts_console=True)


def test_a_stage_is_removed_with_all_that_it_made_but_not_while_anything_would_be_lost(
    stack: DeployedStack, command: Command, folder: Path, blue: dict[str, str]
) -> None:
    kept = [names(stack, *what) for what in DATA]
    refused = command("destroy", "blue")
    assert refused.exit_code == 1 and "is protected from deletion" in str(refused.exception)
    write(folder, "blue", "DeletionProtection = false")
    command("up", "blue")
    stack.aws("s3").put_object(Bucket=blue["RunsBucket"], Key="runs/one", Body=b"of somebody")
    # The sweeper's own, which nobody would miss.
    report = {"pk": {"S": "SWEEP"}, "sk": {"S": "REPORT"}, "kind": {"S": "sweep_report"}}
    stack.aws("dynamodb").put_item(TableName=blue["TableName"], Item=report)
    rewound = "agon-blue-at-20261130T140000Z"
    stack.aws("dynamodb").create_table(
        TableName=rewound,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    stack.aws("dynamodb").put_item(TableName=rewound, Item={"pk": {"S": "USER#ada"}, "kind": {"S": "profile"}})
    refused = command("destroy", "blue")
    assert re.findall("The table (.+) has items", str(refused.exception)) == [rewound]
    assert "agon admin export DIR --stack agon-blue" in str(refused.exception)
    assert refused.exit_code == 1 and f"The bucket {blue['RunsBucket']} has objects." in str(refused.exception)
    assert "--and-data-of agon-blue" in str(refused.exception)
    assert stack.aws("s3").head_object(Bucket=blue["RunsBucket"], Key="runs/one")
    done = command("destroy", "blue", "--and-data-of", "agon-blue")
    assert done.exit_code == 0, done.output
    assert all(left < all_ for left, all_ in zip([names(stack, *what) for what in DATA], kept, strict=True))
    assert rewound not in stack.aws("dynamodb").list_tables()["TableNames"]
    assert command("destroy", "blue").exit_code == 1


def test_a_stack_that_was_made_by_hand_becomes_a_stage_with_all_that_it_holds(
    stack: DeployedStack, command: Command, folder: Path
) -> None:
    key = {"pk": {"S": "SWEEP"}, "sk": {"S": "GROWN"}}
    stack.aws("dynamodb").put_item(TableName=stack.outputs["TableName"], Item={**key, "kind": {"S": "sweep_report"}})
    (folder / "grown.toml").write_text(
        'region = "eu-west-1"\nstack_name = "agon"\nhosts_console = false\n[stack]\nLogDays = 60\n'
    )
    shown = command("up", "grown", "--plan")
    assert "  ~ parameter LogDays: 30 becomes 60" in shown.stderr and "RetentionInDays" in shown.stderr
    assert not re.search("replaced (Table|FilesBucket|RunsBucket|UserPool) ", shown.stderr), shown.stderr
    grown = outputs(command("up", "grown"))
    assert {name: grown[name] for name in stack.outputs} == stack.outputs
    assert stack.aws("dynamodb").get_item(TableName=grown["TableName"], Key=key)["Item"]
    assert httpx.get(f"{grown['ApiUrl']}/v1/openapi.json", timeout=35).is_success
    stack.aws("dynamodb").delete_item(TableName=grown["TableName"], Key=key)


# Of small stacks, what CloudFormation itself does.


def bucket(name: str | None = None) -> dict[str, Any]:
    return {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": name} if name else {}}


def template_of(stack: DeployedStack, **resources: dict[str, Any]) -> str:
    """The address of a template with these resources."""
    store = account(stack).store()
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    return store.address(store.put("small", json.dumps(template).encode(), ".json"))


@pytest.fixture
def small(stack: DeployedStack) -> Iterator[Callable[..., Plan]]:
    """Plans a template of these resources for the stack agon-small."""
    formation = Formation(stack.aws("cloudformation"), "agon-small")

    def small(**resources: dict[str, Any]) -> Plan:
        plan = formation.plan(template_of(stack, **resources), {})
        assert plan
        return plan

    yield small
    formation.remove()


def test_a_change_that_fails_is_rolled_back_and_its_reason_told(stack: DeployedStack, small: Callable[..., Plan]) -> None:
    formation = Formation(stack.aws("cloudformation"), "agon-small")
    queue = {"Type": "AWS::SQS::Queue"}
    formation.carry_out(small(Queue=queue))
    before = formation.resources()
    with pytest.raises(StackFailed, match="agon-small was not changed. Broken: "):
        formation.carry_out(small(Queue=queue, Broken=bucket(stack.outputs["FilesBucket"])))
    assert (formation.status, formation.resources()) == ("UPDATE_ROLLBACK_COMPLETE", before)
    formation.carry_out(small(Queue=queue, Other=queue))


def test_an_update_is_undone_when_an_alarm_rings_that_was_calm(
    stack: DeployedStack, red: dict[str, str], small: Callable[..., Plan]
) -> None:
    owner, formation = account(stack), Formation(stack.aws("cloudformation"), "agon-red")
    # The emulator rings alarms of all stacks for what is told of one's metrics. Who tells any comes later (test_watching).
    both = watching.alarms(owner, formation)
    assert [arn.rpartition(":")[2] for arn in both] == ["agon-red-api-errors", "agon-red-tasks-fail"]
    stack.aws("cloudwatch").set_alarm_state(AlarmName="agon-red-tasks-fail", StateValue="ALARM", StateReason="It rings.")
    assert watching.alarms(owner, formation) == both[:1]
    # The emulator takes what is said of alarms and looks at none: what it is told is all that there is to see.
    told: list[dict[str, Any]] = []
    client, call = stack.aws("cloudformation"), "before-parameter-build.cloudformation.CreateChangeSet"
    client.meta.events.register(call, hear := lambda params, **_: told.append(params))
    assert Formation(client, "agon-small").plan(template_of(stack, Queue={"Type": "AWS::SQS::Queue"}), {}, both, 15)
    client.meta.events.unregister(call, hear)
    (triggers,) = [one["RollbackConfiguration"] for one in told]
    assert [one["Arn"] for one in triggers["RollbackTriggers"]] == both and triggers["MonitoringTimeInMinutes"] == 15


def test_what_would_lose_data_is_asked_about_and_nothing_is_done_without_a_yes(
    stack: DeployedStack, small: Callable[..., Plan]
) -> None:
    said: list[str] = []
    site = Site(Stage("small"), account(stack), said.append)
    site.change(small(Files=bucket("agon-small-one"), Runs=bucket()), lambda losses: pytest.fail(str(losses)))
    plan = small(Files=bucket("agon-small-two"))
    asked: list[str] = []
    with pytest.raises(StackFailed, match="Nothing was changed"):
        site.change(plan, lambda losses: bool(asked.extend(losses)))
    assert asked == [words.of_loss(change) for change in plan.changes] and len(asked) == 2
    assert said[-2] == "  - removed Runs (AWS::S3::Bucket)"
    assert said[-1].startswith("  ! ") and said[-1].endswith("replaced Files (AWS::S3::Bucket): BucketName")
    assert "agon-small-one" in {one["Name"] for one in stack.aws("s3").list_buckets()["Buckets"]}


def test_an_address_that_would_change_is_asked_about_too(stack: DeployedStack, small: Callable[..., Plan]) -> None:
    api = {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "small"}}
    site = Site(Stage("small"), account(stack), lambda _: None)
    site.change(small(RestAPI=api), lambda losses: pytest.fail(str(losses)))
    plan = small(Other=api)
    asked: list[str] = []
    with pytest.raises(StackFailed, match="Nothing was changed"):
        site.change(plan, lambda losses: bool(asked.extend(losses)))
    assert len(asked) == 1 and asked[0].startswith("RestAPI is removed, and with it the address changes.")
    assert "RestAPI" in Formation(stack.aws("cloudformation"), "agon-small").resources()
