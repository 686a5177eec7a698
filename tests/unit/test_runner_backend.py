"""The runner's connections to the API."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from runner.backend import Backend, PresenceAnswer
from runner.errors import Unreachable


class Slow(BaseHTTPRequestHandler):
    """Answers when it may."""

    asked, may_answer = threading.Event(), threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.set()
        self.may_answer.wait(10)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def api() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api"
        server.shutdown()


def test_a_call_under_way_is_over_before_the_connections_are_closed(api: str) -> None:
    backend = Backend(api, "token", "runner")
    with ThreadPoolExecutor(2) as executor:
        told = executor.submit(backend.tell_presence, {})
        assert Slow.asked.wait(10)
        closed = executor.submit(backend.close)
        with pytest.raises(TimeoutError):
            closed.result(0.1)
        Slow.may_answer.set()
        assert told.result(10) == PresenceAnswer()
        closed.result(10)
    with pytest.raises(Unreachable):
        backend.tell_presence({})
