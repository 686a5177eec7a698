"""Each alarm of the stack rings, by its own definition on the deployed stack.

What is emulated, since MiniStack makes no metrics of log lines and has none of SQS, API Gateway and DynamoDB: a test has the
real function write its real log line, and puts what CloudWatch extracts of it (`tests/metrics.py`, by the specification of
the embedded metric format). For AWS's own metrics it puts the datum that the service would tell, under the dimensions that
the alarm names, once the real resource of that name is found. Lambda's are the emulator's own, of real invocations.
MiniStack evaluates an alarm whenever data arrive, over its whole window, and tells neither dimensions apart nor what is
missing: that data have an alarm's dimensions is compared here, and missing data are told as a statistic of no samples.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agon.client import Client
from tests import builders, metrics
from tests.api.conftest import _template
from tests.metrics import Datum
from tests.stack import DeployedStack, eventually

from .conftest import Line

#: How long a healthy datum stays in an alarm's window from when it is put.
MOMENT_SECONDS = 8
ACCOUNT = "000000000000"


@dataclass
class Alarm:
    """One alarm of the stack."""

    stack: DeployedStack
    name: str

    @property
    def definition(self) -> dict[str, Any]:
        """As it is deployed, with its state."""
        found = self.stack.aws("cloudwatch").describe_alarms(AlarmNames=[self.name])
        (alarm,) = found["MetricAlarms"]
        return dict(alarm)

    @property
    def state(self) -> str:
        """OK, ALARM or INSUFFICIENT_DATA."""
        return str(self.definition["StateValue"])

    @property
    def dimensions(self) -> dict[str, str]:
        """Those of its metric."""
        return {one["Name"]: one["Value"] for one in self.definition["Dimensions"]}

    def put(self, *values: float, ago: float = 0) -> None:
        """Have its metric be told these values, so many seconds ago; none is a minute without any."""
        told = self.definition
        stat = {"Values": list(values)} if values else {"StatisticValues": dict.fromkeys(_STATISTICS, 0)}
        at = datetime.now(UTC) - timedelta(seconds=ago)
        datum = {"MetricName": told["MetricName"], "Dimensions": told["Dimensions"], "Timestamp": at, **stat}
        self.stack.aws("cloudwatch").put_metric_data(Namespace=told["Namespace"], MetricData=[datum])

    def is_calm(self) -> None:
        """Healthy data, about to leave its window, have it be OK."""
        told = self.definition
        self.put(0, ago=told["Period"] * told["EvaluationPeriods"] - MOMENT_SECONDS)
        assert self.state == "OK", self.definition

    def hear(self, data: list[Datum]) -> None:
        """Have CloudWatch be told what it would have extracted of log lines, of this alarm's metric."""
        told = self.definition
        own = [one for one in data if (one.namespace, one.name) == (told["Namespace"], told["MetricName"])]
        assert own, (told["MetricName"], {one.name for one in data})
        for datum in own:
            assert datum.dimensions == self.dimensions
            self.put(*datum.values)


_STATISTICS = ("SampleCount", "Sum", "Minimum", "Maximum")


@pytest.fixture
def alarm(stack: DeployedStack) -> Callable[[str], Alarm]:
    return lambda name: Alarm(stack, f"agon-{name}")


@pytest.fixture
def swept(stack: DeployedStack, sweep: Any) -> Callable[..., list[Datum]]:
    """What CloudWatch would extract of the log of one sweep; those that come by themselves are beside it."""

    def swept(*keys: tuple[str, str]) -> list[Datum]:
        logs, since = stack.aws("logs"), int(time.time() * 1000)
        sweep(*keys)

        def lines() -> list[str]:
            found = logs.filter_log_events(logGroupName="/aws/lambda/agon-Sweep", startTime=since)
            return [event["message"] for event in found["events"]]

        told = eventually(lines, lambda found: any(one.name == "Swept" for one in metrics.extracted(found)))
        return list(metrics.extracted(told))

    return swept


@pytest.fixture
def waiting(ada: Client, compete: Any, send: Any, line: Line) -> Iterator[str]:
    """The id of a submission that waits, with no runner."""
    phase = compete(ada, extra=line.manifest)["phases"][0]["id"]
    made = ada.submit(phase, send(ada, builders.submission()))["id"]
    yield made
    ada.cancel(made)


def functions(stack: DeployedStack) -> list[str]:
    return [one["FunctionName"] for one in stack.aws("lambda").list_functions()["Functions"]]


