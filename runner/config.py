"""Flags and environment to one Config. The only module of the runner that reads the environment.

The runner token comes from AGON_RUNNER_TOKEN or a file, never from a flag: everybody on a machine can read flags.
"""

import argparse
import os
import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chalicelib.contract import addresses

DEFAULT_IMAGE = "agon.internal/competition:1"
MAX_SLOTS = 64
_MIB = 1024**2


class BadConfig(Exception):
    """The runner cannot start like this. Its text says what to set."""


@dataclass(frozen=True)
class Limits:
    """The limits of what one container may use. Output counts what a program writes to its output and to its own folder."""

    memory_bytes: int
    cpus: float
    pids: int = 512
    open_files: int = 4096
    tmp_bytes: int = 1024 * _MIB
    output_bytes: int = 4096 * _MIB
    output_files: int = 50_000
    log_bytes: int = 2 * _MIB


@dataclass(frozen=True)
class Config:
    """The configuration of a runner. `api` ends in /api; `home` is this runner's alone; `limits` are of all slots
    together."""

    command: str
    api: str
    token: str
    home: Path
    name: str
    image: str
    limits: Limits
    cache_bytes: int
    image_bytes: int = 50 * 1024**3
    slots: int = 1
    gpus: str = "all"
    labels: tuple[str, ...] = ()
    #: What a step may take at most, whatever its phase and its queue say. None: what they say.
    max_time_limit_seconds: int | None = None
    #: Names of images of this machine that jobs may use, although no registry gives them out; `*` stands for anything.
    local_images: tuple[str, ...] = ()
    poll_seconds: int = 20
    presence_seconds: float = 60.0
    #: What sealed jobs left, here alone.
    sealed_bytes: int = 10 * 1024**3
    sealed_days: float = 30.0
    #: After so long without a job the runner ends. None: never.
    idle_minutes: float | None = None
    sqs_endpoint: str | None = None
    token_file: Path | None = None
    docker_host: str | None = None
    #: Confidential data, mounted at /app/data where a competition says so. It never leaves this machine.
    data: Path | None = None
    #: The runtime of Docker's that containers run in, such as runsc; "" is Docker's default.
    runtime: str = ""
    #: Where figures for Prometheus are told. None: nowhere.
    metrics_port: int | None = None
    metrics_address: str = "127.0.0.1"


def read(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ, needs_api: bool = True) -> Config:
    """Config from flags, else from the environment. Raises BadConfig; ends the process for flags that do not exist.

    Without `needs_api` nothing is missed: a trial on this machine alone speaks to no API.
    """
    flags = _parser(environ).parse_args(arguments)
    token_file = Path(flags.token_file).absolute() if flags.token_file else None
    token = _token(token_file, environ)
    if needs_api and flags.command != "systemd":
        _check(flags.api, token)
    return Config(
        command=flags.command,
        api=flags.api.rstrip("/"),
        token=token,
        home=Path(flags.home).expanduser().absolute(),
        name=re.sub(r"[^A-Za-z0-9._-]", "-", flags.name)[:100] or "runner",
        image=flags.image,
        limits=Limits(memory_bytes=int(flags.memory_mib * _MIB), cpus=flags.cpus, pids=flags.pids),
        cache_bytes=int(flags.cache_gib * 1024**3),
        image_bytes=int(flags.image_gib * 1024**3),
        slots=_slots(flags.slots),
        gpus=_gpus(flags.gpus),
        labels=_words(flags.labels),
        max_time_limit_seconds=_seconds(flags.max_time_limit),
        local_images=_words(flags.local_images),
        poll_seconds=min(20, max(0, flags.poll_seconds)),
        sqs_endpoint=environ.get("AWS_ENDPOINT_URL_SQS") or environ.get("AWS_ENDPOINT_URL") or None,
        token_file=token_file,
        docker_host=environ.get("DOCKER_HOST") or None,
        data=_data(flags.data),
        runtime=flags.runtime,
        sealed_bytes=int(flags.sealed_gib * 1024**3),
        sealed_days=flags.sealed_days,
        idle_minutes=float(flags.idle_minutes) if flags.idle_minutes else None,
        metrics_port=_port(flags.metrics_port),
        metrics_address=flags.metrics_address,
    )


