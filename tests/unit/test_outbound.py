"""The door to addresses that people gave: against receivers on this machine, with certificates and without."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib import outbound
from chalicelib.domain.webhooks import targets
from chalicelib.domain.webhooks.targets import Target
from tests import receiver as receivers

NAME = "hooks.example.org"


def here(_name: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own for NAME, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def at(url: str, host: str) -> Target:
    """A target on this machine under another name."""
    return Target(url.partition(":")[0], host, int(url.rpartition(":")[2].partition("/")[0]), "/a?b=c")


@contextmanager
def saying(talk: Callable[[socket.socket], None]) -> Iterator[Target]:
    """A program at the other end that says whatever it wants."""

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            with suppress(OSError):
                talk(connection)

    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield Target("http", "127.0.0.1", server.getsockname()[1], "/")
        thread.join(5)


def test_what_is_connected_to_is_the_checked_address_and_what_is_believed_the_names_certificate(certificate: Path) -> None:
    trust = ssl.create_default_context(cafile=str(certificate))
    with receivers.receiving(serving(certificate)) as receiver:
        target = at(receiver.url, NAME)
        answer = outbound.post(target, b"{}", {"x-y": "z"}, targets.is_public_or_loopback, here, trust)
        assert answer.status == 204
        (came,) = receiver.received
        assert (came.path, came.body, came.headers["host"], came.headers["x-y"]) == ("/a?b=c", b"{}", target.authority, "z")


@pytest.mark.parametrize("name", ["other.example.org", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(certificate: Path, name: str) -> None:
    trust = ssl.create_default_context(cafile=str(certificate))
    with receivers.receiving(serving(certificate)) as receiver:
        with pytest.raises(outbound.Unreachable, match="certificate"):
            outbound.post(at(receiver.url, name), b"{}", {}, targets.is_public_or_loopback, here, trust)
        assert receiver.received == []


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with receivers.receiving(serving(certificate)) as receiver:
        with pytest.raises(outbound.Unreachable, match="certificate"):
            outbound.post(at(receiver.url, NAME), b"{}", {}, targets.is_public_or_loopback, here)
        assert receiver.received == []


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["2606:4700::1111", "::ffff:169.254.169.254"], [], ["1.1.1.1"] * 17],
)
def test_one_address_that_is_not_public_is_too_many(addresses: list[str]) -> None:
    target = Target("https", NAME, 443, "/")
    with pytest.raises(outbound.Unreachable, match="does not stand in the public internet"):
        outbound.checked(target, targets.is_public, lambda *_: addresses)


def test_a_name_that_changes_after_it_was_checked_is_asked_for_once() -> None:
    """What DNS says a second time leads nowhere: the address that was checked is the one that is connected to."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    with receivers.receiving() as receiver:
        target = at(receiver.url, NAME)
        outbound.post(target, b"{}", {}, targets.is_public_or_loopback, lambda *_: answers.pop(0))
        assert len(receiver.received) == 1
        with pytest.raises(outbound.Unreachable):
            outbound.post(target, b"{}", {}, targets.is_public_or_loopback, lambda *_: answers.pop(0))
    assert answers == []


def test_a_name_that_nobody_knows_or_that_takes_too_long_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target("https", NAME, 443, "/")

    def unknown(*_: object) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    def slow(*_: object) -> list[str]:
        time.sleep(0.3)
        return ["1.1.1.1"]

    with pytest.raises(outbound.Unreachable, match="no host"):
        outbound.checked(target, targets.is_public, unknown)
    monkeypatch.setattr(outbound, "CONNECT_SECONDS", 0.05)
    with pytest.raises(outbound.Unreachable, match="in time"):
        outbound.checked(target, targets.is_public, slow)


def test_a_redirect_is_an_answer() -> None:
    with receivers.receiving() as receiver:
        receiver.answer(307, b"", ("Location", "http://127.0.0.1:1/"))
        assert outbound.post(at(receiver.url, NAME), b"{}", {}, targets.is_public_or_loopback, here).status == 307


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(500):
        connection.sendall(b"X: y\r\n")
        time.sleep(0.02)


def continue_for_ever(connection: socket.socket) -> None:
    for _ in range(100_000):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def much_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 60_000) for n in range(90)) + b"\r\n")


def say_nothing(connection: socket.socket) -> None:
    """Waits until the other end has gone."""
    connection.settimeout(10)
    connection.recv(1)


@pytest.mark.parametrize("talk", [drip, continue_for_ever, much_head, say_nothing])
def test_an_answer_has_an_end_in_time_and_in_bytes(talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "TIME_LIMIT_SECONDS", 0.5)
    began = time.monotonic()
    with saying(talk) as target, pytest.raises(outbound.Unreachable):
        try:
            outbound.post(target, b"{}", {}, targets.is_public_or_loopback)
        finally:
            # The other end would go on for ten.
            assert time.monotonic() - began < 8


def test_of_a_body_the_beginning_is_kept() -> None:
    with receivers.receiving() as receiver:
        receiver.answer(200, b"\xff" + b"x" * 10_000_000)
        answer = outbound.post(at(receiver.url, NAME), b"{}", {}, targets.is_public_or_loopback, here)
    assert answer == outbound.Answer(200, "�" + "x" * (outbound.KEPT_BYTES - 1))


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 99999 no\r\n\r\n", b"\0" * 100])
def test_what_is_no_answer_of_http_is_no_answer(said: bytes) -> None:
    with saying(lambda connection: connection.sendall(said)) as target, pytest.raises(outbound.Unreachable):
        outbound.post(target, b"{}", {}, targets.is_public_or_loopback)


def fetched(answer: bytes, most_bytes: int = 10_000) -> outbound.Fetched:
    with saying(lambda connection: connection.sendall(answer)) as target:
        return outbound.get(target, most_bytes, targets.is_public_or_loopback)


def test_all_of_an_answer_is_fetched() -> None:
    body = b"x" * 5000
    found = fetched(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + body)
    assert found == outbound.Fetched(200, body)


@pytest.mark.parametrize("length", ["Content-Length: 20000\r\n", ""])
def test_more_than_is_wanted_is_not_fetched_whatever_was_announced(length: str) -> None:
    with pytest.raises(outbound.Unreachable, match="no answer of HTTP"):
        fetched(f"HTTP/1.1 200 OK\r\n{length}\r\n".encode() + b"x" * 20_000)


def test_half_of_an_answer_is_none() -> None:
    with pytest.raises(outbound.Unreachable, match="no answer of HTTP"):
        fetched(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf")


def test_nothing_is_fetched_from_where_nothing_may_be_reached() -> None:
    with saying(lambda connection: None) as target, pytest.raises(outbound.Unreachable, match="public internet"):
        try:
            outbound.get(target, 100, targets.is_public)
        finally:
            # The program at the other end waits for somebody.
            socket.create_connection(("127.0.0.1", target.port)).close()
