"""A container: what to run, `settings`, which holds every limit and flag that a stranger's code meets, and how it ended."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docker.types import DeviceRequest, LogConfig, Mount, Ulimit

from chalicelib.contract import Source, Step, layout
from runner import gate, seccomp, users
from runner.config import Limits
from runner.programs import SCORING
from runner.users import User

RUNNER_LABEL = "agon.runner"
SUBMISSION_LABEL = "agon.submission"
SLOT_LABEL = "agon.slot"
#: The bridge of containers that may use the network.
NETWORK = "agon-open"
HOSTNAME = "agon"
#: Its owner is said besides, because runc gives a folder that was there before its former mode. What may write a program
#: may run it, so nothing is won without `exec`, and libraries that compile as they go would break.
_TMPFS = "rw,exec,nosuid,nodev,mode=1777"
#: Above what any process without it can come to by its size.
_FIRST_TO_GO = 1000
_HOLDER_BYTES = 32 * 1024**2
#: Programs ask for their user's name in several ways; a table of users answers the others.
_ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "HOME": users.HOME, "USER": users.NAME, "LOGNAME": users.NAME}
_PROTECTION = {
    # What a program leaves behind is reaped, and signals end it as they do elsewhere: the first process is another.
    "init": True,
    "read_only": True,
    "ipc_mode": "private",
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges", seccomp.option()],
    "privileged": False,
}


@dataclass(frozen=True)
class Container:
    """The program to run, and its folders. `program` and `output` are folders of this machine that the container may
    write; `inputs` are (folder, path in the container), read-only, and `shared` the same, writable.

    `spent_seconds` of the time limit went to the program's earlier commands. `contract` and `attempt` are a Job's. So many
    as `together` run at once in one slot; when they take more memory than it has, one that `goes_first` is killed before
    another.
    """

    submission: str
    image: str
    command: Sequence[str]
    program: Path
    output: Path
    inputs: Sequence[tuple[Path, str]]
    network: bool
    time_limit_seconds: float
    shared: Sequence[tuple[Path, str]] = ()
    spent_seconds: float = 0.0
    contract: str = "2"
    attempt: int = 1
    together: int = 1
    goes_first: bool = False


@dataclass(frozen=True)
class ContainerRun:
    """The end of a container. `stopped_because` is a sentence when it was stopped for a limit, and then it has no exit
    code; "" when it ended by itself or by a halt. What it used is None when it was too quick to be measured. Where
    `output_is_lost`, the end of what it printed came too late.

    `out_of_memory`: the kernel killed a process of it for want of memory; None where nobody counts. Of what failed,
    `entrypoint` has the words that its image puts before every command.
    """

    container_id: str
    exit_code: int | None
    seconds: float
    cpu_seconds: float | None = None
    peak_memory_bytes: int | None = None
    peak_gpu_memory_bytes: int | None = None
    stopped_because: str = ""
    out_of_memory: bool | None = None
    entrypoint: tuple[str, ...] = ()
    output_is_lost: bool = False


@dataclass(frozen=True)
class SandboxContext:
    """The place on this machine where a container runs: on whose behalf, in which slot, with which devices, in which
    of Docker's runtimes ("": its default). `runner` is its work folder, which tells it from others."""

    runner: str
    slot: int = 0
    devices: Sequence[DeviceRequest] = ()
    runtime: str = ""

    @property
    def user(self) -> User:
        """Whom the slot's containers are."""
        return users.of(self.runner, self.slot)


def settings(
    container: Container,
    limits: Limits,
    context: SandboxContext,
    cgroup: str = "",
    tables: users.Tables = (),
) -> dict[str, Any]:
    """Every argument of Docker's create call. Nothing of the runner's own environment is among them.

    Below a control group, which has the slot's limits, each container may take what the others leave; else they divide it.
    `tables` are those of `users`.
    """
    mounts = [Mount(path, str(folder), type="bind") for folder, path in written(container)]
    mounts += [Mount(path, str(folder), type="bind", read_only=True) for folder, path in container.inputs]
    made = _common(shape(container), limits, context, cgroup, tables, mounts, 1 if cgroup else container.together)
    made["labels"][SUBMISSION_LABEL] = container.submission
    return {**made, "command": list(container.command)}


def waiting_settings(
    waiting: "Shape",
    limits: Limits,
    context: SandboxContext,
    cgroup: str,
    tables: users.Tables,
    empty: Path,
    door: Path,
    joins: str = "",
) -> dict[str, Any]:
    """The same of one that waits for its job. Where that will have its folders it has `empty`; `door` is its gate's folder.
    Without a network it `joins` that of a container, with the names that are known there."""
    mounts = [Mount(path, str(empty), type="bind", read_only=True) for path in waiting.paths]
    mounts.append(Mount(gate.PLACE, str(door), type="bind", read_only=True))
    made = {**_common(waiting, limits, context, cgroup, tables, mounts, 1), "entrypoint": [gate.PROGRAM]}
    made["host_config"]["init"] = False  # The gate is one.
    if joins:
        del made["hostname"], made["host_config"]["extra_hosts"]
        made["host_config"]["network_mode"] = joins
    return made


