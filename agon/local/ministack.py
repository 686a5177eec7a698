"""MiniStack, the emulator of AWS that comes with Agon: start, find again, stop."""

import shutil
import sys
from pathlib import Path

import httpx

from agon import config
from agon.errors import StackFailed
from agon.local import process
from agon.local.state import StackState

DEFAULT_PORT = 4566
_MARK = "ministack"
_PROGRAM = "agon.local.ministack_program"
#: Whoever signs with this pair is the emulated account's root.
ROOT_KEY = ROOT_SECRET = "test"
_PATIENCE_SECONDS = 60


def start(state: StackState, region: str, port: int | None = None) -> str:
    """The address of the emulator that keeps its state in `state`, started when it does not run.

    A stack stays on the port that it was made on, because addresses of queues hold it. IAM is enforced.
    Raises StackFailed when the port is taken or the emulator does not answer.
    """
    known = state.get("ministack") or {}
    if is_up(state):
        return _address(known["port"])
    chosen = known.get("port") or port or _default_port()
    if not process.is_free(chosen):
        raise StackFailed(f"Port {chosen} is taken by another program. Stop that one, or choose: `agon up --port 4577`.")
    log = state.log("ministack")
    pid = process.start([sys.executable, "-m", _PROGRAM], log, _environment(state, region, chosen), state.root)
    state.set("ministack", {"pid": pid, "port": chosen})
    process.wait_until(lambda: _is_healthy(chosen), pid, _MARK, log, _PATIENCE_SECONDS)
    return _address(chosen)


def is_up(state: StackState) -> bool:
    """True when it runs and answers."""
    known = state.get("ministack") or {}
    return process.is_running(known.get("pid"), _MARK) and _is_healthy(known["port"])


def stop(state: StackState) -> bool:
    """End the emulator, which then writes its state. True when it ran."""
    known = state.get("ministack") or {}
    stopped = process.stop(known.get("pid"), _MARK, patience_seconds=60)
    if known:
        state.set("ministack", {"port": known["port"]})
    return stopped


def _default_port() -> int:
    return DEFAULT_PORT if process.is_free(DEFAULT_PORT) else process.free_port()


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _is_healthy(port: int) -> bool:
    try:
        return httpx.get(f"{_address(port)}/_ministack/health", timeout=2, trust_env=False).is_success
    except httpx.TransportError:
        return False


def _environment(state: StackState, region: str, port: int) -> dict[str, str]:
    # The emulator's Lambdas inherit this.
    return config.child_environment(
        AUTH="true",
        AWS_ACCESS_KEY_ID=ROOT_KEY,
        AWS_SECRET_ACCESS_KEY=ROOT_SECRET,
        AWS_DEFAULT_REGION=region,
        AWS_REGION=region,
        BIND_HOST="127.0.0.1",
        # The next worker is a fork (function_workers).
        LAMBDA_WARM_TTL_SECONDS="60",
        GATEWAY_PORT=str(port),
        MINISTACK_HOST="127.0.0.1",
        MINISTACK_REGION=region,
        NO_PROXY="127.0.0.1,localhost",
        PERSIST_STATE="1",
        STATE_DIR=str(state.folder("aws")),
        S3_PERSIST="1",
        S3_DATA_DIR=str(state.folder("s3")),
        # Listeners of services that Agon does not use.
        SFTP_ENABLED="0",
        IOT_MTLS_ENABLED="0",
        TMPDIR=str(_empty_folder(state)),
    )


def _empty_folder(state: StackState) -> Path:
    # Functions are unpacked here. An emulator that was killed leaves them, and nobody else would remove them.
    shutil.rmtree(state.root / "tmp", ignore_errors=True)
    return state.folder("tmp")
