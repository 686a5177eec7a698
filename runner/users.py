"""Whom containers are: a user for each slot, of a range that is nobody's, and the tables in which programs look it up.

The kernel counts much by user (processes, watches, keys, locked memory), so slots of one user would starve each other.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.config import MAX_SLOTS

NAME = "agon"
HOME = "/tmp"
#: Above the users, subordinate ids and containers that shadow and systemd plan for, and below what needs a sign.
_FIRST = 0x70000000
_RUNNERS = 2**16
#: (file of this machine, path in a container).
Tables = Sequence[tuple[Path, str]]


@dataclass(frozen=True)
class User:
    """A user and its group, as numbers."""

    uid: int
    gid: int

    def owns(self, folder: Path) -> None:
        """Have it own a folder and everything in it. Only root can give, and only root needs to."""
        if os.geteuid() != 0:
            return
        os.chown(folder, self.uid, self.gid)
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(os.path.join(parent, name), self.uid, self.gid, follow_symlinks=False)


def of(runner: str, slot: int) -> User:
    """Whom the containers of a runner's slot are, never root. A runner that is not root lets them be itself, so that it can
    read what they wrote."""
    if os.geteuid() != 0:
        return User(os.geteuid(), os.getegid())
    digest = hashlib.sha256(runner.encode()).digest()
    number = _FIRST + int.from_bytes(digest[:2], "big") % _RUNNERS * MAX_SLOTS + slot
    return User(number, number)


def tables(folder: Path, user: User) -> Tables:
    """Write what tells a user's name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    known = [("root", 0, 0, "/root"), (NAME, user.uid, user.gid, HOME), ("nobody", 65534, 65534, "/")]
    passwd = [f"{name}:x:{uid}:{gid}::{home}:/bin/sh\n" for name, uid, gid, home in known]
    group = [f"{name}:x:{gid}:\n" for name, _, gid, _ in known]
    return [_written(folder / name, lines) for name, lines in (("passwd", passwd), ("group", group))]


def _written(file: Path, lines: Sequence[str]) -> tuple[Path, str]:
    file.write_text("".join(lines))
    file.chmod(0o644)
    return file, f"/etc/{file.name}"