def holder_settings(image: str, runner: str, door: Path) -> dict[str, Any]:
    """Every argument for the holder of networks: a program of the runner's own is alone there, with one of root's rights."""
    return {
        "image": image,
        "entrypoint": [f"{gate.PLACE}/holder"],
        "user": "0:0",
        "hostname": HOSTNAME,
        "labels": {RUNNER_LABEL: runner},
        "host_config": {
            **_PROTECTION,
            **_network(False),
            "init": False,
            "ipc_mode": "none",
            "cap_add": ["SYS_ADMIN"],
            "security_opt": ["no-new-privileges", seccomp.option("unshare")],
            "mem_limit": _HOLDER_BYTES,
            "memswap_limit": _HOLDER_BYTES,
            "pids_limit": 4,
            "mounts": [Mount(gate.PLACE, str(door), type="bind", read_only=True)],
            "log_config": LogConfig(type="none"),
            "restart_policy": {"Name": "no"},
        },
    }


def _common(
    made: "Shape",
    limits: Limits,
    context: SandboxContext,
    cgroup: str,
    tables: users.Tables,
    mounts: list[Mount],
    share: int,
) -> dict[str, Any]:
    home = made.home
    return {
        "image": made.image,
        "user": f"{context.user.uid}:{context.user.gid}",
        "working_dir": home.working_dir,
        "environment": _ENVIRONMENT | dict(home.environment),
        "hostname": HOSTNAME,
        "stdin_open": False,
        "tty": False,
        "labels": {RUNNER_LABEL: context.runner, SLOT_LABEL: str(context.slot)},
        "healthcheck": {"test": ["NONE"]},
        "host_config": {
            **_PROTECTION,
            **_network(made.network),
            **_share(limits, share),
            "runtime": context.runtime or None,
            "mounts": mounts + [Mount(path, str(file), type="bind", read_only=True) for file, path in tables],
            "tmpfs": dict.fromkeys(("/tmp", *home.scratch), _tmpfs(context.user, limits.tmp_bytes)),
            "cgroup_parent": cgroup or None,
            "oom_score_adj": _FIRST_TO_GO if made.goes_first else None,
            "device_requests": list(context.devices),
            "log_config": LogConfig(type="none"),
            "restart_policy": {"Name": "no"},
        },
    }


def _network(is_open: bool) -> dict[str, Any]:
    """None, but that its own name is known there, or the bridge."""
    if is_open:
        return {"network_mode": NETWORK}
    return {"network_mode": "none", "extra_hosts": {HOSTNAME: "127.0.1.1"}}


def _share(limits: Limits, share: int) -> dict[str, Any]:
    """Shared memory may be all of the memory, of which it is a part: what loads data in several processes needs it."""
    memory_bytes, cpus = limits.memory_bytes // share, min(limits.cpus, os.cpu_count() or 1) / share
    return {
        "mem_limit": memory_bytes,
        "memswap_limit": memory_bytes,
        "shm_size": memory_bytes,
        "nano_cpus": int(cpus * 1e9),
        "pids_limit": limits.pids,
        "ulimits": [
            Ulimit(name="nofile", soft=limits.open_files, hard=limits.open_files),
            Ulimit(name="fsize", soft=limits.output_bytes, hard=limits.output_bytes),
            Ulimit(name="core", soft=0, hard=0),
        ],
    }


def _tmpfs(user: User, max_bytes: int) -> str:
    return f"{_TMPFS},uid={user.uid},gid={user.gid},size={max_bytes}"


def written(container: Container) -> list[tuple[Path, str]]:
    """The folders that it may write to."""
    return [(container.program, layout.PROGRAM), (container.output, layout.OUTPUT), *container.shared]


@dataclass(frozen=True)
class ProgramHome:
    """The place where a program finds itself; `scratch` are paths of the memory's that it may write to."""

    working_dir: str = layout.PROGRAM
    scratch: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


def program_home(container: Container) -> ProgramHome:
    """The working directory of Codabench, or of a run of CodaLab with everything that such a run had (FORMATS 0, 2.7)."""
    if container.contract != "1":
        return ProgramHome()
    is_ingesting = any(path == layout.SUBMISSION_PROGRAM for _, path in container.inputs)
    environment = (("PYTHONPATH", layout.SUBMISSION_PROGRAM),) if is_ingesting else ()
    return ProgramHome(layout.ROOT, (layout.ROOT, layout.TEMP), environment)


@dataclass(frozen=True)
class Shape:
    """The part of a container that is known before its job: two jobs of one shape could have each other's."""

    image: str
    home: ProgramHome
    paths: tuple[str, ...]
    network: bool
    goes_first: bool


def shape(container: Container) -> Shape:
    """The shape of a container."""
    paths = sorted(path for _, path in (*written(container), *container.inputs))
    return Shape(container.image, program_home(container), tuple(paths), container.network, container.goes_first)


def expected_shape(step: Step, image: str, has_data: bool) -> Shape:
    """The shape that a step's container will have, of a job of contract "2" of which nothing has been fetched.

    `has_data`: this machine has confidential data.
    """
    mounted = [mount.path for mount in step.mounts if has_data or mount.source is not Source.DATA]
    paths = sorted((layout.PROGRAM, layout.OUTPUT, *mounted))
    return Shape(image, ProgramHome(), tuple(paths), step.network, goes_first=step.name != SCORING)
