"""Connections that are open already, at a third of urllib3's work: a request goes out at once, an answer is taken whole.

Pools, proxies, opening of connections, and TLS stay urllib3's own, and so are the errors that are raised. An answer that is
not plain is read by Python's HTTP client.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from ssl import SSLError
from typing import Any

from urllib3._collections import HTTPHeaderDict
from urllib3.exceptions import ProtocolError, ReadTimeoutError
from urllib3.exceptions import SSLError as TroubleOfTLS

#: Bytes that are asked for at first. A head has less, and so has the answer to most calls.
_FIRST = 65536
_HEAD_ENDS = b"\r\n\r\n"
_LENGTH, _KEPT = b"content-length", b"HTTP/1.1 "
#: What would say that an answer is not as long as its length says, or that it is the last on its connection.
_NOT_PLAIN = frozenset({b"transfer-encoding", b"connection"})
#: What Python's HTTP client writes where a request says nothing of it.
_WRITTEN = ("host", "accept-encoding")


class Answer:
    """An answer as botocore asks for it of urllib3."""

    def __init__(self, status: int, headers: Any, content: bytes) -> None:
        self.status, self.headers, self._content = status, headers, content

    def stream(self) -> Iterator[bytes]:
        """All of its content."""
        yield self._content


class Pool:
    """Mixed into a pool of urllib3: what is asked on a connection that is open goes out and comes back at once."""

    proxy: Any
    _get_conn: Callable[[], Any]
    _put_conn: Callable[[Any], None]

    def urlopen(self, method: str, url: str, body: Any = None, headers: Any = None, **how: Any) -> Any:
        """The answer to a request; as ever for what is no plain one, and where no connection is open. Raises as urllib3."""
        is_plain = isinstance(body, bytes) and self.proxy is None and "timeout" not in how and not how.get("chunked")
        if not is_plain:
            return super().urlopen(method, url, body, headers, **how)  # type: ignore[misc]
        connection, is_kept = self._get_conn(), True
        try:
            head = _head(connection, method, url, headers)
            if head is not None:
                is_kept = False
                answer, is_kept = _ask(connection.sock, method, head + body)
                return answer
        except TimeoutError as error:
            told = f"Read timed out. (read timeout={connection.timeout})"
            raise ReadTimeoutError(self, url, told) from error  # type: ignore[arg-type]
        except SSLError as error:
            raise TroubleOfTLS(error) from error
        except (OSError, HTTPException) as error:
            raise ProtocolError("Connection aborted.", error) from error
        finally:
            if not is_kept:
                connection.close()
            self._put_conn(connection)
        return super().urlopen(method, url, body, headers, **how)  # type: ignore[misc]


def _head(connection: Any, method: str, url: str, headers: Mapping[str, str | bytes]) -> bytes | None:
    """What stands before a request's body.

    None where no connection is open, or Python's HTTP client would have more to say or would refuse it.
    """
    if connection.sock is None or ":" in connection.host or any(name in headers for name in _WRITTEN):
        return None
    told = {name: value if isinstance(value, str) else value.decode("latin-1") for name, value in headers.items()}
    port = "" if connection.port == connection.default_port else f":{connection.port}"
    lines = [f"{method} {url} HTTP/1.1", f"Host: {connection.host}{port}", "Accept-Encoding: identity"]
    lines += [f"{name}: {value}" for name, value in told.items()]
    text = "\r\n".join(lines)
    is_whole = text.count("\n") == text.count("\r") == len(lines) - 1
    return f"{text}\r\n\r\n".encode() if is_whole and text.isascii() else None


def _ask(sock: Any, method: str, request: bytes) -> tuple[Answer, bool]:
    """The answer, and whether another may be asked for on the connection. Raises OSError, HTTPException."""
    # Who ends a connection before all was sent may have said why.
    with suppress(BrokenPipeError, ConnectionResetError):
        sock.sendall(request)
    begun = sock.recv(_FIRST)
    head, ends, content = begun.partition(_HEAD_ENDS)
    first, *lines = head.split(b"\r\n")
    told = [(name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
    named = dict(told)
    length, status = named.get(_LENGTH, b""), first[len(_KEPT) : len(_KEPT) + 3]
    is_plain = ends and first.startswith(_KEPT) and length.isdigit() and status.isdigit() and status >= b"200"
    if not is_plain or len(named) != len(told) or named.keys() & _NOT_PLAIN or len(content) > int(length):
        return _read_by_python(sock, method, begun)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in told}
    return Answer(int(status), headers, _rest(sock, content, int(length))), True


def _rest(sock: Any, content: bytes, length: int) -> bytes:
    """An answer's content of so many bytes, of which some are there."""
    if len(content) == length:
        return content
    whole = bytearray(length)
    whole[: len(content)] = content
    at, left = len(content), memoryview(whole)
    while at < length:
        came = sock.recv_into(left[at:])
        if not came:
            raise HTTPException(f"{length - at} bytes of an answer's {length} did not come.")
        at += came
    return bytes(whole)


def _read_by_python(sock: Any, method: str, begun: bytes) -> tuple[Answer, bool]:
    response = HTTPResponse(_Begun(sock, begun), method=method)  # type: ignore[arg-type]
    with response:
        response.begin()
        content = response.read()
        return Answer(response.status, HTTPHeaderDict(response.msg.items()), content), not response.will_close


class _Begun(io.RawIOBase):
    """A socket of whose answer the beginning was read already."""

    def __init__(self, sock: Any, begun: bytes) -> None:
        self._sock, self._begun = sock, begun

    def makefile(self, *_: Any) -> io.BufferedReader:
        """The whole answer."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """True always."""
        return True

    def readinto(self, into: Any) -> int:
        """Bytes that were read already, then those that come. Raises OSError."""
        if not self._begun:
            return int(self._sock.recv_into(into))
        part, self._begun = self._begun[: len(into)], self._begun[len(into) :]
        into[: len(part)] = part
        return len(part)
