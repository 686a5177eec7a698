"""A stack as its operator reaches it: boto3's clients, with the credentials, region and endpoint of the environment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from agon.errors import AgonError

#: Calls under way at once.
AT_ONCE = 16
#: Of users Cognito takes few calls a second, and of everything AWS takes fewer now and then.
_RETRIES = Config(retries={"mode": "adaptive", "max_attempts": 10}, max_pool_connections=2 * AT_ONCE)
_QUEUE_ATTRIBUTES = (
    *("VisibilityTimeout", "ReceiveMessageWaitTimeSeconds", "MessageRetentionPeriod"),
    *("SqsManagedSseEnabled", "RedrivePolicy"),
)
_OUTPUTS = ("TableName", "FilesBucket", "RunsBucket", "UserPoolId", "JobsQueueUrl")


class CloudFailed(AgonError):
    """AWS refused, or what was asked of it cannot be."""


@dataclass(frozen=True)
class Cloud:
    """One stack. Its clients are safe to use from several threads."""

    stack: str
    id: str
    table: str
    buckets: dict[str, str]
    pool: str
    jobs_queue_url: str

    @classmethod
    def of(cls, stack: str) -> Cloud:
        """The stack of a name, where the environment says. Raises CloudFailed."""
        try:
            (found,) = client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
        except (BotoCoreError, ClientError) as error:
            raise CloudFailed(
                f"There is no stack {stack} that these credentials may read ({error}). Say --stack, and set AWS_PROFILE or"
                " AWS_ACCESS_KEY_ID, and AWS_REGION, to those of the account that it is in."
            ) from error
        outputs = {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", ())}
        if missing := [name for name in _OUTPUTS if name not in outputs]:
            raise CloudFailed(f"The stack {stack} is none of Agon: it has no output {missing[0]}.")
        buckets = {"files": outputs["FilesBucket"], "runs": outputs["RunsBucket"]}
        # Names may be those of another stack's parts, in another account; its id is nobody else's.
        id_ = str(found["StackId"]).rpartition("/")[2]
        return cls(stack, id_, outputs["TableName"], buckets, outputs["UserPoolId"], outputs["JobsQueueUrl"])

    @property
    def secrets_path(self) -> str:
        """The path in SSM below which the stack's secrets are."""
        return f"/{self.stack}/"

    @property
    def is_paused(self) -> bool:
        """True while its site takes no submissions."""
        key = {"pk": {"S": "SITE"}, "sk": {"S": "SITE"}}
        site = client("dynamodb").get_item(TableName=self.table, Key=key).get("Item", {})
        return bool(site.get("paused", {}).get("BOOL"))

    def queue_name(self, queue: str) -> str:
        """The name in SQS of a queue of runners."""
        return f"{self.stack}-queue-{queue}"


@cache
def client(service: str) -> Any:
    """A boto3 client of the environment."""
    return boto3.client(service, config=_RETRIES)


def workers() -> ThreadPoolExecutor:
    """Threads for calls under way at once."""
    return ThreadPoolExecutor(AT_ONCE)


def make_queue(cloud: Cloud, queue: str) -> None:
    """Make the queue of an organizer's runners, as the stack's own is. Does nothing twice."""
    sqs = client("sqs")
    like = sqs.get_queue_attributes(QueueUrl=cloud.jobs_queue_url, AttributeNames=["All"])["Attributes"]
    attributes = {name: like[name] for name in _QUEUE_ATTRIBUTES if name in like}
    sqs.create_queue(QueueName=cloud.queue_name(queue), Attributes=attributes)
