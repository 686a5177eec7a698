"""The one door to addresses that people gave: resolved once, checked, and connected to as they were checked.

No redirect is followed, nothing of an answer is believed, and both its bytes and its time have an end.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TypeVar

from chalicelib.domain.webhooks.targets import MayReach, Target
from chalicelib.errors import Sentence, say

#: From the question for the name to the last byte that is read.
TIME_LIMIT_SECONDS = 10.0
CONNECT_SECONDS = 4.0
#: Of an answer, its head included, and of what follows that.
MAX_ANSWER_BYTES = 64 * 1024
KEPT_BYTES = 500
_MOST_ADDRESSES = 16
_ADDRESSES_TRIED = 2

Resolve = Callable[[str, int], Sequence[str]]
Told = TypeVar("Told")


class Unreachable(Exception):
    """Nothing came back, for a reason that the sender of the address can do something about."""

    def __init__(self, reason: Sentence):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Fetched:
    """An answer with all of its body, a stranger's bytes."""

    status: int
    content: bytes


@dataclass(frozen=True)
class Answer:
    """An answer: the status, and how the body begins, which is a stranger's text."""

    status: int
    beginning: str


def addresses_of(name: str, port: int) -> Sequence[str]:
    """The numeric addresses of a name, as the machine's resolver has them. Raises OSError."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def checked(target: Target, may_reach: MayReach, resolve: Resolve = addresses_of) -> list[str]:
    """The addresses of a target, when all of them may be reached. Raises Unreachable."""
    # The resolver knows no deadline of ours.
    pool = ThreadPoolExecutor(1)
    try:
        found = pool.submit(resolve, target.host, target.port).result(CONNECT_SECONDS)
    except LateError:
        raise Unreachable(say("host_unsaid", "Nobody could say in time where {host} is.", host=target.host)) from None
    except (OSError, UnicodeError):
        raise Unreachable(say("no_host", "There is no host {host}.", host=target.host)) from None
    finally:
        pool.shutdown(wait=False)
    if not found or len(found) > _MOST_ADDRESSES or not all(map(may_reach, found)):
        raise Unreachable(
            say(
                "host_not_public",
                "{host} does not stand in the public internet, or not with all its addresses.",
                host=target.host,
            )
        )
    return list(found)


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    may_reach: MayReach,
    resolve: Resolve = addresses_of,
    trust: ssl.SSLContext | None = None,
) -> Answer:
    """Send a body to a target: its name is asked for once, and what is connected to is an address that was checked.

    The certificate must be the name's. Raises Unreachable.
    """
    request = _request("POST", target, {"Content-Length": str(len(body)), **headers}) + body
    return _exchange(target, request, _answer, may_reach, resolve, trust)


def get(
    target: Target,
    most_bytes: int,
    may_reach: MayReach,
    resolve: Resolve = addresses_of,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """Fetch at most so many bytes from a target, through the same door. Raises Unreachable, also for more."""

    def read(connection: socket.socket, deadline: float) -> Fetched:
        return _fetched(connection, deadline, most_bytes)

    return _exchange(target, _request("GET", target, {"Accept-Encoding": "identity"}), read, may_reach, resolve, trust)


def _exchange(
    target: Target,
    request: bytes,
    read: Callable[[socket.socket, float], Told],
    may_reach: MayReach,
    resolve: Resolve,
    trust: ssl.SSLContext | None,
) -> Told:
    deadline = time.monotonic() + TIME_LIMIT_SECONDS
    found = checked(target, may_reach, resolve)
    try:
        with closing(_connected(target, found, deadline, trust)) as connection:
            connection.settimeout(_left(deadline))
            connection.sendall(request)
            return read(connection, deadline)
    except ssl.SSLCertVerificationError as error:
        raise Unreachable(
            say(
                "certificate_refused",
                "The certificate is not good for {host}: {why}.",
                host=target.host,
                why=error.verify_message,
            )
        ) from None
    except TimeoutError:
        raise Unreachable(
            say("no_answer_in_time", "There was no answer within {seconds:.0f} seconds.", seconds=TIME_LIMIT_SECONDS)
        ) from None
    except http.client.HTTPException:
        raise Unreachable(say("no_answer_of_http", "What came back is no answer of HTTP.")) from None
    except OSError as error:
        raise Unreachable(
            say("connection_failed", "The connection failed: {why}.", why=error.strerror or type(error).__name__)
        ) from None


def _connected(target: Target, addresses: Sequence[str], deadline: float, trust: ssl.SSLContext | None) -> socket.socket:
    """A connection to the first of the addresses that takes one. Raises OSError."""
    plain = _first(addresses[:_ADDRESSES_TRIED], target.port, deadline)
    if target.scheme == "http":
        return plain
    with ExitStack() as unless_done:
        unless_done.callback(plain.close)
        plain.settimeout(_left(deadline))
        encrypted = (trust or ssl.create_default_context()).wrap_socket(plain, server_hostname=target.host)
        unless_done.pop_all()
        return encrypted


def _first(addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    *others, last = addresses
    for address in others:
        try:
            return socket.create_connection((address, port), min(CONNECT_SECONDS, _left(deadline)))
        except OSError:
            continue
    return socket.create_connection((last, port), min(CONNECT_SECONDS, _left(deadline)))


def _request(method: str, target: Target, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.authority}"]
    lines += [*(f"{name}: {value}" for name, value in headers.items()), "Connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii")


def _answer(connection: socket.socket, deadline: float) -> Answer:
    """The status and the beginning of the body, of what comes in time. Raises HTTPException, OSError."""
    source = _Source(connection, deadline, MAX_ANSWER_BYTES)
    response = http.client.HTTPResponse(source, method="POST")  # type: ignore[arg-type]
    with closing(response):
        response.begin()
        try:
            beginning = response.read(KEPT_BYTES)
        except (http.client.HTTPException, OSError):
            # What it says beside its status is for people alone.
            beginning = b""
        return Answer(response.status, beginning.decode("utf-8", "replace"))


def _fetched(connection: socket.socket, deadline: float, most_bytes: int) -> Fetched:
    """All of an answer. Raises HTTPException for more than so many bytes, or fewer than were announced; OSError."""
    response = http.client.HTTPResponse(_Source(connection, deadline, most_bytes), method="GET")  # type: ignore[arg-type]
    with closing(response):
        response.begin()
        return Fetched(response.status, response.read())


class _Source:
    """A connection as http.client wants one to read from."""

    def __init__(self, connection: socket.socket, deadline: float, most_bytes: int) -> None:
        self._bounded = _Bounded(connection, deadline, most_bytes)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._bounded, 4096)


class _Bounded(io.RawIOBase):
    """A stream of what a connection brings: as far as there is time for it, and no more of it than is wanted."""

    def __init__(self, connection: socket.socket, deadline: float, most_bytes: int) -> None:
        self._connection = connection
        self._deadline = deadline
        self._left = most_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        if self._left <= 0:
            raise http.client.HTTPException("Too much.")
        self._connection.settimeout(_left(self._deadline))
        read = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= read
        return read


def _left(deadline: float) -> float:
    """The seconds that are left. Raises TimeoutError."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
