"""The queue of wake-ups: receive and delete on the one SQS queue that a session opens."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from chalicelib.contract import correlation
from runner.backend import Session
from runner.errors import Unreachable
from runner.http import Http, Silent, is_good, read
from runner.signing import Keys, signed

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
        here = urlsplit(session.queue_url)
        self._url = session.queue_url
        self._endpoint = (endpoint or f"{here.scheme}://{here.netloc}").rstrip("/") + "/"
        self._region = session.region
        self._keys = Keys(session.access_key_id, session.secret_access_key, session.session_token)
        # What is signed by a wrong clock is refused.
        self._ahead = timedelta(seconds=session.clock_ahead_seconds or 0.0)
        self._http = Http(read_seconds=30.0)

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def receive(self, wait_seconds: int) -> Message | None:
        """The next message, waiting up to `wait_seconds` (at most 20); None when there is none, or none to be read.

        A message of an unknown shape is left alone: SQS moves it to the dead-letter queue. Raises Unreachable.
        """
        answer = self._call(
            "ReceiveMessage",
            "The queue did not answer",
            MaxNumberOfMessages=1,
            WaitTimeSeconds=wait_seconds,
            VisibilityTimeout=VISIBILITY_SECONDS,
            MessageAttributeNames=[correlation.ATTRIBUTE],
        )
        for message in answer.get("Messages") or []:
            submission = read_submission(message["Body"])
            named = message.get("MessageAttributes", {}).get(correlation.ATTRIBUTE, {}).get("StringValue", "")
            return Message(submission, message["ReceiptHandle"], named) if submission else None
        return None

    def delete(self, message: Message) -> None:
        """Delete a message. Raises Unreachable; harmless then, because a second claim is refused."""
        if message.receipt is None:
            return
        self._call("DeleteMessage", "The queue did not delete a message", ReceiptHandle=message.receipt)

    def _call(self, action: str, trouble: str, **arguments: Any) -> dict[str, Any]:
        """Once more where nobody answered, or a server did in trouble. Raises Unreachable, with `trouble` and why."""
        for is_last in (False, True):
            cause, is_final = self._try(action, arguments)
            if isinstance(cause, dict):
                return cause
            if is_final or is_last:
                break
        raise Unreachable(f"{trouble} ({cause}).")

    def _try(self, action: str, arguments: dict[str, Any]) -> tuple[dict[str, Any] | str, bool]:
        """What it answers, or why there is none, and whether it would say so again."""
        body = json.dumps({"QueueUrl": self._url, **arguments}).encode()
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{action}"}
        now = datetime.now(UTC) - self._ahead
        try:
            sent = signed(self._endpoint, body, headers, self._keys, self._region, "sqs", now)
            response = self._http.send("POST", self._endpoint, body, sent)
        except Silent as error:
            return str(error), False
        try:
            answer = read(response) if response.content else {}
        except ValueError:
            answer = None
        if is_good(response) and isinstance(answer, dict):
            return answer, True
        kind = answer.get("__type") if isinstance(answer, dict) else None
        return str(kind or response.status_code).rpartition("#")[2][:100], response.status_code < 500


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
