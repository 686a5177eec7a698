"""A stand-in for AWS in a process of its own: it passes on what is asked and notes it, and says it again when asked to.

So what a verb asked of AWS can be asked once more by something else, that gets the same answers of the same sizes.
"""

import http.client
import json
import multiprocessing
from base64 import b64decode, b64encode
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from agon.local import process

_NOTED, _AGAIN = "/-/noted", "/-/again"
#: What belongs to one connection, and what each end of it writes itself.
_OWN = {"connection", "transfer-encoding", "keep-alive", "date", "server", "content-length"}


class Asked(NamedTuple):
    """One call over HTTP and its answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: int
    answered: list[tuple[str, str]]
    answer: bytes


class Relay:
    """One that stands before an address, at one of its own."""

    def __init__(self, upstream: str) -> None:
        port, apart = process.free_port(), multiprocessing.get_context("spawn")
        self.address = f"http://127.0.0.1:{port}"
        begun = apart.Event()
        self._serving = apart.Process(target=_serve, args=(upstream, port, begun), daemon=True)
        self._serving.start()
        begun.wait(60)

    def noted(self) -> list[Asked]:
        """What was asked since this was called last."""
        told = json.loads(self._tell("GET", _NOTED))
        return [Asked(*one[:3], b64decode(one[3]), *one[4:6], b64decode(one[6])) for one in told]

    def answer_again(self, calls: list[Asked]) -> None:
        """Have what is asked next answered as these were, one after the other, and pass on nothing until then."""
        answers = [[one.status, one.answered, b64encode(one.answer).decode()] for one in calls]
        self._tell("POST", _AGAIN, json.dumps(answers).encode())

    def stop(self) -> None:
        """End its process."""
        self._serving.terminate()
        self._serving.join()

    def _tell(self, method: str, path: str, body: bytes | None = None) -> bytes:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc)
        connection.request(method, path, body)
        told = connection.getresponse().read()
        connection.close()
        return told


def _serve(upstream: str, port: int, begun: Any) -> None:
    noted: list[Any] = []
    answers: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def _hear(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == _NOTED:
                self._answer(200, [], json.dumps(noted).encode())
                noted.clear()
            elif self.path == _AGAIN:
                answers[:] = [(status, headers, b64decode(content)) for status, headers, content in json.loads(body)]
                self._answer(200, [], b"")
            else:
                headers = {name: value for name, value in self.headers.items() if name.lower() not in _OWN}
                status, told, content = answers.pop(0) if answers else self._passed_on(body, headers)
                asked = [self.command, self.path, headers, b64encode(body).decode()]
                noted.append([*asked, status, told, b64encode(content).decode()])
                self._answer(status, told, content)

        def _passed_on(self, body: bytes, headers: dict[str, str]) -> tuple[int, Any, bytes]:
            onward = http.client.HTTPConnection(urlsplit(upstream).netloc)
            onward.request(self.command, self.path, body or None, headers)
            answer = onward.getresponse()
            content = answer.read()
            onward.close()
            return answer.status, answer.getheaders(), content

        def _answer(self, status: int, headers: Any, content: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in _OWN:
                    self.send_header(name, value)
            length = {name.lower(): value for name, value in headers}.get("content-length")
            self.send_header("Content-Length", length if self.command == "HEAD" and length else str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()

        def log_message(self, *_: Any) -> None:
            pass

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _hear

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    begun.set()
    with suppress(KeyboardInterrupt):
        server.serve_forever()
