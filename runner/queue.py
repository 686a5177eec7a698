"""The queue of wake-ups: receive and delete on the one SQS queue that a session opens."""

import json
import re
from dataclasses import dataclass

import boto3
from botocore.config import Config as BotoConfig
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.contract import correlation
from runner.backend import Session
from runner.errors import Unreachable

#: A runner that dies before its claim gives the message back after this long (docs/protocol.md 8).
VISIBILITY_SECONDS = 30
MESSAGE_VERSION = 1
_ID = re.compile(r"[a-z0-9-]{1,64}\Z")


@dataclass(frozen=True)
class Message:
    """A submission that waits, and the handle by which its message is deleted; None when the API told of it. `request` is
    the id of the call that sent it."""

    submission: str
    receipt: str | None
    request: str = ""


class JobQueue:
    """One session's queue. Safe to use from several threads."""

    def __init__(self, session: Session, endpoint: str | None) -> None:
        self._url = session.queue_url
        self._sqs = boto3.client(
            "sqs",
            region_name=session.region,
            endpoint_url=endpoint,
            aws_access_key_id=session.access_key_id,
            aws_secret_access_key=session.secret_access_key,
            aws_session_token=session.session_token,
            config=BotoConfig(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "max_attempts": 2}),
        )

    def close(self) -> None:
        """Close every connection."""
        self._sqs.close()

    def receive(self, wait_seconds: int) -> Message | None:
        """The next message, waiting up to `wait_seconds` (at most 20); None when there is none, or none to be read.

        A message of an unknown shape is left alone: SQS moves it to the dead-letter queue. Raises Unreachable.
        """
        try:
            answer = self._sqs.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=1,
                WaitTimeSeconds=wait_seconds,
                VisibilityTimeout=VISIBILITY_SECONDS,
                MessageAttributeNames=[correlation.ATTRIBUTE],
            )
        except (BotoCoreError, ClientError) as error:
            raise Unreachable(f"The queue did not answer ({_name(error)}).") from error
        for message in answer.get("Messages", []):
            submission = read_submission(message["Body"])
            named = message.get("MessageAttributes", {}).get(correlation.ATTRIBUTE, {}).get("StringValue", "")
            return Message(submission, message["ReceiptHandle"], named) if submission else None
        return None

    def delete(self, message: Message) -> None:
        """Delete a message. Raises Unreachable; harmless then, because a second claim is refused."""
        if message.receipt is None:
            return
        try:
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message.receipt)
        except (BotoCoreError, ClientError) as error:
            raise Unreachable(f"The queue did not delete a message ({_name(error)}).") from error


def read_submission(body: str) -> str | None:
    """The submission's id in a message's body, or None when it is not the shape of docs/protocol.md 1."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    if not isinstance(value, dict) or value.get("version") != MESSAGE_VERSION:
        return None
    submission = value.get("submission")
    return submission if isinstance(submission, str) and _ID.match(submission) else None


def _name(error: Exception) -> str:
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "ClientError"))
    return type(error).__name__