def test_an_alarm_rings_when_no_sweep_has_ended_for_five_minutes(alarm: Any, swept: Any) -> None:
    missed = alarm("sweep-not-run")
    # One of the test's own, and maybe one of each minute.
    healthy = [one for one in swept() if one.name == "Swept"]
    assert [one.dimensions for one in healthy] == [missed.dimensions] * len(healthy)
    missed.is_calm()
    time.sleep(MOMENT_SECONDS)
    missed.put()
    assert missed.state == "ALARM"
    # Of which CloudWatch says the same where nothing is told at all.
    assert missed.definition["TreatMissingData"] == "breaching"


def test_an_alarm_rings_when_a_submission_has_waited_for_long(
    stack: DeployedStack, alarm: Any, swept: Any, waiting: str
) -> None:
    oldest = alarm("oldest-job")
    # The sweeper looks at lines of which it has seen something.
    seen = f"SUBMISSION#{waiting}", "SUBMISSION"
    oldest.is_calm()
    oldest.hear(swept(seen))
    assert oldest.state == "OK"
    stack.aws("dynamodb").update_item(
        TableName=stack.outputs["TableName"],
        Key={"pk": {"S": seen[0]}, "sk": {"S": seen[1]}},
        UpdateExpression="SET created_at = :then",
        ExpressionAttributeValues={":then": {"S": f"{datetime.now(UTC) - timedelta(minutes=61):%Y-%m-%dT%H:%M:%S.%f}+0000"}},
    )

    def state() -> str:
        oldest.hear(swept(seen))
        return oldest.state

    eventually(state, lambda found: found == "ALARM")


def test_an_alarm_rings_when_no_runner_is_alive_while_submissions_wait(
    alarm: Any, swept: Any, ada: Client, organizer: Client, compete: Any, send: Any
) -> None:
    alone = alarm("no-runner")
    alone.is_calm()
    phase = compete(ada, extra=f"queue: {organizer.create_queue('Nobody serves it')['id']}")["phases"][0]["id"]
    made = ada.submit(phase, send(ada, builders.submission()))["id"]

    def told() -> Datum:
        found = swept((f"SUBMISSION#{made}", "SUBMISSION"))
        return max((one for one in found if one.name == "JobsWithoutRunner"), key=lambda one: one.values)

    # The sweep of each minute may have looked at it, and told of it, in the place of this one.
    lonely = eventually(told, lambda one: one.values > (0,))
    ada.cancel(made)
    # So it was in each of the periods.
    for ago in (610, 310, 10):
        alone.put(*lonely.values, ago=ago)
    assert lonely.dimensions == alone.dimensions and alone.state == "ALARM"


def test_an_alarm_rings_when_something_is_given_up_and_its_topic_is_told(
    stack: DeployedStack, alarm: Any, swept: Any, organizer: Client
) -> None:
    given_up, sqs, sns = alarm("job-given-up"), stack.aws("sqs"), stack.aws("sns")
    given_up.is_calm()
    topic, ears = stack.outputs["AlarmsTopicArn"], sqs.create_queue(QueueName="ears-of-alarms")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=ears, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    may = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [may]})
    sqs.set_queue_attributes(QueueUrl=ears, Attributes={"Policy": policy})
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    id_ = f"dead-{time.time_ns()}"
    body = json.dumps({"version": 1, "task": "notice", "id": id_})
    sqs.send_message(QueueUrl=stack.outputs["TasksDeadQueueUrl"], MessageBody=body)
    # The sweeper that runs each minute may be faster; then it told the same.
    given_up.hear([one for one in swept() if one.name == "GivenUp"] or [_given_up(given_up)])
    assert given_up.state == "ALARM"
    heard = eventually(lambda: sqs.receive_message(QueueUrl=ears, WaitTimeSeconds=1).get("Messages"), bool)
    told = json.loads(json.loads(heard[0]["Body"])["Message"])
    assert (told["AlarmName"], told["NewStateValue"]) == ("agon-job-given-up", "ALARM")
    assert "agon admin failures" in told["AlarmDescription"]
    for failure in organizer.sweep_failures():
        if failure["item"] == f"notice {id_}":
            organizer.retry_failure(failure["id"])


def _given_up(alarm: Alarm) -> Datum:
    return Datum("Agon", "GivenUp", "Count", alarm.dimensions, (1.0,))


def test_an_alarm_rings_when_a_dead_letter_queue_is_not_empty(stack: DeployedStack, alarm: Any) -> None:
    sqs, dead = stack.aws("sqs"), {"tasks-dead": "TasksDeadQueueUrl", "jobs-dead": "JobsDeadQueueUrl"}
    for name in dead:
        alarm(name).is_calm()
    for name, output in dead.items():
        url = stack.outputs[output]
        assert alarm(name).dimensions == {"QueueName": url.rpartition("/")[2]}
        there = eventually(lambda url=url: one_more(sqs, url), bool)
        sqs.purge_queue(QueueUrl=url)
        for ago in (310, 10):
            alarm(name).put(float(there), ago=ago)
        assert alarm(name).state == "ALARM"


