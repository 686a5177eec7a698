"""Folders as the scoring program sees them while a participant's code writes to them: no link in them is followed.

Such a view is a mount of the folder with `nosymfollow` (Linux 5.10), made where the Docker engine looks for folders: a
runner that a service manager has closed in looks elsewhere. So a process of its own makes it, and only root can; where that
fails, the folder is seen as it is.
"""

import logging
import socket
import struct
import subprocess
import sys
from pathlib import Path

from runner import mounting

logger = logging.getLogger(__name__)

_SOCKET = "unix:///var/run/docker.sock"
_SECONDS = 10.0


class Views:
    """The views of one job, in its folder."""

    def __init__(self, folder: Path, docker_host: str | None) -> None:
        self._folder = folder
        self._docker_host = docker_host or _SOCKET
        self._made: list[Path] = []

    def make(self, source: Path, read_only: bool) -> Path | None:
        """The path of a view of `source`; None where there can be none."""
        target = self._folder / f"view-of-{source.name}"
        target.mkdir()
        problem = _ask(self._docker_host, "guard", str(source), str(target), "ro" if read_only else "rw")
        if problem:
            logger.warning("Links in %s are followed: %s", source.name, problem)
            target.rmdir()
            return None
        self._made.append(target)
        return target

    def close(self) -> None:
        """Take the views away, so that their folders can be removed."""
        if self._made:
            remove_below(self._folder, self._docker_host)
        self._made.clear()


def remove_below(folder: Path, docker_host: str | None) -> None:
    """Take away every view that was left below a folder."""
    engine = _engine(docker_host or _SOCKET)
    if engine and f" {folder}/" in Path(f"/proc/{engine}/mountinfo").read_text("utf-8", "replace"):
        _ask(docker_host or _SOCKET, "release", str(folder))


def _ask(docker_host: str, *what: str) -> str:
    """Why it could not be done; "" when it was."""
    engine = _engine(docker_host)
    if not engine:
        return "the Docker engine runs elsewhere."
    command = [sys.executable, "-I", "-S", mounting.__file__, str(engine), *what]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{type(error).__name__}."
    return done.stderr.strip()[-300:] if done.returncode else ""


def _engine(docker_host: str) -> int:
    """The process that listens for Docker's clients, or that opened its socket for it; 0 when it is not seen here."""
    if not docker_host.startswith("unix://"):
        return 0
    with socket.socket(socket.AF_UNIX) as link:
        try:
            link.connect(docker_host.removeprefix("unix://"))
            pid, _, _ = struct.unpack("3i", link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        except OSError:
            return 0
    return int(pid)
