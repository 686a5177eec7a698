"""A way to Docker that can be cut: what a runner sees of an engine that is restarted."""

import contextlib
import socket
import threading
from pathlib import Path

ENGINE = "/var/run/docker.sock"


class EngineProxy:
    """`url` is what DOCKER_HOST would be. Passes everything on until `cut`, and again after `mend`."""

    def __init__(self, folder: Path) -> None:
        path = folder / "engine.sock"
        self.url = f"unix://{path}"
        self._is_cut = False
        self._is_deaf = False
        self._open: set[socket.socket] = set()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def cut(self) -> None:
        """Break every connection, and let nobody in."""
        self._is_cut = True
        self._hang_up()

    def turn_deaf(self) -> None:
        """Hear no more requests; answers to earlier ones still arrive."""
        self._is_deaf = True

    def mend(self) -> None:
        """Be as before."""
        self._hang_up()
        self._is_cut = self._is_deaf = False

    def _hang_up(self) -> None:
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._is_cut or self._is_deaf:
                client.close()
                continue
            engine = socket.socket(socket.AF_UNIX)
            engine.connect(ENGINE)
            self._open |= {client, engine}
            for source, sink, is_request in ((client, engine, True), (engine, client, False)):
                threading.Thread(target=self._pass_on, args=(source, sink, is_request), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_request: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if is_request and self._is_deaf:
                    self._close(source, sink)
                    return
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
        if not is_request:
            self._close(source, sink)

    def _close(self, *ends: socket.socket) -> None:
        for one in ends:
            self._open.discard(one)
            one.close()
