"""Connections that are open already: whatever a server does with one, the same comes of it as with botocore's own."""

import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.endpoint
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from chalicelib import at_once, quickly

LONG = b'{"Items":[{"pk":{"S":"%s"}}]}' % (b"x" * 300_000)
EMPTY = b'{"Items":[]}'
#: What a server sends to each request, piece by piece. None ends the connection.
Pieces = list[bytes | None]
ANSWERED: Pieces = [b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + EMPTY]


def head(content: bytes, *lines: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    """The head of an answer that says how long it is."""
    return b"\r\n".join([status, b"Content-Length: %d" % len(content), *lines, b"", b""])


ANSWERS: dict[str, Pieces] = {
    "plain": [head(EMPTY) + EMPTY],
    "in many pieces": [head(LONG)[:10], head(LONG)[10:], *(LONG[at : at + 70_000] for at in range(0, len(LONG), 70_000))],
    "a name twice": [head(EMPTY, b"X-Told: a", b"x-told: b") + EMPTY],
    "letters that are none": [head(EMPTY, b"X-Told: \xe9") + EMPTY],
    "the last on its connection": [head(EMPTY, b"Connection: close") + EMPTY, None],
    "of an older protocol": [head(EMPTY, status=b"HTTP/1.0 200 OK") + EMPTY, None],
    "in chunks": [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + EMPTY[:5] + b"\r\n",
        b"7\r\n",
        EMPTY[5:],
        b"\r\n0\r\n\r\n",
    ],
    "until its end": [b"HTTP/1.1 200 OK\r\n\r\n" + EMPTY, None],
    "after another that says to go on": [b"HTTP/1.1 100 Continue\r\n\r\n" + head(EMPTY) + EMPTY],
    "without content": [head(b"") + b""],
    "an error": [head(b"{}", status=b"HTTP/1.1 400 Bad Request") + b"{}"],
    "a busy one": [head(b"<html>", status=b"HTTP/1.1 503 Slow Down") + b"<html>"],
    "no HTTP": [b"SSH-2.0-what\r\n\r\n", None],
    "nothing": [None],
    "torn": [head(EMPTY) + EMPTY[:5], None],
    "torn in its head": [head(EMPTY)[:20], None],
    "torn in a chunk": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", None],
    "never": [],
    "never its rest": [head(EMPTY) + EMPTY[:5]],
}


@contextmanager
def serving(answers: list[Pieces]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers each request so, and after them as plainly as can be; its address, and what it has heard."""
    heard: list[bytes] = []
    waiting, open_ones = list(answers), list[socket.socket]()

    def serve(connection: socket.socket) -> None:
        with connection:
            while request := _request(connection):
                heard.append(request)
                for piece in waiting.pop(0) if waiting else ANSWERED:
                    if piece is None:
                        return
                    connection.sendall(piece)

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            open_ones.append(connection)
            threads.submit(serve, connection)

    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(16) as threads:
        threads.submit(accept)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", heard
        finally:
            for one in (listening, *open_ones):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


def _request(connection: socket.socket) -> bytes:
    """A whole request; empty when its sender has gone."""
    heard = b""
    while True:
        start, ends, body = heard.partition(b"\r\n\r\n")
        length = next((int(line[15:]) for line in start.split(b"\r\n") if line.startswith(b"Content-Length:")), 0)
        if ends and len(body) == length:
            return heard
        try:
            came = connection.recv(65536)
        except OSError:
            return b""
        if not came:
            return b""
        heard += came


def client_at(where: str, wrap: Callable[[Any], Any], patience: int = 20, tries: int = 2) -> Any:
    """A client of an address, which waits for so many seconds."""
    retries = {"mode": "standard", "total_max_attempts": tries}
    config = Config(read_timeout=patience, retries=retries, max_pool_connections=1)
    keys = {"aws_access_key_id": "AKID", "aws_secret_access_key": "secret", "region_name": "eu-west-1"}
    return wrap(boto3.session.Session().client("dynamodb", endpoint_url=where, config=config, **keys))


def ask(client: Any) -> Any:
    """What comes of a call: all that was told, or what was raised and its words but the port of the server."""
    try:
        answer = client.query(TableName="t", KeyConditionExpression="pk = :0")
    except (client.exceptions.ClientError, BotoCoreError) as error:
        words = str(error).replace(client.meta.endpoint_url, "there")
        return type(error).__name__, words, getattr(error, "response", None)
    return answer


@pytest.mark.parametrize("answered", ANSWERS)
def test_whatever_is_answered_the_same_comes_of_it(answered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))
    patience, ends = 1 if answered.startswith("never") else 20, []
    for wrap in (lambda client: client, quickly.hasten):
        with serving([ANSWERED, ANSWERS[answered], ANSWERS[answered]]) as (where, _):
            client = client_at(where, wrap, patience)
            ends.append([ask(client) for _ in range(4)])
    assert ends[1] == ends[0]
    assert ends[1][0]["Items"] == ends[1][3]["Items"] == []


def test_what_a_server_hears_is_botocores_to_the_letter_but_its_time() -> None:
    heads = []
    for wrap in (lambda client: client, quickly.hasten):
        with serving([]) as (where, heard):
            client = client_at(where, wrap)
            for _ in range(2):
                ask(client)
        lines = heard[1].partition(b"\r\n\r\n")[0].split(b"\r\n")
        told = {line.partition(b":")[0]: line for line in lines}
        heads.append((lines[0], lines[1].partition(b":")[0], list(told)[:3], set(told), told[b"Accept-Encoding"]))
    assert heads[1] == heads[0]


def test_a_connection_that_ended_meanwhile_is_opened_anew() -> None:
    with serving([[*ANSWERED, None], ANSWERED]) as (where, heard):
        client = client_at(where, quickly.hasten)
        assert [ask(client)["ResponseMetadata"]["RetryAttempts"] for _ in range(2)] == [0, 0]
    assert len(heard) == 2


@pytest.mark.parametrize("headers", [{"X": "a\r\nY: b"}, {"X": "é"}, {"Host": "other"}, {"Accept-Encoding": "gzip"}])
def test_what_would_be_refused_or_written_otherwise_is_left_to_python(headers: dict[str, str]) -> None:
    with serving([]) as (where, heard):
        client = client_at(where, quickly.hasten)
        ask(client)
        client.meta.events.register("before-send", lambda request, **_: request.headers.update(headers))
        ask(client)
    names = [line.partition(b":")[0] for line in heard[-1].partition(b"\r\n\r\n")[0].split(b"\r\n")]
    assert b"Y" not in names and names.count(b"Host") == names.count(b"Accept-Encoding") == 1


def test_trouble_of_tls_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ssl.SSLError("bad record")

    with serving([]) as (where, _):
        client = client_at(where, quickly.hasten, tries=1)
        ask(client)
        monkeypatch.setattr(at_once, "_ask", broken)
        assert ask(client)[0] == "SSLError"