def _parser(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m runner",
        description="Runs an Agon queue's jobs in Docker.",
        allow_abbrev=False,  # Or --token would be taken for --token-file, and a token would stand in a flag after all.
    )
    add = parser.add_argument
    add("command", choices=("run", "check", "systemd"), help="run jobs, check this machine, or print a systemd unit")
    add("--api", default=environ.get("AGON_API", ""), help="the stack's ApiUrl, ending in /api [AGON_API]")
    add("--token-file", default=environ.get("AGON_RUNNER_TOKEN_FILE"), help="file with the runner token "
        "[AGON_RUNNER_TOKEN_FILE; or the token itself in AGON_RUNNER_TOKEN]")  # fmt: skip
    add("--home", default=environ.get("AGON_RUNNER_HOME") or _default_home(), help="work folder [AGON_RUNNER_HOME]")
    add("--name", default=environ.get("AGON_RUNNER_NAME") or socket.gethostname(), help="this runner's name "
        "[AGON_RUNNER_NAME]")  # fmt: skip
    add("--image", default=environ.get("AGON_RUNNER_IMAGE") or DEFAULT_IMAGE, help="image of jobs that name none, and "
        "of `check` [AGON_RUNNER_IMAGE]")  # fmt: skip
    add("--slots", type=int, default=environ.get("AGON_RUNNER_SLOTS") or "1", help="jobs at once; they share memory, "
        "processors and GPUs evenly [AGON_RUNNER_SLOTS]")  # fmt: skip
    add("--gpus", default=environ.get("AGON_RUNNER_GPUS") or "all", help="all, none, or numbers as in nvidia-smi, such as "
        "0,1 [AGON_RUNNER_GPUS]")  # fmt: skip
    add("--labels", default=environ.get("AGON_RUNNER_LABELS") or "", help="words that jobs may ask for, by commas "
        "[AGON_RUNNER_LABELS]")  # fmt: skip
    add("--local-images", default=environ.get("AGON_RUNNER_LOCAL_IMAGES") or "", help="images of this machine that jobs may "
        "name, by commas, such as lab/*: what was made or pulled here [AGON_RUNNER_LOCAL_IMAGES]")  # fmt: skip
    add("--data", default=environ.get("AGON_RUNNER_DATA"), help="folder of confidential data, which programs find in "
        "/app/data and which never leaves this machine [AGON_RUNNER_DATA]")  # fmt: skip
    add("--runtime", default=environ.get("AGON_RUNNER_RUNTIME") or "", help="a stronger sandbox that Docker knows, such as "
        "runsc (gVisor) [AGON_RUNNER_RUNTIME]")  # fmt: skip
    add("--memory-mib", type=float, default=_machine_memory_bytes() * 0.75 // _MIB, help="memory of all slots together")
    add("--cpus", type=float, default=float(os.cpu_count() or 1), help="processors of all slots together")
    add("--max-time-limit", type=int, default=environ.get("AGON_RUNNER_MAX_TIME_LIMIT"), metavar="SECONDS", help="what a "
        "step of a job may take at most [AGON_RUNNER_MAX_TIME_LIMIT]")  # fmt: skip
    add("--pids", type=int, default=Limits.pids, help="a container's processes and threads")
    add("--cache-gib", type=float, default=20.0, help="disk for cached programs and data")
    add("--image-gib", type=float, default=50.0, help="disk for the images that this runner pulls")
    add("--sealed-gib", type=float, default=10.0, help="disk for what the jobs of a sealed queue left")
    add("--sealed-days", type=float, default=30.0, help="how long that is kept")
    add("--idle-minutes", type=float, default=environ.get("AGON_RUNNER_IDLE_MINUTES"), help="end after so long without a "
        "job, for machines that cost by the hour [AGON_RUNNER_IDLE_MINUTES]")  # fmt: skip
    add("--metrics-port", type=int, default=environ.get("AGON_RUNNER_METRICS_PORT"), metavar="PORT", help="tell figures to "
        "Prometheus at this port [AGON_RUNNER_METRICS_PORT]")  # fmt: skip
    add("--metrics-address", default=environ.get("AGON_RUNNER_METRICS_ADDRESS") or "127.0.0.1", metavar="ADDRESS", help="of "
        "this machine, 127.0.0.1 unless you say so; 0.0.0.0 is all [AGON_RUNNER_METRICS_ADDRESS]")  # fmt: skip
    add("--poll-seconds", type=int, default=20, help=argparse.SUPPRESS)
    return parser


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted({word for word in re.split(r"[\s,]+", text) if word}))


def _slots(number: int) -> int:
    if not 1 <= number <= MAX_SLOTS:
        raise BadConfig(f"--slots is {number}; it can be 1 to {MAX_SLOTS}.")
    return number


def _seconds(number: int | None) -> int | None:
    if number is not None and number < 1:
        raise BadConfig(f"--max-time-limit is {number}; it is a number of seconds.")
    return number


def _port(number: int | None) -> int | None:
    if number is not None and not 0 <= number <= 65535:
        raise BadConfig(f"--metrics-port is {number}; it can be 1 to 65535, or 0 for one that is free.")
    return number


def _gpus(text: str) -> str:
    if not re.fullmatch(r"all|none|\d+(,\d+)*", text):
        raise BadConfig(f"--gpus is {text!r}; it can be all, none, or numbers such as 0,1.")
    return text


def _token(token_file: Path | None, environ: Mapping[str, str]) -> str:
    if not token_file:
        return environ.get("AGON_RUNNER_TOKEN", "").strip()
    try:
        return token_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfig(f"The token file {token_file} cannot be read ({type(error).__name__}).") from error


def _data(folder: str | None) -> Path | None:
    if not folder:
        return None
    path = Path(folder).expanduser().absolute()
    if not path.is_dir():
        raise BadConfig(f"The folder of confidential data, {path}, is not there. Correct --data or AGON_RUNNER_DATA.")
    return path


def _check(api: str, token: str) -> None:
    if not api.startswith(("http://", "https://")):
        raise BadConfig("Set AGON_API to the stack's ApiUrl output, for example https://agon.example/api.")
    if addresses.is_in_clear(api):
        raise BadConfig(f"AGON_API: {addresses.IN_CLEAR.format(api)}")
    if not token:
        raise BadConfig("Set AGON_RUNNER_TOKEN, or --token-file, to a queue's runner token (agonr_…).")


def _default_home() -> str:
    return "/var/lib/agon-runner" if os.geteuid() == 0 else "~/.local/share/agon-runner"


def _machine_memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
