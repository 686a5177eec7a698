"""Programs as forks of one process that has read pandas and scikit-learn: processes of their own, with their own arguments,
folder and output, without the seconds that it takes to read these for each.

This module is both sides. Tests make a `Program`; what is forked is `python -m tests.unit.forks`.
"""

import atexit
import gc
import io
import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from tests.unit.compiled import COMPILED


class Program:
    """One that was begun, in a session of its own, as `subprocess.Popen` shows it. `words` are its file and arguments."""

    def __init__(self, words: Sequence[str], folder: Path, path: str = "") -> None:
        self._printed, self._errors = (folder.with_name(f"{Path(words[0]).parent.name}.{one}") for one in ("out", "err"))
        streams = [os.devnull, str(self._printed), str(self._errors)]
        self.pid = int(_ask({"words": words, "folder": str(folder), "path": path, "streams": streams}))

    def poll(self) -> int | None:
        """Its exit code; None while it lives."""
        return _ask({"pid": self.pid, "seconds": 0})

    def wait(self, seconds: float) -> int:
        """Its exit code. Raises TimeoutExpired."""
        code = _ask({"pid": self.pid, "seconds": seconds})
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), seconds)
        return code

    def communicate(self) -> tuple[str, str]:
        """What it printed and its errors, once it has ended."""
        self.wait(60)
        return self._printed.read_text(), self._errors.read_text()


def _ask(what: Mapping[str, Any]) -> Any:
    process = _process()
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@cache
def _process() -> "subprocess.Popen[str]":
    words, pipe = [sys.executable, "-m", __name__], subprocess.PIPE
    process = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=COMPILED)
    atexit.register(process.communicate)
    return process


def serve() -> None:
    """Fork programs, and tell how they end, until whoever asks has gone."""
    import pandas
    import sklearn.metrics  # noqa: F401

    # Reads what pandas puts off.
    table = pandas.read_csv(io.StringIO("a,b\n1,2\n"), dtype={"a": str})
    table.merge(table, on="a").drop(columns="b_x").to_csv()
    gc.collect()
    gc.freeze()
    ended: dict[int, int] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        if "pid" in asked:
            print(json.dumps(_code(asked["pid"], asked["seconds"], ended)), flush=True)
            continue
        pid = os.fork()
        if not pid:
            become(asked)
        print(pid, flush=True)


def _code(pid: int, seconds: float, ended: dict[int, int]) -> int | None:
    deadline = time.monotonic() + seconds
    while pid not in ended:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            ended[pid] = os.waitstatus_to_exitcode(status)
        elif time.monotonic() >= deadline:
            return None
        else:
            time.sleep(0.002)
    return ended[pid]


def become(asked: Mapping[str, Any]) -> NoReturn:
    """Be the program."""
    os.setsid()
    for number, path in enumerate(asked["streams"]):
        stream = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(asked["folder"])
    program = Path(asked["words"][0])
    sys.stdin, sys.argv = open(0, closefd=False), list(asked["words"])  # noqa: SIM115
    sys.path[0:1] = [one for one in (str(program.parent), asked["path"]) if one]
    os.environ["PYTHONPATH"] = asked["path"]
    main = sys.modules["__main__"] = ModuleType("__main__")
    main.__file__ = str(program)
    code: object = 0
    try:
        exec(compile(program.read_bytes(), program, "exec"), vars(main))
    except SystemExit as ending:
        code = ending.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        print(code, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    # To end Python with all that it has read takes longer than most programs.
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    serve()
