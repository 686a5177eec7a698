"""Processes of the emulator's functions as forks: one reads a package's modules, and each of its workers begins with those.

On AWS a snapshot does the same (Lambda's SnapStart). By itself every worker reads the same 900 modules, half a second of
computing, and has them in memory by itself: a crowd's first calls wait for all of that on a small machine.

This module is both sides. The emulator asks `Workers` for what it would get of `subprocess.Popen`; the program that is
forked is `python -m agon.local.function_workers`.
"""

import gc
import json
import os
import random
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import IO, Any, NoReturn

#: What a function's process reads first, in its package (`app.py`).
MODULE = "app"
#: What the emulator calls a worker's program.
_WORKER = "_worker.py"
#: A request is one packet: paths and an environment.
_PACKET_BYTES = 128 * 1024
#: Told to each worker anew, so that a program forked for other values serves as well: no module reads them while it is
#: read itself (tests/house/test_snapshots.py).
_OWN = (
    "AGON_",
    "AWS_ACCESS_KEY_ID",
    "AWS_LAMBDA_",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_TASK_ROOT",
    "_LAMBDA_",
)


class Workers:
    """Makes workers: those of one package of one program, whichever function they are of."""

    def __init__(self) -> None:
        self._programs: dict[str, _Program] = {}
        #: By the names of functions, the program that each was last made of.
        self._made_of: dict[str, str] = {}
        self._lock = threading.Lock()

    def popen(self, arguments: Sequence[str], **options: Any) -> "Fork | subprocess.Popen[str]":
        """A process as `subprocess.Popen` makes it. Of a function's worker it is a fork, where the system has pidfds."""
        if os.path.basename(arguments[-1]) == _WORKER and hasattr(os, "pidfd_open"):
            # One that has ended is met once.
            for _ in range(2):
                with suppress(OSError):
                    return self._program(options["cwd"], options["env"]).fork(arguments, options["cwd"], options["env"])
        return subprocess.Popen(arguments, **options)

    def close(self) -> None:
        """Make no more. Workers that are there go on."""
        for program in self._programs.values():
            program.end()
        self._programs.clear()

    def _program(self, folder: str, environment: Mapping[str, str]) -> "_Program":
        package = os.path.realpath(folder)
        made_of = json.dumps([package, {k: v for k, v in environment.items() if not k.startswith(_OWN)}])
        with self._lock:
            self._made_of[environment.get("AWS_LAMBDA_FUNCTION_NAME", "")] = made_of
            self._end_unused()
            program = self._programs.get(made_of)
            if program is None or not program.lives():
                if program:
                    program.end()
                program = self._programs[made_of] = _Program(package, environment)
            return program

    def _end_unused(self) -> None:
        for made_of in self._programs.keys() - self._made_of.values():
            self._programs.pop(made_of).end()


class _Program:
    """The program that is forked for the functions of one package."""

    def __init__(self, package: str, environment: Mapping[str, str]) -> None:
        self._has_failed = False
        self._lock = threading.Lock()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # -P: no folder of this process's is on the path of a function's.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__, str(theirs.fileno()), package],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=environment,
            )

    def lives(self) -> bool:
        """True until it has ended, as far as is known."""
        return not self._has_failed and self._process.poll() is None

    def end(self) -> None:
        """Have it fork no more. What it has forked goes on."""
        self._socket.close()
        self._process.wait()

    def fork(self, arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> "Fork":
        """A worker in a folder. Raises OSError where the program ended."""
        request = json.dumps({"arguments": arguments, "folder": folder, "environment": dict(environment)}).encode()
        (stdin, write), (read, stdout), (errors, stderr) = os.pipe(), os.pipe(), os.pipe()
        try:
            with self._lock:
                socket.send_fds(self._socket, [request], [stdin, stdout, stderr])
                answer, (handle,), _, _ = socket.recv_fds(self._socket, _PACKET_BYTES, 1)
            return Fork(int(answer), handle, arguments, open(write, "w", 1), open(read), open(errors))
        except (OSError, ValueError) as error:
            for end in (write, read, errors):
                os.close(end)
            self._has_failed = True
            raise OSError("The program that is forked has ended.") from error
        finally:
            for end in (stdin, stdout, stderr):
                os.close(end)


class Fork:
    """A worker, as `subprocess.Popen` shows one, by its pidfd. How it ended is not known, only that it did: then
    `returncode` is 0."""

    def __init__(
        self, pid: int, handle: int, arguments: Sequence[str], stdin: IO[str], stdout: IO[str], stderr: IO[str]
    ) -> None:
        self.pid, self.args = pid, arguments
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.returncode: int | None = None
        self._handle = handle

    def poll(self) -> int | None:
        """None while it lives."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """0, when it has ended. Raises subprocess.TimeoutExpired after so many seconds."""
        if self.returncode is None:
            over = select.poll()
            over.register(self._handle, select.POLLIN)
            if not over.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            os.close(self._handle)
            self.returncode = 0
        return self.returncode

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)


def serve(connection: socket.socket, package: str) -> None:
    """Read the package's modules, then fork a worker for each request, until whoever asks has ended."""
    _read_modules(package)
    while True:
        request, streams, _, _ = socket.recv_fds(connection, _PACKET_BYTES, 3)
        if not request:
            return
        _reap()
        pid = os.fork()
        if not pid:
            connection.close()
            _become(json.loads(request), streams)
        for stream in streams:
            os.close(stream)
        # Its pid is nobody else's before it is reaped, however soon it ends.
        handle = os.pidfd_open(pid)
        socket.send_fds(connection, [str(pid).encode()], [handle])
        os.close(handle)
        _read_what_was_put_off()


def _reap() -> None:
    """Let go of the workers that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _read_modules(package: str) -> None:
    # What a function prints is not its answer: so it is in a worker, too.
    sys.stdout = sys.stderr
    sys.path.insert(0, package)
    # A worker meets the same, and says it.
    with suppress(Exception):
        import_module(MODULE)
    sys.path.remove(package)
    _keep()


def _read_what_was_put_off() -> None:
    """Have the next workers find the modules that calls read when they use them. The first was not to wait for that."""
    for module in list(sys.modules.values()):
        with suppress(Exception):
            _ = module.__file__
    _keep()


def _keep() -> None:
    """Nothing that was read is garbage, and the collector would copy each page of it by looking."""
    gc.collect()
    gc.freeze()


def _become(request: Mapping[str, Any], streams: Sequence[int]) -> NoReturn:
    """Be the process that was asked for."""
    status = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["environment"])
        random.seed()
        sys.stdout, sys.argv = sys.__stdout__, request["arguments"][1:]
        runpy.run_path(sys.argv[0], run_name="__main__")
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        for printed in (sys.__stdout__, sys.__stderr__):
            if printed:
                printed.flush()
        os._exit(status)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
