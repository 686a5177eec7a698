"""Alarms of the template: each has a metric that is told, says what to do, and has a test that makes it ring (ADR 46)."""

import ast
import json
import re
from functools import cache
from typing import Any

import pytest

from tests.api.conftest import _template
from tests.house.sources import ROOT, sources, tree_of

RESOURCES = _template()["Resources"]
ALARMS = {name: one["Properties"] for name, one in RESOURCES.items() if one["Type"] == "AWS::CloudWatch::Alarm"}
#: What AWS tells by itself: the metrics and their dimensions, as the services' own pages list them ("Available CloudWatch
#: metrics for Amazon SQS", "Metrics for Lambda functions", "DynamoDB Metrics and dimensions", "Amazon API Gateway
#: dimensions and metrics").
OF_AWS = {
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): {"QueueName"},
    ("AWS/Lambda", "Errors"): {"FunctionName"},
    ("AWS/Lambda", "Throttles"): {"FunctionName"},
    ("AWS/DynamoDB", "ReadThrottleEvents"): {"TableName"},
    ("AWS/DynamoDB", "WriteThrottleEvents"): {"TableName"},
    **{("AWS/ApiGateway", name): {"ApiName"} for name in ("Count", "4XXError", "5XXError")},
}
TELLING = {"count", "gauge", "seconds", "_tell"}


@cache
def told() -> list[re.Pattern[str]]:
    """The names of all metrics that the functions tell; of those with a part that is known later, their shape."""
    calls = [
        node
        for path in sources()
        if path.is_relative_to(ROOT / "chalicelib")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in TELLING and node.args
    ]
    return [re.compile(name) for call in calls if (name := _shape(call.args[0]))]


def _shape(name: ast.expr) -> str:
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return re.escape(name.value)
    if isinstance(name, ast.JoinedStr):
        return "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else "[A-Z][a-z]+" for one in name.values)
    return ""


def is_told(namespace: str, metric: str, dimensions: set[str]) -> bool:
    if namespace == "Agon":
        return dimensions == {"stack"} and any(name.fullmatch(metric) for name in told())
    return OF_AWS.get((namespace, metric)) == dimensions


@pytest.mark.parametrize("name", ALARMS)
def test_what_an_alarm_looks_at_is_told(name: str) -> None:
    alarm = ALARMS[name]
    assert is_told(alarm["Namespace"], alarm["MetricName"], {one["Name"] for one in alarm["Dimensions"]})


def test_what_the_dashboard_shows_is_told() -> None:
    widgets = json.loads(RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"])["widgets"]
    lines = [line for one in widgets if one["type"] == "metric" for line in _whole(one["properties"]["metrics"])]
    assert len(lines) > 20
    assert [line for line in lines if not is_told(line[0], line[1], {line[2]})] == []


def test_a_metric_that_nothing_tells_is_found() -> None:
    assert not is_told("Agon", "SubmissionsTaken", {"stack"}) and not is_told("Agon", "Swept", {"service"})
    assert is_told("Agon", "Swept", {"stack"}) and is_told("Agon", "FailedByOrganizer", {"stack"})


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_says_what_to_do_and_tells_who_looks_after_the_site(name: str) -> None:
    alarm = ALARMS[name]
    said = alarm["AlarmDescription"]
    text = said["Fn::Sub"] if isinstance(said, dict) else said
    assert len(text.split(". ")) >= 2 and len(text) <= 1024
    assert re.search(r"`agon |`GET |aws |[Ll]ook at|Service Quotas|Contributor Insights", text)
    assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmsTopic"}]
    # So two stacks of one account have alarms of their own.
    assert alarm["AlarmName"]["Fn::Sub"].startswith("${AWS::StackName}-")


def test_each_alarm_has_a_test_that_makes_it_ring() -> None:
    tests = (ROOT / "tests/system/test_watching.py").read_text()
    names = {alarm["AlarmName"]["Fn::Sub"].removeprefix("${AWS::StackName}-") for alarm in ALARMS.values()}
    assert len(names) == len(ALARMS)
    assert {name for name in names if f'"{name}"' not in tests} == set()


def test_only_who_wants_it_is_mailed_or_has_a_budget_or_traces() -> None:
    declared = {name: _template()["Parameters"][name]["Default"] for name in ("AlarmsTo", "MonthlyBudget", "Traces")}
    assert declared == {"AlarmsTo": "", "MonthlyBudget": 0, "Traces": "false"}
    assert (RESOURCES["AlarmsMail"]["Condition"], RESOURCES["Budget"]["Condition"]) == ("MailsAlarms", "HasBudget")
    conditions = _template()["Conditions"]
    assert conditions["HasBudget"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "MonthlyBudget"}, "0"]}]}


def test_who_may_write_to_the_alarms_topic_is_aws_for_this_account_alone() -> None:
    (may,) = RESOURCES["AlarmsTopicPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert may["Principal"] == {"Service": ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]}
    assert may["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def _whole(lines: list[list[Any]]) -> list[list[Any]]:
    """A widget's metrics, where CloudWatch writes `.` for what is as in the line above, and `...` for all of it."""
    found: list[list[Any]] = []
    for line in lines:
        plain = [one for one in line if not isinstance(one, dict)]
        if plain == ["..."]:
            plain = found[-1]
        found.append([found[-1][at] if one == "." else one for at, one in enumerate(plain)])
    return found
