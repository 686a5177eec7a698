"""The results of sealed jobs: kept on this machine alone, by submission and attempt, until it grows old or is let out."""

import logging
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from chalicelib.contract import Job, uploads
from runner.backend import Backend
from runner.copying import copy_file
from runner.errors import RunnerError, Unable
from runner.files import ObjectStore, UploadExpired, content_type, named, remove
from runner.output import NotPlainFile, counted_bytes, open_plain

logger = logging.getLogger(__name__)

_SECONDS_A_DAY = 86400.0
_NAMES = {filename: name for name, filename in uploads.FILENAMES.items()}


@dataclass(frozen=True)
class SealedResult:
    """The files that one attempt left: `files` by the names of a Job's uploads."""

    attempt: int
    files: Mapping[str, Path]


class SealedStore:
    """The folder of all that. Safe across threads."""

    def __init__(self, folder: Path, max_bytes: int, keep_days: float) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._keep_seconds = keep_days * _SECONDS_A_DAY
        self._lock = threading.Lock()

    def keep(self, job: Job, files: Mapping[str, Path], max_file_bytes: int, stopped: threading.Event) -> list[str]:
        """Copy plain files into the place of an attempt; notes about those that are not kept. Raises OSError, and Halted
        once the job is `stopped`."""
        place = self._folder / job.submission / str(job.attempt)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.mkdir(parents=True, exist_ok=True)
        notes = []
        for name, path in files.items():
            target = place / uploads.FILENAMES.get(name, name)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                with open_plain(path, max_file_bytes) as source:
                    copy_file(source, target, stopped)
            except (NotPlainFile, FileNotFoundError) as error:
                notes.append(f"The {name.replace('_', ' ')} was not kept: {error}.")
        self._trim(place)
        return notes

    def latest(self, submission: str) -> SealedResult | None:
        """The files that the latest attempt of a submission left; None when there is nothing any more."""
        places = sorted((self._folder / submission).glob("*"), key=lambda place: int(place.name))
        if not places:
            return None
        place = places[-1]
        names = {path: path.relative_to(place).as_posix() for path in sorted(place.rglob("*")) if path.is_file()}
        return SealedResult(int(place.name), {_NAMES.get(name, name): path for path, name in names.items()})

    def _trim(self, newest: Path) -> None:
        """Remove what is too old, and the oldest of what is too much."""
        with self._lock:
            places = sorted(self._folder.glob("*/*"), key=lambda place: place.stat().st_mtime, reverse=True)
            total_bytes, now = 0, time.time()
            for place in places:
                total_bytes += sum(counted_bytes(path.stat()) for path in place.rglob("*") if path.is_file())
                is_old = now - place.stat().st_mtime > self._keep_seconds
                if place != newest and (is_old or total_bytes > self._max_bytes):
                    remove(place)
                    logger.info("Removed what the sealed submission %s left.", place.parent.name)


class Unsealing:
    """A sender of what is let out, one submission after another, in a thread of its own: however much it is, no job
    waits for it.

    Asked again for what is on its way, it does nothing.
    """

    def __init__(self, sealed: SealedStore, backend: Backend, store: ObjectStore) -> None:
        self._sealed = sealed
        self._backend = backend
        self._store = store
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="unsealing")
        self._lock = threading.Lock()
        self._on_their_way: set[str] = set()
        self._said: set[str] = set()

    def ask(self, submission: str, stopped: threading.Event) -> None:
        """Have what this machine keeps of a submission sent. What goes wrong is tried when it is asked for again."""
        with self._lock:
            if submission in self._on_their_way or stopped.is_set():
                return
            self._on_their_way.add(submission)
        self._executor.submit(self._answer, submission, stopped)

    def close(self) -> None:
        """Begin with no more, and wait for what is under way."""
        self._executor.shutdown(cancel_futures=True)

    def _answer(self, submission: str, stopped: threading.Event) -> None:
        try:
            kept = self._sealed.latest(submission)
            if kept:
                self._send(submission, kept, stopped)
            elif submission not in self._said:
                logger.warning("%s: it was let out, and nothing of it is here any more.", submission)
                self._said.add(submission)
        except (RunnerError, UploadExpired, NotPlainFile, OSError) as error:
            logger.warning("%s: what was let out could not be sent: %s", submission, error)
        finally:
            with self._lock:
                self._on_their_way.discard(submission)

    def _send(self, submission: str, kept: SealedResult, stopped: threading.Event) -> None:
        wanted = self._backend.release(submission, kept.attempt, stopped)
        sent = []
        for name, path in kept.files.items():
            kind, _, own_name = name.partition("/")
            if kind in wanted:
                self._store.upload(named(wanted[kind], own_name), path, content_type(name, path), stopped)
                sent.append(name)
        if kept.files and not sent:
            raise Unable("The API wanted none of it.")
        self._backend.released(submission, kept.attempt, sorted(sent), stopped)
        logger.info("%s: sent what was let out: %s", submission, ", ".join(sorted(sent)))
