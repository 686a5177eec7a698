"""runner.engine: which engines run no jobs, and what the operator is told."""

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from docker import APIClient

from runner.engine import check_kind
from runner.errors import Unable

#: As they answer, shortened.
DOCKER = {"Version": "29.1", "ApiVersion": "1.44", "Components": [{"Name": "Engine", "Version": "29.1"}]}
PODMAN = {"Version": "4.3.1", "ApiVersion": "1.41", "Components": [{"Name": "Podman Engine", "Version": "4.3.1"}]}
LIMITED = {"MemoryLimit": True, "PidsLimit": True, "CpuCfsQuota": True, "SecurityOptions": ["name=seccomp,profile=default"]}
#: Docker 20.10.24 by rootlesskit 1.1.0, where control groups are of version 1.
ROOTLESS = {
    "MemoryLimit": False,
    "PidsLimit": False,
    "CpuCfsQuota": False,
    "CgroupDriver": "none",
    "SecurityOptions": ["name=seccomp,profile=default", "name=rootless"],
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Callable[[dict[str, Any], dict[str, Any]], APIClient]]:
    """An engine at a socket that says this of itself."""
    answers: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(answers[self.path.rpartition("/")[2]]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def address_string(self) -> str:
            return "here"

        def log_message(self, *_: object) -> None:
            pass

    server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "engine.sock"), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    clients = list[APIClient]()

    def answering(version: dict[str, Any], info: dict[str, Any]) -> APIClient:
        answers.update(version=version, info=info)
        clients.append(APIClient(f"unix://{tmp_path}/engine.sock", version="1.41"))
        return clients[-1]

    yield answering
    for client in clients:
        client.close()
    server.shutdown()
    server.server_close()


def test_dockers_own_engine_runs_jobs(engine: Callable[..., APIClient]) -> None:
    check_kind(engine(DOCKER, LIMITED))


@pytest.mark.parametrize(
    ("version", "info", "told"),
    [
        (PODMAN, LIMITED, "What answers here is Podman 4.3.1"),
        (DOCKER, ROOTLESS, "rootless: .* could not write, and memory, processes, processors without a limit. Run"),
        (DOCKER, ROOTLESS | LIMITED | {"SecurityOptions": ["name=rootless"]}, "could not write. Run"),
    ],
)
def test_an_engine_that_would_break_promises_runs_none(
    engine: Callable[..., APIClient], version: dict[str, Any], info: dict[str, Any], told: str
) -> None:
    with closing(engine(version, info)) as docker, pytest.raises(Unable, match=told):
        check_kind(docker)
