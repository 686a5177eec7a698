"""The attempts that this runner holds, written down: one that is killed gives them back when it starts again, so nobody
waits for their leases."""

import json
import logging
import os
import threading
from dataclasses import asdict
from pathlib import Path

from chalicelib.contract import Job
from runner.backend import Backend, HeldAttempt
from runner.errors import Refused, Unreachable

logger = logging.getLogger(__name__)


class HeldAttempts:
    """A file for each, in a folder that is the runner's alone: an attempt's token is a secret while the attempt lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, job: Job) -> None:
        """Note that it was claimed. Raises OSError."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        held = HeldAttempt(job.submission, job.attempt, job.lease_seconds, job.token)
        file = self._file(held)
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "w") as sink:
            json.dump(asdict(held), sink)
        fresh.rename(file)

    def forget(self, held: Job | HeldAttempt) -> None:
        """Note that it is over, for this runner at least."""
        self._file(held).unlink(missing_ok=True)

    def left(self) -> list[HeldAttempt]:
        """The attempts of a former life, as long as nothing is noted in this one."""
        for torn in self._folder.glob("*.new"):
            torn.unlink()
        return [found for file in sorted(self._folder.glob("*.json")) if (found := _read(file))]

    def _file(self, held: Job | HeldAttempt) -> Path:
        return self._folder / f"{held.submission}-{held.attempt}.json"


def give_back(held: HeldAttempt, attempts: HeldAttempts, backend: Backend, name: str, stopped: threading.Event) -> None:
    """Tell the API that nothing of an attempt of a former life is running any more. What it does not hear is told at the
    next start, and then it is over."""
    try:
        backend.abort(held, f"The runner {name} was killed, and has started again.", stopped)
    except Unreachable as error:
        logger.warning("%s: not given back: %s Its lease will expire.", held.submission, error)
        return
    except Refused as error:
        logger.info("%s: not given back: %s", held.submission, error)
    else:
        logger.info("%s: given back, attempt %s: the runner was killed under it.", held.submission, held.attempt)
    attempts.forget(held)


def _read(file: Path) -> HeldAttempt | None:
    try:
        return HeldAttempt(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        file.unlink(missing_ok=True)
        return None
