"""The uses of things by jobs: so that nothing is thrown away under a job that needs it."""

import threading
from collections.abc import Hashable


class Holds:
    """Names of things, each held by any number of holders. Safe across threads.

    Whoever removes a thing does so inside `guard`, after `is_held`: then nobody takes it meanwhile.
    """

    def __init__(self) -> None:
        self.guard = threading.RLock()
        self._held: dict[Hashable, set[str]] = {}

    def take(self, name: str, holder: Hashable) -> None:
        """Hold `name` until the holder's `release`. Before the thing is looked for, not after."""
        with self.guard:
            self._held.setdefault(holder, set()).add(name)

    def release(self, holder: Hashable) -> None:
        """Let go of everything that `holder` holds."""
        with self.guard:
            self._held.pop(holder, None)

    def is_held(self, name: str) -> bool:
        """True while anybody holds it."""
        with self.guard:
            return any(name in names for names in self._held.values())
