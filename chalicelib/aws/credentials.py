"""STS: credentials for one runner and one queue."""

import json
from dataclasses import dataclass
from datetime import datetime

from chalicelib import settings
from chalicelib.aws.clients import client

#: The longest that a role assumed by a role may last (AWS's role chaining limit).
SESSION_SECONDS = 3600


@dataclass(frozen=True)
class Credentials:
    """Keys that can receive from and delete on one queue, until `expires_at`."""

    access_key_id: str
    secret_access_key: str
    session_token: str
    expires_at: datetime


def for_queue(queue_arn: str, session_name: str) -> Credentials:
    """Assume the runner role, narrowed to one queue by a session policy."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": queue_arn}],
    }
    answer = client("sts").assume_role(
        RoleArn=settings.get().runner_role_arn,
        RoleSessionName=session_name[:64],
        DurationSeconds=SESSION_SECONDS,
        Policy=json.dumps(policy),
    )["Credentials"]
    return Credentials(
        access_key_id=answer["AccessKeyId"],
        secret_access_key=answer["SecretAccessKey"],
        session_token=answer["SessionToken"],
        expires_at=answer["Expiration"],
    )
