"""The runner's life: wait for messages, give each to a free slot; signals; leftovers of the last life."""

import fcntl
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from runner import gpus, metrics, slots
from runner.attempts import attempt, check_ready, folder_of_jobs
from runner.backend import Backend, PresenceAnswer
from runner.cache import Cache
from runner.config import Config
from runner.container import SandboxContext
from runner.engine import check_kind, check_runtime, connected
from runner.errors import NotFitting, NotReady, Unable
from runner.files import ObjectStore, remove
from runner.halt import SHUTDOWN, Halt
from runner.held import HeldAttempts, give_back
from runner.networks import QuietNetworks
from runner.polling import Polling, Wakeup
from runner.preparation import JobTools
from runner.presence import Presence
from runner.queue import JobQueue, Message
from runner.sandbox import Sandbox
from runner.sealed import SealedStore, Unsealing
from runner.slots import Slot
from runner.views import remove_below

logger = logging.getLogger(__name__)

DRAINED = 0
FAILED = 1
REFUSED = 2
#: Threads that move files, per slot: as many as one job has things to fetch at once.
THREADS_PER_SLOT = 8
#: How often a machine that can do no job is looked at again.
RECOVERY_SECONDS = 5.0
#: The longest that the main thread waits at once: a signal that another thread is given, or that comes a moment before the
#: wait, does not end it, and its handler runs when the wait is over.
_LISTENING_SECONDS = 0.5

#: A slot, and what its jobs work with.
_SlotTools = tuple[Slot, JobTools]


