"""The trial that `check` runs inside the competition image: it looks around as a stranger's program would, and
prints what it saw.

Its text goes into a container, so it needs Python's standard library and nothing else, of any version from 3.6: hence
types between quotes.
"""

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable

#: How each cloud's metadata service is asked for what it guards: with the headers that it wants to see.
REQUESTS: "tuple[tuple[str, str, dict[str, str]], ...]" = (
    ("PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "60"}),
    ("GET", "/latest/meta-data/", {}),
    ("GET", "/computeMetadata/v1/", {"Metadata-Flavor": "Google"}),
    ("GET", "/metadata/instance?api-version=2021-02-01", {"Metadata": "true"}),
)
_SECONDS = 2


def look(metadata: str, outside: str) -> "dict[str, object]":
    """A dictionary of what is here. `metadata` and `outside` are addresses, "host:port"."""
    return {
        "uid": os.getuid(),
        "interfaces": [name for _, name in socket.if_nameindex()],
        "outside": _connects(outside),
        "metadata": any(_answers(metadata, *request) for request in REQUESTS),
        "gpus": _gpus(),
        "calls": [name for name, call in _CALLS.items() if _is_possible(call)],
    }


def _connects(address: str) -> bool:
    host, _, port = address.partition(":")
    try:
        socket.create_connection((host, int(port)), _SECONDS).close()
    except OSError:
        return False
    return True


def _answers(address: str, method: str, path: str, headers: "dict[str, str]") -> bool:
    request = urllib.request.Request("http://" + address + path, method=method, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return bool(opener.open(request, timeout=_SECONDS).status == 200)
    except (OSError, ValueError):
        return False


def _is_possible(call: "Callable[[], object]") -> bool:
    """True when a call is let, tried in a process of its own: some would change what comes after them."""
    child = os.fork()
    if not child:
        try:
            possible = call() != -1 or ctypes.get_errno() not in _REFUSALS
        except OSError:
            possible = False
        os._exit(0 if possible else 1)
    return os.waitpid(child, 0)[1] == 0


def _opens(family: int, kind: int) -> "Callable[[], object]":
    return lambda: socket.socket(family, kind).close()


_libc = ctypes.CDLL(None, use_errno=True)
_REFUSALS = (errno.EPERM, errno.ENOSYS)
#: What a container must not do, in the words in which it is told. Each is harmless where it can be done.
_CALLS: "dict[str, Callable[[], object]]" = {
    "trace": lambda: _libc.ptrace(0, 0, None, None),
    "make users": lambda: _libc.unshare(0x10000000),
    "make networks": lambda: _libc.unshare(0x40000000),
    "use io_uring": lambda: _libc.syscall(425, 0, None),
    "open sockets to its host": _opens(40, socket.SOCK_STREAM),
    "open sockets of the kernel's ciphers": _opens(38, socket.SOCK_SEQPACKET),
    "open sockets of raw packets": _opens(17, socket.SOCK_RAW),
}


def _gpus() -> "list[str] | str":
    try:
        said = subprocess.run(["nvidia-smi", "-L"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    lines = said.stdout.decode("utf-8", "replace").splitlines()
    return [line for line in lines if line.startswith("GPU ")] if said.returncode == 0 else " ".join(lines)[:300]


if __name__ == "__main__":
    print(json.dumps(look(*sys.argv[1:])))
