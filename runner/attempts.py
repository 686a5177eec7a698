"""One message, from its claim to the attempt's last word: finish, abort, or silence."""

import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from chalicelib.contract import Capabilities, Job, Outcome, correlation
from runner import metrics
from runner.backend import Backend
from runner.errors import (
    Halted,
    Incompatible,
    NotFitting,
    NotOurs,
    NotReady,
    NotThere,
    NotWelcome,
    Refused,
    RunnerError,
    Unable,
    Unreachable,
)
from runner.execution import Execution
from runner.files import is_full
from runner.halt import CANCELLED, SHUTDOWN, Halt
from runner.heartbeat import Heartbeat
from runner.preparation import JobTools
from runner.queue import JobQueue, Message

logger = logging.getLogger(__name__)


#: Has something done while its caller goes on.
Behind = Callable[[Callable[[], None]], None]


def attempt(tools: JobTools, can: Capabilities, queue: JobQueue, message: Message, halt: Halt, behind: Behind) -> None:
    """Claim a submission, run it and send what came of it; its finish goes `behind`, for its slot may take another.

    Raises NotFitting and NotReady when the message was left to others, and NotWelcome or Incompatible when the API does not
    work with this runner any more.
    """
    check_ready(tools)
    try:
        with correlation.during(message.request):
            job = tools.backend.claim(message.submission, can, halt.event)
    except (NotThere, NotOurs) as error:
        logger.info("%s: not claimed: %s", message.submission, error)
        _delete(queue, message)
        return
    except (NotFitting, NotWelcome, Incompatible):
        raise
    except (Refused, Unreachable) as error:
        logger.warning("%s: not claimed, left on the queue: %s", message.submission, error)
        return
    deleting = tools.executor.submit(_delete, queue, message)
    with correlation.during(job.request):
        _run(tools, job, halt, behind)
    deleting.result()


def check_ready(tools: JobTools) -> None:
    """Raise NotReady where a claim would end in an abort, and cost the submission one of its attempts."""
    if is_full(tools.config.home):
        raise NotReady(f"{_disk_is_full(tools.config.name)} It takes no jobs until there is room in {tools.config.home}.")
    try:
        tools.sandbox.make_ready()
    except Unable as error:
        raise NotReady(f"{error} No jobs are taken here until that is over.") from error


def folder_of_jobs(home: Path) -> Path:
    """The folder where every attempt has a folder of its own."""
    return home / "jobs"


def _run(tools: JobTools, job: Job, halt: Halt, behind: Behind) -> None:
    logger.info("%s: claimed, attempt %s", job.submission, job.attempt)
    folder = folder_of_jobs(tools.config.home) / f"{job.submission}-{job.attempt}"
    execution = Execution(job, folder, tools, halt)
    heartbeat = Heartbeat(tools.backend, job, lambda: (execution.step, execution.log_bytes()), halt)
    try:
        # From the last to the first, whichever of them fails: what stayed held would never make room again.
        with ExitStack() as after:
            # Until this a runner that is killed has something to clear up.
            after.callback(tools.held.forget, job)
            # The folder stands for the job: see preparation.py.
            after.callback(tools.images.release, folder)
            after.callback(tools.cache.release, folder)
            after.callback(execution.clean)
            after.callback(heartbeat.stop)
            after.callback(tools.running.discard, job.submission)
            tools.running.add(job.submission)
            heartbeat.start()
            with _telling(tools, job, halt):
                outcome = _execute(tools, job, execution, folder)
                behind(partial(_finish, tools, job, outcome, halt, after.pop_all()))
    except Exception:  # The job itself is told of by then. What is left of it goes when the runner starts again.
        logger.exception("%s: not all of it could be removed", job.submission)


def _execute(tools: JobTools, job: Job, execution: Execution, folder: Path) -> Outcome:
    tools.held.note(job)
    folder.mkdir(parents=True)
    outcome = execution.run()
    if outcome.fault and is_full(folder):
        raise Unable(_disk_is_full(tools.config.name))  # Who writes to a full disk is not to blame.
    return outcome


def _finish(tools: JobTools, job: Job, outcome: Outcome, halt: Halt, after: ExitStack) -> None:
    """The attempt's last word, and then what is to be done `after` it."""
    try:
        with correlation.during(job.request), after, _telling(tools, job, halt):
            status = tools.backend.finish(job, outcome, halt.event)
            metrics.ended(outcome)
            logger.info("%s: %s %s", job.submission, status, outcome.reason)
    except Exception:  # As above.
        logger.exception("%s: not all of it could be removed", job.submission)


@contextmanager
def _telling(tools: JobTools, job: Job, halt: Halt) -> Iterator[None]:
    """What goes wrong inside is told to whom it concerns, and ends there."""
    try:
        yield
    except Halted:
        _end_halted(tools, job, halt)
    except Unable as error:
        _give_up(tools, job, str(error), halt)
    except OSError as error:
        logger.warning("%s: the disk failed", job.submission, exc_info=error)
        _give_up(tools, job, _disk_trouble(error, tools.config.name), halt)
    except RunnerError as error:
        metrics.broken_off(metrics.DROPPED)
        logger.error("%s: dropped: %s", job.submission, error)
    except Exception as error:  # Whatever it is, the daemon lives on and the submission gets another runner.
        logger.exception("%s: this is a fault of the runner", job.submission)
        _give_up(tools, job, f"The runner failed: {type(error).__name__}.", halt)


def _give_up(tools: JobTools, job: Job, reason: str, halt: Halt) -> None:
    metrics.broken_off(halt.why or metrics.ABORTED)
    _abort(tools.backend, job, reason, halt)


def _end_halted(tools: JobTools, job: Job, halt: Halt) -> None:
    logger.info("%s: stopped: %s", job.submission, halt.why)
    metrics.broken_off(halt.why)
    if halt.why == SHUTDOWN:
        # The halt's own event is set, and would end the abort's retries before they begin.
        _abort(tools.backend, job, f"The runner {tools.config.name} was shut down.", Halt())


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
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return _disk_is_full(name) if full else f"The disk of {name} failed ({error.strerror})."


def _disk_is_full(name: str) -> str:
    return f"The disk of {name} is full."
