"""Programs of the local stack: started in a session of their own, found again by their number, stopped politely."""

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from agon.errors import StackFailed

#: Below those that systems give to connections that leave: Linux from 32768 on, others from 49152 on.
_OWN_PORTS = range(20_000, 32_000)


def start(words: Sequence[str], log: Path, environment: Mapping[str, str], folder: Path) -> int:
    """Start a program; its process id. What it prints is appended to `log`.

    Ctrl-C in the terminal does not reach it: the command that started it decides in which order things end.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
    # From here on the number alone is kept, because another command may be the one to stop it.
    process.returncode = 0
    return process.pid


def is_running(pid: int | None, word: str) -> bool:
    """True when this process lives and its command line holds `word`: numbers are given again after a restart."""
    if not pid:
        return False
    for _ in range(20):
        if not _lives(pid):
            return False
        if line := _command_line(pid):
            return word in line
        # Just started: Linux shows a new program for a moment without its words.
        time.sleep(0.01)
    return False


def stop(pid: int | None, word: str, patience_seconds: float = 20) -> bool:
    """Ask a process to end, and kill it when it does not. True when there was one."""
    if not pid or not is_running(pid, word):
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        if not _ends_within(pid, patience_seconds):
            os.killpg(pid, signal.SIGKILL)
            _ends_within(pid, 5)
    return True


def wait_until(ready: Callable[[], bool], pid: int, word: str, log: Path, patience_seconds: float) -> None:
    """Return once `ready`. Raises StackFailed with the log's last words when the process dies or is too slow."""
    deadline = time.monotonic() + patience_seconds
    while not ready():
        alive = is_running(pid, word)
        if not alive or time.monotonic() > deadline:
            trouble = f"does not answer after {patience_seconds:.0f} s" if alive else "ended"
            raise StackFailed(f"{log.stem} {trouble}. Its log, {log}, ends:\n{last_words(log)}")
        time.sleep(0.1)


def is_free(port: int) -> bool:
    """True when nobody listens on 127.0.0.1:port."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody listens on just now. Whoever connects to somewhere is given none of these, so it is free still when
    a program has started. Raises StackFailed."""
    for port in random.sample(_OWN_PORTS, 100):
        if is_free(port):
            return port
    raise StackFailed(f"All ports of 127.0.0.1 from {_OWN_PORTS.start} on are taken.")


def _ends_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while _lives(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _lives(pid: int) -> bool:
    # A child of this very process stays in the table until it is waited for.
    with suppress(ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _command_line(pid: int) -> str:
    file = Path(f"/proc/{pid}/cmdline")
    if file.exists():
        with suppress(OSError):
            return file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    # No /proc on macOS.
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout


def last_words(log: Path) -> str:
    """The end of a log file, for a person."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    return "\n".join(lines[-8:])
