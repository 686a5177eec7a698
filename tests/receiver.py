"""A receiver of webhooks on this machine, and what came to it."""

import json
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """One request: its path, its headers in lower case, its body."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as it is meant."""
        return json.loads(self.body)


@dataclass
class Receiver:
    """What came in, and what is answered: each of `answers` once, and then 204 for ever."""

    url: str
    received: list[Received] = field(default_factory=list)
    answers: list[tuple[int, Sequence[tuple[str, str]], bytes]] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)

    def answer(self, status: int, body: bytes = b"", *headers: tuple[str, str]) -> None:
        """Answer the next request, or the one after those that were spoken for, like this."""
        self.answers.append((status, headers, body))


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that listens within the block, with a certificate when there is a context."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, headers, body))
            status, more, content = receiver.answers.pop(0) if receiver.answers else (204, (), b"")
            self.send_response(status)
            for name, value in (*more, ("Content-Length", str(len(content)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
            receiver.came.set()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    receiver = Receiver(f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}/hooks/agon")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
