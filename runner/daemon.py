"""The runner's life: wait for a message, claim, run, report; signals; leftovers of the last life."""

import fcntl
import logging
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from docker import APIClient
from docker.errors import DockerException

from chalicelib.contract import Job
from runner.backend import Backend
from runner.config import Config
from runner.errors import Halted, NotOurs, NotThere, NotWelcome, Refused, RunnerError, Unable, Unreachable
from runner.execution import Execution, Tools
from runner.files import Cache, Store, remove
from runner.halt import CANCELLED, SHUTDOWN, Halt
from runner.heartbeat import Heartbeat
from runner.polling import Polling, Wakeup
from runner.queue import JobQueue, Message
from runner.sandbox import Sandbox

logger = logging.getLogger(__name__)

DRAINED = 0
FAILED = 1
REFUSED = 2


class Daemon:
    """One runner with one slot."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._inbox: SimpleQueue[Wakeup] = SimpleQueue()
        self._halt: Halt | None = None
        self._draining = False

    def run(self) -> int:
        """Run jobs until `drain`; the process's exit code. Raises Unable when this machine cannot run any."""
        with _home(self._config.home), _tools(self._config) as tools:
            self._remove_leftovers(tools)
            polling = Polling(self._config, tools.backend, self._inbox)
            polling.start()
            try:
                return self._serve(tools, polling)
            finally:
                polling.stop()

    def drain(self) -> None:
        """Finish the current job, then end. A second call aborts the job. Safe to call from a signal handler."""
        if self._draining and self._halt:
            # In a thread of its own, because a handler interrupts a thread that may hold a lock.
            threading.Thread(target=self._halt.request, args=(SHUTDOWN,), daemon=True).start()
        self._draining = True
        self._inbox.put(None)

    def handle_signals(self) -> None:
        """SIGTERM and SIGINT drain. For the main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.drain())

    def _serve(self, tools: Tools, polling: Polling) -> int:
        while not self._draining:
            tools.cache.trim(self._config.cache_bytes)
            polling.ask()
            wakeup = self._inbox.get()
            if isinstance(wakeup, Exception):
                raise wakeup
            if wakeup is None or self._draining:
                break
            self._handle(tools, *wakeup)
        logger.info("Stopped.")
        return DRAINED

    def _handle(self, tools: Tools, queue: JobQueue, message: Message) -> None:
        self._halt = halt = Halt()
        try:
            job = tools.backend.claim(message.submission, halt.event)
        except (NotThere, NotOurs) as error:
            logger.info("%s: not claimed: %s", message.submission, error)
            _delete(queue, message)
            return
        except NotWelcome:
            raise
        except (Refused, Unreachable) as error:
            logger.warning("%s: not claimed, left on the queue: %s", message.submission, error)
            return
        deleting = tools.executor.submit(_delete, queue, message)
        self._run(tools, job, halt)
        deleting.result()

    def _run(self, tools: Tools, job: Job, halt: Halt) -> None:
        logger.info("%s: claimed, attempt %s", job.submission, job.attempt)
        folder = self._config.home / "jobs" / f"{job.submission}-{job.attempt}"
        execution = Execution(job, folder, tools, halt)
        heartbeat = Heartbeat(tools.backend, job, lambda: (execution.step, execution.log_bytes()), halt)
        heartbeat.start()
        try:
            folder.mkdir(parents=True)
            outcome = execution.run()
            status = tools.backend.finish(job, outcome, halt.event)
            logger.info("%s: %s %s", job.submission, status, outcome.reason)
        except Halted:
            self._end_halted(tools, job, halt)
        except Unable as error:
            _abort(tools.backend, job, str(error), halt)
        except OSError as error:
            _abort(tools.backend, job, _disk_trouble(error, self._config.name), halt)
        except RunnerError as error:
            logger.error("%s: dropped: %s", job.submission, error)
        except Exception as error:  # Whatever it is, the daemon lives on and the submission gets another runner.
            logger.exception("%s: this is a fault of the runner", job.submission)
            _abort(tools.backend, job, f"The runner failed: {type(error).__name__}.", halt)
        finally:
            heartbeat.stop()
            execution.clean()

    def _end_halted(self, tools: Tools, job: Job, halt: Halt) -> None:
        logger.info("%s: stopped: %s", job.submission, halt.why)
        if halt.why == SHUTDOWN:
            # The halt's own event is set, and would end the abort's retries before they begin.
            _abort(tools.backend, job, f"The runner {self._config.name} was shut down.", Halt())

    def _remove_leftovers(self, tools: Tools) -> None:
        containers = tools.sandbox.remove_leftovers()
        jobs = self._config.home / "jobs"
        folders = sorted(jobs.iterdir()) if jobs.exists() else []
        for folder in folders:
            remove(folder)
        jobs.mkdir(exist_ok=True)
        tools.cache.prepare()
        if containers or folders:
            logger.info("Removed what the last run left: %d containers, %d folders.", containers, len(folders))


def connect_docker(config: Config) -> APIClient:
    """A client of the Docker engine, this machine's unless DOCKER_HOST names another socket. Raises Unable."""
    try:
        return APIClient(base_url=config.docker_host, version="auto", timeout=60)
    except DockerException as error:
        raise Unable("Docker does not answer. Is it installed and running, and may this user use it?") from error


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
def _tools(config: Config) -> Iterator[Tools]:
    docker = connect_docker(config)
    backend = Backend(config.api, config.token, config.name)
    store = Store()
    # As many as one job has things to fetch at once.
    with ThreadPoolExecutor(8, thread_name_prefix="files") as executor:
        try:
            yield Tools(
                config=config,
                backend=backend,
                docker=docker,
                sandbox=Sandbox(docker, config.limits, str(config.home)),
                store=store,
                cache=Cache(config.home / "cache", store),
                executor=executor,
            )
        finally:
            executor.shutdown()
            store.close()
            backend.close()
            docker.close()


def _delete(queue: JobQueue, message: Message) -> None:
    try:
        queue.delete(message)
    except Unreachable as error:
        logger.warning("%s: %s It reappears, and is refused then.", message.submission, error)


def _abort(backend: Backend, job: Job, reason: str, halt: Halt) -> None:
    if halt.why == CANCELLED:
        return
    logger.error("%s: aborted: %s", job.submission, reason)
    try:
        backend.abort(job, reason, halt.event)
    except (Refused, Unreachable) as error:
        logger.error("%s: the abort did not arrive, its lease will expire: %s", job.submission, error)


def _disk_trouble(error: OSError, name: str) -> str:
    full = error.errno is not None and error.errno in (28, 122)
    return f"The disk of {name} is full." if full else f"The disk of {name} failed ({error.strerror})."
