"""The gate of a container that waits for its job: its first program, which is the runner's own (`machine_code`) and mounted
read-only. It waits for a message, starts what that names as its child, reaps what else ends, as Docker's own init does, and
tells how the child ended.
"""

import errno
import fcntl
import os
import selectors
import shutil
import struct
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from runner import machine_code
from runner.users import User

#: The place of the gate's folder in a container.
PLACE = "/.agon"
PROGRAM = f"{PLACE}/gate"
#: Half of what its program has room for.
_MOST_WORDS = 4096
_MOST_BYTES = 64 * 1024
_HEADER = struct.Struct("<III")
_ENDED = struct.Struct("<i")
_IS_READY = -1
_READY_SECONDS = 10.0
#: So much of what is printed waits for its reader, on a machine with much else to do.
_PRINTED_BYTES = 1024**2


def is_told(command: Sequence[str]) -> bool:
    """True for a command that is short enough to be told to a gate, with what an image puts before it."""
    return len(command) <= _MOST_WORDS and sum(len(os.fsencode(word)) + 1 for word in command) <= _MOST_BYTES


def message(working_dir: str, words: Sequence[str], path: str) -> bytes:
    """The message that lets a command go. `path` has the folders where an image's programs are looked for, by colons."""
    places = [words[0]] if "/" in words[0] else [f"{folder or '.'}/{words[0]}" for folder in path.split(":")]
    text = b"".join(os.fsencode(word) + b"\0" for word in (working_dir, *places, *words))
    return _HEADER.pack(_HEADER.size + len(text), len(places), len(words)) + text


@dataclass
class Gate:
    """One gate's folder on this machine, and the runner's ends of its pipes: `out` and `err` have what the job prints.

    Where the runner dies, its ends are closed: the gate ends, and its container with it.
    """

    folder: Path
    out: int
    err: int
    _go: int
    _end: int

    @classmethod
    def make(cls, folder: Path, user: User) -> Self:
        """Make the new folder `folder`, for a container of `user`. Raises OSError."""
        folder.mkdir(mode=0o755)
        (folder / "gate").write_bytes(machine_code.program(machine_code.GATE))
        (folder / "gate").chmod(0o111)  # Of a process whose program cannot be read, no other opens what it has open.
        for name in ("go", "end", "out", "err"):
            os.mkfifo(folder / name, 0o600)
            os.chown(folder / name, user.uid, user.gid)
        # An end that reads must be there before the gate's that writes, and so must the one that lets go. Of what is printed
        # the runner could write as well: else a job that closes its output would have it closed for good.
        flags = {"out": os.O_RDWR, "err": os.O_RDWR, "go": os.O_RDWR, "end": os.O_RDONLY}
        ends = {f: os.open(folder / f, flag | os.O_NONBLOCK | os.O_CLOEXEC) for f, flag in flags.items()}
        for name in ("out", "err"):
            with suppress(OSError):  # The kernel gives no more than it has for this user.
                fcntl.fcntl(ends[name], fcntl.F_SETPIPE_SZ, _PRINTED_BYTES)
        return cls(folder, ends["out"], ends["err"], ends["go"], ends["end"])

    def close_to_others(self) -> None:
        """Wait until it has its pipes, and leave no way to them: nobody else speaks in its name. Raises OSError."""
        if not self.has_ended(_READY_SECONDS) or self._told() != _IS_READY:
            raise OSError(errno.ETIMEDOUT, "a gate did not open")
        for name in ("go", "end"):
            (self.folder / name).unlink()

    def let_go(self, told: bytes) -> None:
        """Let the job go, by a `message`. Raises OSError."""
        os.set_blocking(self._go, True)
        while told:
            told = told[os.write(self._go, told) :]

    def has_ended(self, seconds: float) -> bool:
        """True as soon as its job has ended or it was killed; False after so many seconds."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._end, selectors.EVENT_READ)
            return bool(selector.select(max(0.0, seconds)))

    def has_succeeded(self) -> bool:
        """True when it told that its job ended by the exit code 0."""
        return self._told() == 0

    def _told(self) -> int | None:
        """What it says; None when it was killed."""
        said = os.read(self._end, _ENDED.size)
        return int(_ENDED.unpack(said)[0]) if said else None

    def close(self) -> None:
        """Close the pipes, at which a gate that still waits ends, and remove the folder. Nothing in it is a job's."""
        for end in (self.out, self.err, self._go, self._end):
            os.close(end)
        shutil.rmtree(self.folder, ignore_errors=True)