def one_more(sqs: Any, url: str) -> int:
    """How many messages a queue has once it is sent one more; none if the sweeper of each minute was faster."""
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"version": 1, "submission": "gone"}))
    there = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(there["Attributes"]["ApproximateNumberOfMessages"])


def test_an_alarm_rings_when_one_answer_in_twenty_is_an_error_of_ours(stack: DeployedStack, alarm: Any) -> None:
    errors = alarm("api-errors")
    names = {api["name"] for api in stack.aws("apigateway").get_rest_apis()["items"]}
    assert set(errors.dimensions) == {"ApiName"} and errors.dimensions["ApiName"] in names
    # API Gateway tells each answer's 0 or 1, so the average is their share.
    answers = [float(stack.call("GET", "/site").status_code >= 500) for _ in range(3)]
    errors.put(*answers)
    errors.is_calm()
    for ago in (310, 10):
        errors.put(1, *[0] * 15, ago=ago)
    assert errors.state == "ALARM"


def test_an_alarm_rings_when_background_tasks_break_off(stack: DeployedStack, alarm: Any) -> None:
    failing = alarm("tasks-fail")
    failing.is_calm()
    assert failing.dimensions["FunctionName"] in functions(stack)
    broken = {"Records": [{"body": "{}", "receiptHandle": "none", "attributes": {}}]}
    for _ in range(5):
        answer = stack.aws("lambda").invoke(FunctionName=failing.dimensions["FunctionName"], Payload=json.dumps(broken))
        assert "FunctionError" in answer
    # The emulator has told of each by now; it evaluates when data arrive.
    failing.put(0)
    assert failing.state == "ALARM"


def test_an_alarm_rings_when_the_apis_function_may_not_start(stack: DeployedStack, alarm: Any) -> None:
    throttled, lambdas = alarm("api-throttled"), stack.aws("lambda")
    throttled.is_calm()
    name = throttled.dimensions["FunctionName"]
    lambdas.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    try:
        assert stack.call("GET", "/site").status_code >= 429
    finally:
        lambdas.delete_function_concurrency(FunctionName=name)
    throttled.put(1)
    assert throttled.state == "ALARM"
    assert eventually(lambda: stack.call("GET", "/site").status_code, lambda status: status == 200)


@pytest.mark.parametrize("name", ["reads-throttled", "writes-throttled"])
def test_an_alarm_rings_when_the_table_refuses_many_requests(stack: DeployedStack, alarm: Any, name: str) -> None:
    throttled = alarm(name)
    throttled.is_calm()
    assert throttled.dimensions == {"TableName": stack.outputs["TableName"]}
    throttled.put(99)
    assert throttled.state == "OK"
    throttled.put(1)
    assert throttled.state == "ALARM"


def test_the_dashboard_shows_every_alarm(stack: DeployedStack) -> None:
    clouds = stack.aws("cloudwatch")
    body = json.loads(clouds.get_dashboard(DashboardName="agon")["DashboardBody"])
    (shown,) = [one["properties"]["alarms"] for one in body["widgets"] if one["type"] == "alarm"]
    there = [one["AlarmArn"] for one in clouds.describe_alarms(AlarmNamePrefix="agon-")["MetricAlarms"]]
    assert sorted(shown) == sorted(there) and len(there) > 10
    assert "${" not in json.dumps(body)


def test_the_months_budget_is_one_that_aws_takes_and_tells_the_topic(stack: DeployedStack) -> None:
    """MiniStack has AWS Budgets, and none in its templates: so the template's own is made there by hand."""
    budgets, said = stack.aws("budgets"), _template()["Resources"]["Budget"]["Properties"]
    told = json.loads(json.dumps(said).replace(json.dumps({"Ref": "AlarmsTopic"}), f'"{stack.outputs["AlarmsTopicArn"]}"'))
    budget = {**told["Budget"], "BudgetName": "agon-month", "BudgetLimit": {"Amount": "20", "Unit": "USD"}}
    notices = told["NotificationsWithSubscribers"]
    budgets.create_budget(AccountId=ACCOUNT, Budget=budget, NotificationsWithSubscribers=notices)
    kept = budgets.describe_notifications_for_budget(AccountId=ACCOUNT, BudgetName="agon-month")["Notifications"]
    assert {one["NotificationType"] for one in kept} == {"ACTUAL", "FORECASTED"}
    for one in notices:
        heard = budgets.describe_subscribers_for_notification(
            AccountId=ACCOUNT, BudgetName="agon-month", Notification=one["Notification"]
        )
        assert heard["Subscribers"] == [{"SubscriptionType": "SNS", "Address": stack.outputs["AlarmsTopicArn"]}]
