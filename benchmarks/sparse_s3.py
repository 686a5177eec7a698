"""A stand-in for S3 that keeps objects as files with holes: 20 GB that are nearly all zeros take no room on a disk.

Every byte is still sent, received, hashed and put at its place, which is what a benchmark of large objects is about. It
knows the calls that an import makes, checks no signature, and listens on the loopback alone.
"""

import hashlib
import io
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

BLOCK = 1024**2
_ZEROS = bytes(BLOCK)


class Sparse(io.FileIO):
    """A file in which what is all zeros becomes a hole."""

    def write(self, content: Any) -> int:
        view = memoryview(content).cast("B")
        for start in range(0, len(view), BLOCK):
            block = view[start : start + BLOCK]
            if block == _ZEROS[: len(block)]:
                self.seek(len(block), io.SEEK_CUR)
            else:
                super().write(block)
        return len(view)

    def close(self) -> None:
        if not self.closed and self.writable():
            self.truncate(max(self.tell(), self.seek(0, io.SEEK_END)))
        super().close()


class _Upload:
    """An upload in parts: one file, in which each part has its place. `etags` by number, `sizes` likewise."""

    def __init__(self, key: str, path: Path):
        self.key, self.path = key, path
        self.etags: dict[int, str] = {}
        self.sizes: dict[int, int] = {}
        path.touch()

    def put(self, number: int, content: bytes) -> str:
        # All parts but the last have the first one's size.
        offset = (number - 1) * self.sizes.get(1, len(content))
        with Sparse(self.path, "r+") as file:
            file.seek(offset)
            file.write(content)
        self.sizes[number] = len(content)
        self.etags[number] = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
        return self.etags[number]


class _Store(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.uploads: dict[str, _Upload] = {}

    def path(self, key: str) -> Path:
        return self.folder / quote(key, safe="")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Store

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    @property
    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).partition("/")[2].partition("/")[2]

    @property
    def _query(self) -> dict[str, str]:
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return {name: values[0] for name, values in asked.items()}

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def do_PUT(self) -> None:
        content, query = self._body(), self._query
        if "uploadId" in query:
            etag = self.server.uploads[query["uploadId"]].put(int(query["partNumber"]), content)
            return self._answer(200, headers={"ETag": etag})
        with Sparse(self.server.path(self._key), "w") as file:
            file.write(content)
        self._answer(200, headers={"ETag": '"whole"'})

    def do_POST(self) -> None:
        self._body()
        query, key = self._query, self._key
        if "uploads" in query:
            id_ = uuid.uuid4().hex
            self.server.uploads[id_] = _Upload(key, self.server.path(f"parts of {id_}"))
            return self._xml("InitiateMultipartUploadResult", f"<Key>{escape(key)}</Key><UploadId>{id_}</UploadId>")
        if "uploadId" in query:
            self.server.uploads.pop(query["uploadId"]).path.rename(self.server.path(key))
            return self._xml("CompleteMultipartUploadResult", f"<Key>{escape(key)}</Key>")
        self._xml("DeleteResult", "")

    def do_DELETE(self) -> None:
        self.server.path(self._key).unlink(missing_ok=True)
        self._answer(204)

    def do_HEAD(self) -> None:
        self._get(with_body=False)

    def do_GET(self) -> None:
        query = self._query
        if "uploads" in query:
            begun = [(id_, one.key) for id_, one in self.server.uploads.items() if one.key.startswith(query["prefix"])]
            rows = [f"<Upload><Key>{escape(key)}</Key><UploadId>{id_}</UploadId></Upload>" for id_, key in begun]
            return self._xml("ListMultipartUploadsResult", f"<IsTruncated>false</IsTruncated>{''.join(rows)}")
        if "uploadId" in query:
            sent = self.server.uploads[query["uploadId"]].etags
            rows = [f"<Part><PartNumber>{n}</PartNumber><ETag>{escape(sent[n])}</ETag></Part>" for n in sorted(sent)]
            return self._xml("ListPartsResult", f"<IsTruncated>false</IsTruncated>{''.join(rows)}")
        self._get(with_body=True)

    def _get(self, with_body: bool) -> None:
        path = self.server.path(self._key)
        if not path.exists():
            return self._answer(404)
        size = path.stat().st_size
        start, end, status = 0, size - 1, 200
        if asked := self.headers.get("Range"):
            first, _, last = asked.removeprefix("bytes=").partition("-")
            start = int(first) if first else max(0, size - int(last))
            end, status = (min(int(last), size - 1) if first and last else size - 1), 206
        headers = {"Content-Range": f"bytes {start}-{end}/{size}"} if status == 206 else {}
        self._begin(status, end + 1 - start, {"ETag": '"whole"', "Accept-Ranges": "bytes", **headers})
        if with_body:
            self._send(path, start, end + 1 - start)

    def _send(self, path: Path, start: int, left: int) -> None:
        with path.open("rb") as file:
            file.seek(start)
            while left and (block := file.read(min(left, BLOCK))):
                try:
                    self.wfile.write(block)
                except (BrokenPipeError, ConnectionResetError):
                    # A reader by range closes what it needs no more.
                    self.close_connection = True
                    return
                left -= len(block)

    def _xml(self, name: str, inner: str) -> None:
        self._answer(200, f"<{name}>{inner}</{name}>".encode(), {"Content-Type": "application/xml"})

    def _answer(self, status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self._begin(status, len(content), headers or {})
        self.wfile.write(content)

    def _begin(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Any]]:
    """The endpoint, and a function that says where the object of a key lies."""
    server = _Store(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.path
    finally:
        server.shutdown()
        server.server_close()
