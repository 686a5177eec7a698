"""The thread that keeps one attempt's lease, and does nothing else."""

import logging
import threading
import time
from collections.abc import Callable, Mapping

from chalicelib.contract import Job, correlation
from runner import metrics
from runner.backend import Backend
from runner.errors import Refused, Unreachable
from runner.halt import CANCELLED, LOST, Halt

logger = logging.getLogger(__name__)

Progress = Callable[[], tuple[str, Mapping[str, int]]]


class Heartbeat(threading.Thread):
    """Beats every `job.heartbeat_seconds` until `stop`. A cancelled or lost attempt halts the job."""

    def __init__(self, backend: Backend, job: Job, progress: Progress, halt: Halt) -> None:
        super().__init__(name=f"heartbeat-{job.submission}", daemon=True)
        self._backend = backend
        self._job = job
        self._progress = progress
        self._halt = halt
        self._stopped = threading.Event()
        self._lease_ends = time.monotonic() + job.lease_seconds

    def stop(self) -> None:
        """Beat no more. Does not wait for a beat that is under way."""
        self._stopped.set()

    def run(self) -> None:
        """Beat; ends with the job."""
        with correlation.during(self._job.request):
            while not self._stopped.wait(self._job.heartbeat_seconds) and not self._halt.event.is_set():
                self._beat()

    def _beat(self) -> None:
        # The lease runs from when the API answers; counting from before the call errs on the safe side.
        asked = time.monotonic()
        try:
            go_on = self._backend.heartbeat(self._job, *self._progress())
        except Refused as error:
            self._end(LOST, f"{error}")
        except Unreachable as error:
            metrics.unheard()
            if time.monotonic() >= self._lease_ends:
                self._end(LOST, f"{error}")
        else:
            self._lease_ends = asked + self._job.lease_seconds
            if not go_on:
                self._end(CANCELLED, "the participant or an organizer cancelled it")

    def _end(self, why: str, detail: str) -> None:
        if not self._stopped.is_set():
            if why == LOST:
                metrics.lost()
            logger.warning("%s: attempt %s is %s: %s", self._job.submission, self._job.attempt, why, detail)
            self._halt.request(why)
