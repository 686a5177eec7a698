"""`python -m runner check`: can this machine run jobs, and if not, what is to be done, in words."""

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from runner import gpus, slots, trial
from runner.backend import Backend
from runner.config import Config
from runner.container import Container, SandboxContext
from runner.engine import LIMITS, check_kind, check_runtime, connect, connected
from runner.errors import RunnerError, Unable
from runner.files import free_bytes
from runner.gpus import Gpu
from runner.halt import Halt
from runner.logs import Log
from runner.sandbox import Sandbox
from runner.views import Views

LEAST_FREE_BYTES = 10 * 1024**3
MAX_CLOCK_SECONDS = 30.0
TRIAL_SECONDS = 120.0
#: Where clouds tell a machine its own credentials.
METADATA = "169.254.169.254:80"
#: An address that a container with a network can reach, and one without cannot.
OUTSIDE = "1.1.1.1:443"
_GIB = 1024**3


_Check = tuple[str, Callable[[Config], str]]


def run(config: Config) -> int:
    """Print one line per check; 0 when all are good, else 1."""
    machine: tuple[_Check, ...] = (("Docker", _docker), ("disk", _disk), ("image", _image))
    container: tuple[_Check, ...] = (
        ("no network", _no_network), ("network", _network), ("system calls", _system_calls), ("leftovers", _leftovers),
        ("GPU", _gpu),
    )  # fmt: skip
    others: tuple[_Check, ...] = (("slots", _slots), ("links", _links), ("API, token and clock", _api))
    good = [_is_good(check, config) for check in machine]
    if all(good):
        good += [_is_good(check, config) for check in container]
    else:
        print("      network, system calls, leftovers and GPU: not looked at, for they need all of the above.")
    good += [_is_good(check, config) for check in others]
    return 0 if all(good) else 1


def _is_good(check: _Check, config: Config) -> bool:
    name, find_out = check
    try:
        print(f"good  {name}: {find_out(config)}", flush=True)
    except (RunnerError, OSError) as error:
        print(f"BAD   {name}: {error}", flush=True)
        return False
    return True


def _docker(config: Config) -> str:
    with closing(connect(config)) as docker:
        info = docker.info()
        check_kind(docker)
        check_runtime(docker, config.runtime)
    if info.get("OSType") != "linux":
        raise Unable(f"Docker runs {info.get('OSType')} containers. Switch it to Linux containers.")
    if not any("seccomp" in str(option) for option in info.get("SecurityOptions") or ()):
        raise Unable("Docker has no seccomp, so containers may make any system call. Use a kernel and a Docker with it.")
    missing = [name for name in LIMITS if not info.get(name)]
    if missing:
        raise Unable(f"Docker cannot limit containers ({', '.join(missing)}): turn the kernel's cgroups on.")
    return f"Docker {info.get('ServerVersion')} answers, and limits containers."


def _disk(config: Config) -> str:
    config.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(connect(config)) as docker:
        engine = Path(docker.info().get("DockerRootDir") or "/")
    places = {"the work folder": config.home, "Docker's images": engine}
    # The engine may be on another machine, or its folder closed to this user.
    free = {what: free_bytes(place) for what, place in places.items() if os.path.isdir(place)}
    for what, size in free.items():
        if size < LEAST_FREE_BYTES:
            raise Unable(
                f"{size / _GIB:.1f} GiB free for {what}, {places[what]}; make it {LEAST_FREE_BYTES // _GIB} or more."
            )
    return ", ".join(f"{size / _GIB:.0f} GiB free for {what}" for what, size in free.items()) + "."


def _image(config: Config) -> str:
    with connected(config) as (_, images):
        digest = images.find(config.image, None, "check", Halt()).digest
    if _look(config, network=False)["uid"] == 0:
        raise Unable(f"A program in {config.image} is root, whatever it is told to be.")
    return f"{config.image} is here ({digest[:19]}) and runs Python under the limits of a job."


def _no_network(config: Config) -> str:
    seen = _look(config, network=False)
    others = [name for name in seen["interfaces"] if name != "lo"]
    if others or seen["outside"] or seen["metadata"]:
        raise Unable(f"A container without a network has one after all ({', '.join(others)}). Is Docker's set-up changed?")
    return "a container without a network has none."


def _network(config: Config) -> str:
    seen = _look(config, network=True)
    if seen["metadata"]:
        raise Unable(
            f"A container with a network reaches {METADATA.partition(':')[0]}, and with it this machine's own credentials. "
            "On EC2 require IMDSv2 with a hop limit of 1; elsewhere: iptables -I DOCKER-USER -d 169.254.169.254 -j DROP"
        )
    reach = "and reaches the internet" if seen["outside"] else "but not the internet: competitions that open it get none"
    return f"a container with a network does not reach the cloud's metadata, {reach}."


