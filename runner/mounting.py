"""Run as a process of its own: goes where another process sees its folders, and mounts or unmounts there. Needs root.

mounting.py PID guard SOURCE TARGET ro|rw
mounting.py PID release FOLDER
"""

import ctypes
import os
import sys

_NEW_MOUNTS = 0x00020000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _REMOUNT, _NO_LINKS, _BIND = 1, 2, 4, 32, 256, 4096
_DETACH, _NO_FOLLOW = 2, 8
_libc = ctypes.CDLL(None, use_errno=True)


def main(process: str, action: str, *arguments: str) -> None:
    """Do it, or end with the reason."""
    try:
        _enter(int(process))
        guard(*arguments) if action == "guard" else release(*arguments)
    except OSError as error:
        sys.exit(f"{error.strerror}.")


def guard(source: str, target: str, mode: str) -> None:
    """Mount `source` at `target` once more, so that no link in it is followed there, and, with "ro", nothing written."""
    _call("mount", source.encode(), target.encode(), None, _BIND, None)
    flags = _BIND | _REMOUNT | _NO_LINKS | _NO_SUID | _NO_DEVICES | (_READ_ONLY if mode == "ro" else 0)
    try:
        _call("mount", None, target.encode(), None, flags, None)
    except OSError:
        _call("umount2", target.encode(), _DETACH | _NO_FOLLOW)
        raise


def release(folder: str) -> None:
    """Unmount everything below `folder`."""
    with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as mounts:
        places = [line.split()[4] for line in mounts]
    for place in reversed(places):
        if place.startswith(f"{folder}/"):
            _call("umount2", os.fsencode(place), _DETACH | _NO_FOLLOW)


def _enter(process: int) -> None:
    """Older kernels let a mount that they do not know the flag of pass without it, so they are told apart before."""
    version = tuple(int(part) for part in os.uname().release.split(".")[:2])
    if version < (5, 10):
        raise OSError(0, "this kernel has no nosymfollow")
    handle = os.open(f"/proc/{process}/ns/mnt", os.O_RDONLY)
    try:
        if not os.path.sameopenfile(handle, os.open("/proc/self/ns/mnt", os.O_RDONLY)):
            _call("setns", handle, _NEW_MOUNTS)
    finally:
        os.close(handle)


def _call(name: str, *arguments: object) -> None:
    values = [ctypes.c_ulong(one) if isinstance(one, int) and name == "mount" else one for one in arguments]
    if getattr(_libc, name)(*values):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
