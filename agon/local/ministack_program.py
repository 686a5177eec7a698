"""The program MiniStack, whose functions' processes share what they are made of.

By itself it unpacks a function's package for each of its processes, and each reads all of its modules: two seconds of
computing and 70 MB, for every call that meets another one.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

from ministack.app import main
from ministack.core import lambda_runtime, persistence

from agon.local.function_workers import Workers

_one_at_a_time = threading.Lock()
#: What checks IRIs, where a machine has it: jsonschema imports it with all of SAM, and its forty grammars take a second of
#: computing to make. No template is checked for one.
_GRAMMARS = "rfc3987_syntax"


class Package(zipfile.ZipFile):
    """A package that is unpacked once: whoever wants it somewhere else gets a link. Nobody writes into it, as on Lambda."""

    def extractall(self, path: Any = None, members: Any = None, pwd: bytes | None = None) -> None:
        """Have the files at `path`, an empty folder."""
        os.rmdir(path)
        os.symlink(self._unpacked(), path)

    def _unpacked(self) -> Path:
        with open(str(self.filename), "rb") as packed:
            home = Path(tempfile.gettempdir()) / f"package-{hashlib.file_digest(packed, 'sha256').hexdigest()}"
        with _one_at_a_time:
            if not home.exists():
                part = home.with_suffix(".part")
                shutil.rmtree(part, ignore_errors=True)
                super().extractall(part)
                part.rename(home)
        return home


def leave_out_grammars() -> None:
    """Have the package of grammars taken for one that is not installed, as on most machines it is not."""
    sys.modules[_GRAMMARS] = None  # type: ignore[assignment]


def dump(state: Any, file: IO[str], **options: Any) -> None:
    """Write what the emulator keeps as one text: piece by piece, as `json.dump` does, takes four times as long."""
    file.write(json.dumps(state, **options))


def run() -> None:
    """Be the emulator."""
    leave_out_grammars()
    persistence.json = SimpleNamespace(**vars(json) | {"dump": dump})
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": Package})
    lambda_runtime.subprocess = SimpleNamespace(**vars(subprocess) | {"Popen": Workers().popen})
    main()


if __name__ == "__main__":
    run()
