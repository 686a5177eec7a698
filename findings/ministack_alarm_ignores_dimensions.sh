#!/usr/bin/env bash
# MiniStack 1.5.33: a CloudWatch alarm rings for the figures of other dimensions.
#
# On AWS a metric is its namespace, its name and its dimensions together: an alarm looks at the one that it names. MiniStack's
# alarms look at every figure of that namespace and name, whatever its dimensions are. So the alarm of one stack, queue or
# function rings for another one's, and a test that makes one alarm ring changes the state of all of its kind.
# Seen below: of two alarms that differ in a dimension alone, figures of the first dimension put both into ALARM, and
# get_metric_statistics, asked by dimension, knows of none for the second.
# Expected by us: the second alarm keeps INSUFFICIENT_DATA, as on AWS.
set -euo pipefail
folder=$(mktemp -d)
trap '[[ -z ${emulator:-} ]] || kill "$emulator" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "ministack==1.5.33" "boto3==1.43.106" 2>/dev/null
port=$("$folder/venv/bin/python" -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
cd "$folder"
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=eu-west-1
BIND_HOST=127.0.0.1 GATEWAY_PORT=$port MINISTACK_HOST=127.0.0.1 MINISTACK_REGION=eu-west-1 SFTP_ENABLED=0 IOT_MTLS_ENABLED=0 \
    "$folder/venv/bin/python" -m ministack >"$folder/log" 2>&1 &
emulator=$!
PORT=$port timeout 120 "$folder/venv/bin/python" - <<'PY'
import importlib.metadata
import os
import time
from datetime import datetime, timedelta, timezone

import boto3
from botocore.exceptions import BotoCoreError, ClientError

print("ministack", importlib.metadata.version("ministack"))
watch = boto3.client("cloudwatch", endpoint_url=f"http://127.0.0.1:{os.environ['PORT']}")
end = time.monotonic() + 60
while True:
    try:
        watch.describe_alarms()
        break
    except (BotoCoreError, ClientError):
        assert time.monotonic() < end, "The emulator does not answer."
        time.sleep(0.3)


def dimensions(stack):
    return [{"Name": "stack", "Value": stack}]


for stack in ("one", "two"):
    watch.put_metric_alarm(
        AlarmName=stack, Namespace="Lab", MetricName="Failures", Dimensions=dimensions(stack), Statistic="Sum", Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanOrEqualToThreshold",
    )
watch.put_metric_data(Namespace="Lab", MetricData=[{"MetricName": "Failures", "Dimensions": dimensions("one"), "Value": 5}])
states = {one["AlarmName"]: one["StateValue"] for one in watch.describe_alarms()["MetricAlarms"]}
now = datetime.now(timezone.utc)
told = {
    stack: len(
        watch.get_metric_statistics(
            Namespace="Lab", MetricName="Failures", Dimensions=dimensions(stack), Period=60, Statistics=["Sum"],
            StartTime=now - timedelta(minutes=5), EndTime=now + timedelta(minutes=1),
        )["Datapoints"]
    )
    for stack in ("one", "two")
}
print("states:", states, "figures by dimension:", told)
assert told["one"] == 1 and told["two"] == 0, told
assert states == {"one": "ALARM", "two": "ALARM"}, states
PY
echo "As described."
