"""The thread that tells the API once a minute that this runner is there, and hears what there is to do."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from runner.backend import Backend, PresenceAnswer
from runner.errors import Refused, Unreachable

logger = logging.getLogger(__name__)

#: Before the first time: the session is opened at this moment, and two calls at once wake two functions.
FIRST_SECONDS = 2.0


class Presence(threading.Thread):
    """A thread that tells what `about` says every `seconds` until `stop`. `heard` gets what the API has to tell."""

    def __init__(
        self,
        backend: Backend,
        seconds: float,
        about: Callable[[], Mapping[str, Any]],
        heard: Callable[[PresenceAnswer], None],
    ) -> None:
        super().__init__(name="presence", daemon=True)
        self._backend = backend
        self._seconds = seconds
        self._about = about
        self._heard = heard
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Tell no more."""
        self._stopped.set()

    def run(self) -> None:
        """Tell again and again: it is only news, so a call that fails is made up for by the next."""
        self._stopped.wait(min(FIRST_SECONDS, self._seconds))
        while not self._stopped.is_set():
            try:
                news = self._backend.tell_presence(self._about())
            except (Refused, Unreachable) as error:
                logger.warning("The API did not hear that this runner is here: %s", error)
            else:
                self._heard(news)
            self._stopped.wait(self._seconds)
