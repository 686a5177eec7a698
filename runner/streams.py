"""The text that a container prints, copied from the engine to its logs while it runs.

Docker keeps no log of its own: writing it costs a program that prints much more of its time than all of the rest (ADR 19).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from docker import APIClient
from docker.utils.socket import frames_iter

from runner.logs import Log

_STDERR = 2
_LAST_SECONDS = 10.0


@dataclass
class Copying:
    """The state of the copying: `is_whole` once everything has come."""

    is_whole: bool = False


@contextmanager
def following(docker: APIClient, created: str, stdout: Log, stderr: Log) -> Iterator[Copying]:
    """Copy the streams while inside. Attached before the start, so that nothing printed is missed."""
    stream = docker.attach_socket(created, params={"stdout": 1, "stderr": 1, "stream": 1})
    copying = Copying()

    def copy() -> None:
        with suppress(OSError, ValueError):
            for kind, data in frames_iter(stream, tty=False):
                (stderr if kind == _STDERR else stdout).write(data)
            copying.is_whole = True

    reader = threading.Thread(target=copy, name=f"logs-{created[:12]}", daemon=True)
    reader.start()
    finished = False
    try:
        yield copying
        finished = True
    finally:
        # The streams end with the container; after a failed start they never do, and closing must end them.
        if finished:
            reader.join(_LAST_SECONDS)
        stream._response.close()  # Docker's client hangs the connection there, and has no other way to close it.
        stream.close()
