"""The networks of containers: the one that reaches the outside, and those that reach nothing (ADR 53)."""

import ctypes
import fcntl
import logging
import os
import selectors
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import requests
from docker import APIClient
from docker.errors import DockerException, ImageNotFound

from runner import machine_code
from runner.container import NETWORK, holder_settings
from runner.errors import Unable
from runner.files import remove

logger = logging.getLogger(__name__)

#: An image with nothing in it.
NOTHING = "agon.internal/nothing:1"
_EMPTY_TAR = bytes(10240)
_SECONDS = 5.0
_NEW_NETWORK = 0x40000000
_SET_FLAGS, _IS_UP = 0x8914, 1
#: What the engine sets in a network that it makes, and so is set in these.
_SETTINGS = (
    "ipv4/ip_unprivileged_port_start", "ipv4/ping_group_range", "ipv6/conf/all/disable_ipv6",
    "ipv6/conf/default/disable_ipv6",
)  # fmt: skip
_open_lock = threading.Lock()
_Found = TypeVar("_Found")
_libc = ctypes.CDLL(None, use_errno=True)


def make_open(docker: APIClient) -> None:
    """Make the network of containers that have one: they reach the outside, and not each other."""
    with _open_lock:
        if not docker.networks(names=[f"^{NETWORK}$"]):
            options = {"com.docker.network.bridge.enable_icc": "false"}
            docker.create_network(NETWORK, driver="bridge", options=options, check_duplicate=True)


class QuietNetworks:
    """Networks that reach nothing, a new one for each container: of the kernel alone, for the engine takes as long to make
    one as for all of the rest of a container.

    A container joins another's, so there is a holder: one in which a program of the runner's own is alone, and has a network
    that nobody had before whenever it is asked to. Safe across threads. `is_usable` is False where it cannot be.
    """

    def __init__(self, docker: APIClient, runner: str) -> None:
        self.is_usable = machine_code.is_here() and os.geteuid() == 0
        self._docker = docker
        self._runner = runner
        self._holder: _Holder | None = None
        self._lock = threading.Lock()

    def mode(self) -> str:
        """The word for Docker of a container that is to join; "" where it gets its network from the engine."""
        with self._lock:
            if self._holder and self._holder.is_gone():
                self._close_holder()
            if not self._holder and self.is_usable:
                with self._giving_up():
                    self._holder = _Holder(self._docker, self._runner)
            return f"container:{self._holder.id}" if self._holder else ""

    @contextmanager
    def fresh(self) -> Iterator[Callable[[int], None]]:
        """While inside, what joins gets a network that nobody has or had; it is started inside, alone. What is given is to
        be called with its process, and raises Unable if that has another."""
        with self._lock:
            holder = self._holder
            if not holder:
                raise Unable("There is no network to join.")
            with self._giving_up():
                holder.renew()
            if not self.is_usable:
                raise Unable("There is no new network to join.")
            yield self._check_of(holder)

    def close(self) -> None:
        """Remove the holder."""
        with self._lock:
            self._close_holder()

    def _check_of(self, holder: "_Holder") -> Callable[[int], None]:
        def check(process: int) -> None:
            if _network_of(process) != holder.network:
                self.is_usable = False
                self._close_holder()
                raise Unable("A container has another network than it was to join.")

        return check

    def _close_holder(self) -> None:
        if self._holder:
            self._holder.close()
        self._holder = None

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        try:
            yield
        except (DockerException, requests.RequestException, OSError) as error:
            logger.info("Containers have their networks from the engine (%s).", type(error).__name__)
            self.is_usable = False
            self._close_holder()


class _Holder:
    """The container whose network others join. Raises OSError, and what Docker's client raises."""

    def __init__(self, docker: APIClient, runner: str) -> None:
        self.network = 0
        self._docker = docker
        self._folder = Path(runner) / "ahead" / "holder"
        remove(self._folder)
        self._folder.mkdir(parents=True, mode=0o755)
        with ExitStack() as unless_made:
            unless_made.callback(remove, self._folder)
            (self._folder / "holder").write_bytes(machine_code.program(machine_code.HOLDER))
            (self._folder / "holder").chmod(0o555)
            for name in ("go", "end"):
                os.mkfifo(self._folder / name, 0o600)
            self._go = os.open(self._folder / "go", os.O_RDWR | os.O_CLOEXEC)
            unless_made.callback(os.close, self._go)
            self._end = os.open(self._folder / "end", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            unless_made.callback(os.close, self._end)
            _have_nothing(docker)
            arguments = holder_settings(NOTHING, runner, self._folder)
            arguments["host_config"] = docker.create_host_config(**arguments["host_config"])
            self.id = str(docker.create_container(**arguments)["Id"])
            unless_made.callback(self._remove)
            docker.start(self.id)
            self._process = int(docker.inspect_container(self.id)["State"]["Pid"])
            self._settings = self._in_its_network(_settings)
            unless_made.pop_all()

    def is_gone(self) -> bool:
        """True when it has ended: its engine was restarted, or somebody ended it."""
        return self._told(0) is not None

    def renew(self) -> None:
        """Have a network that nobody had before, whose own address is up."""
        os.write(self._go, b"n")
        if (told := self._told(_SECONDS)) != b"\0":
            raise OSError(told[0] if told else 0, "no new network")
        self._in_its_network(lambda: _bring_up(self._settings))
        former, self.network = self.network, _network_of(self._process)
        if self.network == former:
            raise OSError(0, "no new network")

    def close(self) -> None:
        """Remove it."""
        os.close(self._go)
        os.close(self._end)
        self._remove()
        remove(self._folder)

    def _told(self, seconds: float) -> bytes | None:
        """None when it says nothing for so long; b"" when it has ended."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._end, selectors.EVENT_READ)
            return os.read(self._end, 1) if selector.select(seconds) else None

    def _in_its_network(self, action: Callable[[], _Found]) -> _Found:
        """What an action gives that a thread of its own does there. Raises OSError."""
        found: list[_Found] = []
        problems: list[OSError] = []
        handle = os.open(f"/proc/{self._process}/ns/net", os.O_RDONLY | os.O_CLOEXEC)

        def act() -> None:
            if _libc.setns(handle, _NEW_NETWORK):
                problems.append(OSError(ctypes.get_errno(), "that network cannot be entered"))
                return
            try:
                found.append(action())
            except OSError as error:
                problems.append(error)

        thread = threading.Thread(target=act, name="network")
        thread.start()
        thread.join()
        os.close(handle)
        if problems:
            raise problems[0]
        return found[0]

    def _remove(self) -> None:
        with suppress(DockerException, requests.RequestException):
            self._docker.remove_container(self.id, force=True, v=True)


def _have_nothing(docker: APIClient) -> None:
    try:
        docker.inspect_image(NOTHING)
    except ImageNotFound:
        docker.import_image_from_data(_EMPTY_TAR, repository=NOTHING.partition(":")[0], tag=NOTHING.partition(":")[2])


def _settings() -> dict[Path, bytes]:
    files = [Path("/proc/sys/net") / name for name in _SETTINGS]
    return {file: file.read_bytes() for file in files if file.exists()}


def _bring_up(settings: dict[Path, bytes]) -> None:
    for file, value in settings.items():
        file.write_bytes(value)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        fcntl.ioctl(link, _SET_FLAGS, struct.pack("16sh22x", b"lo", _IS_UP))


def _network_of(process: int) -> int:
    return os.stat(f"/proc/{process}/ns/net").st_ino
