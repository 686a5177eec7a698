"""Traces: what X-Ray's daemon is told of a call, and what a call of which no trace is kept does without."""

import json
import socket
import subprocess
import sys

from agon import config

OBSERVED = """
import sys
from chalicelib import telemetry
print(telemetry.observe(3, lambda event: event + 1), "aws_xray_sdk.core" in sys.modules)
"""


def test_a_sampled_call_is_told_to_the_daemon() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        daemon.settimeout(20)
        assert _observe(sampled=1, daemon=daemon.getsockname()[1]) == "4 True"
        header, told = daemon.recv(65536).split(b"\n", 1)
    assert json.loads(header)["format"] == "json"
    assert json.loads(told)["name"] == "## int"


def test_a_call_that_is_not_sampled_does_not_wait_for_the_tracer() -> None:
    assert _observe(sampled=0, daemon=9) == "4 False"


def _observe(sampled: int, daemon: int) -> str:
    """What a process prints that Lambda gave a trace's header, as it does for each call."""
    environment = config.child_environment(
        LAMBDA_TASK_ROOT="/var/task",
        AWS_DEFAULT_REGION="eu-west-1",
        AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{daemon}",
        POWERTOOLS_TRACE_DISABLED="false",
        _X_AMZN_TRACE_ID=f"Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled={sampled}",
    )
    return subprocess.run(
        [sys.executable, "-c", OBSERVED], cwd=config.SOURCE, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
