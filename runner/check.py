"""`python -m runner check`: can this machine run jobs, and if not, what is to be done, in words."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from runner.backend import Backend
from runner.config import Config
from runner.engine import connect, connected
from runner.errors import RunnerError, Unable
from runner.files import free_bytes
from runner.halt import Halt
from runner.logs import Log
from runner.sandbox import Container, Place, Sandbox

LEAST_FREE_BYTES = 10 * 1024**3
MAX_CLOCK_SECONDS = 30.0
_TRIAL = "import os; raise SystemExit(os.getuid() == 0)"


def run(config: Config) -> int:
    """Print one line per check; 0 when all are good, else 1."""
    checks: tuple[tuple[str, Callable[[Config], str]], ...] = (
        ("Docker", _docker),
        ("disk", _disk),
        ("image", _image),
        ("API, token and clock", _api),
    )
    return max([_one(name, check, config) for name, check in checks])


def _one(name: str, check: Callable[[Config], str], config: Config) -> int:
    try:
        print(f"good  {name}: {check(config)}")
    except (RunnerError, OSError) as error:
        print(f"BAD   {name}: {error}")
        return 1
    return 0


def _docker(config: Config) -> str:
    docker = connect(config)
    try:
        return f"Docker {docker.version()['Version']} answers."
    finally:
        docker.close()


def _disk(config: Config) -> str:
    config.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    free = free_bytes(config.home)
    if free < LEAST_FREE_BYTES:
        raise Unable(f"{config.home} has {free / 1024**3:.1f} GiB free; make it {LEAST_FREE_BYTES // 1024**3} or more.")
    return f"{config.home} has {free / 1024**3:.0f} GiB free."


def _image(config: Config) -> str:
    """Runs a line of Python in the default image, with every limit that a job meets."""
    with connected(config) as (docker, images), tempfile.TemporaryDirectory(dir=config.home) as folder:
        digest = images.find(config.image, None, "check", Halt()).digest
        exit_code = _try(Sandbox(docker, config.limits, Place(str(config.home))), config, Path(folder))
    if exit_code != 0:
        raise Unable(f"Python in {config.image} ended with exit code {exit_code} under the limits of a job.")
    return f"{config.image} is here ({digest[:19]}) and runs Python under the limits of a job."


def _try(sandbox: Sandbox, config: Config, folder: Path) -> int | None:
    command = ["python3", "-c", _TRIAL]
    trial = Container("check", config.image, command, folder, folder, (), network=False, time_limit_seconds=60.0)
    ended = sandbox.run(trial, Log(1000), Log(1000), Halt())
    sandbox.remove(ended.container_id)
    return ended.exit_code


def _api(config: Config) -> str:
    backend = Backend(config.api, config.token, config.name)
    try:
        session = backend.open_session()
    finally:
        backend.close()
    ahead = session.clock_ahead_seconds
    if ahead is not None and abs(ahead) > MAX_CLOCK_SECONDS:
        raise Unable(f"The clock is {ahead:+.0f} s off the API's: signatures fail. Set it, for example with chrony.")
    clock = "told no time" if ahead is None else f"agrees with this clock within {abs(ahead):.0f} s"
    return f"{config.api} knows the token, of the queue {session.queue}, and {clock}."
