"""Halt: how a job is asked to stop, from whichever thread learns first that it must."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from runner.errors import Halted

CANCELLED = "cancelled"
LOST = "lost"
SHUTDOWN = "shutdown"
#: Why one container of a stage is stopped while the job goes on: another one has ended the stage.
STAGE_OVER = "its stage is over"


class Halt:
    """A stop request, of a job or of one of its containers. The first reason stays; `event` is set from then on."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.why = ""
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []

    def request(self, why: str) -> None:
        """Ask the job to stop because of `why` (CANCELLED, LOST or SHUTDOWN). Stops running containers at once."""
        with self._lock:
            if self.event.is_set():
                return
            self.why = why
            self.event.set()
            stops = list(self._stops)
        for stop in stops:
            stop()

    def check(self) -> None:
        """Raise Halted when the job was asked to stop."""
        if self.event.is_set():
            raise Halted(f"The job was stopped: {self.why}.")

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """While inside, a request calls `stop`; so does entering after one, because the container started meanwhile."""
        with self._lock:
            self._stops.append(stop)
            late = self.event.is_set()
        if late:
            stop()
        try:
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)
