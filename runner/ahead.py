"""Containers made ahead: while a slot works, or has nothing to do, its next container is made, started, and waits (ADR 53).

One serves one job, once. A slot has two at most, of the shapes that its last jobs had, because a job may take two in turn.
"""

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress

import requests
from docker.errors import DockerException

from runner import machine_code
from runner.container import Container, Shape, shape
from runner.errors import StillAlive, Unable
from runner.waiting import Hidden, Maker, Waiting

logger = logging.getLogger(__name__)

#: So many wait in a slot, and so long.
MOST = 2
IDLE_SECONDS = 600.0
#: A job that is over sooner lends nobody its processors: the next container is made when it ends.
_HURRY_SECONDS = 1.0


class Ahead:
    """The containers that wait in one slot. `discard` removes one by its id. Safe across threads.

    `is_usable` is False where there are none, as far as is known yet. Only where it `follows`, one is made behind each job;
    else those alone that are expected.
    """

    def __init__(self, maker: Maker, discard: Callable[[str], None], follows: bool) -> None:
        self.is_usable = machine_code.is_here() and os.geteuid() == 0 and not maker.context.runtime
        self._maker = maker
        self._discard = discard
        self._follows = follows
        self._waiting: dict[Shape, Future[Waiting | None]] = {}
        self._lock = threading.Lock()
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="ahead")
        self._timer: threading.Timer | None = None
        self._is_closed = False

    def take(self, container: Container) -> Waiting | None:
        """One with a container's folders; None where none waits. One that is being made is waited for."""
        waiting = self._of(shape(container))
        if not waiting:
            return None
        try:
            waiting.furnish(container)
        except OSError as error:
            self.give_up(error)
            self.throw_away(waiting)
            return None
        return waiting

    def expect(self, wanted: Shape) -> None:
        """A job of this shape comes next: make its container now."""
        with self._lock:
            if self.is_usable and not self._is_closed and wanted not in self._waiting:
                self._waiting[wanted] = self._workers.submit(self._make, wanted)

    def follow(self, container: Container, over: threading.Event) -> None:
        """A container runs until `over`: make the next one. Throw away what is too much, or waits for too long."""
        wanted = shape(container)
        with self._lock:
            if self._is_closed or not self.is_usable or not self._follows or wanted in self._waiting:
                return
            self._waiting[wanted] = self._workers.submit(self._make_behind, wanted, over)
            surplus = [self._waiting.pop(one) for one in list(self._waiting)[:-MOST]]
            self._set_timer()
        for one in surplus:
            self._workers.submit(self._throw_away, one)

    def behind(self, action: Callable[[], None]) -> None:
        """Do something that nobody waits for."""
        with self._lock:
            if not self._is_closed:
                self._workers.submit(action)
                return
        action()

    def clear(self) -> None:
        """Throw away all that waits."""
        with self._lock:
            left = list(self._waiting.values())
            self._waiting.clear()
        for one in left:
            self._throw_away(one)

    def close(self) -> None:
        """Throw away all that waits, and make no more."""
        with self._lock:
            self._is_closed = True
            if self._timer:
                self._timer.cancel()
        self.clear()
        self._workers.shutdown()

    def throw_away(self, waiting: Waiting) -> None:
        """Remove one that no job ran in."""
        with ExitStack() as after:
            after.callback(waiting.close)
            after.callback(self._remove_group, waiting)
            self._discard(waiting.id)

    def give_up(self, error: Exception) -> None:
        """There are none to be had here: the next jobs have their containers made when they come."""
        logger.info("No containers are made ahead (%s: %s).", type(error).__name__, error)
        self.is_usable = False

    def _of(self, shape: Shape) -> Waiting | None:
        """One of a shape that is there."""
        with self._lock:
            found = self._waiting.pop(shape, None)
        waiting = found.result() if found else None
        if waiting and not waiting.is_there():
            self.throw_away(waiting)
            return None
        return waiting

    def _make_behind(self, shape: Shape, over: threading.Event) -> Waiting | None:
        over.wait(_HURRY_SECONDS)
        return None if self._is_closed else self._make(shape)

    def _make(self, shape: Shape) -> Waiting | None:
        try:
            return self._maker.make(shape)
        except (Hidden, OSError) as error:
            self.give_up(error)
        except (DockerException, requests.RequestException, Unable) as error:
            # What is wrong is told when the next job has its container made.
            logger.info("No container was made ahead (%s).", type(error).__name__)
        return None

    def _throw_away(self, one: Future[Waiting | None]) -> None:
        waiting = one.result()
        if waiting:
            self.throw_away(waiting)

    def _remove_group(self, waiting: Waiting) -> None:
        with suppress(StillAlive):  # Its slot is told when it makes the next.
            waiting.group.remove()

    def _set_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(IDLE_SECONDS, self.clear)
        self._timer.daemon = True
        self._timer.start()
