"""The web console on this machine: Vite serves console/dist and hands /api on to the stack."""

import shutil
import sys
from pathlib import Path

import httpx

from agon import config
from agon.local import process
from agon.local.state import StackState

DEFAULT_PORT = 8080
_MARK = "vite"
_PATIENCE_SECONDS = 30


def missing() -> str | None:
    """A sentence saying why the console cannot be served, or None."""
    if not _node():
        return "The console is not served: Node.js is missing (`make setup` brings it)."
    if not (config.SOURCE / "console/dist/index.html").exists():
        return "The console is not served: it is not built (`make setup` builds it)."
    return None


def is_up(state: StackState, api: str) -> bool:
    """True when it runs for this API."""
    known = state.get("console") or {}
    return known.get("api") == api and process.is_running(known.get("pid"), _MARK)


def start(state: StackState, api: str, pages: str, port: int | None = None) -> str:
    """The console's address, served from now on, which frames pages from that origin. Without a port it is 8080, or another
    free one. Raises StackFailed."""
    stop(state)
    chosen = port or (DEFAULT_PORT if process.is_free(DEFAULT_PORT) else process.free_port())
    address = f"http://127.0.0.1:{chosen}"
    vite = config.SOURCE / "console/node_modules/vite/bin/vite.js"
    words = [_node() or "node", str(vite), "preview", "--host", "127.0.0.1", "--port", str(chosen), "--strictPort"]
    log = state.log("console")
    pid = process.start(words, log, config.child_environment(AGON_API=api, AGON_PAGES=pages), config.SOURCE / "console")
    state.set("console", {"pid": pid, "url": address, "api": api})
    process.wait_until(lambda: _answers(address), pid, _MARK, log, _PATIENCE_SECONDS)
    return address


def stop(state: StackState) -> bool:
    """End it. True when it ran."""
    known = state.get("console") or {}
    stopped = process.stop(known.get("pid"), _MARK)
    if known:
        state.set("console", None)
    return stopped


def _node() -> str | None:
    # `make setup` puts Node.js beside Python where the machine has none.
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.exists() else shutil.which("node")


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2, trust_env=False).is_success
    except httpx.TransportError:
        return False
