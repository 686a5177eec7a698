"""A runner daemon on this machine, for the local stack's default queue."""

import sys
import time

from agon import config
from agon.errors import StackFailed
from agon.local import process
from agon.local.state import StackState

_MARK = "runner run"
#: A runner that cannot work (no Docker engine, refused token) ends within this time.
_SETTLING_SECONDS = 1.0


def is_up(state: StackState, api: str | None = None) -> bool:
    """True when it runs, and, with `api`, when it runs for this API: an updated stack may have another address."""
    known = state.get("runner") or {}
    return process.is_running(known.get("pid"), _MARK) and api in (None, known.get("api"))


def start(state: StackState, api: str, endpoint: str, token: str) -> None:
    """Start it with a runner token. Raises StackFailed with its own words when it cannot work."""
    stop(state)
    environment = config.child_environment(
        AGON_API=api,
        AGON_RUNNER_TOKEN=token,
        AGON_RUNNER_HOME=str(state.folder("runner")),
        AGON_RUNNER_NAME="local",
        AWS_ENDPOINT_URL=endpoint,
        PYTHONUNBUFFERED="1",
    )
    log = state.log("runner")
    pid = process.start([sys.executable, "-m", "runner", "run"], log, environment, config.SOURCE)
    state.set("runner", {"pid": pid, "api": api})
    began = time.monotonic()
    process.wait_until(lambda: time.monotonic() - began > _SETTLING_SECONDS, pid, _MARK, log, 10)


def check(state: StackState) -> None:
    """Raises StackFailed with the end of its log when it no longer runs."""
    if not is_up(state):
        log = state.log("runner")
        raise StackFailed(f"The runner ended. Its log, {log}, ends:\n{process.last_words(log)}")


def stop(state: StackState) -> bool:
    """Let it finish its job, then end it. True when it ran."""
    known = state.get("runner") or {}
    stopped = process.stop(known.get("pid"), _MARK, patience_seconds=30)
    if known:
        state.set("runner", None)
    return stopped
