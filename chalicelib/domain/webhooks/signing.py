"""Signatures of what webhooks send, by the conventions of Standard Webhooks: who has the secret can tell that it is ours."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

#: What a secret begins with, so that it is known for one wherever it turns up.
PREFIX = "whsec_"


def secret_of(key: bytes) -> str:
    """A secret as its receiver keeps it."""
    return PREFIX + base64.b64encode(key).decode()


def headers(secrets: Iterable[str], id_: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that sign a body, by each secret that is good, the newest first."""
    seconds = int(at.timestamp())
    content = f"{id_}.{seconds}.".encode() + body
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{_sign(secret, content)}" for secret in secrets),
    }


def _sign(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
