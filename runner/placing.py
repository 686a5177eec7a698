"""Folders of this machine, put into a container that runs already: the kernel's calls for mounts, by a thread that goes
there.

Linux has what this needs since 5.12; where it has not, or this runner may not, the caller is told so.
"""

import ctypes
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Of every kind of machine alike.
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_HERE, _EMPTY_PATH, _RECURSIVE, _CLONE = -100, 0x1000, 0x8000, 1
_FROM_HANDLE = 4
_READ_ONLY, _NO_SUID, _NO_DEVICES, _PRIVATE = 1, 2, 4, 1 << 18
_OWN_FOLDER, _NEW_MOUNTS = 0x200, 0x20000
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Placed:
    """A folder and the path that it gets in a container."""

    folder: Path
    path: str
    read_only: bool


class _Attributes(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "namespace"))


def place(mounts: int, placed: Sequence[Placed]) -> None:
    """Put folders into the mounts of a container, `mounts` being a handle of their namespace. Raises OSError.

    As Docker's own they are no part of what is mounted below them later; as those, and a little narrower, nothing in them
    is a device, or gives its owner's rights.
    """
    trees: list[int] = []
    try:
        for one in placed:
            trees.append(_tree(one))
        problem = _moved(mounts, [(tree, one.path.encode()) for tree, one in zip(trees, placed, strict=True)])
    finally:
        for tree in trees:
            os.close(tree)
    if problem:
        raise OSError(problem, os.strerror(problem))


def _tree(one: Placed) -> int:
    """A mount of a folder that is nowhere yet."""
    flags = _CLONE | os.O_CLOEXEC | _RECURSIVE
    tree = _call(_OPEN_TREE, _HERE, os.fsencode(one.folder), flags)
    attributes = _Attributes(_NO_SUID | _NO_DEVICES | (_READ_ONLY if one.read_only else 0), 0, _PRIVATE, 0)
    try:
        size = ctypes.sizeof(attributes)
        _call(_MOUNT_SETATTR, tree, b"", _EMPTY_PATH | _RECURSIVE, ctypes.byref(attributes), size)
    except OSError:
        os.close(tree)
        raise
    return tree


def _moved(mounts: int, trees: Sequence[tuple[int, bytes]]) -> int:
    """0, or the number of what went wrong. A thread that has gone elsewhere does nothing else there, and does not return:
    so it looks for no file, not even for the lines of a traceback."""
    problems: list[int] = []

    def move() -> None:
        # Each thread has its own from here on, also where it is and what it has as its root.
        if _libc.unshare(_OWN_FOLDER) or _libc.setns(mounts, _NEW_MOUNTS):
            problems.append(ctypes.get_errno())
            return
        for tree, path in trees:
            if _libc.syscall(_MOVE_MOUNT, tree, b"", _HERE, path, _FROM_HANDLE):
                problems.append(ctypes.get_errno())
                return

    thread = threading.Thread(target=move, name="placing")
    thread.start()
    thread.join()
    return problems[0] if problems else 0


def _call(number: int, *arguments: object) -> int:
    result = int(_libc.syscall(number, *arguments))
    if result < 0:
        problem = ctypes.get_errno()
        raise OSError(problem, os.strerror(problem))
    return result
