"""An API and its storage over real HTTP, which answer as they are told and remember what they were asked."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

#: Status, body (text as it is, all else as JSON), headers.
Reply = tuple[int, Any, dict[str, str]]


@dataclass
class Request:
    """What arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


@dataclass
class FakeApi:
    """`on` tells what to answer; the last reply of a place is repeated."""

    address: str
    requests: list[Request] = field(default_factory=list)
    replies: dict[tuple[str, str], list[Reply | Callable[[Request], Reply]]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{self.address}/api"

    def on(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> "FakeApi":
        """Another reply of /api/v1{path}; of storage when the path begins with /storage."""
        self.replies.setdefault((method, path), []).append((status, body, headers))
        return self

    def asked(self, method: str, path: str) -> list[Request]:
        return [request for request in self.requests if (request.method, request.path) == (method, path)]

    def reply(self, request: Request) -> Reply:
        self.requests.append(request)
        planned = self.replies.get((request.method, request.path))
        if not planned:
            problem = {"title": "Not found", "status": 404, "detail": f"Nothing at {request.method} {request.path}."}
            return 404, problem, {}
        chosen = planned.pop(0) if len(planned) > 1 else planned[0]
        return chosen(request) if callable(chosen) else chosen


@contextmanager
def running() -> Iterator[FakeApi]:
    """The API on a free port, for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.api = FakeApi(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.api  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        path, _, query = self.path.partition("?")
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, path.removeprefix("/api/v1"), query, headers, raw)
        status, body, more = self.server.api.reply(request)  # type: ignore[attr-defined]
        text = body if isinstance(body, (str, bytes)) else "" if body is None else json.dumps(body)
        content = text.encode() if isinstance(text, str) else text
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        # A reply that states another length breaks off.
        if status not in (204, 304) and "Content_Length" not in more:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(content)
        self.close_connection = "Content_Length" in more

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
