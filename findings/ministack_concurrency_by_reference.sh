#!/usr/bin/env bash
# MiniStack 1.5.33: an SQS event source whose MaximumConcurrency is a reference to a parameter of type Number delivers nothing.
#
# AWS turns what a reference to a Number gives into the number that the property wants. MiniStack's CloudFormation keeps the
# text, says CREATE_COMPLETE, and its poller then compares a number with a text for every message: the function is never called,
# each round logs an error, and the message stays in its queue. With the same number written down the function is called.
# Seen below: with `MaximumConcurrency: 2` the queue is empty soon; with `!Ref AtOnce` (2, a Number) it has the message still.
# Expected by us: the same of both, or a stack that fails.
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

import boto3
from botocore.exceptions import BotoCoreError, ClientError

print("ministack", importlib.metadata.version("ministack"))
endpoint = f"http://127.0.0.1:{os.environ['PORT']}"
formation, queues = (boto3.client(name, endpoint_url=endpoint) for name in ("cloudformation", "sqs"))
TEMPLATE = """
Parameters:
  AtOnce: {Type: Number, Default: 2}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handle
      Role: !GetAtt Role.Arn
      Code: {ZipFile: "def handle(event, context): return None"}
  Source:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Queue.Arn
      FunctionName: !Ref Function
      BatchSize: 1
      ScalingConfig: {MaximumConcurrency: HOW}
Outputs:
  Url: {Value: !Ref Queue}
"""


def left(how: str) -> int:
    """The messages of one that are still there after a while, with a stack that says its concurrency so."""
    name = "literal" if how == "2" else "reference"
    formation.create_stack(StackName=name, TemplateBody=TEMPLATE.replace("HOW", how), Capabilities=["CAPABILITY_IAM"])
    formation.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    url = formation.describe_stacks(StackName=name)["Stacks"][0]["Outputs"][0]["OutputValue"]
    queues.send_message(QueueUrl=url, MessageBody="one")
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    for _ in range(20):
        time.sleep(1)
        counts = queues.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        if not any(map(int, counts.values())):
            return 0
    return sum(map(int, counts.values()))


for _ in range(60):
    try:
        queues.list_queues()
        break
    except (BotoCoreError, ClientError):
        time.sleep(1)
literal = left("2")
print("messages left, by a literal:", literal)
reference = left("!Ref AtOnce")
print("messages left, by a reference:", reference)
assert (literal, reference) == (0, 1), (literal, reference)
PY
grep -q "ESM SQS poller error: '>=' not supported between instances of 'int' and 'str'" "$folder/log"
echo "As described."
