"""A stack as its operator reaches it: with credentials of AWS, and not by the API."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from agon import config
from agon.instance import cloud
from agon.instance.cloud import Cloud
from agon.local import ministack
from agon.local.deploy import STACK
from tests.stack import DeployedStack


def environment(stack: DeployedStack) -> dict[str, str]:
    """How an operator reaches a stack."""
    return {
        "AWS_ENDPOINT_URL": stack.local.aws.endpoint,
        "AWS_REGION": stack.local.region,
        "AWS_DEFAULT_REGION": stack.local.region,
        "AWS_ACCESS_KEY_ID": ministack.ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ministack.ROOT_SECRET,
    }


@contextmanager
def operating(stack: DeployedStack) -> Iterator[Cloud]:
    """A block whose calls of AWS go to a stack."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in environment(stack).items():
            patched.setenv(name, value)
        cloud.client.cache_clear()
        yield Cloud.of(STACK)
    cloud.client.cache_clear()


def agon(stack: DeployedStack, *arguments: str) -> dict[str, Any]:
    """The command, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "agon.main", *arguments, "--json"],
        env=config.child_environment(**environment(stack)),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))
