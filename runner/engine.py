"""Connections to the Docker engine."""

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager

from docker import APIClient
from docker.errors import DockerException

from runner.config import Config
from runner.errors import Unable
from runner.images import Images
from runner.pulled import PulledImages
from runner.registries import ASK_SECONDS, Registries

#: What a connection is, for who does not speak to engines.
Client = APIClient
#: A job holds a connection for its logs and one to wait, for each of its containers, and now and then one to look.
_CONNECTIONS_PER_SLOT = 10
#: What an engine must be able to limit, as it tells of that, and in words.
LIMITS = {"MemoryLimit": "memory", "PidsLimit": "processes", "CpuCfsQuota": "processors"}


def connect(config: Config, timeout_seconds: int = 60, version: str = "auto") -> APIClient:
    """A client of the engine, this machine's unless DOCKER_HOST names another socket. Raises Unable.

    The engine is asked for the version of its API where none is given.
    """
    connections = _CONNECTIONS_PER_SLOT * config.slots
    try:
        return APIClient(config.docker_host, version=version, timeout=timeout_seconds, max_pool_size=connections)
    except DockerException as error:
        raise Unable("Docker does not answer. Is it installed and running, and may this user use it?") from error


def check_kind(docker: APIClient) -> None:
    """Raise Unable for an engine whose containers would not be what is promised of them.

    Tried with Podman 4.3.1 and a rootless Docker 20.10.24 (docs/administrators.md). Podman's socket takes a list of system
    calls for the name of a file, and knows no owner of a tmpfs. Its monitor of a container seems to be ended with
    the job in the runner's control group, after which nobody is told of that end.
    A rootless engine maps users, so what a job writes is not the runner's, and limits jobs only where control groups of
    version 2 were given to its user.
    """
    engine = docker.version()
    if any(one.get("Name") == "Podman Engine" for one in engine.get("Components") or ()):
        raise Unable(
            f"What answers here is Podman {engine.get('Version')}: the runner's list of system calls reaches no container "
            "through it, and the end of a job may not be told. Run Docker's own engine, and let DOCKER_HOST name its socket."
        )
    told = docker.info()
    if any("rootless" in str(option) for option in told.get("SecurityOptions") or ()):
        missing = [what for name, what in LIMITS.items() if not told.get(name)]
        unlimited = f", and {', '.join(missing)} without a limit" if missing else ""
        raise Unable(
            f"This Docker is rootless: jobs would have no users of their own, folders that they could not write{unlimited}. "
            "Run Docker's engine as root, on a machine or in a virtual machine that does nothing else."
        )


def check_runtime(docker: APIClient, runtime: str) -> None:
    """Raise Unable unless the engine has the runtime; "" is its default."""
    known = sorted(docker.info().get("Runtimes") or ())
    if runtime and runtime not in known:
        raise Unable(
            f"Docker has no runtime {runtime!r}, but {', '.join(known)}. Install it and name it in Docker's daemon.json, "
            "or leave --runtime out."
        )


@contextmanager
def connected(config: Config, own: Collection[str] = ()) -> Iterator[tuple[APIClient, Images]]:
    """The engine and its images, with what this runner remembers of those that it pulled. Raises Unable.

    Besides the runner's image, jobs may have the `own` ones of this machine.
    """
    with closing(connect(config)) as docker, images_of(docker, config, own) as found:
        yield docker, found


@contextmanager
def images_of(docker: APIClient, config: Config, own: Collection[str] = ()) -> Iterator[Images]:
    """The images of an engine that is connected, as `connected` has them. Raises Unable."""
    with closing(connect(config, ASK_SECONDS, docker.api_version)) as quick:
        pulled = PulledImages(config.home / "images.json")
        registries, limit = Registries(docker, quick), config.image_bytes
        yield Images(docker, registries, pulled, limit, {config.image, *own}, config.local_images)
