"""boto3 clients, made once per process. AWS_ENDPOINT_URL reaches them all, so none names a host."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

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
    config = _CONFIG.merge(s3) if service == "s3" else _CONFIG
    return boto3.client(service, config=config)
