"""Another site on this machine, as far as a list of competitions is fetched from it: a static file would do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from chalicelib.domain.discovery import signing

KEY, NEXT = "11" * 32, "22" * 32


@dataclass
class Publisher:
    """Another site, as far as it is asked for its list."""

    url: str
    document: bytes = b""
    status: int = 200
    asked: int = 0

    def says(self, key: str = KEY, chain: Any = (), made: timedelta = timedelta(), **more: Any) -> None:
        """Sign a list of one competition."""
        now = datetime.now(UTC) + made
        one = {
            **{"id": "01a", "title": "Far tides", "organizer": "mary", "url": "https://far.example/competitions/01a"},
            **{"starts_at": now.isoformat(), "ends_at": None, "description": "Of a sea", "tags": ["ocean"]},
            **more.pop("entry", {}),
        }
        told = {"name": "Far", "made_at": now.isoformat(), "competitions": [one, *more.pop("others", [])]}
        told["expires_at"] = (now + timedelta(days=1)).isoformat()
        self.document = signing.sign(json.dumps(told | more).encode(), key, chain)


@contextmanager
def serving() -> Iterator[Publisher]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            publisher.asked += self.path == "/api/v1/federation/competitions"
            self.send_response(publisher.status)
            self.send_header("Content-Length", str(len(publisher.document)))
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(publisher.document)

        def log_message(self, *_args: Any) -> None:
            """Keep still."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        publisher = Publisher(f"http://127.0.0.1:{server.server_address[1]}/api")
        Thread(target=server.serve_forever, daemon=True).start()
        yield publisher
        server.shutdown()
