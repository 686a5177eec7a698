"""The thread that holds a session and waits for messages, so that the main thread can be woken by a signal too."""

import logging
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

from tenacity import RetryCallState

from runner import metrics
from runner.backend import Backend, Session
from runner.config import Config
from runner.errors import Unreachable
from runner.queue import JobQueue, Message
from runner.retry import retrying

logger = logging.getLogger(__name__)

RENEW_BEFORE = timedelta(minutes=5)
MAX_CLOCK_SECONDS = 60.0
#: What a runner that cannot do what waits leaves to others: it must not hide every message from them in turn.
PAUSE_SECONDS = 20.0

#: A message with the queue that it came from, the error that ends the runner, or None: a signal asks it to end.
Wakeup = tuple[JobQueue, Message] | Exception | None


class Polling(threading.Thread):
    """Puts one wake-up into `inbox` for every `ask`, however long it takes."""

    def __init__(self, config: Config, backend: Backend, inbox: "SimpleQueue[Wakeup]") -> None:
        super().__init__(name="polling", daemon=True)
        self._config = config
        self._backend = backend
        self._inbox = inbox
        self._asked = threading.Semaphore(0)
        self._stopped = threading.Event()
        self._pausing = False
        self._is_idle = False
        self._heard: str | None = None
        self._queue: JobQueue | None = None
        self._session: Session | None = None
        self._noticed = ""

    def ask(self) -> None:
        """A slot is free: look for one more message."""
        self._asked.release()

    def pause(self) -> None:
        """Leave the messages to others for a while: what waits does not fit."""
        self._pausing = True

    def hear(self, submission: str) -> None:
        """The API says what waits. To who found nothing on the queue that is news: its message was lost, or is hidden."""
        if self._is_idle:
            self._heard = submission

    def stop(self) -> None:
        """Ask the queue no more. What a poll under way still receives reappears on the queue after 30 s."""
        self._stopped.set()
        self._asked.release()

    def run(self) -> None:
        """Poll until `stop`."""
        while True:
            self._asked.acquire()
            if self._stopped.is_set():
                break
            try:
                self._inbox.put(self._next())
            except Exception as error:  # Whatever it is, the main thread must not wait for ever.
                self._inbox.put(error)
        if self._queue:
            self._queue.close()

    def _next(self) -> tuple[JobQueue, Message] | None:
        polling = retrying(Unreachable, self._stopped, tell=self._begin_anew)
        with suppress(Unreachable):  # It is to stop.
            while not self._stopped.is_set():
                queue, message = polling(self._poll)
                self._is_idle = message is None
                if message:
                    return queue, message
        return None

    def _poll(self) -> tuple[JobQueue, Message | None]:
        if self._pausing:
            self._pausing = False
            self._stopped.wait(PAUSE_SECONDS)
        queue = self._open()
        message = self._told() or queue.receive(self._config.poll_seconds)
        metrics.polled()
        return queue, message

    def _begin_anew(self, failed: RetryCallState) -> None:
        # The credentials may be what is wrong, so the next try begins with new ones.
        self._session = None
        error = failed.outcome and failed.outcome.exception()
        logger.warning("%s Trying again in %.0f s.", error, failed.upcoming_sleep)

    def _told(self) -> Message | None:
        heard, self._heard = self._heard, None
        return Message(heard, None) if heard else None

    def _open(self) -> JobQueue:
        if self._queue and self._session and datetime.now(UTC) < _ends_at(self._session) - RENEW_BEFORE:
            return self._queue
        session = self._backend.open_session()
        ahead = session.clock_ahead_seconds
        if ahead is not None and abs(ahead) > MAX_CLOCK_SECONDS:
            logger.warning("This machine's clock is %+.0f s off the API's: set it, for example with chrony.", ahead)
        if session.notice and session.notice != self._noticed:
            self._noticed = session.notice
            logger.warning("%s", session.notice)
        if self._queue is None:
            logger.info("Session on the queue %s; waiting for jobs.", session.queue)
        # The old queue is not closed: a delete may be under way on it.
        self._queue = JobQueue(session, self._config.sqs_endpoint)
        self._session = session
        return self._queue


def _ends_at(session: Session) -> datetime:
    """When the session ends by this machine's clock, however wrong that is."""
    return session.expires_at + timedelta(seconds=session.clock_ahead_seconds or 0.0)
