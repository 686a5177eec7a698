"""An image registry over real HTTP: just enough of the OCI distribution specification for an engine to pull from it.

Its images hold a shell, this machine's own, and the files that they are given.
"""

import base64
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


class FakeRegistry:
    """`host` is what an image's name begins with. With `account` it answers nobody else."""

    def __init__(self) -> None:
        self.account: tuple[str, str] | None = None
        #: What a stranger is told.
        self.greeting = "authentication required"
        self.failures = 0
        self.calls: list[str] = []
        self.layers_sent = 0
        #: While cleared, nobody gets a layer.
        self.flowing = threading.Event()
        self.flowing.set()
        self._manifests: dict[str, bytes] = {}
        self._blobs: dict[str, bytes] = {}
        registry = self

        class Handler(_Handler):
            site = registry

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.flowing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def push(self, name: str, *files: Mapping[str, bytes], with_shell: bool = False) -> str:
        """Put an image under `name`, such as lab/tool:1; its digest. Also moves a tag that there is."""
        layers = [_layer(one) for one in files] + ([_layer(_shell())] if with_shell else [])
        config = json.dumps({
            "architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/bin"]},
            "rootfs": {"type": "layers", "diff_ids": [_digest(layer) for layer in layers]},
            "history": [{"created_by": f"layer {number}"} for number, _ in enumerate(layers)],
        }).encode()  # fmt: skip
        packed = [gzip.compress(layer, mtime=0) for layer in layers]
        manifest = json.dumps({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": self._keep(config, CONFIG),
            "layers": [self._keep(layer, LAYER) for layer in packed],
        }).encode()  # fmt: skip
        repository, _, tag = name.partition(":")
        digest = _digest(manifest)
        self._manifests[f"{repository}/manifests/{tag}"] = manifest
        self._manifests[f"{repository}/manifests/{digest}"] = manifest
        return digest

    def count(self, word: str) -> int:
        """How many calls had this in their path."""
        return sum(word in call for call in self.calls)

    def find(self, path: str) -> tuple[bytes, str] | None:
        """Content and type of what is at this path, below /v2/."""
        if path in self._manifests:
            return self._manifests[path], MANIFEST
        blob = self._blobs.get(path.rpartition("/blobs/")[2])
        return (blob, LAYER if blob[:2] == b"\x1f\x8b" else CONFIG) if blob is not None else None

    def _keep(self, content: bytes, kind: str) -> dict[str, object]:
        digest = _digest(content)
        self._blobs[digest] = content
        return {"mediaType": kind, "size": len(content), "digest": digest}


class _Handler(BaseHTTPRequestHandler):
    site: FakeRegistry
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.removeprefix("/v2/").partition("?")[0]
        self.site.calls.append(f"{self.command} {path}")
        if not self._is_known():
            errors = [{"code": "UNAUTHORIZED", "message": self.site.greeting}]
            return self._answer(401, json.dumps({"errors": errors}).encode())
        if path and self.site.failures:
            self.site.failures -= 1
            return self._answer(503, b"")
        found = (b"{}", "application/json") if not path else self.site.find(path)
        if not found:
            return self._answer(404, b'{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}')
        if "/blobs/" in path and not self.site.flowing.wait(60):
            return self._answer(503, b"")
        self.site.layers_sent += self.command == "GET" and found[1] == LAYER
        self._answer(200, *found)

    do_HEAD = do_GET

    def _is_known(self) -> bool:
        if self.site.account is None:
            return True
        expected = base64.b64encode(":".join(self.site.account).encode()).decode()
        return self.headers.get("Authorization") == f"Basic {expected}"

    def _answer(self, status: int, content: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if status == 200 and kind == MANIFEST:
            self.send_header("Docker-Content-Digest", _digest(content))
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="lab"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _layer(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name.lstrip("/"))
            info.size, info.mode = len(data), 0o755
            archive.addfile(info, io.BytesIO(data))
    return content.getvalue()


def _shell() -> dict[str, bytes]:
    """/bin/sh of this machine and the libraries that it needs."""
    shell = shutil.which("sh") or "/bin/sh"
    needed = subprocess.run(["ldd", shell], capture_output=True, text=True, check=True).stdout
    libraries = re.findall(r"(/\S+)", needed)
    return {"/bin/sh": Path(shell).read_bytes(), **{name: Path(name).read_bytes() for name in libraries}}
