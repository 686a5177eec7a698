"""The end of a container that failed: what its exit code says in words, and whose doing it was, by what the engine knows."""

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

from docker import APIClient
from docker.errors import NotFound

from runner import starting
from runner.container import Container, ContainerRun
from runner.errors import Unable

KILLED = 137
REMOVED = "A container of the job was removed on this machine while it ran."
#: An exit code above this tells of a signal.
_BY_SIGNAL = 128
#: What shells and kernels mean by an exit code.
_WORDS = {
    126: "a command is there and cannot be executed: it lacks the right to, or is for another kind of machine",
    127: "a command is not there: it is not in the image, or not where programs are looked for",
    132: "illegal instruction: it was built for a processor that has more than this one",
    134: "it gave up by itself (abort), as a failed assertion in compiled code does",
    135: "bus error: it used memory that is not behind a file, or no longer, such as shared memory that is full",
    136: "an arithmetic error in compiled code, such as a division by zero",
    KILLED: "it was killed",
    139: "segmentation fault: compiled code used memory that is not its own",
    143: "it was asked to end",
    153: "it wrote a larger file than it may",
    159: "it made a system call that containers may not make, as programs of 32 bits do",
}
#: How long the engine may take to hear of what the kernel did.
_HEARSAY_SECONDS = 2.0
_EVENT_SECONDS = 0.5
_PAUSE_SECONDS = 0.1


def in_words(exit_code: int | None) -> str:
    """As "exit code 139 (segmentation fault …)", as far as the code means something by itself."""
    words = _WORDS.get(exit_code or 0)
    return f"exit code {exit_code} ({words})" if words else f"exit code {exit_code}"


def look_into(
    docker: APIClient, created: str, container: Container, ended: ContainerRun, entrypoint: Sequence[str] | None = None
) -> ContainerRun:
    """The facts that the engine knows of a container that ended with an error by itself, while it exists still.

    Of one that waited for its job `entrypoint` has the words that its image puts before every command.
    Raises Unable where it was not its own doing, CannotStart for a command that could not be started.
    """
    try:
        inspected = docker.inspect_container(created)
    except NotFound as error:
        raise Unable(REMOVED) from error
    if _was_stopped_by_somebody(docker, created, inspected):
        raise Unable("A container of the job was stopped by somebody on this machine.")
    if ended.exit_code in starting.EXIT_CODES:
        starting.check_image(docker, created, inspected, container, entrypoint)
    is_short = ended.out_of_memory
    if is_short is None:
        is_short = ended.exit_code == KILLED and _has_engine_heard_of_shortage(docker, created)
    if ended.exit_code == KILLED and not is_short and container.attempt == 1:
        # Twice it is no accident, or who ends by killing itself would never be charged.
        raise Unable("A container of the job was killed, and not for its memory: by this machine, or by itself.")
    words = inspected["Config"].get("Entrypoint") if entrypoint is None else entrypoint
    return replace(ended, out_of_memory=is_short, entrypoint=tuple(words or ()))


def _was_stopped_by_somebody(docker: APIClient, created: str, inspected: Mapping[str, Any]) -> bool:
    """True when the engine was asked to end it: by others, for a container that this runner ended is not looked into."""
    # By the engine's clock, which may not be ours. It tells of a signal only once that was sent, maybe after the end.
    patience = _EVENT_SECONDS if inspected["State"]["ExitCode"] > _BY_SIGNAL else 0.001
    end = datetime.fromisoformat(inspected["State"]["FinishedAt"]).timestamp() + patience
    until: Any = f"{end:.6f}"  # The stubs know whole seconds only.
    wanted = {"container": [created], "event": ["kill", "stop"]}
    with closing(docker.events(since=1, until=until, filters=wanted, decode=True)) as events:
        return any(True for _ in events)


def _has_engine_heard_of_shortage(docker: APIClient, created: str) -> bool:
    end = time.monotonic() + _HEARSAY_SECONDS
    while time.monotonic() < end:
        if docker.inspect_container(created)["State"].get("OOMKilled"):
            return True
        time.sleep(_PAUSE_SECONDS)
    return False
