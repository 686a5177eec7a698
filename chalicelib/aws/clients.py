"""boto3 clients, made once per process. AWS_ENDPOINT_URL reaches them all, so none names a host.

What S3 was too busy for, after botocore's own tries, is told as Busy by whatever asked for it.
"""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from chalicelib import quickly
from chalicelib.errors import Busy, say

#: What S3 says of what passes by itself (its list of error codes). A HEAD has no body, so botocore tells the status.
S3_BUSY = frozenset({"SlowDown", "ServiceUnavailable", "InternalError", "OperationAborted", "500", "503"})
_BUSY = say("store_busy", "Files cannot be reached at this moment: their store has too much to do. Try again in a moment.")
_CONFIG = Config(
    signature_version="v4",
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
)


@cache
def client(service: str) -> Any:
    """The process's client of an AWS service."""
    # Virtual addressing names the region in signed URLs; the global host would redirect them, which breaks a form.
    s3 = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    # Who asks again when no answer came sends a mail twice.
    once = Config(retries={"mode": "standard", "total_max_attempts": 1})
    config = _CONFIG.merge({"s3": s3, "sesv2": once}.get(service, Config()))
    made = boto3.client(service, config=config)
    if service == "s3":
        made.meta.events.register("after-call.s3", _check_not_busy)
    return quickly.hasten(made) if service in quickly.HOT else made


def busy_store() -> Busy:
    """The error that tells of a store which is too busy."""
    return Busy(_BUSY)


def _check_not_busy(parsed: dict[str, Any], **_: Any) -> None:
    if parsed.get("Error", {}).get("Code") in S3_BUSY:
        raise busy_store()