def _system_calls(config: Config) -> str:
    seen = _look(config, network=False)["calls"]
    if config.runtime:
        return f"those of {config.runtime}."
    if seen:
        raise Unable(f"A container may {', '.join(seen)}: Docker did not take the runner's list. Is its set-up changed?")
    return "a container may make none that trace, make namespaces, or open sockets of more than the usual families."


def _leftovers(config: Config) -> str:
    """Nothing to be mended where others decide it, as systemd does: so it is told what is not promised."""
    if _look(config, network=False)["has_groups"]:
        return "a job is over only when nothing of it lives, and each slot's containers are a user of their own."
    return (
        "it is not promised that nothing of a job lives on, and uses this machine or changes files, when Docker says that "
        "its container is over: for that the runner must be root, on the engine's own machine, with the driver cgroupfs."
    )


def _gpu(config: Config) -> str:
    wanted = gpus.choose(config.gpus)
    if not wanted:
        return "none is wanted." if config.gpus == gpus.NONE else "this machine has none."
    seen = _look(config, network=False, devices=wanted)["gpus"]
    if isinstance(seen, str) or len(seen) != len(wanted):
        found = f"{len(seen)} of {len(wanted)} GPUs" if isinstance(seen, list) else f"nvidia-smi says: {seen}"
        raise Unable(f"In {config.image} {found}. Install the NVIDIA Container Toolkit, and restart Docker.")
    return f"{config.image} sees {', '.join(gpu.name for gpu in wanted)}."


def _slots(config: Config) -> str:
    shares = slots.divide(config, gpus.choose(config.gpus))
    share = shares[0]
    devices = f", {len(share.gpus)} GPU" if share.gpus else ""
    what = f"{share.limits.cpus:g} processors, {share.limits.memory_bytes / _GIB:.1f} GiB of memory{devices}"
    return f"{len(shares)} {'job' if len(shares) == 1 else 'jobs'} at once, each with {what}."


def _links(config: Config) -> str:
    """Nothing to be mended: where it cannot be, organizers are told by the check of their bundles."""
    config.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=config.home) as folder:
        views, shared = Views(Path(folder), config.docker_host), Path(folder) / "shared"
        shared.mkdir()
        view = views.make(shared, read_only=False)
        views.close()
    if view:
        return "a scoring program follows none that a participant's code beside it plants."
    return "code beside a scoring program may plant some that it follows: this runner is in a container, or not root."


def _look(config: Config, *, network: bool, devices: Sequence[Gpu] = ()) -> dict[str, Any]:
    """What a program sees in the default image, with every limit that a job meets. Raises Unable."""
    with connected(config) as (docker, _), tempfile.TemporaryDirectory(dir=config.home) as folder:
        requests = gpus.request(devices, bool(devices) and gpus.has_cdi(docker.info()))
        # Not as the runner that may be at work here.
        sandbox = Sandbox(docker, config.limits, SandboxContext(str(config.home / "check"), 0, requests, config.runtime))
        command = ["python3", "-c", Path(trial.__file__).read_text("utf-8"), METADATA, OUTSIDE]
        container = Container("check", config.image, command, Path(folder), Path(folder), (), network, TRIAL_SECONDS)
        try:
            exit_code, said = _run(sandbox, container)
            has_groups = sandbox.has_groups
        except Unable as error:
            raise Unable(_in_words(str(error))) from error
        finally:
            sandbox.close()
    if exit_code != 0:
        raise Unable(f"Python in {config.image} ended with exit code {exit_code} under the limits of a job. {said[-300:]}")
    return {**json.loads(said), "has_groups": has_groups}


def _run(sandbox: Sandbox, container: Container) -> tuple[int | None, str]:
    said = Log(100_000)
    ended = sandbox.run(container, said, said, Halt())
    sandbox.remove(ended.container_id)
    return ended.exit_code, said.content().decode("utf-8", "replace")


def _in_words(trouble: str) -> str:
    if "docker-init" in trouble:
        return f"Docker lacks its init process, docker-init. Install it, on Debian with the package tini. ({trouble})"
    if "could not select device driver" in trouble or "unresolvable CDI devices" in trouble:
        return f"Docker cannot hand out GPUs. Install the NVIDIA Container Toolkit, and restart Docker. ({trouble})"
    return trouble


def _api(config: Config) -> str:
    with closing(Backend(config.api, config.token, config.name)) as backend:
        session = backend.open_session()
    ahead = session.clock_ahead_seconds
    if ahead is not None and abs(ahead) > MAX_CLOCK_SECONDS:
        raise Unable(f"The clock is {ahead:+.0f} s off the API's: signatures fail. Set it, for example with chrony.")
    clock = "told no time" if ahead is None else f"agrees with this clock within {abs(ahead):.0f} s"
    return f"{config.api} knows the token, of the queue {session.queue}, and {clock}."
