"""Connections over HTTP to the API, the object store and the queue, by what Docker's client brings along anyway."""

import json
import secrets
from collections.abc import Iterator, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, BinaryIO

import requests
import urllib3
from requests.adapters import HTTPAdapter

_CONNECT_SECONDS = 5.0
_KEPT_CONNECTIONS = 64
_CHUNK_BYTES = 256 * 1024


class Silent(Exception):
    """There was no answer, or not all of one. Its text is the name of the cause: an address here may carry a signature."""


class Form:
    """A form with one file, which is read while it is sent."""

    def __init__(self, fields: Mapping[str, str], name: str, content_type: str, file: BinaryIO, file_bytes: int) -> None:
        # Nobody who has a file sent may know it beforehand.
        boundary = secrets.token_hex(16)
        quoted = name.translate({ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"})
        parts = [f'name="{field}"\r\n\r\n{value}' for field, value in fields.items()]
        parts.append(f'name="file"; filename="{quoted}"\r\nContent-Type: {content_type}\r\n\r\n')
        head = "\r\n".join(f"--{boundary}\r\nContent-Disposition: form-data; {part}" for part in parts)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._head, self._tail = head.encode(), f"\r\n--{boundary}--\r\n".encode()
        self._file = file
        self._file_bytes = file_bytes

    def __len__(self) -> int:
        return len(self._head) + self._file_bytes + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        left = self._file_bytes  # What a program adds meanwhile is sent next time.
        while chunk := self._file.read(min(left, _CHUNK_BYTES)):
            left -= len(chunk)
            yield chunk
        if left:
            raise requests.RequestException("It became shorter.")
        yield self._tail


class Http:
    """A pool of connections that are kept, safe to use from several threads. Follows no redirect and keeps no cookie."""

    def __init__(self, read_seconds: float, headers: Mapping[str, str] | None = None) -> None:
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # Or a file of passwords, should this user have one, would take the place of our tokens.
        self._session.auth = lambda request: request
        self._session.headers.update(headers or {})
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=8, pool_maxsize=_KEPT_CONNECTIONS))
        self._timeout = (_CONNECT_SECONDS, read_seconds)

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def send(
        self, method: str, url: str, body: bytes | Form = b"", headers: Mapping[str, str] | None = None, whole: bool = True
    ) -> requests.Response:
        """The answer, whatever it is; where it is not to be `whole`, `chunks` has the rest. Raises Silent."""
        data: Any = body
        try:
            return self._session.request(
                method,
                url,
                data=data,
                headers=dict(headers or {}),
                timeout=self._timeout,
                stream=not whole,
                allow_redirects=False,
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise Silent(type(error).__name__) from error


def chunks(response: requests.Response, size: int) -> Iterator[bytes]:
    """The content as it was sent: an encoding of a stranger's making would be undone without a limit. Raises Silent."""
    try:
        yield from response.raw.stream(size, decode_content=False)
    except urllib3.exceptions.HTTPError as error:
        raise Silent(type(error).__name__) from error


def read(response: requests.Response) -> Any:
    """The JSON that an answer is. Raises ValueError.

    Of a short one the library looks for its encoding first, by tables that take more memory than all of a runner.
    """
    return json.loads(response.content)


def is_good(response: requests.Response) -> bool:
    """True for an answer of the 200s."""
    return 200 <= response.status_code < 300