class Daemon:
    """One runner with its slots."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._inbox: SimpleQueue[Wakeup] = SimpleQueue()
        self._free: SimpleQueue[_SlotTools] = SimpleQueue()
        self._halts: set[Halt] = set()
        self._endings: dict[int, Future[None]] = {}
        self._working: set[int] = set()
        self._stopped: set[int] = set()
        self._busy_at = time.monotonic()
        self._ending = threading.Event()
        self._draining = False
        self._aborting = False

    def run(self) -> int:
        """Run jobs until `drain`; the process's exit code. Raises Unable when this machine cannot run any."""
        with _home(self._config.home), _tools(self._config) as tools:
            check_kind(tools.docker)
            check_runtime(tools.docker, self._config.runtime)
            self._remove_leftovers(tools)
            self._give_back(tools)
            quiet = QuietNetworks(tools.docker, str(self._config.home))
            places = self._places(tools, quiet)
            shares = [slot for slot, _ in places]
            polling = Polling(self._config, tools.backend, self._inbox)
            unsealing = Unsealing(tools.sealed, tools.backend, tools.store)

            def hear(news: PresenceAnswer) -> None:
                if news.waiting:
                    polling.hear(news.waiting)
                for submission in news.release:
                    unsealing.ask(submission, self._ending)

            presence = Presence(tools.backend, self._config.presence_seconds, lambda: self._about(tools, shares), hear)
            at = self._config.metrics_address, self._config.metrics_port
            try:
                with metrics.served(*at, lambda: self._by_state(shares), lambda: tools.cache.size_bytes):
                    polling.start()
                    presence.start()
                    self._serve(places, polling)
            finally:
                presence.stop()
                polling.stop()
                unsealing.close()
                for _, share in places:
                    share.sandbox.close()
                quiet.close()
            logger.info("Stopped.")
            return DRAINED

    def drain(self) -> None:
        """Let the jobs finish, then end. A second call gives them back. Safe to call from a signal handler."""
        if self._draining:
            self._aborting = True
            # In a thread of its own, because a handler interrupts a thread that may hold a lock.
            threading.Thread(target=self._abort_all, daemon=True).start()
        self._draining = True
        self._ending.set()
        self._inbox.put(None)

    @property
    def has_ended(self) -> bool:
        """True from when no more jobs are taken."""
        return self._ending.is_set()

    def handle_signals(self) -> None:
        """SIGTERM and SIGINT drain. For the main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.drain())

    def _serve(self, places: Sequence[_SlotTools], polling: Polling) -> None:
        """Give every message to a free slot. Waits for the jobs that run, even when an error ends the runner."""
        # One question to the queue per free slot: so there is a slot for every wake-up.
        with (
            ThreadPoolExecutor(len(places), thread_name_prefix="ending") as self._enders,
            ThreadPoolExecutor(len(places), thread_name_prefix="slot") as executor,
        ):
            doing = {executor.submit(self._guarded, self._offer, place, polling) for place in places}
            while not self._ending.is_set():
                wakeup = self._wait_for_wakeup()
                if isinstance(wakeup, Exception):
                    self._ending.set()
                    raise wakeup
                if wakeup is None or self._ending.is_set():
                    self._ending.set()
                    break
                doing = {one for one in doing if not one.done()}
                doing.add(executor.submit(self._guarded, self._work, self._free.get(), polling, *wakeup))
            logger.info("Taking no more jobs, and waiting for %d; a second signal gives those back.", len(self._working))
            while wait({*doing, *self._endings.values()}, timeout=_LISTENING_SECONDS).not_done:
                pass

    def _wait_for_wakeup(self) -> Wakeup:
        """The next one; None when the runner was idle for as long as it may be."""
        patience = self._config.idle_minutes * 60 if self._config.idle_minutes else None
        while True:
            try:
                return self._inbox.get(timeout=_LISTENING_SECONDS)
            except Empty:
                if patience and not self._working and time.monotonic() >= self._busy_at + patience:
                    logger.info("No job for %g minutes.", self._config.idle_minutes)
                    return None

    def _guarded(self, action: Callable[..., None], *arguments: Any) -> None:
        try:
            action(*arguments)
        except Exception as error:  # Whatever it is, the main thread must not wait for ever.
            self._inbox.put(error)

    def _work(self, place: _SlotTools, polling: Polling, queue: JobQueue, message: Message) -> None:
        slot, tools = place
        halt = Halt()
        self._halts.add(halt)
        if self._aborting:
            halt.request(SHUTDOWN)
        self._working.add(slot.number)
        ending: list[Callable[[], None]] = []
        try:
            attempt(tools, slots.capabilities(slot, self._config.labels), queue, message, halt, ending.append)
        except NotFitting as error:
            logger.info("%s", error)
            polling.pause()
        except NotReady as error:
            logger.warning("%s", error)
        finally:
            self._end(slot, halt, ending)
            self._busy_at = time.monotonic()
            self._working.discard(slot.number)
        self._offer(place, polling)

    def _end(self, slot: Slot, halt: Halt, ending: Sequence[Callable[[], None]]) -> None:
        """Have a job's last word said while its slot takes the next; not of more than one job at once."""
        former = self._endings.get(slot.number)
        if former:
            former.result()

        def end() -> None:
            for action in ending:
                action()
            self._halts.discard(halt)

        self._endings[slot.number] = self._enders.submit(end)

    def _offer(self, place: _SlotTools, polling: Polling) -> None:
        """Ask for a message, once this machine can do a job: until then the messages are for others."""
        slot, tools = place
        said = ""
        while not self._ending.is_set():
            try:
                check_ready(tools)
            except NotReady as error:
                self._stopped.add(slot.number)
                if str(error) != said:
                    logger.warning("%s", error)
                said = str(error)
                self._ending.wait(RECOVERY_SECONDS)
            else:
                self._stopped.discard(slot.number)
                self._free.put(place)
                polling.ask()
                return

    def _by_state(self, shares: Sequence[Slot]) -> dict[str, int]:
        """How many slots work, wait for a job, and can take none."""
        busy, stopped = len(self._working), len(self._stopped)
        return {"busy": busy, "free": max(0, len(shares) - busy - stopped), "stopped": stopped}

    def _about(self, tools: JobTools, shares: Sequence[Slot]) -> dict[str, Any]:
        """What the queue's owner reads of this runner. Of the slots that take jobs it tells the one that has most."""
        working = [slot for slot in shares if slot.number not in self._stopped]
        most = max((slots.capabilities(slot, self._config.labels) for slot in working or shares), key=lambda one: one.gpus)
        return {
            "slots": len(working),
            "capabilities": most.to_dict(),
            "gpus": [gpu.name for gpu in {gpu.index: gpu for slot in shares for gpu in slot.gpus}.values()],
            "jobs": sorted(tools.running),
        }

    def _places(self, tools: JobTools, quiet: QuietNetworks) -> list[_SlotTools]:
        devices = gpus.choose(self._config.gpus)
        cdi = bool(devices) and gpus.has_cdi(tools.docker.info())
        places = []
        for slot in slots.divide(self._config, devices):
            where = SandboxContext(str(self._config.home), slot.number, gpus.request(slot.gpus, cdi), self._config.runtime)
            places.append((slot, replace(tools, sandbox=Sandbox(tools.docker, slot.limits, where, quiet))))
        return places

    def _abort_all(self) -> None:
        for halt in list(self._halts):
            halt.request(SHUTDOWN)

    def _remove_leftovers(self, tools: JobTools) -> None:
        containers = tools.sandbox.remove_leftovers()
        jobs = folder_of_jobs(self._config.home)
        remove_below(jobs, self._config.docker_host)
        folders = sorted(jobs.iterdir()) if jobs.exists() else []
        for folder in folders:
            remove(folder)
        jobs.mkdir(exist_ok=True)
        tools.cache.prepare()
        if containers or folders:
            logger.info("Removed what the last run left: %d containers, %d folders.", containers, len(folders))

    def _give_back(self, tools: JobTools) -> None:
        """What a former life held: none of it runs any more, and others may do it at once."""
        for held in tools.held.left():
            tools.executor.submit(give_back, held, tools.held, tools.backend, self._config.name, self._ending)


@contextmanager
def _home(home: Path) -> Iterator[None]:
    """Hold the work folder alone. Closed to other users, because containers leave strangers' files in it."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        home.chmod(0o700)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise Unable(f"The work folder {home} cannot be used ({error.strerror}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Unable(f"Another runner uses {home}. Give this one its own with --home.") from error
        yield


@contextmanager
def _tools(config: Config) -> Iterator[JobTools]:
    with (
        connected(config) as (docker, images),
        closing(Backend(config.api, config.token, config.name)) as backend,
        closing(ObjectStore()) as store,
        ThreadPoolExecutor(THREADS_PER_SLOT * config.slots, thread_name_prefix="files") as executor,
    ):
        yield JobTools(
            config=config,
            backend=backend,
            docker=docker,
            sandbox=Sandbox(docker, config.limits, SandboxContext(str(config.home))),
            store=store,
            cache=Cache(config.home / "cache", store, config.cache_bytes),
            images=images,
            sealed=SealedStore(config.home / "sealed", config.sealed_bytes, config.sealed_days),
            held=HeldAttempts(config.home / "held"),
            executor=executor,
        )
